"""The release of the core glossary: every form, whole or not at all, the same bytes each time."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from script_modules import load_script

from glossary.errors import OutputError
from glossary.model import Glossary
from glossary.termbase.core import core_glossary
from tmx import tbx3, tmx14

pytest.importorskip("typst")


@pytest.fixture(scope="module")
def script() -> Any:
    return load_script("build_release")


@pytest.fixture(scope="module")
def part() -> Glossary:
    core = core_glossary()
    heads = {"人类命运共同体", "网络空间命运共同体", "九龙治水"}
    return Glossary(tuple(c for c in core.concepts if c.head in heads), core.sources, core.title)


def test_all_forms_are_there_and_readable(script: Any, part: Glossary, tmp_path: Path) -> None:
    script.write_release(part, tmp_path / "out")
    (tmp_path / "again").mkdir()
    script.write_release(part, tmp_path / "again" / "out")
    sums = (tmp_path / "out" / "SHA256SUMS").read_text(encoding="utf-8")
    assert (tmp_path / "again" / "out" / "SHA256SUMS").read_text(encoding="utf-8") == sums
    for line in sums.splitlines():
        digest, name = line.split("  ")
        file = tmp_path / "out" / name
        assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    units = {unit.variants[0].text: unit for unit in tmx14.load(tmp_path / "out/core.tmx").units}
    assert units["人类命运共同体"].variants[1].text == "global community of shared future"
    assert len(units) == len(part.concepts)
    concepts = tbx3.load(tmp_path / "out/core.tbx").concepts
    assert {concept.head for concept in concepts} == {concept.head for concept in part.concepts}
    assert (tmp_path / "out/core.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "out/site/index.html").exists()
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"core.tbx2.tbx", "core.tsv", "core.utf8.txt"} <= names


def test_nothing_is_overwritten(script: Any, part: Glossary, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(OutputError, match="exists already"):
        script.write_release(part, tmp_path / "out")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]
