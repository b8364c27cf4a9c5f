"""Some hundreds of mutated files: a value or one line, nothing else."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from script_modules import load_script

import tmx


@pytest.fixture(scope="module")
def fuzzer() -> ModuleType:
    return load_script("fuzz_exchange")


def test_mutated_files_give_a_value_or_one_line(
    fuzzer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds = fuzzer.own_seeds(tmp_path)
    assert len(seeds) == len(tmx.codecs())
    faults = fuzzer.fuzz(seeds, 500, 3, None)
    assert faults == 0, capsys.readouterr().out


def test_the_fuzzer_sees_a_traceback_and_several_lines(fuzzer: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")
    assert "ZeroDivisionError" in fuzzer.fault_of(lambda _path: 1 / 0, path)
    assert fuzzer.fault_of(lambda _path: None, path) == ""
