"""Alignments that people correct: what a file carries, what each edit does, what is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_align import CHINESE, EN, ENGLISH, MT, ZH, assert_whole, document, members

from glossary.align import align
from glossary.align.formats.rows import SCHEMA
from glossary.align.formats.saved import SavedAlignment, SavedBead, saved_bitext
from glossary.align.formats.tsv import load_tsv, to_tsv
from glossary.align.formats.workbook import load_workbook, write_workbook
from glossary.align.realign import realign
from glossary.align.renditions import with_columns
from glossary.errors import BadInputError, OutputError, UsageError
from glossary.model import Bead, Bitext

#: Changes the cells of the rows of a table, headings first.
Edit = Callable[[list[list[str]]], None]

BEADS = (
    Bead(((0,), (0,)), 0.99),
    Bead(((1,), (1, 2)), 0.98),
    Bead(((2,), (3,)), 0.97),
    Bead(((), (4,)), 0.4),
    Bead(((3,), ()), 0.3),
    Bead(((4,), (5,)), 0.96),
    Bead(((5,), (6,)), 0.45),
    Bead(((6,), (7,)), 0.94),
)
BITEXT = Bitext("zh+official", (ZH, EN), BEADS, "align:test")


def edited(tmp_path: Path, edit: Edit, bitext: Bitext = BITEXT) -> SavedAlignment:
    """Return what is read after an edit of the table, the same from TSV and from a workbook."""
    tsv = tmp_path / "bitext.tsv"
    rows = [line.split("\t") for line in to_tsv(bitext).splitlines()]
    edit(rows)
    tsv.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")

    workbook = tmp_path / "bitext.xlsx"
    write_workbook(bitext, workbook, review_below=0.5)
    book = openpyxl.load_workbook(workbook)
    sheet = book["beads"]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append([cell.replace(" ⏎ ", "\n").replace("⏎", "\n") or None for cell in row])
    book.save(workbook)
    found = load_tsv(tsv)
    assert load_workbook(workbook).beads == found.beads
    return found


def set_cell(row: int, column: int, text: str) -> Edit:
    def edit(rows: list[list[str]]) -> None:
        rows[row][column] = text

    return edit


def groups(saved: SavedAlignment) -> list[tuple[tuple[str, ...], ...]]:
    return [bead.groups for bead in saved.beads if bead.edited]


@pytest.mark.parametrize("bitext", [BITEXT, align([MT, ZH, EN])])
def test_what_nobody_touched_is_read_as_it_was(tmp_path: Path, bitext: Bitext) -> None:
    saved = edited(tmp_path, lambda rows: None, bitext)
    again = saved_bitext(saved, tmp_path)
    assert not any(bead.edited for bead in again.beads)
    for old, new in zip(bitext.beads, again.beads, strict=True):
        for column in range(len(bitext.documents)):
            assert bitext.text(old, column) == again.text(new, column)
        assert new.score == pytest.approx(old.score, abs=1e-4)


def test_right_keeps_a_bead(tmp_path: Path) -> None:
    saved = edited(tmp_path, set_cell(2, 1, "right"))
    assert groups(saved) == [((CHINESE[1],), tuple(ENGLISH[1:3]))]


def test_join_merges_with_the_row_above(tmp_path: Path) -> None:
    saved = edited(tmp_path, set_cell(2, 1, "Join"))
    assert groups(saved) == [(tuple(CHINESE[:2]), tuple(ENGLISH[:3]))]
    assert len(saved.beads) == len(BEADS) - 1


def test_apart_leaves_every_sentence_alone(tmp_path: Path) -> None:
    saved = edited(tmp_path, set_cell(2, 1, "apart"))
    assert groups(saved) == [((CHINESE[1],), ()), ((), tuple(ENGLISH[1:3]))]


def test_an_empty_line_splits_a_row(tmp_path: Path) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[2][4] = CHINESE[1].replace("，", "，⏎⏎", 1)
        rows[2][5] = " ⏎ ⏎ ".join(ENGLISH[1:3])

    first, second = CHINESE[1].split("，", 1)
    saved = edited(tmp_path, edit)
    assert groups(saved) == [((first + "，",), (ENGLISH[1],)), ((second,), (ENGLISH[2],))]


def test_a_moved_sentence_changes_both_rows(tmp_path: Path) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[2][5], rows[3][5] = ENGLISH[1], f"{ENGLISH[2]}⏎{ENGLISH[3]}"

    saved = edited(tmp_path, edit)
    assert groups(saved) == [
        ((CHINESE[1],), (ENGLISH[1],)),
        ((CHINESE[2],), (ENGLISH[2], ENGLISH[3])),
    ]


def test_a_row_put_in_goes_with_the_one_above_even_if_sorted(tmp_path: Path) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[2][5] = ENGLISH[1]
        rows[3:3] = [["", "", "", "", "", ENGLISH[2], ""]]
        rows[5:] = rows[:4:-1]

    saved = edited(tmp_path, edit)
    assert groups(saved) == [((CHINESE[1],), (ENGLISH[1],)), ((), (ENGLISH[2],))]
    assert [bead.groups for bead in saved.beads][-1] == ((CHINESE[6],), (ENGLISH[7],))


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (set_cell(2, 1, "perhaps"), "3: 'perhaps' is no decision"),
        (set_cell(1, 1, "join"), "2: cannot be joined"),
        (set_cell(4, 0, "four"), "5: 'four' is no number"),
        (set_cell(4, 2, "high"), "5: 'high' is no score"),
        (set_cell(0, 6, "tifa.bitext/9"), "1: is in the form tifa.bitext/9"),
        (set_cell(0, 6, "notes"), "1: is not a table of aligned texts"),
        (set_cell(0, 5, "zh"), "1: has two texts of one name"),
        (lambda rows: rows[3].append("more"), "4: has 8 cells, not 7"),
        (lambda rows: rows.__delitem__(slice(1, None)), "has no beads"),
    ],
)
def test_a_spoilt_row_is_named(tmp_path: Path, edit: Edit, message: str) -> None:
    with pytest.raises(BadInputError) as error:
        edited(tmp_path, edit)
    assert f"bitext.tsv:{message}" in str(error.value).replace("tsv: has", "tsv:has")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"bead\tdecision\n"])
def test_no_workbook_at_all_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bitext.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadInputError) as error:
        load_workbook(path)
    assert "\n" not in str(error.value)


def test_a_foreign_workbook_is_no_alignment(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(BadInputError, match="not a table of aligned texts"):
        load_workbook(tmp_path / "a.xlsx")


def test_the_workbook_explains_itself_and_lists_doubtful_beads_first(tmp_path: Path) -> None:
    path = tmp_path / "bitext.xlsx"
    write_workbook(BITEXT, path, review_below=0.5)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["how to", "to review", "beads", "texts"]
    said = " ".join(str(cell.value) for row in book["how to"] for cell in row)
    for what in ("right", "join", "apart", "Split", "Move", "tifa align --from-review bitext.xlsx"):
        assert what in said
    rows = list(book["to review"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [("5", 0.3), ("4", 0.4), ("7", 0.45)]
    assert book["to review"]["A2"].hyperlink.location == "'beads'!B6"
    assert {cell.fill.fgColor.rgb for cell in book["to review"][2]} == {"FFF4CCCC"}
    sheet = book["beads"]
    assert sheet.freeze_panes == "E2"
    assert sheet.data_validations.dataValidation[0].formula1 == '"right,join,apart"'
    assert sheet["F6"].fill.fgColor.rgb == "FFF4CCCC"
    assert sheet["F2"].fill.fgColor.rgb == "00000000"


def test_rows_are_high_enough_for_their_text_and_grow_with_it(tmp_path: Path) -> None:
    path = tmp_path / "bitext.xlsx"
    long = "路要自己走，事要自己办。" * 20
    zh, en = document("zh", "zh-Hans", [long]), document("en", "en", ["Walk."])
    write_workbook(Bitext("x", (zh, en), (Bead(((0,), (0,)), 0.1),), "x"), path, review_below=0.5)
    book = openpyxl.load_workbook(path)
    for name in ("to review", "beads"):
        # 480 columns of text in cells of 60.
        assert book[name].row_dimensions[2].height >= 8 * 15
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"customHeight" in sheet for sheet in sheets)


def test_a_workbook_is_the_same_bytes_for_the_same_beads(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_workbook(BITEXT, tmp_path / name / "bitext.xlsx", review_below=0.5)
    assert (tmp_path / "a/bitext.xlsx").read_bytes() == (tmp_path / "b/bitext.xlsx").read_bytes()


def test_a_workbook_that_lost_sentences_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bitext.xlsx"
    write_workbook(BITEXT, path, review_below=0.5)
    book = openpyxl.load_workbook(path)
    book["beads"].delete_rows(9)
    book.save(path)
    less = len(CHINESE[6]), len("".join(ENGLISH[7].split()))
    assert [
        warning.split("has ")[1].split(" char")[0] for warning in load_workbook(path).warnings
    ] == [str(size) for size in less]


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    long = document("zh", "zh-Hans", ["网" * 40_000])
    bitext = Bitext("a", (long, document("en", "en", ["Net."])), (Bead(((0,), (0,)), 1.0),), "x")
    with pytest.raises(OutputError, match="40,000 characters"):
        write_workbook(bitext, tmp_path / "a.xlsx", review_below=0.5)


# What a person set is kept when the texts are aligned again.


def fixed(*beads: tuple[tuple[str, ...], tuple[str, ...]]) -> SavedAlignment:
    context = [SavedBead(((text,), ()), 0.9) for text in CHINESE]
    return SavedAlignment(
        (ZH.source, EN.source), (*context, *(SavedBead(bead, 1.0, edited=True) for bead in beads))
    )


def test_an_edited_bead_is_an_anchor(tmp_path: Path) -> None:
    # Wrong on purpose: the aligner would never do it.
    saved = fixed(((CHINESE[2],), (ENGLISH[5],)), ((CHINESE[3], CHINESE[4]), (ENGLISH[6],)))
    result = realign([ZH, EN], saved, tmp_path)
    assert_whole(result.bitext)
    assert not result.gone
    assert {((2,), (5,)), ((3, 4), (6,))} == {
        bead.members for bead in result.bitext.beads if bead.edited
    }
    assert ((1,), (1, 2)) in members(result.bitext)
    assert ((6,), (7,)) in members(result.bitext)


def test_edits_outlive_changes_of_the_texts_and_their_order(tmp_path: Path) -> None:
    saved = fixed(((CHINESE[5],), (ENGLISH[6],)), ((CHINESE[3],), ()))
    chinese = ["新的一段。", *CHINESE[:3], "又加了一句话。", *CHINESE[3:]]
    english = ["A new paragraph.", *ENGLISH]
    result = realign(
        [document("official", "en", english), document("zh", "zh-Hans", chinese)], saved, tmp_path
    )
    assert [one.source.id for one in result.bitext.documents] == ["official", "zh"]
    assert {((7,), (7,)), ((), (5,))} == {
        bead.members for bead in result.bitext.beads if bead.edited
    }


def test_an_edit_whose_sentence_has_gone_is_kept_and_applies_again(tmp_path: Path) -> None:
    saved = fixed(((CHINESE[5],), (ENGLISH[6],)), ((CHINESE[4],), (ENGLISH[5],)))
    shorter = document("zh", "zh-Hans", [*CHINESE[:5], CHINESE[6]])
    result = realign([shorter, EN], saved, tmp_path)
    assert [bead.groups[0] for bead in result.gone] == [(CHINESE[5],)]
    path = tmp_path / "bitext.tsv"
    path.write_text(to_tsv(result.bitext, result.gone), encoding="utf-8")
    assert "\tgone\t" in path.read_text(encoding="utf-8").splitlines()[-1]
    back = realign([ZH, EN], load_tsv(path), tmp_path)
    assert not back.gone
    assert ((5,), (6,)) in [bead.members for bead in back.bitext.beads if bead.edited]


def test_a_sentence_cut_by_hand_is_cut_in_the_text(tmp_path: Path) -> None:
    first, second = (CHINESE[1][:16], CHINESE[1][16:])
    result = realign(
        [ZH, EN], fixed(((first,), (ENGLISH[1],)), ((second,), (ENGLISH[2],))), tmp_path
    )
    chinese = result.bitext.documents[0]
    assert [segment.text for segment in chinese.segments][1:3] == [first, second]
    assert all(chinese.text[slice(*one.span)] == one.text for one in chinese.segments)
    assert_whole(result.bitext)


def test_repeated_sentences_are_told_apart_by_what_surrounds_them(tmp_path: Path) -> None:
    chinese = document("zh", "zh-Hans", [*CHINESE[:3], "好。", *CHINESE[3:], "好。"])
    english = document("official", "en", [*ENGLISH, "Good."])
    beads = [SavedBead(((text,), ()), 0.9) for text in [*CHINESE[:3], "好。", *CHINESE[3:]]]
    last = SavedBead((("好。",), ("Good.",)), 1.0, edited=True)
    saved = SavedAlignment((ZH.source, EN.source), (*beads, last))
    result = realign([chinese, english], saved, tmp_path)
    assert [bead.members for bead in result.bitext.beads if bead.edited] == [((8,), (8,))]


def test_another_number_of_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has 2 texts"):
        realign([ZH, EN, MT], fixed(), tmp_path)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_set_of_hand_made_beads_comes_back(data: st.DataObject) -> None:
    pairs = data.draw(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 7)),
            max_size=5,
            unique_by=(lambda pair: pair[0], lambda pair: pair[1]),
        )
    )
    saved = fixed(*(((CHINESE[i],), (ENGLISH[j],)) for i, j in pairs))
    result = realign([ZH, EN], saved, Path("x"), mode="words")
    assert {((i,), (j,)) for i, j in pairs} == {
        bead.members for bead in result.bitext.beads if bead.edited
    }
    assert_whole(result.bitext)
    assert SCHEMA in to_tsv(with_columns(result.bitext, ["official", "zh"]))
