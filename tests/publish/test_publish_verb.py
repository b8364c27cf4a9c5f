"""``tifa publish`` from a termbase to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from publish_samples import sample_bitext, sample_glossary

from glossary.cli.main import main
from glossary.termbase import Termbase


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    path = tmp_path / "tifa.sqlite"
    with Termbase.create(path) as base, base.transaction("test"):
        base.add_bitext(sample_bitext())
        base.add_concepts(sample_glossary().concepts)
    return path


def test_a_book_is_written_and_never_overwritten_unasked(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("typst")
    out = tmp_path / "book.pdf"
    arguments = ["publish", "pdf", "-t", str(termbase), "-o", str(out), "--title", "Roads"]
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"{out}: 3 entries\n"
    first = out.read_bytes()
    assert first.startswith(b"%PDF-1.7")
    assert main(arguments) == 3
    assert "exists already" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 0
    assert out.read_bytes() == first


def test_a_site_is_written(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "web"
    arguments = ["publish", "site", "-t", str(termbase), "-o", str(out), "--status", "preferred"]
    assert main(arguments) == 0
    files = len(list(out.iterdir()))
    assert capsys.readouterr().out == f"{out}: 3 entries in {files} files\n"
    assert main(arguments) == 3
    assert main([*arguments, "--force"]) == 0


def test_the_core_glossary_bears_its_name_and_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    monkeypatch.chdir(tmp_path)
    arguments = ["publish", "site", "--subject", "slogan", "--interface", "bilingual"]
    assert main(arguments) == 0
    assert "entries in" in capsys.readouterr().out
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Core glossary of Chinese political language</h1>" in index
    assert "检索 Search" in index


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--review", "maybe"], 2, "unknown review state 'maybe'"),
        (["--paper", "a9"], 2, "unknown paper 'a9'"),
        (["--interface", "fr"], 2, "unknown interface language 'fr'"),
        (["--min-authority", "divine"], 2, "unknown authority 'divine'"),
        (["--subject", "cooking"], 3, "no concept is selected"),
        (["--template", "none.typ"], 3, "no such template"),
    ],
)
def test_what_cannot_work_is_one_line(
    termbase: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    code: int,
    message: str,
) -> None:
    pytest.importorskip("typst")
    out = tmp_path / "book.pdf"
    assert main(["publish", "pdf", "-t", str(termbase), "-o", str(out), *options]) == code
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert not out.exists()
