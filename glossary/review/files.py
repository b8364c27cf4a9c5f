"""Review tables as files: a workbook for people, or a line a concept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glossary.errors import BadInputError, OutputError, UsageError
from glossary.files import write_text
from glossary.review.answers import Filled, read_verdicts
from glossary.review.evidence import Sentence
from glossary.review.table import HEADINGS, Column, Row, id_cell
from glossary.termbase import Termbase
from tmx.delimited import delimited_line, guarded_cell, plain_cell
from tmx.delimited import read_rows as read_delimited

__all__ = ["check_name", "read_review", "refuse_unread", "write_review"]

_WORKBOOK, _TEXT = ".xlsx", ".tsv"
#: What spreadsheet programs make of a table when they save it as text.
_SAVED_AS = (_TEXT, ".csv", ".txt")


def check_name(path: Path) -> None:
    """Refuse to write a file of another kind.

    Raises:
        UsageError: its ending is neither ``.xlsx`` nor ``.tsv``.
    """
    if path.suffix.lower() not in (_WORKBOOK, _TEXT):
        raise UsageError(
            f"{path}: a review is written as .xlsx or .tsv", cure=f"-o {path.stem or 'review'}.xlsx"
        )


def write_review(rows: Sequence[Row], path: Path, *, title: str) -> None:
    """Write the table of a review to a file; its ending tells the form.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written.
        UsageError: its ending is neither ``.xlsx`` nor ``.tsv``.
    """
    check_name(path)
    if path.suffix.lower() == _WORKBOOK:
        from glossary.review.workbook import write_workbook

        write_workbook(rows, path, title=title)
        return
    lines = [HEADINGS, *map(_cells, rows)]
    write_text(path, "".join(delimited_line(map(guarded_cell, cells), "\t") for cells in lines))


def read_review(path: Path, base: Termbase) -> Filled:
    """Return what a table says that a reviewer has filled in.

    Raises:
        BadInputError: the file cannot be read or is no table of a review.
        MissingExtraError: the package that reads workbooks is not installed.
        UsageError: its ending is that of no table.
    """
    ending = path.suffix.lower()
    if ending == _WORKBOOK:
        from glossary.review.workbook import SHEET
        from tmx.xlsx import read_sheet

        rows = read_sheet(path, SHEET)
        # Excel escapes a return within a cell.
        unix = ((n, [cell.replace("_x000D_", "\n") for cell in cells]) for n, cells in rows)
        return read_verdicts(unix, path, base)
    if ending not in _SAVED_AS:
        raise UsageError(f"{path}: a review is read from .xlsx, {', '.join(_SAVED_AS)}")
    lines = read_delimited(path, "\t" if ending == _TEXT else None)
    plain = ((number, [plain_cell(cell) for cell in cells]) for number, cells in lines)
    return read_verdicts(plain, path, base)


def refuse_unread(path: Path, base: Termbase) -> None:
    """Refuse to write over a table that holds decisions which were not carried out.

    Raises:
        OutputError: it holds some.
    """
    if not path.exists():
        return
    try:
        filled = read_review(path, base)
    except BadInputError:
        return  # Something else, which is written over as by any other verb.
    if filled.verdicts or filled.faults:
        raise OutputError(
            f"holds {len(filled.verdicts) + len(filled.faults)} decisions that are not read yet",
            place=path,
            cure=f"read them with --from-review {path}, or name another file",
        )


def _cells(row: Row) -> tuple[str, ...]:
    filled_in = {
        "Chinese": row.chinese,
        "renderings": " | ".join(row.renderings),
        "Chinese sentence": row.place.chinese.marked,
        "English sentences": " | ".join(map(_labelled, row.place.renditions)),
        "kind": row.kind,
        "score": "" if row.score is None else f"{row.score:.2f}",
        "not rendered": " | ".join(row.not_rendered),
        "first because": row.first_because,
        Column.STATE: row.state,
        Column.ID: id_cell(row.id),
    }
    return tuple(" ".join(filled_in.get(heading, "").split()) for heading in HEADINGS)


def _labelled(sentence: Sentence) -> str:
    return f"[{sentence.label}] {sentence.marked}".rstrip()
