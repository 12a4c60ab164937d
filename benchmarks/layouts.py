"""How maps of ours compare with those of Graphviz dot, ELK and Mermaid: `python benchmarks/layouts.py [FILE.tsv ...]`.

Prints a line a drawing: what is wrong with it, how large its words are when it is fitted into 1280 x 720, and the
ratio of the peer's words to ours. Without files it draws tests/fixtures/maps/. Each peer gets the same texts, broken
into the same lines, in boxes of the same size. dot has to be installed (Debian: graphviz); ELK and Mermaid are looked
for in the folder that NODE_PEERS names, where `npm install elkjs mermaid` was run; Mermaid also needs Chromium. A peer
that is not there is named and left out.

`python benchmarks/layouts.py --bars` prints instead how maps that nobody has looked at read (benchmarks/reading.py),
three of each size, and those of the packaged seminar, beside what is asked for; time is that of the processor for a
first drawing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

from made_maps import made
from reading import reading

from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import propositions_tsv
from kg.maps.layout.archive import draw
from kg.maps.layout.placement import layout
from kg.maps.selection import Selection

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "maps"
PEERS = Path(os.environ.get("NODE_PEERS", ""))
POINTS = 72.0
Box = tuple[float, float, float, float]
Path_ = list[tuple[float, float]]
Drawing = tuple[float, float, dict[str, Box], dict[str, Box], dict[str, Path_]]
"""Width and height, the boxes (left, top, width, height) of concepts and phrases by id, and the lines."""


class MissingError(Exception):
    """A peer that is not installed."""


def sizes(geometry: Geometry) -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]:
    """Widths and heights of the boxes as we draw them, at a concept's font size of 18 px."""
    scale = 18.0 / font(geometry)
    concepts = {c.id: (c.box.width * scale, c.box.height * scale) for c in geometry.concepts}
    phrases = {p.id: (p.label.width * scale, p.label.height * scale) for p in geometry.propositions}
    return concepts, phrases


def font(geometry: Geometry) -> float:
    """The font size of all concepts but the focus, whose words are larger."""
    return min(c.box.font_size for c in geometry.concepts)


def ours(geometry: Geometry) -> Drawing:
    concepts = {c.id: (c.box.x, c.box.y, c.box.width, c.box.height) for c in geometry.concepts}
    phrases = {p.id: (p.label.x, p.label.y, p.label.width, p.label.height) for p in geometry.propositions}
    lines = {p.id: list(p.path) for p in geometry.propositions}
    return geometry.width, geometry.height, concepts, phrases, lines


