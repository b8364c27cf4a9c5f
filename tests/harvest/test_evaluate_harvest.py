"""What scripts/evaluate_harvest.py says before it harvests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate_harvest.py"


def test_a_missing_gold_list_is_named_at_once(tmp_path: Path) -> None:
    missing = tmp_path / "gold.tsv"
    texts = [str(tmp_path / name) for name in ("a.zh.txt", "a.en.txt")]
    command = [sys.executable, str(SCRIPT), "--gold", str(missing), *texts]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert f"no gold list {missing}" in result.stderr
    assert "Traceback" not in result.stderr
