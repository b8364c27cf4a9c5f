"""``tifa import`` and ``tifa export`` of glossary files: mapping, tools, explanations."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.cli.main import main
from glossary.model import AdministrativeStatus
from tmx import deepl, jsonl, multiterm, xlsx

TABLE = "Zhongwen,English,Remarks\n网络强国,strong cyber country,a note\n网络强国,cyber power,\n"


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    table, base = tmp_path / "t.csv", tmp_path / "b.sqlite"
    table.write_text(TABLE, "utf-8")
    mapping = ["--map", "zh=Zhongwen", "--map", "en=2,note=Remarks"]
    assert main(["import", str(table), "-t", str(base), *mapping]) == 0
    return base


def test_import_with_a_mapping(termbase: Path, tmp_path: Path) -> None:
    out = tmp_path / "g.jsonl"
    assert main(["export", str(out), "-t", str(termbase)]) == 0
    (concept,) = jsonl.load(out).concepts
    assert [(t.text, t.language, t.note) for t in concept.terms] == [
        ("网络强国", "zh-Hans", ""),
        ("strong cyber country", "en", "a note"),
        ("cyber power", "en", ""),
    ]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ([], 3, "does not name the columns of two languages"),
        (["--map", "zh"], 2, "write it as zh=Chinese,en=English"),
        (["--map", "zh=Zhongwen,colour=English"], 2, "neither a language nor a field"),
        (["--map", "zh=Kanji,en=English"], 3, "no column is headed 'Kanji'"),
        (["--from", "deepl", "--map", "zh=1"], 2, "has no columns to name"),
        (["--from", "tmx"], 2, "holds a translation memory"),
    ],
)
def test_import_that_cannot_be_read(
    tmp_path: Path,
    options: list[str],
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table, base = tmp_path / "t.csv", tmp_path / "b.sqlite"
    table.write_text(TABLE, "utf-8")
    assert main(["import", str(table), "-t", str(base), *options]) == code
    assert message in capsys.readouterr().err
    assert not base.exists()


def test_export_for_a_service_says_what_it_leaves_out(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "g.tsv"
    assert main(["export", str(out), "--for", "deepl", "-t", str(termbase)]) == 0
    assert out.read_bytes() == "网络强国\tstrong cyber country\n".encode()
    assert deepl.load(out).concepts[0].renderings()[0].text == "strong cyber country"
    said = capsys.readouterr().err
    assert "no place for: renderings beyond the preferred one (1), term note (1)" in said


def test_explain_writes_nothing(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "g.deepl.tsv"
    assert main(["export", str(out), "--explain", "-t", str(termbase)]) == 0
    assert not out.exists()
    said = capsys.readouterr().out
    assert said.splitlines()[0] == f"{out}: 1 entries or lines from 1 concepts"
    assert "1  term note  (strong cyber country)" in said
    for name in ("g.jsonl", "g.tifa"):
        assert main(["export", str(tmp_path / name), "--explain", "-t", str(termbase)]) == 0
        assert "holds everything" in capsys.readouterr().out
        assert not (tmp_path / name).exists()


def test_export_for_a_tool_by_the_ending(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "g.xml"
    assert main(["export", str(out), "--for", "trados", "-t", str(termbase)]) == 0
    assert len(multiterm.load(out).concepts) == 1
    assert main(["export", str(tmp_path / "g.tsv"), "--for", "trados", "-t", str(termbase)]) == 2
    assert "takes multiterm or tbx2" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "g.xlsx"), "-t", str(termbase)]) == 0
    assert xlsx.load(tmp_path / "g.xlsx").concepts[0].terms[1].status in {
        None,
        *AdministrativeStatus,
    }
    assert main(["export", str(tmp_path / "g.tmx"), "-t", str(termbase)]) == 2


def test_codes_of_languages(termbase: Path, tmp_path: Path) -> None:
    out = tmp_path / "g.aws.csv"
    codes = ["--language", "zh-Hans=zh-SG", "--language", "en=en-GB"]
    assert main(["export", str(out), *codes, "-t", str(termbase)]) == 0
    assert out.read_text("utf-8").splitlines()[0] == "zh-SG,en-GB"
