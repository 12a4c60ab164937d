"""From a question in plain words to an answer that is a query with its evidence."""

from kg.answering.answer import Answer
from kg.answering.answerer import Answerer, AskError
from kg.questions.templates import QuestionTemplate, examples, read_templates

__all__ = ["Answer", "Answerer", "AskError", "QuestionTemplate", "examples", "read_templates"]
