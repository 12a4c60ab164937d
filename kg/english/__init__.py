"""All that is English: what questions are understood by, and the sentences of answers, credits and captions.

To understand a question:

    words          folded spelling, stems, shorthand; light words, which carry no content
    numbers        words for numbers and places in an order; "1 claim", "3 claims"
    synonyms       synonym rings, and words that are common, set a scene, or are of other matters
    question_form  which part of a text asks, and for which noun
    asked_for      the kinds of thing that are asked for: a number, a time, a place, a reason ...
    speakers       who is asked for, and whose words
    speech         the parts of a question that say whose words it is about
    naming         what somebody may be called
    yes_no         whether yes or no is asked for; what such a question asserts, and where a claim differs from that
    lists/         the word lists, one `.txt` file each; `#` begins a comment

To word an answer:

    sentences      who said what and how, leads and explanations, and questions that are offered

Nothing here knows of claims or graphs: functions take and return text, words and numbers. To speak another language,
copy the folder, and put into each module what holds there: the functions keep their names, arguments and results, the
patterns and lists become that language's, and `words.stem` uses its stemmer. Then let imports lead to the copy. Labels
of the data, headers of the `.rq` files and messages stand elsewhere.
"""
