"""The main job on real documents: two renditions of an article, a constitution, a law."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bilingual import write_constitution, write_marriage_law
from corpora import shared_dir
from lxml import etree
from translate.storage import tbx, tmx

from glossary.cli.main import main

pytestmark = pytest.mark.shared

#: The promise is a minute on two free cores; a test machine may be running other tests.
SECONDS = 180


def seeds(shared: Path, folder: Path) -> list[str]:
    del folder
    machine, official = sorted((shared / "data" / "seeds").glob("*.txt"))
    return [f"{machine}:id=mt,authority=machine", f"{official}:id=official,authority=official"]


def constitution(shared: Path, folder: Path) -> list[str]:
    return [f"{path}:authority=official" for path in write_constitution(shared, folder)]


def marriage_law(shared: Path, folder: Path) -> list[str]:
    chinese, first, second = write_marriage_law(shared, folder)
    return [f"{chinese}:authority=official", f"{first}:authority=semi-official", str(second)]


@pytest.mark.parametrize("texts", [seeds, constitution, marriage_law])
def test_the_files_are_valid_and_read_alike(
    texts: Callable[[Path, Path], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = shared_dir()
    arguments = texts(shared, tmp_path)
    out = tmp_path / "out"
    begin = time.perf_counter()
    assert main(["build", *arguments, "-o", str(out)]) == 0
    assert time.perf_counter() - begin < SECONDS

    memory = etree.parse(out / "memory.tmx")
    schemas = shared / "schemas" / "tmx"
    with (schemas / "tmx14.dtd").open("rb") as stream:
        assert etree.DTD(stream).validate(memory)
    assert etree.XMLSchema(etree.parse(schemas / "tmx14-omegat.xsd")).validate(memory)
    units = tmx.tmxfile.parsefile(str(out / "memory.tmx")).units
    assert [[unit.source, unit.target] for unit in units] == [
        ["".join(map(str, seg.itertext())) for seg in unit.iter("seg")]
        for unit in memory.iter("tu")
    ]

    glossary = etree.parse(out / "glossary.tbx2.tbx")
    relax_ng = etree.parse(shared / "schemas" / "tbx-v2" / "basic" / "TBXBasicRNGV02.rng")
    assert etree.RelaxNG(relax_ng).validate(glossary)
    entries = list(glossary.iter("termEntry"))
    concepts = tbx.tbxfile.parsefile(str(out / "glossary.tbx2.tbx")).units
    assert len(concepts) == len(entries) > 0
    assert [unit.source for unit in concepts] == [entry.findtext(".//term") for entry in entries]
