"""Any text survives as a literal: read back by the language itself where it is here, else by its rules."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.sparql import literals

MARKS = [
    "\"", "'", "\\", "\n", "\r", "\r\n", "\t", "`", "$", "${x}", "$(x)", "#(lf)", "#(", "#(#)(", "!", "%", "{}",
    '"""', "'''", "\\\"\"\"", "EOF\n", "<<'SPARQL'\n", "\nSPARQL\n", "]]>", "</script>", "\x1b[201~", "\x7f",
    "\u2028", "\u202e", "\u200d", "é", "漢", "😀", "\U000e0041", ")\"", ")---\"", "x", " ", "#",
    "\\u0041", "\\N{DIGIT ONE}",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(MARKS) | st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12
).map("".join)
HOSTILE = [*MARKS, *(f"a{one}{two}" for one in MARKS for two in MARKS)]


def from_r(literal: str) -> str:
    """Read an R string by the rules of its language definition."""
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', literal, re.DOTALL), literal
    code = r"\\(?:u\{([0-9a-f]{1,4})\}|U\{([0-9a-f]{1,8})\}|(.))"
    return re.sub(code, lambda m: m[3] or chr(int(m[1] or m[2], 16)), literal[1:-1], flags=re.DOTALL)


def from_power_query(literal: str) -> str:
    """Read a text literal of Power Query M by the rules of its specification."""
    assert re.fullmatch(r'"(?:[^"#]|""|#(?!\()|#\((?:#|[0-9A-F]{4}|[0-9A-F]{8})\))*"', literal), literal

    def one(found: re.Match[str]) -> str:
        return '"' if found[0] == '""' else "#" if found[1] == "#" else chr(int(found[1], 16))

    return re.sub(r'""|#\((#|[0-9A-F]+)\)', one, literal[1:-1])


@settings(database=None, deadline=None)
@given(TEXTS)
def test_any_text_survives(text: str) -> None:
    assert ast.literal_eval(literals.python(text)) == text
    assert from_r(literals.r(text)) == text
    assert from_power_query(literals.power_query(text)) == text


@pytest.mark.parametrize("marks", ['"', '""', '"""', '""""', '"""""', '\\"', '\\"""', '\\\\"'])
def test_marks_at_the_end_survive_in_python(marks: str) -> None:
    for text in (f"a\n{marks}", f"{marks}\n", f"{marks}\n{marks}"):
        assert ast.literal_eval(literals.python(text)) == text


@settings(database=None, deadline=None, max_examples=10)
@given(st.lists(TEXTS, min_size=50, max_size=50))
def test_any_text_survives_a_shell(texts: list[str]) -> None:
    check_with_shell(texts)


def test_hostile_texts_survive_a_shell() -> None:
    check_with_shell(HOSTILE)


def check_with_shell(texts: list[str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here to read its words back; install bash to run this")
    script = "".join(f"printf '%s\\0' {literals.shell(text)}\n" for text in texts)
    told = subprocess.run([bash, "--norc"], input=script.encode(), capture_output=True, timeout=60, check=True)
    assert (told.stdout.decode().split("\0")[:-1], told.stderr) == (texts, b"")


def test_hostile_texts_survive_javascript(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here to read JavaScript back; install Node.js to run this")
    script = tmp_path / "texts.mjs"
    texts = ",\n".join(map(literals.javascript, HOSTILE))
    script.write_text(f"console.log(JSON.stringify([{texts}]))", encoding="utf-8", newline="")
    told = subprocess.run([node, str(script)], capture_output=True, timeout=60, check=True)
    assert json.loads(told.stdout) == HOSTILE


@pytest.mark.parametrize(
    "quote", [literals.python, literals.r, literals.power_query, literals.javascript, literals.shell]
)
@pytest.mark.parametrize("text", ["a\x1b[201~b", "a\u202eb", "a\rb", "x\n\x1by"])
def test_what_cannot_be_seen_is_spelt_out(quote: object, text: str) -> None:
    literal = quote(text)  # type: ignore[operator]
    assert all(each.isprintable() or each in "\n\t" for each in literal)


def test_no_argument_of_a_program_holds_nul() -> None:
    with pytest.raises(ValueError, match="NUL"):
        literals.shell("a\x00b")
