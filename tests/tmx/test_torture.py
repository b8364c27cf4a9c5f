"""The torture collection: real files of many tools are read, written and read again equal."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from xml.parsers import expat

import pytest
from corpora import shared_dir

from glossary.errors import TifaError
from tmx import jsonl_memory, tbx2, tbx3, tmx14
from tmx.repair import repair
from tmx.salvage import SalvageLog
from tmx.validation import validate

pytestmark = pytest.mark.shared


@cache
def manifest() -> tuple[tuple[Path, dict[str, str]], ...]:
    folder = shared_dir() / "data" / "tmx-tbx-torture"
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple((folder / row["file"], row) for row in rows)


def counted(path: Path) -> dict[str, int]:
    """Count elements by local name with expat alone; nothing of ours is used."""
    counts: dict[str, int] = {}
    stack: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        stack.append(local)
        if local == "term":
            text.clear()
        counts[local] = counts.get(local, 0) + 1
        if len(stack) == 1:
            counts[f"root {local}"] = 1

    def end(_name: str) -> None:
        if stack.pop() == "term" and not "".join(text).strip():
            counts["empty term"] = counts.get("empty term", 0) + 1

    text: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.Parse(path.read_bytes(), True)
    return counts


def wellformed() -> list[tuple[Path, dict[str, int]]]:
    return [(path, counted(path)) for path, row in manifest() if row["wellformed"] == "yes"]


def test_every_wellformed_memory_comes_back_equal(tmp_path: Path) -> None:
    again = tmp_path / "again.tmx"
    tested = 0
    for path, counts in wellformed():
        if "root tmx" not in counts:
            continue
        memory = tmx14.load(path)
        tmx14.dump(memory, again)
        other = tmx14.load(again)
        assert len(memory.units) == counts.get("tu", 0) - _empty_units(path), path.name
        assert sum(len(u.variants) for u in memory.units) == counts.get("tuv", 0), path.name
        assert (other.props, other.notes) == (memory.props, memory.notes), path.name
        for one, two in zip(memory.units, other.units, strict=True):
            assert (one.tuid, one.props, one.notes) == (two.tuid, two.props, two.notes), path.name
            assert [(v.language, v.content, v.props, v.notes) for v in one.variants] == [
                (v.language, v.content, v.props, v.notes) for v in two.variants
            ], path.name
        tested += 1
    assert tested > 80


def _empty_units(path: Path) -> int:
    """Return how many units have no variant, which a memory cannot hold."""
    return 1 if path.name == "translation-memory-tools__omegat.tmx" else 0


def test_every_wellformed_glossary_comes_back_equal(tmp_path: Path) -> None:
    again = tmp_path / "again.tbx"
    tested = 0
    for path, counts in wellformed():
        if not {"root martif", "root tbx", "root martifHeader"} & set(counts):
            continue
        glossary = tbx3.load(path)
        terms = sum(len(concept.terms) for concept in glossary.concepts)
        assert terms == counts["term"] - counts.get("empty term", 0), path.name
        tbx3.dump(glossary, again)
        assert tbx3.load(again) == glossary, path.name
        tbx3.dump(glossary, again, style="dca")
        assert tbx3.load(again) == glossary, path.name
        tbx2.dump(glossary, again, valid_only=False, contexts=None)
        assert tbx3.load(again) == glossary, path.name
        tested += 1
    assert tested > 50


def test_every_other_file_is_one_line(tmp_path: Path) -> None:
    refused = 0
    for path, row in manifest():
        if row["wellformed"].startswith("no"):
            for load in (tmx14.load, tbx3.load):
                with pytest.raises(TifaError) as caught:
                    load(path)
                assert path.name in str(caught.value)
                assert "\n" not in str(caught.value)
                assert caught.value.cure
            refused += 1
    assert refused >= 5


def test_salvage_saves_the_entries_of_the_illformed_files() -> None:
    saved = {}
    for path, row in manifest():
        if row["wellformed"].startswith("no"):
            log = SalvageLog()
            try:
                saved[path.name] = (len(tbx3.load(path, salvage=log).concepts), len(log.lost))
            except TifaError:
                saved[path.name] = (0, 0)
    assert saved["TBX_test_files__poorly_formed_xml.tbx"][0] >= 5
    assert saved["tbx2rdf__sampleTBXfile-notWellformed - LocalRefs.tbx"] == (0, 1)
    assert saved["tmxeditor8__ImportTBXTest0.tbx"] == (0, 0)


def test_the_packed_file_is_read() -> None:
    (path,) = (path for path, row in manifest() if row["bom"] == "zip")
    assert len(tmx14.load(path).units) == 4


def test_every_file_is_mended_or_refused_in_one_line(tmp_path: Path) -> None:
    """Nothing that is sound is lost by mending, and what mending promises is gone."""
    mended = 0
    for path, _ in manifest():
        out = tmp_path / f"out{path.suffix.lower()}"
        try:
            repair(path, out)
        except TifaError as error:
            assert "\n" not in str(error)
            continue
        counts = dict(validate(out).counts)
        assert not {"W202", "W204", "W208"} & set(counts), path.name
        mended += 1
    assert mended > 140


def test_every_memory_goes_through_json_lines(tmp_path: Path) -> None:
    lines = tmp_path / "m.memory.jsonl"
    tested = 0
    for path, counts in wellformed():
        if "root tmx" in counts:
            memory = tmx14.load(path)
            jsonl_memory.dump(memory, lines)
            assert jsonl_memory.load(lines) == memory, path.name
            tested += 1
    assert tested > 80
