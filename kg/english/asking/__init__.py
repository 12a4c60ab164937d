"""How questions are asked.

yes_no         whether yes or no is asked for, and what such a question asserts
times_asked    whether a question has the day or the time of day that is recorded
question_form  which part of a text asks, and for which noun
asked_for      the kinds of thing that are asked for: a number, a time, a place, a reason ...
speech         the parts of a question that say whose words it is about
follow_up      questions that lean on the one before
help           questions about the answers themselves
"""
