"""Every IRI that the code uses, as closed namespaces: a typo raises instead of matching nothing."""

from collections.abc import Mapping

from rdflib import Namespace
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, DefinedNamespace
from rdflib.term import URIRef

__all__ = [
    "CITO",
    "CITO_LABELS",
    "CONCEPT",
    "DCTERMS",
    "DOCO",
    "OA",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "RELATION",
    "SCHEMA",
    "SEMINAR",
    "SK",
    "SKOS",
    "THEME",
    "XSD",
    "local_name",
    "namespace",
    "prefixed",
    "seminar_slug",
]

BASE = "https://w3id.org/seminar-kg/"

# Open namespaces: their members come from the data.
CONCEPT = Namespace(BASE + "concept/")
RELATION = Namespace(BASE + "relation/")
THEME = Namespace(BASE + "theme/")
SEMINAR = Namespace(BASE + "seminar/")


class SK(DefinedNamespace):
    """Our own terms; kg/ontology/claims.ttl defines them, docs/model.md explains them."""

    _fail = True
    _NS = Namespace(BASE + "vocab#")

    Passage: URIRef
    UnnamedSpeaker: URIRef
    NoSpeaker: URIRef
    Stance: URIRef
    AttributionKind: URIRef
    Status: URIRef

    proposition: URIRef
    status: URIRef
    stance: URIRef
    attributionKind: URIRef  # noqa: N815 (RDF's own spelling)
    madeIn: URIRef  # noqa: N815
    reportedFrom: URIRef  # noqa: N815
    credit: URIRef
    chair: URIRef
    focusQuestion: URIRef  # noqa: N815
    leavesOffMap: URIRef  # noqa: N815
    editorNote: URIRef  # noqa: N815
    leftOut: URIRef  # noqa: N815
    endsBefore: URIRef  # noqa: N815
    inverseLabel: URIRef  # noqa: N815
    negatedLabel: URIRef  # noqa: N815
    negatedInverseLabel: URIRef  # noqa: N815
    wording: URIRef
    askedAs: URIRef  # noqa: N815
    leavesOpen: URIRef  # noqa: N815

    describes: URIRef
    recommends: URIRef
    criticises: URIRef
    exemplifies: URIRef
    named: URIRef
    presentation: URIRef
    debate: URIRef
    asserted: URIRef
    denied: URIRef
    condition: URIRef
    goal: URIRef
    content: URIRef

    _extras = ["reports-evidence", "write-up"]  # noqa: RUF012 (rdflib's own way to name terms with a hyphen)


class SCHEMA(DefinedNamespace):
    """The terms of https://schema.org/ that the graph uses."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    Article: URIRef
    Claim: URIRef
    Event: URIRef
    ItemList: URIRef
    Organization: URIRef
    Person: URIRef

    about: URIRef
    alternateName: URIRef  # noqa: N815
    endDate: URIRef  # noqa: N815
    item: URIRef
    itemListElement: URIRef  # noqa: N815
    jobTitle: URIRef  # noqa: N815
    numberOfItems: URIRef  # noqa: N815
    performer: URIRef
    position: URIRef
    publisher: URIRef
    sha256: URIRef
    startDate: URIRef  # noqa: N815
    subEvent: URIRef  # noqa: N815
    subjectOf: URIRef  # noqa: N815
    superEvent: URIRef  # noqa: N815
    text: URIRef
    url: URIRef


class OA(DefinedNamespace):
    """The terms of the Web Annotation vocabulary (https://www.w3.org/TR/annotation-vocab/) that the graph uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    exact: URIRef
    hasSelector: URIRef  # noqa: N815
    hasSource: URIRef  # noqa: N815
    prefix: URIRef
    suffix: URIRef


class CITO(DefinedNamespace):
    """The terms of CiTO, the Citation Typing Ontology (http://purl.org/spar/cito), by which claims relate."""

    _fail = True
    _NS = Namespace("http://purl.org/spar/cito/")

    agreesWith: URIRef  # noqa: N815
    disputes: URIRef
    extends: URIRef
    qualifies: URIRef
    supports: URIRef


class DOCO(DefinedNamespace):
    """The terms of DoCO, the Document Components Ontology (http://purl.org/spar/doco)."""

    _fail = True
    _NS = Namespace("http://purl.org/spar/doco/")

    Section: URIRef


# How one claim bears on another, read from the claim that has the property: (forwards, backwards).
CITO_LABELS = {
    CITO.agreesWith: ("says the same as", "is said again by"),
    CITO.disputes: ("disputes", "is disputed by"),
    CITO.extends: ("explains", "is explained by"),
    CITO.qualifies: ("qualifies", "is qualified by"),
    CITO.supports: ("supports", "is supported by"),
}

# The prefixes that the command line and the query page let people leave out, and that exports are written with.
PREFIXES: dict[str, str] = {
    "cito": str(CITO._NS),
    "concept": str(CONCEPT),
    "dcterms": str(DCTERMS._NS),
    "doco": str(DOCO._NS),
    "oa": str(OA._NS),
    "prov": str(PROV._NS),
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "relation": str(RELATION),
    "schema": str(SCHEMA._NS),
    "seminar": str(SEMINAR),
    "sk": str(SK._NS),
    "skos": str(SKOS._NS),
    "theme": str(THEME),
    "xsd": str(XSD._NS),
}


def prefixed(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str | None:
    """Return an IRI with the longest of some prefixes that fits ("concept:culture"), None when none does."""
    fitting = [prefix for prefix, start in prefixes.items() if iri.startswith(start) and iri != start]
    best = max(fitting, key=lambda prefix: len(prefixes[prefix]), default=None)
    return None if best is None else f"{best}:{iri.removeprefix(prefixes[best])}"


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/` of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def namespace(iri: str) -> str:
    """Return an IRI up to and with its last `#` or `/`."""
    return iri[: len(iri) - len(local_name(iri))]


def seminar_slug(iri: str) -> str:
    """Return the slug of the seminar whose namespace an IRI is in ("" when it is in none)."""
    return iri.removeprefix(str(SEMINAR)).partition("#")[0] if iri.startswith(str(SEMINAR)) else ""
