"""What machines read about this site: `/.well-known/void` and `/healthz`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.context import dataset
from webapp.sparql.description import described, void_description

pages = Blueprint("machines", __name__)


@pages.get("/.well-known/void")
def void() -> Response:
    """Describe the data set, in the format of RDF that the request likes best."""
    response = described(void_description())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@pages.get("/healthz")
def health() -> Response:
    """Say that the application answers, and from which edition of the data."""
    response = jsonify(status="ok", version=dataset().version)
    response.headers["Cache-Control"] = "no-store"
    return response
