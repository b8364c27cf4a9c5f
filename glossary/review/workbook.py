"""The table of a review as an Excel workbook.

Two sheets: the concepts, which is the one that is read back, and how to review. The term is bold in
its sentences. All texts are written as text: none is ever a formula. Needs the extra ``sheets``.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import OutputError
from glossary.review.evidence import Sentence
from glossary.review.table import HEADINGS, SCHEMA, Column, Row, id_cell
from glossary.review.verdicts import Action
from tmx.xlsx import MAX_CELL, MAX_ROWS, new_workbook

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["SHEET", "write_workbook"]

SHEET, _HOW_TO = "review", "how to"
_CHOICES = tuple(action.value for action in Action)
#: Fill of what is filled in by hand; of a decided row once its decision is chosen.
_BY_HAND, _DECIDED, _REJECTED = "#FFF9E5", "#D9EAD3", "#E6E6E6"
_TERM_COLOUR = "#990000"
#: Widths in characters, a Chinese character being two wide.
_WIDTHS = {
    "Chinese": 18,
    "renderings": 38,
    "Chinese sentence": 42,
    "English sentences": 62,
    Column.DECISION: 10,
    Column.CHINESE: 18,
    Column.ENGLISH: 28,
    Column.TARGET: 18,
    Column.REASON: 28,
    "kind": 8,
    "score": 7,
    "not rendered": 24,
    "first because": 26,
    Column.STATE: 12,
}
#: Points of a line; the most that Excel gives a row.
_LINE, _HIGHEST = 15.0, 409.0
_FILLED_IN = (Column.DECISION, Column.CHINESE, Column.ENGLISH, Column.TARGET, Column.REASON)

_INSTRUCTIONS = (
    ("How to review these terms", ""),
    (
        "What it is",
        "Each row of the sheet “review” is a concept that was harvested, the surest first: its "
        "Chinese terms, its renderings (the best first, with how often they stand in the texts, "
        "whose they are and their status), and the place that proves it. The term is bold. "
        "Behind the id of each text stands what it says there: official and machine renditions "
        "side by side. “Not rendered” counts the places where no rendering was found: the text "
        "drops the sentence, or says it in other words. Fill in the coloured columns; leave the "
        "others alone.",
    ),
    ("accept", "The term and its renderings are right as they stand, the first one being best."),
    (
        "edit",
        "Something else is right. Write into “new English” all renderings that are right, best "
        "first, one a line of the cell (Alt+Enter) or with | between them; into “new Chinese” the "
        "term it should be listed under. Renderings that you leave out become deprecated.",
    ),
    ("reject", "It is no term. It is kept as rejected, so that it does not come up again."),
    (
        "merge",
        "It is part of another concept, or another name of it. Write a term of that concept into "
        "“merge with”.",
    ),
    ("skip, or nothing", "It comes up again the next time."),
    ("Reason", "As you like; it is kept as a note of the concept."),
    (
        "Sort, filter, hide, move",
        "As you like, columns too: rows are known by the last column, which is hidden.",
    ),
    (
        "Read it back",
        "tifa review --termbase TERMBASE --from-review {name} carries the decisions out, all or "
        "none: what cannot be understood is listed by row and column, and nothing is changed. "
        "What is decided is never asked again. tifa import --undo takes the whole file back.",
    ),
)


def write_workbook(rows: Sequence[Row], path: Path, *, title: str) -> None:
    """Write the table as a workbook: the same bytes for the same rows.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written, or there are more rows than Excel takes.
    """
    with new_workbook(path, title) as book:
        if len(rows) >= MAX_ROWS:
            raise OutputError(
                f"{len(rows)} rows are more than Excel takes", place=path, cure="add --limit 1000"
            )
        writer = _Writer(book)
        writer.concepts(rows)
        writer.instructions(path.name)


class _Writer:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        plain: dict[str, Any] = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self._text = book.add_format(plain)
        self._head = book.add_format({**plain, "bold": True, "font_size": 13})
        self._heading = book.add_format({**plain, "bold": True, "bottom": 1})
        self._by_hand = book.add_format({**plain, "bg_color": _BY_HAND, "border": 1,
                                         "border_color": "#E0D8C0"})  # fmt: skip
        self._figure = book.add_format({**plain, "num_format": "0.00"})
        self._term = book.add_format({"bold": True, "font_color": _TERM_COLOUR})
        self._label = book.add_format({"font_color": "#666666", "italic": True})

    def concepts(self, rows: Sequence[Row]) -> None:
        sheet = self._book.add_worksheet(SHEET)
        last = max(len(rows), 1)
        column = {heading: at for at, heading in enumerate(HEADINGS)}
        for heading, at in column.items():
            sheet.write_string(0, at, heading, self._heading)
            hidden = {"hidden": True} if heading == SCHEMA else {}
            sheet.set_column(at, at, _WIDTHS.get(heading), None, hidden)
        for number, row in enumerate(rows, 1):
            texts = {
                "Chinese": row.chinese,
                "renderings": "\n".join(row.renderings),
                "kind": row.kind,
                "not rendered": "\n".join(row.not_rendered),
                "first because": row.first_because,
                Column.STATE: row.state,
                SCHEMA: id_cell(row.id),
            }
            shown: list[tuple[str, int | None]] = []
            for heading, text in texts.items():
                chosen = self._head if heading == "Chinese" else self._text
                shown.append((text, _WIDTHS.get(heading)))
                sheet.write_string(number, column[heading], _fitting(text), chosen)
            for heading, parts in (
                ("Chinese sentence", self._parts([row.place.chinese], labels=False)),
                ("English sentences", self._parts(row.place.renditions, labels=True)),
            ):
                self._write_rich(sheet, number, column[heading], parts)
                shown.append(("".join(text for text, _ in parts), _WIDTHS[heading]))
            if row.score is not None:
                sheet.write_number(number, column["score"], row.score, self._figure)
            sheet.set_row(number, _height(shown))
            for heading in _FILLED_IN:
                sheet.write_blank(number, column[heading], None, self._by_hand)
        decision = column[Column.DECISION]
        sheet.data_validation(
            1, decision, last, decision,
            {"validate": "list", "source": list(_CHOICES), "ignore_blank": True,
             "input_title": "Decision", "input_message": "accept, edit, reject, merge or skip",
             "error_title": "No decision", "error_message": "Choose one from the list."},
        )  # fmt: skip
        letter = chr(ord("A") + decision)
        for values, colour in ((("reject", "merge"), _REJECTED), (("accept", "edit"), _DECIDED)):
            said = ",".join(f'${letter}2="{value}"' for value in values)
            sheet.conditional_format(
                1, 0, last, len(HEADINGS) - 2,
                {"type": "formula", "criteria": f"=OR({said})",
                 "format": self._book.add_format({"bg_color": colour})},
            )  # fmt: skip
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _parts(self, sentences: Sequence[Sentence], *, labels: bool) -> list[tuple[str, Any]]:
        """Return stretches of text with their format; None is that of the cell."""
        parts: list[tuple[str, Any]] = []
        for number, sentence in enumerate(sentences):
            if number:
                parts.append(("\n", None))
            if labels:
                parts.append((f"{sentence.label}: ", self._label))
            parts += [
                (sentence.before, None),
                (sentence.term, self._term),
                (sentence.after, None),
            ]
        return [part for part in parts if part[0]]

    def _write_rich(
        self, sheet: Worksheet, row: int, column: int, parts: list[tuple[str, Any]]
    ) -> None:
        whole = "".join(text for text, _ in parts)
        # A rich string needs two stretches, and one that is too long is refused.
        if len(parts) < 2 or len(whole) > MAX_CELL:
            sheet.write_string(row, column, _fitting(whole), self._text)
            return
        pieces: list[Any] = []
        for text, style in parts:
            pieces += [text] if style is None else [style, text]
        sheet.write_rich_string(row, column, *pieces, self._text)

    def instructions(self, name: str) -> None:
        sheet = self._book.add_worksheet(_HOW_TO)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        for row, (what, how) in enumerate(_INSTRUCTIONS):
            sheet.write_string(row, 0, what, self._heading if not row else self._text)
            sheet.write_string(row, 1, how.format(name=name), self._text)


def _height(cells: Sequence[tuple[str, int | None]]) -> float:
    """Return the height in points that cells of these texts and widths need.

    Excel would fit rows itself when it opens the file; others give every row one line.
    """
    lines = max(
        sum(max(1, math.ceil(_width(line) / width)) for line in text.split("\n"))
        for text, width in cells
        if width
    )
    return min(_LINE * lines + 3, _HIGHEST)


def _width(text: str) -> float:
    # Words are broken at spaces, so that lines end a little early.
    return 1.06 * sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text
    )


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
