"""Random queries, each spelt plainly and oddly: as minifiers do, with comments in odd places, in other scripts.

    python tests/random_queries.py [SEED]

prints one. A query is a list of tokens, so that both spellings say the same by the tokens of SPARQL 1.1 Query, section
19.8: where two tokens would read as one, a space stands between them.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from kg import vocabulary
from kg.sparql.engine import Form

EX = "https://w3id.org/"
BASE = vocabulary.BASE
FOLDER = BASE.removeprefix(EX)
GRAPHS = ("g", "h", "k#1")
"""The named graphs, relative to BASE."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_OBJECTS = [
    *(f"<{EX}{name}>" for name in ("a", "b", "c,d")),
    *(f'"{number}"^^<{_XSD}integer>' for number in (1, 2, 5)),
    f'"1.5"^^<{_XSD}decimal>',
    *(f'"{text}"{tag}' for text, tag in (("a", ""), ("health service", "@en"), ("ab", "@ar--rtl"), ("x > y <z>", ""))),
]
DATA = "".join(
    f"<{EX}{subject}> <{EX}{'pq'[number % 2]}> {object_} {graph}.\n"
    for place, graph in enumerate(("", *(f"<{BASE}{name}> " for name in GRAPHS)))
    for number, object_ in enumerate(_OBJECTS[place * 2 :])
    for subject in ("ab"[number % 2],)
)
"""N-Quads: a default graph, and named graphs that have statements in common."""

NAMES = ("x", "o", "service", "from", "SELECT", "b1", "नाम", "ชื่อ", "é", "名前", "x·y", "_", "1", "BASE")
PREFIXES = {"": EX, "ex": EX, "ना": EX, "service": EX, "a-b.c": EX, "select": EX, "É": EX}
WORDS = ("a", "service", "SERVICE <urn:x> {}", "{200000}", "ab", "FROM <urn:x>", 'it\'s "so"', "é>", "<", "RAND()", "#")
COMMENTS = ("#\n", "# SERVICE <urn:x> {}\n", "#'\r", '#"""\n', "#>FROM <none> }\r\n", "#{[(<\n")
_NAME_CHARACTER = re.compile(r"[\w\u00b7:.\-%\\?$]")


@dataclass
class Query:
    """A query in tokens, with the data set that it asks."""

    form: Form
    tokens: list[str]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    clauses: tuple[int, int] = (0, 0)
    """Where the dataset clauses stand among the tokens."""

    @property
    def plain(self) -> str:
        """The query without its dataset clauses, a space between every two tokens."""
        return " ".join([*self.tokens[: self.clauses[0]], *self.tokens[self.clauses[1] :]])


