"""The quality that the alignment of expository prose may not fall below."""

from pathlib import Path
from types import ModuleType

import pytest
from corpora import shared_dir
from script_modules import load_script

from glossary.align import Side, align_sentences
from glossary.align.agreement import Agreement, compare
from glossary.align.ladder import read_ladder
from glossary.align.modes import Mode, choose_encoder
from glossary.encoders import e5_available
from glossary.language.script import detect_language


@pytest.fixture(scope="module")
def prose_texts() -> ModuleType:
    return load_script("prose_texts")


def agreement(folder: Path, names: list[str], mode: Mode) -> Agreement:
    total = Agreement()
    for name in names:
        sides = [
            Side(lines, detect_language(" ".join(lines)) or "en")
            for lines in (
                (folder / part / name).read_text(encoding="utf-8").splitlines()
                for part in ("src", "tgt")
            )
        ]
        links = align_sentences(sides[0], sides[1], encoder=choose_encoder(mode, 0))
        gold = read_ladder(folder / "gold" / f"{name}.align")
        total += compare([(link.source, link.target) for link in links], gold)
    return total


def modes() -> list[Mode]:
    return ["fast", "best"] if e5_available() else ["fast"]


def test_an_essay_and_its_official_rendition(prose_texts: ModuleType, tmp_path: Path) -> None:
    names = prose_texts.write_texts(tmp_path, None)
    assert names == ["city-renewal"]
    for mode in modes():
        assert agreement(tmp_path, names, mode).strict.f1 == 1


@pytest.mark.shared
def test_official_documents(prose_texts: ModuleType, tmp_path: Path) -> None:
    names = prose_texts.write_texts(tmp_path, shared_dir())
    assert len(names) == 4
    for mode, floor in zip(modes(), (0.99, 0.995), strict=False):
        assert agreement(tmp_path, names, mode).strict.f1 >= floor
