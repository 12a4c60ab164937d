"""Whether the application answers: `/healthz`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.context import dataset

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def health() -> Response:
    """Say that the application answers, and from which edition of the data."""
    response = jsonify(status="ok", version=dataset().version)
    response.headers["Cache-Control"] = "no-store"
    return response
