"""From a question in plain words to an answer that is a query with its evidence."""

from kg.answering.answer import Answer
from kg.answering.answerer import Asker, AskError
from kg.questions.templates import QuestionTemplate, examples, read_templates

__all__ = ["Answer", "AskError", "Asker", "QuestionTemplate", "examples", "read_templates"]
