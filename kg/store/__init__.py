"""The query engines behind `execute(query, media_type, deadline) -> bytes`."""

from kg.store.embedded import EmbeddedEngine
from kg.store.engine import Dataset, Limits, QueryEngine, Result
from kg.store.errors import (
    EngineBusy,
    EngineUnavailable,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
    ResultTooLarge,
)
from kg.store.formats import MEDIA_TYPES
from kg.store.jobs import Rules
from kg.store.sandbox import SandboxedEngine

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
    "Rules",
    "SandboxedEngine",
]
