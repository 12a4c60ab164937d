"""The verdict on a question for yes or no, decided on the graph.

    asked       what the question puts forward: a proposition, with its mood, its negations and whose words it is about
    arrow       where the question names the ends and the relation of a claim's arrow, and which way round
    comparison  what question and claim have beyond each other
    rules       the rules by which a claim decides, each with a name
    decision    which claims of a seminar decide

docs/answers.md lists the rules.
"""
