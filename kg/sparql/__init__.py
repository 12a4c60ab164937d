"""The query engines behind `execute(query, media_type, deadline) -> bytes`."""

from kg.sparql.engine import (
    Dataset,
    EngineBusy,
    EngineUnavailable,
    Limits,
    QueryEngine,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
    Result,
    ResultTooLarge,
)
from kg.sparql.formats import MEDIA_TYPES
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.engine import SandboxedEngine

__all__ = [
    "MEDIA_TYPES",
    "Dataset",
    "EmbeddedEngine",
    "EngineBusy",
    "EngineUnavailable",
    "Limits",
    "QueryEngine",
    "QueryError",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "QueryTooComplex",
    "Refusal",
    "Result",
    "ResultTooLarge",
    "SandboxedEngine",
]