def dot(geometry: Geometry) -> Drawing:
    """Phrases are nodes of their own, as in our drawings."""
    if shutil.which("dot") is None:
        raise MissingError("Graphviz dot is not installed")
    concepts, phrases = sizes(geometry)
    nodes = [
        f'"{name}" [shape=box fixedsize=true label="" width={w / POINTS} height={h / POINTS}];'
        for name, (w, h) in (concepts | phrases).items()
    ]
    edges = [f'"{p.source}" -> "{p.id}"; "{p.id}" -> "{p.target}";' for p in geometry.propositions]
    text = f"digraph {{ {' '.join(nodes)} {' '.join(edges)} }}"
    done = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True)
    boxes: dict[str, Box] = {}
    curves: dict[tuple[str, str], Path_] = {}
    width = height = 0.0
    for line in done.stdout.splitlines():
        words = [word.strip('"') for word in line.split()]
        if words[0] == "graph":
            width, height = float(words[2]) * POINTS, float(words[3]) * POINTS
        elif words[0] == "node":
            x, y, w, h = (float(word) * POINTS for word in words[2:6])
            boxes[words[1]] = (x - w / 2, height - y - h / 2, w, h)
        elif words[0] == "edge":
            numbers = [float(word) * POINTS for word in words[4 : 4 + 2 * int(words[3])]]
            curves[words[1], words[2]] = flattened(
                [(x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            )
    lines = {p.id: curves[p.source, p.id] + curves[p.id, p.target] for p in geometry.propositions}
    return width, height, {name: boxes[name] for name in concepts}, {name: boxes[name] for name in phrases}, lines


def flattened(control: Path_) -> Path_:
    """Points on a chain of cubic Bezier curves."""
    points = [control[0]]
    for first in range(0, len(control) - 3, 3):
        corners = control[first : first + 4]
        for step in range(1, 9):
            t = step / 8
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
            points.append((x, y))
    return points


ELK = """
const ELK = require('elkjs'); const graph = JSON.parse(require('fs').readFileSync(0));
new ELK().layout(graph).then(drawn => console.log(JSON.stringify(drawn)));
"""


def elk(geometry: Geometry) -> Drawing:
    """ELK layered, phrases as labels of the edges, which it makes room for."""
    if shutil.which("node") is None or not (PEERS / "node_modules" / "elkjs").is_dir():
        raise MissingError("ELK is not in the folder that NODE_PEERS names")
    concepts, phrases = sizes(geometry)
    graph = {
        "id": "map",
        "layoutOptions": {"elk.algorithm": "layered", "elk.direction": "DOWN", "elk.aspectRatio": "1.78"},
        "children": [{"id": name, "width": w, "height": h} for name, (w, h) in concepts.items()],
        "edges": [
            {
                "id": p.id,
                "sources": [p.source],
                "targets": [p.target],
                "labels": [{"text": p.phrase, "width": phrases[p.id][0], "height": phrases[p.id][1]}],
            }
            for p in geometry.propositions
        ],
    }
    command = ["node", "-e", ELK]
    done = subprocess.run(command, input=json.dumps(graph), capture_output=True, text=True, check=True, cwd=PEERS)
    drawn = json.loads(done.stdout)
    boxes = {child["id"]: _box(child) for child in drawn["children"]}
    labels = {edge["id"]: _box(edge["labels"][0]) for edge in drawn["edges"]}
    lines = {}
    for edge in drawn["edges"]:
        section = edge["sections"][0]
        points = [section["startPoint"], *section.get("bendPoints", []), section["endPoint"]]
        lines[edge["id"]] = [(point["x"], point["y"]) for point in points]
    return drawn["width"], drawn["height"], boxes, labels, lines


MERMAID = """
async ([text]) => {
  mermaid.initialize({startOnLoad: false, flowchart: {htmlLabels: false}, themeVariables: {fontSize: '18px'}});
  document.body.innerHTML = (await mermaid.render('drawn', text)).svg;
  const svg = document.querySelector('svg'), frame = svg.getBoundingClientRect();
  const box = e => { const b = e.getBoundingClientRect(); return [b.x - frame.x, b.y - frame.y, b.width, b.height]; };
  const along = e => { const m = e.getScreenCTM(), n = e.getTotalLength(); return Array.from({length: 25}, (_, i) => {
    const p = e.getPointAtLength(n * i / 24).matrixTransform(m); return [p.x - frame.x, p.y - frame.y]; }); };
  const shown = name => [...svg.querySelectorAll(name)];
  return {width: frame.width, height: frame.height,
    nodes: shown('g.node').map(e => [e.id.match(/-(c\\d+)-/)[1], box(e)]),
    labels: shown('g.edgeLabels > g.edgeLabel').map(box), lines: shown('g.edgePaths > path').map(along)};
}
"""


def mermaid(geometry: Geometry) -> Drawing:
    """Mermaid measures and draws its own texts, at a font size of 18 px."""
    script, chromium = PEERS / "node_modules" / "mermaid" / "dist" / "mermaid.min.js", shutil.which("chromium")
    if not script.is_file() or chromium is None:
        raise MissingError("Mermaid is not in the folder that NODE_PEERS names, or there is no Chromium")
    from playwright.sync_api import sync_playwright

    names = {c.id: f"c{number}" for number, c in enumerate(geometry.concepts)}
    text = ["flowchart TD", *(f'{names[c.id]}["{" ".join(c.box.lines)}"]' for c in geometry.concepts)]
    text += [f'{names[p.source]} -- "{p.phrase}" --> {names[p.target]}' for p in geometry.propositions]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 6000, "height": 4000})
        page.add_script_tag(path=str(script))
        drawn = page.evaluate(MERMAID, ["\n".join(text)])
        browser.close()
    back = {short: name for name, short in names.items()}
    boxes = {back[short]: tuple(box) for short, box in drawn["nodes"]}
    ids = [p.id for p in geometry.propositions]
    labels = {name: tuple(box) for name, box in zip(ids, drawn["labels"], strict=True)}
    lines = {name: [tuple(point) for point in line] for name, line in zip(ids, drawn["lines"], strict=True)}
    return drawn["width"], drawn["height"], boxes, labels, lines


def _box(drawn: dict[str, float]) -> Box:
    return drawn["x"], drawn["y"], drawn["width"], drawn["height"]


def overlap(a: Box, b: Box) -> bool:
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    return wide > 1 and min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]) > 1


def crossed(a, b, c, d) -> bool:
    def side(p, q, r) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def enters(line: Path_, box: Box) -> bool:
    """Whether a line runs through a box made 2 px smaller on each side."""
    left, top, right, bottom = box[0] + 2, box[1] + 2, box[0] + box[2] - 2, box[1] + box[3] - 2
    if any(left < x < right and top < y < bottom for x, y in line):
        return True
    diagonals = (((left, top), (right, bottom)), ((left, bottom), (right, top)))
    return any(crossed(a, b, *diagonal) for a, b in pairwise(line) for diagonal in diagonals)


