"""What share of the best pairs is right and worth a glossary, by a list judged row by row."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bilingual import write_constitution
from corpora import shared_dir

from glossary.align import align
from glossary.build.term_harvest import harvest_texts
from glossary.files import write_text
from glossary.harvest.records import json_lines
from glossary.texts import parse_request, read_document

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "evaluate_ranking.py"
JUDGEMENTS = ROOT / "tests" / "data" / "judgements" / "harvest-constitution.tsv"
LINE = re.compile(r"best +(\d+): judged +(\d+)  right (\S+)  worth a glossary (\S+)")

RECORD = (
    '{"head": "%s", "terms": [{"text": "%s", "language": "zh-Hans"}, '
    '{"text": "%s", "language": "en"}, {"text": "other", "language": "en"}]}'
)


def evaluate(harvest: Path, judgements: Path, top: int) -> str:
    arguments = [str(SCRIPT), str(harvest), "--judgements", str(judgements), "--top", str(top)]
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def test_shares_are_of_the_judged_and_the_others_are_listed(tmp_path: Path) -> None:
    pairs = [
        ("网络强国", "strong cyber country"),
        ("工作", "work"),
        ("国内", "China"),
        ("共同", "x"),
    ]
    records = [RECORD % (head, head, text) for head, text in pairs]
    write_text(tmp_path / "harvest.jsonl", "\n".join(records) + "\n")
    rows = ["zh\ten\tright\tworth\tremark"]
    rows += [f"{pairs[0][0]}\t{pairs[0][1]}\t1\t1\t", "工作\twork\t1\t0\t", "共同\tother\t1\t1\t"]
    write_text(tmp_path / "judged.tsv", "\n".join(rows) + "\n")
    first, *others = evaluate(tmp_path / "harvest.jsonl", tmp_path / "judged.tsv", 3).splitlines()
    assert LINE.match(first)
    assert first.split()[-7:] == ["2", "right", "1.000", "worth", "a", "glossary", "0.500"]
    assert others == ["3\t国内\tChina"]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """The constitution's two texts, whole (0) and the first 60 beads of them."""
    folder = tmp_path_factory.mktemp("texts")
    whole = write_constitution(shared_dir(), folder)
    bitext = align([read_document(parse_request(str(path))) for path in whole])
    beads = [bead for bead in bitext.beads if all(bead.members)][:60]
    first = [folder / "first.zh.txt", folder / "first.en.txt"]
    for number, path in enumerate(first):
        write_text(path, "\n".join(bitext.text(bead, number) for bead in beads) + "\n")
    return {0: list(map(str, whole)), 60: list(map(str, first))}


#: Shares that may not be undercut, by beads, prior and number of pairs.
FLOORS = {
    (60, "none", 40): (0.92, 0.85),
    (60, "core", 40): (0.97, 0.95),
    (0, "core", 200): (0.94, 0.89),
}


@pytest.mark.shared
@pytest.mark.parametrize(("beads", "prior", "top"), FLOORS)
def test_the_best_pairs(
    texts: dict[int, list[str]], tmp_path: Path, beads: int, prior: str, top: int
) -> None:
    found = harvest_texts(texts[beads], prior=prior)
    sources = {source.id: source for source in found.sources}
    write_text(tmp_path / "found.jsonl", "\n".join(json_lines(found.concepts, sources)) + "\n")
    report = LINE.match(evaluate(tmp_path / "found.jsonl", JUDGEMENTS, top))
    assert report is not None
    # What nobody has judged says nothing: renderings change when the search does.
    assert int(report[2]) >= 0.8 * top
    assert (float(report[3]), float(report[4])) >= FLOORS[beads, prior, top]
    assert float(report[4]) >= FLOORS[beads, prior, top][1]
