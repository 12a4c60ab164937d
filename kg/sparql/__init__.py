"""The query engines behind `execute(query, media_type, deadline) -> bytes`."""

from kg.sparql.engine import (
    ChosenGraphs,
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
from kg.sparql.engines import Engines, LocalEngines
from kg.sparql.formats import MEDIA_TYPES
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.engine import SandboxedEngine

__all__ = [
    "MEDIA_TYPES",
    "ChosenGraphs",
    "EmbeddedEngine",
    "EngineBusy",
    "EngineUnavailable",
    "Engines",
    "Limits",
    "LocalEngines",
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
