"""``--as-of`` means the same after every verb that reads a termbase: the form in force that day."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.cli.main import main

TERM = "人类命运共同体"
IN_2018 = "community with a shared future for mankind"
NOW = "global community of shared future"
DAY = "2018-06-01"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where no termbase lies, so that the core glossary is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    Path("source.txt").write_text(f"这就是{TERM}。\n", "utf-8")
    Path("old.txt").write_text(f"This is a {IN_2018}.\n", "utf-8")
    Path("new.txt").write_text(f"This is a {NOW}.\n", "utf-8")
    Path("memory.tmx").write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" '
        'segtype="sentence" o-tmf="t" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>'
        '<tu><tuv xml:lang="zh-CN"><seg>各国人民都要一起关注网络强国。</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>All must mind a strong cyber country.</seg></tuv></tu>'
        "</body></tmx>",
        "utf-8",
    )


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main([*arguments])
    return capsys.readouterr().out


def test_lookup(capsys: pytest.CaptureFixture[str]) -> None:
    def preferred(*options: str) -> list[str]:
        lines = output(capsys, "lookup", TERM, "--exact", *options).splitlines()
        return [line.split("  ")[1] for line in lines if "  preferred · " in line]

    assert preferred("--as-of", DAY) == [IN_2018]
    assert preferred() == [NOW]


def test_history(capsys: pytest.CaptureFixture[str]) -> None:
    preferred = [
        line
        for line in output(capsys, "history", TERM, "--as-of", DAY).splitlines()
        if "preferred" in line
    ]
    assert len(preferred) == 1
    assert IN_2018 in preferred[0]


def test_export(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = output(capsys, "export", "-", "--as-of", DAY).split("\n\n")
    (block,) = [block for block in blocks if f"  term: {TERM}\n" in block]
    assert block.index(IN_2018) < block.index(NOW)
    assert "later: from 2023" in block


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert "T103" not in output(capsys, "check", "source.txt", "old.txt", "--as-of", DAY)
    assert "T103" in output(capsys, "check", "source.txt", "old.txt")
    assert "T103" not in output(capsys, "check", "source.txt", "new.txt")


def test_annotate(capsys: pytest.CaptureFixture[str]) -> None:
    assert IN_2018 in output(capsys, "annotate", "source.txt", "--as-of", DAY)
    assert NOW in output(capsys, "annotate", "source.txt")


def test_match(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (
        "match",
        f"各国人民都要一起关注{TERM}。",
        "--memory",
        "memory.tmx",
        "--threshold",
        "50",
    )
    assert IN_2018 in output(capsys, *asked, "--as-of", DAY)
    assert NOW in output(capsys, *asked)


def test_publish(capsys: pytest.CaptureFixture[str]) -> None:
    for folder, date in (("then", ["--as-of", DAY]), ("now", [])):
        assert main(["publish", "site", "-o", folder, "--subject", "foreign-policy", *date]) == 0
    capsys.readouterr()

    def first(folder: str) -> int:
        pages = [page.read_text("utf-8") for page in Path(folder).rglob("*.html")]
        (page,) = [text for text in pages if f">{TERM}</h1>" in text]
        return page.index(IN_2018) - page.index(NOW)

    assert first("then") < 0 < first("now")