def measured(geometry: Geometry, drawing: Drawing, font: float) -> dict[str, float]:
    """Overlaps, lines through boxes, crossings, and the px of a concept's words fitted into 1280 x 720."""
    width, height, concepts, phrases, lines = drawing
    boxes = {**concepts, **{f"phrase {name}": box for name, box in phrases.items()}}
    own = {p.id: {p.source, p.target} for p in geometry.propositions}
    for name, box in phrases.items():  # the arrows of a fan have their words in one box
        for other in phrases:
            if phrases[other] == box:
                own[name].add(f"phrase {other}")
    return {
        "overlaps": sum(overlap(a, b) for a, b in combinations(dict.fromkeys(boxes.values()), 2)),
        "through": sum(
            enters(line, box) for key, line in lines.items() for name, box in boxes.items() if name not in own[key]
        ),
        "crossings": sum(
            any(crossed(*s, *t) for s in pairwise(one) for t in pairwise(other))
            for one, other in combinations(lines.values(), 2)
        ),
        "px": font * min(1280 / width, 720 / height),
        "aspect": width / height,
    }


DRAWERS: dict[str, Callable[[Geometry], Drawing]] = {"Graphviz dot": dot, "ELK layered": elk, "Mermaid": mermaid}


def compare(name: str, concept_map: ConceptMap) -> None:
    started = time.process_time()
    geometry = layout(concept_map)
    seconds = time.process_time() - started
    print(f"\n{name}: {len(concept_map)} concepts, {len(geometry.propositions)} propositions")
    print(f"{'':14}{'overlaps':>9}{'through':>9}{'crossings':>11}{'px':>7}{'aspect':>8}{'time':>9}{'px ratio':>10}")
    own = measured(geometry, ours(geometry), font(geometry))
    _print("seminar-kg", own, seconds, own["px"])
    for peer, drawer in DRAWERS.items():
        started = time.monotonic()
        try:
            drawing = drawer(geometry)
        except MissingError as missing:
            print(f"{peer:14}left out: {missing}")
            continue
        _print(peer, measured(geometry, drawing, 18.0), time.monotonic() - started, own["px"])


def _print(name: str, found: dict[str, float], seconds: float, px: float) -> None:
    print(
        f"{name:14}{found['overlaps']:9}{found['through']:9}{found['crossings']:11}{found['px']:7.1f}"
        f"{found['aspect']:8.2f}{seconds:7.2f} s{found['px'] / px:10.2f}"
    )


BARS = {
    8: "px 32/28, flow 90 %, no crossing, 0.5 s",
    20: "px 22/18, flow 90 %, crossings 0-2, 4 s",
    37: "px 15/12.5, flow 80 %, crossings 5, 15 s",
    60: "px 12/10, flow 75 %, crossings 20, 40 s",
}
LINKS = {8: 9, 20: 25, 37: 50, 60: 85}
KINDS = ("planar", "tangled", "fans")
PACKAGED = {
    "the whole map": Selection(),
    "culture, two steps": Selection(focus="culture", depth=2),
    "three ingredients": Selection(theme="vision-and-goals"),
    "leadership strategy": Selection(focus="leadership-strategy"),
    "regulators": Selection(focus="regulators"),
}


def bars() -> None:
    """Print how made maps and packaged ones read, beside what is asked for."""
    print("asked of all: turns 0.03, almost 0.05, no stubs, overlaps or lines through boxes")
    for size, links in LINKS.items():
        print(f"\n{size} concepts, {links} links: {BARS[size]}")
        for seed, kind in enumerate(KINDS, 1):
            text = made(kind, size, links, seed)
            started = time.process_time()
            geometry = layout(propositions_tsv.read(text, title="What makes it thrive?", source_line="A sample"))
            _print_reading(f"{kind} {seed}", geometry, time.process_time() - started)
    print("\nthe packaged seminar: the whole px 13/11, flow 80 %, crossings 2")
    catalogue = Catalogue(load())
    for name, selection in PACKAGED.items():
        _print_reading(name, draw(selected_map(catalogue, selection)).geometry, None)


def _print_reading(name: str, geometry: Geometry, seconds: float | None) -> None:
    found = reading(geometry.to_dict())
    measures = " ".join(f"{key} {value:.2f}" for key, value in found.items() if isinstance(value, float))
    counts = " ".join(f"{key} {value}" for key, value in found.items() if isinstance(value, int))
    taken = "" if seconds is None else f"  {seconds:.1f} s"
    print(f"{name:20} px {found['px'][0]}/{found['px'][1]} {measures} {counts}{taken}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--bars"]:
        bars()
        sys.exit()
    for file in [Path(name) for name in sys.argv[1:]] or sorted(FIXTURES.glob("*.tsv")):
        compare(file.stem, propositions_tsv.read(file.read_text(encoding="utf-8")))
