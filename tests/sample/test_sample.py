"""The bundled sample and its gold say the same thing."""

from __future__ import annotations

import csv
import itertools
import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from glossary.language.script import detect_language
from glossary.model import Authority, SegmentRole
from glossary.texts import read_document, request_from_fields

GOLD = Path(__file__).parents[1] / "data" / "sample"
TEXTS = {"zh": "essay.zh.txt", "official": "official.en.txt", "machine": "machine.en.txt"}
PAIRS = {
    "official": ("zh", "official"),
    "machine": ("zh", "machine"),
    "official-machine": ("official", "machine"),
}
_LADDER = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\]")
_MARKS = str.maketrans("", "", '“”‘《》"')

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@cache
def text(name: str) -> str:
    sample = resources.files("glossary") / "data" / "sample"
    return (sample / TEXTS[name]).read_text(encoding="utf-8")


@cache
def lines(side: str, pair: str) -> tuple[str, ...]:
    return tuple((GOLD / side / pair).read_text(encoding="utf-8").splitlines())


@cache
def beads(pair: str) -> tuple[Bead, ...]:
    ladder = []
    for line in (GOLD / "gold" / f"{pair}.align").read_text(encoding="utf-8").splitlines():
        match = _LADDER.fullmatch(line)
        assert match, line
        left, right = (
            tuple(int(n) for n in part.split(",") if n.strip()) for part in match.groups()
        )
        ladder.append((left, right))
    return tuple(ladder)


