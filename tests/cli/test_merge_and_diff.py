"""``tifa merge`` and ``tifa diff`` on termbases, texts and files of passing names."""

import dataclasses
import json
from pathlib import Path

import pytest

from glossary.cli.main import main
from glossary.model import AdministrativeStatus, Concept, Glossary, Term
from glossary.termbase import Termbase
from glossary.termbase.text_format import dump_text, parse_text

BASE = Concept(
    "c1",
    (
        Term("网络强国", "zh-Hans"),
        Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED),
    ),
)
OURS = dataclasses.replace(BASE, definition="a goal")
THEIRS = dataclasses.replace(BASE, definition="an aim")
NEW = Concept("c2", (Term("网信", "zh-Hans"), Term("cyberspace affairs", "en")))


def text(path: Path, *concepts: Concept) -> Path:
    path.write_text(dump_text(Glossary(concepts)), encoding="utf-8")
    return path


def termbase(path: Path, *concepts: Concept) -> Path:
    with Termbase.create(path) as base:
        base.add_concepts(concepts)
    return path


def test_merge_into_a_termbase_can_be_undone(tmp_path: Path) -> None:
    into = termbase(tmp_path / "mine.sqlite", BASE)
    other = text(tmp_path / "other.tifa", BASE, NEW)
    assert main(["merge", str(into), str(other)]) == 0
    with Termbase.open(into) as base:
        assert tuple(base.concepts()) == (BASE, NEW)
    assert main(["import", "--undo", "-t", str(into)]) == 0
    with Termbase.open(into) as base:
        assert tuple(base.concepts()) == (BASE,)


def test_conflicts_are_listed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Git hands a merge driver files without the ending.
    ours = text(tmp_path / ".merge_file_a", OURS)
    before = ours.read_bytes()
    theirs, base = text(tmp_path / ".merge_file_b", THEIRS), text(tmp_path / ".merge_file_c", BASE)
    command = ["merge", str(ours), str(theirs), "--base", str(base)]
    assert main(command) == 1
    assert "definition: ours a goal; theirs an aim" in capsys.readouterr().out
    assert ours.read_bytes() == before
    assert main([*command, "--conflicts", "overwrite"]) == 0
    assert parse_text(ours.read_text("utf-8"), ours).concepts == (THEIRS,)


@pytest.mark.parametrize(("answers", "kept"), [("x\nours\n", OURS), ("t\n", THEIRS)])
def test_conflicts_are_asked_about(
    answers: str, kept: Concept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answers.encode())))
    out = tmp_path / "merged.tifa"
    ours, theirs = text(tmp_path / "a.tifa", OURS), text(tmp_path / "b.tifa", THEIRS)
    command = ["merge", str(ours), str(theirs), "--conflicts", "ask", "-o", str(out)]
    assert main(command) == 0
    assert parse_text(out.read_text("utf-8"), out).concepts == (kept,)
    assert parse_text(ours.read_text("utf-8"), ours).concepts == (OURS,)


def test_diff_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = termbase(tmp_path / "a.sqlite", OURS)
    after = text(tmp_path / "b.tifa", THEIRS, NEW)
    assert main(["diff", str(before), str(after)]) == 1
    assert capsys.readouterr().out == (
        "+ 网信\n"
        "  + en cyberspace affairs (no status, unofficial)\n"
        "~ 网络强国\n"
        "  ~ definition: a goal → an aim\n"
        "1 concepts added, 0 removed, 1 changed; 0 sources differ\n"
    )
    assert main(["diff", str(before), str(after), "--format", "json"]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert plain["schema"] == "tifa.diff/1"
    assert plain["changed"][0]["fields"] == [
        {"field": "definition", "before": "a goal", "after": "an aim"}
    ]


def test_equal_glossaries_differ_in_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = text(tmp_path / "a.tifa", BASE), termbase(tmp_path / "b.sqlite", BASE)
    assert main(["diff", str(before), str(after)]) == 0
    assert capsys.readouterr().out == ""


def test_a_page_of_the_difference_escapes_what_it_shows(tmp_path: Path) -> None:
    evil = dataclasses.replace(BASE, definition="<script>alert(1)</script>")
    before, after = text(tmp_path / "a.tifa", BASE), text(tmp_path / "b.tifa", evil)
    out = tmp_path / "diff.html"
    command = ["diff", str(before), str(after), "--format", "html", "-o", str(out)]
    assert main(command) == 1
    html = out.read_text("utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_page_needs_a_file(tmp_path: Path) -> None:
    path = str(text(tmp_path / "a.tifa", BASE))
    assert main(["diff", path, path, "--format", "html"]) == 2


def test_bad_input_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = text(tmp_path / "a.tifa", BASE)
    for bad in (tmp_path / "none.tifa", tmp_path):
        assert main(["merge", str(good), str(bad)]) == 3
        assert capsys.readouterr().err.count("\n") == 1
