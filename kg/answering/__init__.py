"""From a question in plain words to an answer that is a query with its evidence."""

from kg.answering.answer import Answer
from kg.answering.answerer import Answerer, AskError

__all__ = ["Answer", "Answerer", "AskError"]
