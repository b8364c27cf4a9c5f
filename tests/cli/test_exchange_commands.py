"""``tifa convert`` and ``tifa validate``: exit codes, output, one-line errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossary.cli.main import main
from glossary.model import Memory, TranslationUnit, Variant
from tmx import tmx14


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    path = tmp_path / "in.tmx"
    unit = TranslationUnit((Variant("zh-CN", ("甲",)), Variant("en-US", ("a",))))
    tmx14.dump(Memory((unit,), "zh-CN"), path)
    return path


def test_convert_for_a_tool(
    memory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.tmx"
    assert main(["convert", str(memory), str(out), "--for", "wordfast"]) == 0
    assert capsys.readouterr().out == f"{out}: 1 written\n"
    assert tmx14.load(out).source_language == "ZH-CN"


def test_convert_does_not_overwrite(
    memory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.tmx"
    out.write_text("mine")
    assert main(["convert", str(memory), str(out)]) == 3
    assert capsys.readouterr().err == (
        f"tifa: {out}: exists already (choose another name, or --force)\n"
    )
    assert out.read_text() == "mine"
    assert main(["convert", str(memory), str(out), "--force"]) == 0


@pytest.mark.parametrize(
    "options",
    [["--for", "word"], ["--to", "foo"], ["--language", "zh"], ["--to", "tbx3"]],
)
def test_convert_usage(memory: Path, tmp_path: Path, options: list[str]) -> None:
    assert main(["convert", str(memory), str(tmp_path / "out.tmx"), *options]) == 2


def test_convert_recovers(memory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory.write_text(memory.read_text("utf-8").replace("</body>", "<tu><oops></body>"), "utf-8")
    out = tmp_path / "out.tmx"
    assert main(["convert", str(memory), str(out)]) == 3
    assert "--recover" in capsys.readouterr().err
    assert main(["convert", str(memory), str(out), "--recover"]) == 0
    assert "damaged units, lost: 1" in capsys.readouterr().err


def test_validate_a_sound_file(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(memory)]) == 0
    assert capsys.readouterr().out == f"{memory}: TMX 1.4, 1 units or entries\n"


def test_validate_lists_findings(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = memory.read_text("utf-8").replace("en-US", "en_US")
    memory.write_text(text, "utf-8")
    assert main(["validate", str(memory)]) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    line = text[: text.index("en_US")].count("\n") + 1
    assert first.startswith(f"{memory}:{line}: E201 'en_US'")
    assert main(["validate", str(memory), "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "tifa.validation/1"
    assert document["files"][0]["counts"] == {"E201": 1}


@pytest.mark.parametrize("data", [b"", b"<tmx>", b"\x00"])
def test_validate_illformed_files(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.tmx"
    path.write_bytes(data)
    assert main(["validate", str(path)]) == 3
    captured = capsys.readouterr()
    assert captured.err.startswith(f"tifa: {path}")
    assert captured.err.count("\n") == 1


def test_validate_foreign_xml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.tbx"
    path.write_text("<TAGTABLE/>")
    assert main(["validate", str(path)]) == 1
    assert "E001" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    memory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, empty = tmp_path / "broken.tmx", tmp_path / "empty.tmx"
    broken.write_text("<tmx>")
    empty.write_text("")
    assert main(["validate", str(broken), str(memory), str(empty)]) == 3
    captured = capsys.readouterr()
    assert captured.out == f"{memory}: TMX 1.4, 1 units or entries\n"
    first, second = captured.err.splitlines()
    assert first.startswith(f"tifa: {broken}:")
    assert second.startswith(f"tifa: {empty}:")
