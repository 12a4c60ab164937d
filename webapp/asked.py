"""What was asked and not answered, written down for the curator where UNANSWERED_LOG names a file; else nothing."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from kg.answering import Answer
from kg.unanswered import UnansweredLog

NAME = "unanswered_log"


def init_app(app: Flask) -> None:
    """Open the log that UNANSWERED_LOG names, if it names one."""
    path = app.config.get("UNANSWERED_LOG")
    app.extensions[NAME] = UnansweredLog(path, app.logger.warning) if path else None


def note(answer: Answer) -> None:
    """Log a question without an answer: its words, the day and the edition, and nothing about who asked."""
    log = cast(UnansweredLog | None, current_app.extensions[NAME])
    if log is not None and not answer.answered:
        log.add(answer.question, answer.version)
