"""Some hundreds of mutated files: a value or one line, nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from glossary.model import AdministrativeStatus, Concept, Glossary, Inline, Memory, Term, Variant
from glossary.model import TranslationUnit as Unit
from tmx import omegat, tbx2, tbx3, tmx14, tsv


@pytest.fixture(scope="module")
def fuzzer(request: pytest.FixtureRequest) -> ModuleType:
    path = request.config.rootpath / "scripts" / "fuzz_exchange.py"
    spec = importlib.util.spec_from_file_location("fuzz_exchange", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def seeds(tmp_path: Path) -> list[Path]:
    """Small files of every format, with one of everything."""
    content = ("网络", Inline("bpt", (("i", "1"),), ("<b>",)), "强国")
    unit = Unit((Variant("zh-CN", content), Variant("en", ("a",))), "1", (("x-a", "b"),), ("n",))
    terms = (Term("甲", "zh-Hans"), Term("a", "en", status=AdministrativeStatus.PREFERRED))
    glossary = Glossary((Concept("c", terms, definition="d", note="n"),), title="t")
    tmx14.dump(Memory((unit,) * 3, "zh-CN"), tmp_path / "a.tmx")
    tbx2.dump(glossary, tmp_path / "a.tbx")
    tbx3.dump(glossary, tmp_path / "b.tbx")
    tsv.dump(glossary, tmp_path / "a.tsv")
    omegat.dump(glossary, tmp_path / "a.txt")
    return sorted(tmp_path.iterdir())


def test_mutated_files_give_a_value_or_one_line(
    fuzzer: ModuleType, seeds: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    faults = fuzzer.fuzz(seeds, 400, 3, None)
    assert faults == 0, capsys.readouterr().out


def test_the_fuzzer_sees_a_traceback_and_several_lines(fuzzer: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    assert "ZeroDivisionError" in fuzzer.fault_of(lambda _path: 1 / 0, path)
    assert fuzzer.fault_of(lambda _path: None, path) == ""
