"""All that is English: the words that questions are understood by, and the sentences that answers are worded in."""