@cache
def terms() -> tuple[dict[str, str], ...]:
    with (GOLD / "terms.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def folded(english: str) -> str:
    return " ".join(english.replace("’", "'").translate(_MARKS).lower().split())


def shapes(pair: str) -> Counter[str]:
    return Counter(f"{len(left)}-{len(right)}" for left, right in beads(pair))


@pytest.mark.parametrize(("pair", "side"), list(itertools.product(PAIRS, (0, 1))))
def test_segments_are_the_whole_text_in_order(pair: str, side: int) -> None:
    name = PAIRS[pair][side]
    segments = lines(("src", "tgt")[side], pair)
    position = 0
    for segment in segments:
        assert segment == segment.strip()
        start = text(name).find(segment, position)
        assert start >= 0, segment
        assert not text(name)[position:start].strip(), f"text before {segment!r} is in no segment"
        position = start + len(segment)
    assert not text(name)[position:].strip()


@pytest.mark.parametrize("pair", PAIRS)
def test_each_segment_stands_in_exactly_one_bead(pair: str) -> None:
    for side, folder in enumerate(("src", "tgt")):
        indices = [index for bead in beads(pair) for index in bead[side]]
        assert sorted(indices) == list(range(len(lines(folder, pair))))
    assert all(left or right for left, right in beads(pair))


@pytest.mark.parametrize("pair", PAIRS)
def test_beads_are_runs_in_source_order(pair: str) -> None:
    for bead in beads(pair):
        for group in bead:
            assert all(b == a + 1 for a, b in itertools.pairwise(group)), bead
    sources = [left[0] for left, _ in beads(pair) if left]
    assert sources == sorted(sources)


def test_english_gold_agrees_with_the_two_bilingual_ones() -> None:
    """Sentences linked between the renditions are linked to a common Chinese sentence."""
    chinese: dict[str, dict[int, set[int]]] = {"official": {}, "machine": {}}
    for pair, links in chinese.items():
        for left, right in beads(pair):
            for index in right:
                links[index] = set(left)
    for left, right in beads("official-machine"):
        official = set().union(*(chinese["official"][index] for index in left))
        machine = set().union(*(chinese["machine"][index] for index in right))
        if left and right:
            assert official & machine, (left, right)
        else:
            assert not official or not machine


def test_size() -> None:
    paragraphs = [p for p in text("zh").split("\n\n") if p.rstrip().endswith(("。", "！"))]
    sentences = [s for s in lines("src", "official") if s.endswith(("。", "！", "”"))]
    assert len(paragraphs) >= 9
    assert len(sentences) >= 60
    assert len([row for row in terms() if row["level"] == "core"]) >= 60


def test_official_rendition_merges_splits_drops_adds_and_swaps() -> None:
    counts = shapes("official")
    assert counts["1-1"] >= 35
    assert counts["1-2"] >= 12
    assert counts["2-1"] >= 4
    assert counts["2-2"] >= 2
    assert counts["1-3"] >= 1
    assert counts["3-1"] >= 1
    assert counts["1-0"] >= 6
    assert counts["0-1"] >= 4
    targets = [right[0] for left, right in beads("official") if left and right]
    assert sum(a > b for a, b in itertools.pairwise(targets)) == 1
    dropped = {left[0] for left, right in beads("official") if not right}
    whole = [
        paragraph
        for paragraph in text("zh").split("\n\n")
        if all(
            index in dropped
            for index, sentence in enumerate(lines("src", "official"))
            if sentence in paragraph
        )
    ]
    assert len(whole) == 1


def test_machine_rendition_is_nearly_one_to_one_and_whole() -> None:
    counts = shapes("machine")
    assert counts["1-1"] / counts.total() >= 0.9
    assert counts["1-2"] >= 2
    assert counts["2-1"] >= 2
    assert not counts["1-0"]
    assert not counts["0-1"]


def test_term_rows_are_well_formed() -> None:
    assert tuple(terms()[0]) == ("zh", "official", "machine", "kind", "level")
    heads = [row["zh"] for row in terms()]
    assert len(set(heads)) == len(heads)
    for row in terms():
        assert row["kind"] in {"term", "phrase", "name"}
        assert row["level"] in {"core", "also"}
        assert row["official"] or row["machine"], row["zh"]


def test_terms_stand_in_the_essay_in_order_of_first_occurrence() -> None:
    essay = text("zh").translate(_MARKS)
    positions = [essay.find(row["zh"]) for row in terms()]
    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.parametrize("name", ["official", "machine"])
def test_renderings_stand_in_their_rendition(name: str) -> None:
    rendition = folded(text(name))
    for row in terms():
        for rendering in filter(None, row[name].split("|")):
            assert re.search(rf"(?<!\w){re.escape(rendering.lower())}(?!\w)", rendition), rendering
            assert not re.match(r"(the|a|an|our|its) ", rendering, re.IGNORECASE), rendering


@pytest.mark.parametrize("pair", ["official", "machine"])
def test_each_rendering_stands_in_a_bead_with_its_term(pair: str) -> None:
    source, target = lines("src", pair), lines("tgt", pair)
    sides = [
        (
            "".join(source[i] for i in left).translate(_MARKS),
            folded(" ".join(target[i] for i in right)),
        )
        for left, right in beads(pair)
    ]
    for row in terms():
        for rendering in filter(None, row[pair].split("|")):
            assert any(row["zh"] in zh and rendering.lower() in en for zh, en in sides), (
                row["zh"],
                rendering,
            )


@pytest.mark.parametrize(
    ("zh", "official", "machine"),
    [
        ("网络强国", "strong cyber country", "network power"),
        ("两个确立", "Two Affirmations", "two establishments"),
        ("四个意识", "Four Consciousnesses", "four consciousnesses"),
        ("四个自信", "Four-Sphere Confidence", "four self-confidences"),
        ("两个维护", "Two Upholds", "two maintenances"),
        ("卡脖子", "bottleneck", "stuck neck"),
        ("新型举国体制", "new system for mobilizing resources nationwide", "new national system"),
        ("九龙治水", "fragmented management", "Kowloon water control"),
        (
            "人类命运共同体",
            "community with a shared future for mankind",
            "community of human destiny",
        ),
        ("高质量发展", "high-quality development", "high-quality development"),
        ("共同富裕", "common prosperity", "common rich"),
        ("双循环", "dual circulation", "double cycle"),
        ("新质生产力", "new quality productive forces", "new quality productivity"),
        ("一带一路", "Belt and Road", "Belt and Road"),
    ],
)
def test_signature_formulations(zh: str, official: str, machine: str) -> None:
    row = next(row for row in terms() if row["zh"] == zh)
    assert row["level"] == "core"
    assert official in row["official"].split("|")
    assert machine in row["machine"].split("|")


def test_nested_and_repeated_formulations() -> None:
    essay = text("zh")
    assert all(form in essay for form in ("建设网络强国", "网络强国建设"))
    repeated = [row["zh"] for row in terms() if essay.count(row["zh"]) >= 2]
    single = [row["zh"] for row in terms() if essay.count(row["zh"]) == 1]
    assert len(repeated) >= 20
    assert len(single) >= 60


def test_project_file_names_the_three_texts() -> None:
    sample = resources.files("glossary") / "data" / "sample"
    project = tomllib.loads((sample / "tifa.toml").read_text(encoding="utf-8"))
    described = {entry.pop("path"): entry for entry in project["text"]}
    assert set(described) == set(TEXTS.values())
    for name, path in TEXTS.items():
        source = request_from_fields(Path(path), described[path]).source
        assert source.language == detect_language(text(name))
        assert source.title in text(name)
        assert source.date
        assert (source.authority is Authority.MACHINE) == (name == "machine")


@pytest.mark.parametrize(
    ("name", "gold", "apparatus"),
    [
        ("zh", "src/official", {}),
        ("official", "tgt/official", {SegmentRole.METADATA: 1, SegmentRole.CAPTION: 1}),
        ("machine", "tgt/machine", {}),
    ],
)
def test_texts_are_read_as_the_segments_of_the_gold(
    name: str, gold: str, apparatus: dict[SegmentRole, int]
) -> None:
    with resources.as_file(resources.files("glossary") / "data" / "sample" / TEXTS[name]) as path:
        document = read_document(request_from_fields(path, {}))
    assert tuple(segment.text for segment in document.segments) == lines(*gold.split("/"))
    roles = Counter(segment.role for segment in document.segments)
    assert roles.pop(SegmentRole.HEADING) == 6
    roles.pop(SegmentRole.BODY)
    assert roles == apparatus
