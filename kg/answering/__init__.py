"""From a question in plain words to an answer that is a query with its evidence."""
