"""All that is English: what questions are understood by, and the sentences of answers, credits and captions.

    words          folded spelling, stems, shorthand; light words, which carry no content
    numbers        words for numbers and places in an order; "1 claim", "3 claims"
    dates          when something was held, in words
    prose          sentences and numbers of a text
    synonyms       synonym rings, and words that are common, set a scene, or are of other matters
    naming         who is asked for, and what somebody may be called
    modality       how something is put forward: as so, as what ought to be, may be or is aimed at; of all, of some
    reservations   what a linking phrase says instead of "is so"
    lists/         the word lists, one `.txt` file each; `#` begins a comment

    asking/        how questions are asked: for yes or no, for a kind of thing, about somebody's words, after another
    telling/       how answers are worded: leads, points, verdicts, refusals, credits, and the words on maps

Nothing here knows of claims or graphs: functions take and return text, words and numbers. To speak another language,
copy the folder, and put into each module what holds there: the functions keep their names, arguments and results, the
patterns and lists become that language's, and `words.stem` uses its stemmer. Then let imports lead to the copy. Labels
of the data, headers of the `.rq` files and messages stand elsewhere.
"""
