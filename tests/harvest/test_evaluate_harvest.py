"""What scripts/evaluate_harvest.py says before it harvests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate_harvest.py"


def refused(tmp_path: Path, *options: str) -> str:
    texts = [str(tmp_path / name) for name in ("a.zh.txt", "a.en.txt")]
    command = [sys.executable, str(SCRIPT), *options, *texts]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_missing_gold_list_is_named_at_once(tmp_path: Path) -> None:
    missing = tmp_path / "gold.tsv"
    assert f"no gold list {missing}" in refused(tmp_path, "--gold", str(missing))


@pytest.mark.parametrize(
    ("options", "column"), [(["--column", "machine"], "machine"), (["--level", "core"], "level")]
)
def test_a_missing_column_is_named_at_once(tmp_path: Path, options: list[str], column: str) -> None:
    gold = tmp_path / "gold.tsv"
    gold.write_text("zh\ten\n网络强国\tstrong cyber country\n", encoding="utf-8")
    assert f"no column {column}" in refused(tmp_path, "--gold", str(gold), *options)
