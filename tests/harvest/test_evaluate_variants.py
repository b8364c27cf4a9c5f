"""The figures of scripts/evaluate_variants.py, counted by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate_variants.py"

GOLD = """head\tcluster\trendering
网络强国\t1\tstrong cyber country
网络强国\t1\tstrong cyber countries
网络强国\t2\tcyber power
网络强国\t2\tnational cyber strength
信访\t1\tpetition
"""


def run(*arguments: object) -> str:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.tsv"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_pairs_and_b_cubed(gold: Path) -> None:
    # One of two gold pairs is found, nothing wrong; recall of the five renderings 1, 1, ½, ½, 1.
    out = run(gold, "--errors")
    assert "2 heads, 5 renderings, 3 clusters" in out
    assert "pairs P 1.000 R 0.500 F1 0.667  B3 P 1.000 R 0.800 F1 0.889" in out
    assert "parted\t网络强国\tcyber power\tnational cyber strength" in out


@pytest.mark.parametrize(
    "lines",
    [
        "Concept\tnote\tEnglish\tLabel\n网络强国\t\tcyber power\ta\n网络强国\t\tcyberpower\ta\n",
        "网络强国\ta\tcyber power\n\n网络强国\ta\tcyberpower\n",
        "a\tcyber power\na\tcyberpower\n",
        "\ufefflabel\ttext\r\na\tcyber power\r\na\tcyberpower\r\n",
    ],
)
def test_lists_of_other_shapes(lines: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(lines, encoding="utf-8", newline="")
    out = run(path)
    assert "1 heads, 2 renderings, 1 clusters" in out
    assert "pairs P 1.000 R 1.000 F1 1.000" in out


def test_clusters_of_a_harvest(gold: Path, tmp_path: Path) -> None:
    def term(text: str, language: str, variant_of: str | None = None) -> dict[str, object]:
        return {"text": text, "language": language, "variant_of": variant_of}

    record = {
        "concept": "c1",
        "terms": [
            term("網絡強國", "zh-Hant"),
            term("strong cyber country", "en"),
            term("cyber power", "en", "strong cyber country"),
            term("national cyber strength", "en"),
        ],
    }
    path = tmp_path / "harvest.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    # "Strong cyber countries" has the normal form of the singular; "petition" is not there.
    out = run(gold, "--records", path)
    assert "4 of 5 renderings" in out
    assert "pairs P 0.333 R 0.500 F1 0.400" in out
    assert "pairs P 1.000 R 1.000 F1 1.000" in run(gold, "--records", path, "--concepts")


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("only one column\n", encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "row 1 has no head, cluster and rendering" in done.stderr


def test_chinese_forms(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "short\tfull\tsame\tof_short\tof_full\n"
        "人大\t人民代表大会\tyes\tpeople's congress\tpeople's congresses\n"
        "人大\t人民大学\tno\tpeople's congress\tRenmin University\n"
        "党组\t党小组\tno\tParty group\tParty group\n"
        "两山论\t两山理论\tyes\ttwo mountains theory\ttwo mountains theory\n",
        encoding="utf-8",
    )
    out = run("--chinese", path, "--peers", "--errors")
    assert "pairs.tsv: 4 pairs, 2 of them one" in out
    assert "tifa                     P 1.000 R 0.500 F1 0.667" in out
    assert "shape alone              P 0.500 R 0.500 F1 0.500" in out
    assert "first rendering alone    P 0.667 R 1.000 F1 0.800" in out
    assert out.endswith("parted\t两山论\t两山理论\n")

    def record(concept: str, *texts: str) -> str:
        terms = [{"text": text, "language": "zh-Hans"} for text in texts]
        return json.dumps({"concept": concept, "terms": terms}) + "\n"

    harvest = tmp_path / "harvest.jsonl"
    harvest.write_text(
        record("c1", "人民代表大會", "人大") + record("c2", "人民大学") + record("c3", "党组"),
        encoding="utf-8",
    )
    out = run("--chinese", path, "--records", harvest)
    assert "pairs.tsv: 2 pairs, 1 of them one" in out
    assert "tifa                     P 1.000 R 1.000 F1 1.000" in out