@dataclass
class Generator:
    """Makes queries, the same ones for the same seed."""

    seed: int
    prefixes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.names = self.random.sample(NAMES, 5)
        self.fresh = 0

    def some(self, *choices: Callable[[], list[str]]) -> list[str]:
        return self.random.choice(choices)()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # ── Terms ──

    def variable(self) -> str:
        return self.random.choice("??$") + self.random.choice(self.names)

    def new(self) -> str:
        self.fresh += 1
        return f"?{self.random.choice(NAMES)}{self.fresh}"

    def iri(self, iri: str) -> str:
        """Spell an IRI: in full, relative to the base, with an escape, or by a prefix."""
        local = iri.removeprefix(EX)
        spellings = [f"<{iri}>", f"<{local.removeprefix(FOLDER)}>" if local.startswith(FOLDER) else f"<../{local}>"]
        if "#" not in local and "/" not in local:
            name = self.random.choice(list(self.prefixes))
            spellings += [f"{name}:{re.sub('[,]', chr(92) + ',', local)}"] * 4
        place = self.random.randrange(len(iri) - 2) + 1
        spellings.append(f"<{iri[:place]}\\u{ord(iri[place]):04X}{iri[place + 1 :]}>")
        return self.random.choice(spellings)

    def thing(self) -> str:
        return self.iri(EX + self.random.choice(["a", "b", "c,d"]))

    def property(self) -> str:
        return self.iri(EX + self.random.choice("pq"))

    def string(self) -> str:
        text = self.random.choice(WORDS)
        quote = self.random.choice(["'", '"', "'''", '"""'])
        escaped = "".join("\\" + c if c in "\\'\"" else f"\\u{ord(c):04x}" if self.chance(0.05) else c for c in text)
        return quote + escaped + quote

    def literal(self) -> list[str]:
        kind = self.random.randrange(5)
        if kind == 0:
            return [self.string()]
        if kind == 1:
            return [self.string(), self.random.choice(["@en", "@en-GB", "@ar--rtl"])]
        if kind == 2:
            return ["'5'", "^^", f"<{_XSD}integer>"]
        return [self.random.choice(["1", "2", "1.5", ".5", "1.e0", "1e0", "2.5E-1", "true", "false"])]

    # ── Expressions ──

    def expression(self, depth: int = 0) -> list[str]:
        if depth > 2 or self.chance(0.3):
            return self.some(lambda: [self.variable()], lambda: [self.variable()], self.literal, lambda: [self.thing()])
        one, other = self.expression(depth + 1), self.expression(depth + 1)
        kind = self.random.randrange(10)
        if kind < 4:
            sign = self.random.choice(["<", "<", ">", ">", "<=", ">=", "=", "!="])
            return ["(", *one, sign, *other, ")"] if depth else [*self.operand(one), sign, *self.operand(other)]
        if kind == 4:
            return ["(", *one, self.random.choice(["&&", "||", "+", "-", "*"]), *other, ")"]
        if kind == 5:
            return ["!", "(", *one, ")"]
        if kind == 6:
            return [self.random.choice(["STR", "str", "BOUND"]), "(", self.variable(), ")"]
        if kind == 7:
            return ["IF", "(", *one, "<", self.variable(), ",", *other, ",", *self.literal(), ")"]
        if kind == 8:
            return ["<<(", self.thing(), self.property(), *self.literal(), ")>>"]
        among = [
            self.variable(),
            *self.random.choice([["IN"], ["NOT", "IN"]]),
            "(",
            *self.literal(),
            ",",
            self.thing(),
            ")",
        ]
        return self.operand(among) if depth else among

    def operand(self, tokens: list[str]) -> list[str]:
        return tokens if len(tokens) == 1 else ["(", *tokens, ")"]

    def truth(self) -> list[str]:
        kind = self.random.randrange(4)
        if kind == 0:
            return ["EXISTS" if self.chance(0.7) else "NOT EXISTS", *self.group(2)]
        if kind == 1:
            return ["REGEX", "(", "STR", "(", self.variable(), ")", ",", "'a{1,2}'", ",", "'i'", ")"]
        if kind == 2:
            left, right = self.variable(), self.variable()
            return ["(", left, "<", *self.literal(), "||", right, ">", *self.literal(), "||", "true", ")"]
        return [
            "(",
            *self.expression(),
            "||",
            *self.random.choice([["true"], ["BOUND", "(", self.variable(), ")"]]),
            ")",
        ]

    # ── Patterns ──

    def path(self) -> list[str]:
        kind = self.random.randrange(7)
        if kind == 0:
            return ["(", self.property(), "|", "^", self.property(), ")", "/", self.property()]
        if kind == 1:
            return [self.property(), self.random.choice("?*+")]
        if kind == 2:
            return ["!", "(", self.property(), "|", "^", self.property(), ")"]
        if kind == 3:
            return [self.variable()]
        return [self.property()]

    def triples(self) -> list[str]:
        subject = self.random.choice([*[self.variable()] * 4, self.thing(), "[ ]"])
        found = [subject, *self.path(), *([self.variable()] if self.chance(0.9) else self.literal())]
        if self.chance(0.2):
            found += [";", self.property(), self.variable(), ",", self.variable()]
        return [*found, "."]

    def values(self) -> list[str]:
        if self.chance(0.5):
            return ["VALUES", self.variable(), "{", self.thing(), *self.literal(), "UNDEF", "}"]
        names = self.random.sample(self.names, 2)
        rows = [token for _ in range(2) for token in ("(", self.thing(), *self.literal(), ")")]
        return ["VALUES", "(", *(f"?{name}" for name in names), ")", "{", *rows, "}"]

    def bind(self) -> list[str]:
        return ["BIND", "(", *self.expression(), "AS", self.new(), ")"]

    def group(self, depth: int = 0) -> list[str]:
        found = self.triples() if self.chance(0.85) else []
        for _ in range(self.random.randrange(4 - depth)):
            kind = self.random.randrange(8)
            if kind < 2:
                found += ["FILTER", *self.truth()]
            elif kind == 2:
                found += self.bind()
            elif kind == 3:
                found += self.values()
            elif kind == 4 and depth < 2:
                found += [self.random.choice(["OPTIONAL", "MINUS"]), *self.group(depth + 1)]
            elif kind == 5 and depth < 2:
                found += [*self.group(depth + 1), "UNION", *self.group(depth + 1)]
            elif kind == 6 and depth < 2:
                graph = self.random.choice([self.variable(), self.iri(BASE + self.random.choice(GRAPHS))])
                found += ["GRAPH", graph, *self.group(depth + 1)]
            elif kind == 7 and depth < 2:
                found += ["{", "SELECT", "DISTINCT", *self.columns(), *self.group(depth + 1), "}"]
        return ["{", *found, "}"]

    # ── Queries ──

    def columns(self) -> list[str]:
        if self.chance(0.5):
            return ["*"]
        names = self.random.sample(self.names, self.random.randint(1, 3))
        more = ["(", *self.expression(), "AS", self.new(), ")"] if self.chance(0.5) else []
        return [*(f"?{name}" for name in names), *more]

    def prologue(self) -> list[str]:
        found = ["VERSION", "'1.2'"] if self.chance(0.1) else []
        if self.chance(0.6):
            found += self.random.choice(
                [["BASE", f"<{BASE}>"], ["BASE", f"<{EX}>", "BASE", f"<{FOLDER}>"], ["BASE", "<x>"]]
            )
        for name in self.random.sample(list(PREFIXES), 3):
            iri = self.random.choice([EX, "../", "/"])
            found += ["PREFIX", f"{name}:", f"<{iri}>"]
            self.prefixes[name] = EX
        return found

    def query(self) -> Query:
        """Return a query; with LIMIT and OFFSET only where that leaves all rows."""
        tokens = self.prologue()
        form = self.random.choice(["SELECT", "SELECT", "SELECT", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
        tokens.append(form)
        grouped = False
        if form == "SELECT":
            grouped = self.chance(0.2)
            name = self.names[0]
            count = ["(", "COUNT", "(", self.random.choice(["*", f"?{self.names[1]}"]), ")", "AS", self.new(), ")"]
            tokens += (
                [f"?{name}", *count] if grouped else [*(["DISTINCT"] if self.chance(0.3) else []), *self.columns()]
            )
        elif form == "CONSTRUCT":
            tokens += ["{", self.variable(), self.property(), self.variable(), ".", self.thing(), self.property()]
            tokens += [*self.literal(), "}"]
        elif form == "DESCRIBE":
            tokens += [self.thing(), self.variable()]
        begin, default, named = len(tokens), (), ()
        if self.chance(0.3):
            chosen = self.random.sample(GRAPHS, self.random.randint(1, 3))
            split = self.random.randint(0, len(chosen))
            default, named = (
                tuple(BASE + name for name in chosen[:split]),
                tuple(BASE + name for name in chosen[split:]),
            )
            for iri in default:
                tokens += ["FROM", self.iri(iri)]
            for iri in named:
                tokens += ["FROM", "NAMED", self.iri(iri)]
        end = len(tokens)
        tokens += [*(["WHERE"] if self.chance(0.5) or form == "DESCRIBE" else []), *self.group()]
        if grouped:
            tokens += ["GROUP", "BY", f"?{name}", *(["HAVING", *["(", "COUNT", "(", "*", ")", ">", "0", ")"]])]
        if form == "SELECT" and self.chance(0.3) and not grouped:
            tokens += ["ORDER", "BY", *self.random.choice([[self.variable()], ["DESC", "(", self.variable(), ")"]])]
        if self.chance(0.3):
            tokens += ["LIMIT", "10000", "OFFSET", "0"]
        if self.chance(0.15) and not grouped:
            tokens += self.values()
        return Query(form, tokens, default, named, (begin, end))

    def odd(self, query: Query) -> str:
        """Return the query spelt oddly: as close as its tokens may stand, or far apart, keywords in any case."""
        dense = self.random.choice([0.5, 0.9, 1.0])
        comments = self.random.choice([0.0, 0.05, 0.3])
        parts: list[str] = []
        before = ""
        for token in query.tokens:
            if re.fullmatch(
                "[A-Z]{2,} ?[A-Z]*", token
            ):  # keywords are those of ASCII letters; true, false and a are not
                token = self.random.choice([token, token.lower(), token.capitalize()])
            if self.chance(comments):
                parts.append(self.random.choice(COMMENTS))
            elif before and (_would_join(before, token) or not self.chance(dense)):
                parts.append(self.random.choice([" ", "\n", "\t", "\r\n", "  "]))
            parts.append(token)
            before = token
        return "".join(parts)


def _would_join(before: str, token: str) -> bool:
    """Whether two tokens without a space between would be read as others."""
    if before[0] in "?$" and before[1:] and token == "-":
        return False
    return (
        bool(_NAME_CHARACTER.match(before[-1]) and _NAME_CHARACTER.match(token[0]))
        or (before[-1] in "'\"" and before[-1] == token[0])
        or (before[-1] + token[0]) in ("<<", "||", "^^", ">>", "<=", ">=", "!=", "{|", "|}", "@-")
        or (before[0] == "@" and token[0] == "-")
    )


def made(seed: int) -> tuple[Query, str]:
    """Return the query of a seed, and its odd spelling."""
    generator = Generator(seed)
    query = generator.query()
    return query, generator.odd(query)


if __name__ == "__main__":
    one, spelt = made(int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6))
    print(one.plain, spelt, sep="\n\n")
