"""Review tables: what they show, what is read back from them, and what is refused."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from review_termbase import BITEXT, NETWORK, concept, concepts

from glossary.cli.main import main
from glossary.model import Concept, ReviewState, concept_id
from glossary.termbase import Termbase

#: A table as rows of cells by heading.
Table = list[dict[str, str]]
#: What a reviewer fills in, by the Chinese of the row.
Answers = Mapping[str, Mapping[str, str]]


def read(path: Path) -> Table:
    if path.suffix == ".tsv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))
    headings, *rows = openpyxl.load_workbook(path)["review"].iter_rows(values_only=True)
    names = list(map(str, headings))
    return [
        dict(zip(names, ["" if c is None else str(c) for c in row], strict=True)) for row in rows
    ]


def fill_in(path: Path, answers: Answers) -> None:
    """Fill cells in as a person does, leaving the rest as it is."""
    if path.suffix == ".tsv":
        rows = read(path)
        for row in rows:
            row |= dict(answers.get(row["Chinese"], {}))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
            writer.writeheader()
            writer.writerows(rows)
        return
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["review"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for number in range(2, sheet.max_row + 1):
        for heading, text in answers.get(str(sheet.cell(number, 1).value), {}).items():
            sheet.cell(number, columns[heading]).value = text
    book.save(path)


def reviewed(base: Path) -> dict[str, Concept]:
    with Termbase.open(base, readonly=True) as opened:
        return {concept.head: concept for concept in opened.concepts()}


def contents(base: Path) -> list[Concept]:
    with Termbase.open(base, readonly=True) as opened:
        return list(opened.concepts())


@pytest.fixture(params=["review.tsv", "review.xlsx"])
def table(request: pytest.FixtureRequest, termbase: Path, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    assert main(["review", "--termbase", str(termbase), "-o", str(path)]) == 0
    return path


def test_a_row_shows_what_there_is_to_know(table: Path) -> None:
    rows = read(table)
    assert [row["Chinese"] for row in rows] == [
        *("网络强国", "卡脖子", "数字经济", "高质量发展", "举国体制", "增强“四个意识”"),
    ]
    first, second, third, *_ = rows
    assert "strong cyber country  (official, preferred: 2× official)".replace("  ", " ") in (
        first["renderings"].replace("  ", " ")
    )
    assert "network power (machine: 2× machine)" in first["renderings"].replace("  ", " ")
    assert first["first because"] == "authority: official over machine (network power)"
    sentences = second["English sentences"]
    for part in ("official", "overcome", "technology bottlenecks", "machine", "stuck neck"):
        assert part in sentences
    assert third["kind"] == "term"
    assert float(third["score"]) == 0.7
    assert third["state"] == "unreviewed"


def test_the_term_is_marked_in_its_sentences(termbase: Path, tmp_path: Path) -> None:
    text, book = tmp_path / "r.tsv", tmp_path / "r.xlsx"
    for path in (text, book):
        assert main(["review", "--termbase", str(termbase), "-o", str(path)]) == 0
    assert "【网络强国】" in read(text)[0]["Chinese sentence"]
    assert "overcome 【technology bottlenecks】" in read(text)[1]["English sentences"]
    cell = openpyxl.load_workbook(book, rich_text=True)["review"]["D3"].value
    assert isinstance(cell, CellRichText)
    bold = [str(part) for part in cell if isinstance(part, TextBlock) and part.font.b]
    assert bold == ["technology bottlenecks", "stuck neck"]


def test_a_rendition_without_the_term_says_so(tmp_path: Path) -> None:
    found = concept("数字经济", ["digital economy"], [], 0.9)
    bare = concept("发挥", [], ["play"], 0.8)
    base = tmp_path / "base.sqlite"
    with Termbase.create(base) as opened:
        opened.add_bitext(BITEXT)
        opened.add_concepts([found, bare])
    path = tmp_path / "r.tsv"
    assert main(["review", "--termbase", str(base), "-o", str(path)]) == 0
    first, second = read(path)
    # The machine has the same rendering, though nothing was harvested from it.
    assert "[machine] " in first["English sentences"]
    assert first["English sentences"].count("【digital economy】") == 2
    assert first["not rendered"] == ""
    assert "[official (no rendering found)] We should use" in second["English sentences"]
    assert second["not rendered"] == "official: 1×"


def test_decisions_are_carried_out_and_not_asked_again(
    table: Path, termbase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(
        table,
        {
            "网络强国": {"decision": "accept", "reason": "as in the Outline"},
            "卡脖子": {"decision": "edit", "new English": "bottlenecks | technology bottlenecks"},
            "数字经济": {"decision": "Reject"},
            "高质量发展": {"merge with": "网络强国"},
            "举国体制": {"decision": "skip"},
        },
    )
    capsys.readouterr()
    arguments = ["review", "--termbase", str(termbase), "--from-review", str(table)]
    assert main([*arguments, "--who", "me"]) == 0
    assert capsys.readouterr().out == (
        f"{termbase}: 1 accepted, 1 edited, 1 rejected, 1 merged, 2 left open\n"
    )
    found = reviewed(termbase)
    assert found["网络强国"].review is ReviewState.ACCEPTED
    assert found["网络强国"].note == "as in the Outline"
    assert "high-quality development" in [t.text for t in found["网络强国"].renderings()]
    edited = found["卡脖子"]
    assert edited.review is ReviewState.EDITED
    assert [(t.text, t.status) for t in edited.renderings()] == [
        ("bottlenecks", "preferred"),
        ("technology bottlenecks", "admitted"),
        ("stuck neck", None),
    ]
    # The sentence that has the new rendering proves it.
    assert edited.renderings()[0].attestations[0].surface == "bottlenecks"
    assert found["数字经济"].review is ReviewState.REJECTED
    assert found["高质量发展"].cross_references == (NETWORK,)
    assert found["举国体制"].review is ReviewState.UNREVIEWED

    again = table.with_name(f"again{table.suffix}")
    assert main(["review", "--termbase", str(termbase), "-o", str(again)]) == 0
    assert [row["Chinese"] for row in read(again)] == ["举国体制", "增强“四个意识”"]

    # Reading the same file twice changes nothing.
    before = contents(termbase)
    assert main(arguments) == 0
    assert "nothing decided, 2 left open, 4 decided before" in capsys.readouterr().out
    assert contents(termbase) == before
    # The file is one step, by the one who decided, and can be taken back.
    with Termbase.open(termbase) as base:
        assert [step.who for step in base.transactions()][1] == "me"


def test_the_whole_file_can_be_taken_back(table: Path, termbase: Path) -> None:
    before = contents(termbase)
    fill_in(table, {"网络强国": {"decision": "accept"}, "卡脖子": {"decision": "reject"}})
    assert main(["review", "--termbase", str(termbase), "--from-review", str(table)]) == 0
    assert contents(termbase) != before
    assert main(["import", "--termbase", str(termbase), "--undo"]) == 0
    assert contents(termbase) == before


def test_a_new_head_leaves_the_old_one_rejected(table: Path, termbase: Path) -> None:
    fill_in(
        table, {"举国体制": {"new Chinese": "新型举国体制", "new English": "new national system"}}
    )
    assert main(["review", "--termbase", str(termbase), "--from-review", str(table)]) == 0
    found = reviewed(termbase)
    new = found["新型举国体制"]
    assert new.id == concept_id("新型举国体制")
    assert new.review is ReviewState.EDITED
    assert new.chinese()[0].attestations[0].surface == "新型举国体制"
    # A person's word stands where only machines are known to say it.
    assert [(t.text, t.status) for t in new.renderings()] == [
        ("new national system", "preferred"),
        ("national system", None),
    ]
    assert not new.renderings()[0].is_machine_only
    assert found["举国体制"].review is ReviewState.REJECTED


def test_a_head_in_other_marks_stays_the_same_concept(table: Path, termbase: Path) -> None:
    fill_in(table, {"卡脖子": {"new Chinese": "“卡脖子”"}})
    assert main(["review", "--termbase", str(termbase), "--from-review", str(table)]) == 0
    found = reviewed(termbase)
    assert "卡脖子" not in found
    assert found["“卡脖子”"].id == concept_id("卡脖子")
    assert found["“卡脖子”"].review is ReviewState.EDITED
    assert found["“卡脖子”"].chinese()[0].count == 1


def test_columns_may_be_moved_sorted_and_added(table: Path, termbase: Path) -> None:
    fill_in(table, {"卡脖子": {"decision": "r"}})
    rows = read(table)
    moved = table.with_name("moved.csv")
    with moved.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["my notes", *reversed(rows[0])], delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "my notes": "hm"} for row in reversed(rows))
    assert main(["review", "--termbase", str(termbase), "--from-review", str(moved)]) == 0
    assert reviewed(termbase)["卡脖子"].review is ReviewState.REJECTED


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"decision": "perhaps"}, "row 3, column 'decision': 'perhaps' is no decision"),
        ({"decision": "edit"}, "row 3, column 'new English': is empty"),
        ({"decision": "accept", "new English": "x"}, "row 3, column 'new English': is filled in"),
        ({"decision": "merge"}, "row 3, column 'merge with': is empty"),
        ({"decision": "accept", "merge with": "网络强国"}, "row 3, column 'merge with': is filled"),
        ({"merge with": "不存在"}, "row 3, column 'merge with': the termbase has no concept"),
        ({"merge with": "卡脖子"}, "row 3, column 'merge with': is the concept of the row itself"),
        ({"merge with": "网络强国"}, "row 3, column 'merge with': row 2 takes that concept away"),
        ({"decision": "accept", "state": "fine"}, "row 3, column 'state': 'fine' is no state"),
        (
            {"decision": "accept", "tifa.review/1": "#c0"},
            "row 3, column 'tifa.review/1': the termb",
        ),
        ({"tifa.review/1": f"#{NETWORK}"}, "row 3, column 'tifa.review/1': is that of row 2 again"),
    ],
)
def test_all_that_is_wrong_is_named_and_nothing_carried_out(
    table: Path,
    termbase: Path,
    answers: dict[str, str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(termbase)
    fill_in(
        table,
        {"网络强国": {"decision": "reject"}, "卡脖子": answers, "数字经济": {"decision": "ja"}},
    )
    capsys.readouterr()
    assert main(["review", "--termbase", str(termbase), "--from-review", str(table)]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert any(line.startswith(f"tifa: {table}: {message}") for line in lines), captured.err
    assert any("row 4, column 'decision': 'ja' is no decision" in line for line in lines)
    assert lines[-1].endswith("nothing was carried out; correct this first")
    assert contents(termbase) == before


def test_a_table_of_another_termbase_is_refused_in_one_line(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(
        table, {head: {"decision": "a"} for head in ("网络强国", "卡脖子", "数字经济", "举国体制")}
    )
    other = tmp_path / "other.sqlite"
    Termbase.create(other).close()
    capsys.readouterr()
    assert main(["review", "--termbase", str(other), "--from-review", str(table)]) == 3
    first, last = capsys.readouterr().err.splitlines()
    assert "row 2" in first
    assert "3 more are about concepts that" in first
    assert "nothing was carried out" in last


def spoil_nothing(path: Path) -> None:
    path.write_bytes(b"")


def spoil_archive(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_headings(path: Path) -> None:
    path.write_text("Chinese\tEnglish\n网络强国\tcyber\n", encoding="utf-8")


@pytest.mark.parametrize("spoil", [spoil_nothing, spoil_archive, spoil_headings, Path.unlink])
def test_what_is_no_table_is_refused_in_one_line(
    table: Path,
    termbase: Path,
    spoil: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(table)
    capsys.readouterr()
    code = main(["review", "--termbase", str(termbase), "--from-review", str(table)])
    if table.suffix == ".tsv" and spoil is spoil_archive:
        assert code == 0  # Half a table of text is a shorter table; nothing was filled in.
        return
    assert code == 3
    captured = capsys.readouterr()
    assert captured.err.startswith(f"tifa: {table}")
    assert captured.err.count("\n") == 1
    assert not captured.out


def test_what_is_filled_in_is_not_written_over(
    table: Path, termbase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(table, {"卡脖子": {"decision": "reject"}})
    before = table.read_bytes()
    arguments = ["review", "--termbase", str(termbase)]
    assert main([*arguments, "-o", str(table)]) == 3
    assert "holds 1 decisions that are not read yet" in capsys.readouterr().err
    assert table.read_bytes() == before
    # In one go they are read first, and the table then holds the rest.
    assert main([*arguments, "--from-review", str(table), "-o", str(table)]) == 0
    assert "卡脖子" not in [row["Chinese"] for row in read(table)]


def test_nothing_to_decide(
    termbase: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["review", "--termbase", str(termbase), "-o", str(tmp_path / "r.tsv")]
    assert main([*arguments, "--state", "accepted"]) == 1
    assert "nothing is left to decide" in capsys.readouterr().err
    assert not (tmp_path / "r.tsv").exists()
    assert main([*arguments, "--kind", "phrase"]) == 0
    assert [row["Chinese"] for row in read(tmp_path / "r.tsv")] == ["增强“四个意识”"]


def test_no_cell_is_a_formula_or_too_long(tmp_path: Path) -> None:
    odd = concept("=HYPERLINK(1)", ["-1+1", "@x", "y" * 40_000], [], 0.9)
    head = odd.terms[0]
    sentence = dataclasses.replace(
        concepts()[0].terms[0].attestations[0],
        span=(40_000, 40_003),
        surface="=HY",
        context="长" * 40_000 + "=HY" + "句" * 40_000,
    )
    odd = dataclasses.replace(
        odd,
        id="007",
        terms=(dataclasses.replace(head, attestations=(sentence,)), *odd.terms[1:]),
    )
    base = tmp_path / "base.sqlite"
    with Termbase.create(base) as opened:
        opened.add_concepts([odd])
    for name in ("r.tsv", "r.xlsx"):
        path = tmp_path / name
        assert main(["review", "--termbase", str(base), "-o", str(path)]) == 0
        row = read(path)[0]
        assert not any(cell.startswith(("=", "-", "@")) for cell in row.values() if name == "r.tsv")
        assert "=HY" in row["Chinese sentence"]
        assert max(map(len, row.values())) <= 32_767 or name == "r.tsv"
        fill_in(path, {row["Chinese"]: {"decision": "accept"}})
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["review"]
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert main(["review", "--termbase", str(base), "--from-review", str(tmp_path / "r.tsv")]) == 0
    assert reviewed(base)["=HYPERLINK(1)"].review is ReviewState.ACCEPTED


def test_the_workbook_offers_the_decisions(termbase: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    assert main(["review", "--termbase", str(termbase), "-o", str(path)]) == 0
    sheet = openpyxl.load_workbook(path)["review"]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"accept,edit,reject,merge,skip"'
    assert str(validation.sqref) == "E2:E7"
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / "r.xlsx"
    assert main(["review", "--termbase", str(termbase), "-o", str(again)]) == 0
    assert openpyxl.load_workbook(again)["how to"]["A1"].value
    assert again.read_bytes() == path.read_bytes()
