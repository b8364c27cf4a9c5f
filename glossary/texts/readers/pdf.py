"""PDF: paragraphs rebuilt from lines, without running heads and page numbers.

A PDF holds glyphs at places; pdfium finds the lines. A new paragraph begins where the page shows
one: at an indent, a wider gap, another type size, or after a line that had room for the next word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from glossary.errors import BadInputError, MissingExtraError
from glossary.texts.clean import clean, tidy
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.plain import join_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

__all__ = ["read_pdf"]

#: What pdfium puts for a hyphen at a line's end, in the place of hyphen and line break.
_HYPHEN = "\ufffe"
#: Lines at the head and at the foot of a page among which running heads are looked for.
_MARGIN_LINES = 2
# A gap between lines wider than this many usual ones parts paragraphs; sizes that differ by more
# than this share are those of a heading; an indent is at least this many ems.
_GAP, _SIZE_SHARE, _INDENT_EMS = 1.3, 0.08, 0.8
_PAGE_NUMBER = re.compile(
    r"[-—–·•|\s]*(?:page|第)?\s*#+\s*(?:页|of#+|/#+)?[-—–·•|\s]*", re.IGNORECASE
)
_WORD_END = re.compile(r"[A-Za-z]+$")
_WORD_START = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, its box in points from the lower left corner."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    hyphen: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines that stand below each other, and the edges that most of them keep to."""

    lines: tuple[_Line, ...]
    left: float
    right: float
    leading: float


def read_pdf(data: bytes, path: Path) -> list[Paragraph]:
    """Return the paragraphs of a PDF file that has a text layer.

    Raises:
        BadInputError: the file is damaged or locked, or is a scan without text.
        MissingExtraError: pypdfium2 is not installed.
    """
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError as error:
        raise MissingExtraError("reading PDF files", "documents") from error
    try:
        document = PdfDocument(data)
        try:
            pages = list(_pages(document))
        finally:
            document.close()
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        raise BadInputError(
            "is locked with a password" if locked else f"is a damaged PDF file: {error}",
            place=path,
            cure="unlock it first" if locked else "fetch or save it again",
        ) from error
    lines = _without_margins(pages)
    if not lines:
        raise BadInputError(
            "is a PDF file without text: a scan", place=path, cure="read it with OCR first"
        )
    return [Paragraph(text) for text in map(_join, _paragraphs(lines)) if text]


def _pages(document: PdfDocument) -> Iterator[list[_Line]]:
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        yield list(_lines(text_page, number))
        text_page.close()
        page.close()


def _lines(page: PdfTextPage, number: int) -> Iterator[_Line]:
    from pypdfium2.raw import FPDFText_GetFontSize

    text = page.get_text_range()
    for match in re.finditer(f"[^\r\n{_HYPHEN}]+", text):
        stripped = match.group().strip()
        if not stripped:
            continue
        first = match.start() + match.group().index(stripped[0])
        last = first + len(stripped) - 1
        if last >= page.count_chars():
            # Characters pdfium adds or drops shift the index; such a line has no exact box.
            first = last = page.count_chars() - 1
        left, bottom, _, _ = page.get_charbox(first, loose=True)
        _, _, right, _ = page.get_charbox(last, loose=True)
        yield _Line(
            text=stripped,
            page=number,
            left=left,
            right=right,
            bottom=bottom,
            size=round(FPDFText_GetFontSize(page, first), 1) or 1.0,
            hyphen=text[match.end() : match.end() + 1] == _HYPHEN,
        )


def _without_margins(pages: Sequence[list[_Line]]) -> list[_Line]:
    """Return the lines without running heads and page numbers.

    A running head is an outermost line that stands at the same height with the same text, numbers
    aside, on a third of the pages (left and right pages can have their own, and chapters too).
    """
    counts: Counter[tuple[str, int]] = Counter()
    edges = [_edges(page) for page in pages]
    for both in edges:
        counts.update({_mark(line) for edge in both for line in edge})
    needed = max(2, len(pages) / 3)
    kept: list[_Line] = []
    for page, both in zip(pages, edges, strict=True):
        furniture: set[_Line] = set()
        for edge in both:
            for line in edge:
                mark = _mark(line)
                if counts[mark] < needed and not _PAGE_NUMBER.fullmatch(mark[0]):
                    # Whatever stands further inside is text.
                    break
                furniture.add(line)
        kept += [line for line in page if line not in furniture]
    return kept


def _edges(page: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines at the head and at the foot of a page, the outermost first."""
    rows = sorted(page, key=lambda line: -line.bottom)
    return rows[:_MARGIN_LINES], rows[::-1][:_MARGIN_LINES]


def _mark(line: _Line) -> tuple[str, int]:
    """Return what tells a running head again: its text without numbers and spaces, its height."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text)), round(line.bottom)


def _usual(gaps: Sequence[float]) -> float:
    """Return the usual distance of lines; those beside each other do not count."""
    real = [gap for gap in gaps if gap > 1]
    return median(real) if real else 0.0


def _columns(lines: Sequence[_Line]) -> Iterator[_Column]:
    """Yield runs of lines each of which stands below the one before."""
    run: list[_Line] = []
    for line in lines:
        if run and (line.page != run[-1].page or line.bottom > run[-1].bottom + line.size):
            yield _column(run)
            run = []
        run.append(line)
    if run:
        yield _column(run)


def _column(lines: list[_Line]) -> _Column:
    rights = sorted(line.right for line in lines)
    return _Column(
        lines=tuple(lines),
        left=min(line.left for line in lines),
        # Not the very edge: a title may run across two columns.
        right=rights[(len(rights) - 1) * 9 // 10],
        leading=_usual([above.bottom - below.bottom for above, below in pairwise(lines)]),
    )


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    previous: _Column | None = None
    for column in _columns(lines):
        for line in column.lines:
            if group and _begins(line, group[-1], column, previous or column):
                yield group
                group = []
            group.append(line)
            previous = column
    if group:
        yield group


def _begins(line: _Line, above: _Line, column: _Column, column_above: _Column) -> bool:
    """Whether ``line`` begins a paragraph, given the line read before it."""
    if above.hyphen:
        return False
    if abs(line.size - above.size) > _SIZE_SHARE * max(line.size, above.size):
        return True
    em = line.size
    same = column is column_above
    indent = line.left - column.left
    indent_above = above.left - column_above.left
    if indent > _INDENT_EMS * em and indent > indent_above + 0.3 * em:
        return True
    if same and above.bottom - line.bottom > _GAP * column.leading > 0:
        return True
    # Would the first word have fitted above? Chinese has no words: two characters then.
    word = line.text.split(None, 1)[0] if line.text.isascii() else line.text[:2]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 1)
    return above.right + width < column_above.right


def _join(lines: list[_Line]) -> str:
    """Return the text of a paragraph, words that were hyphenated whole again."""
    pieces: list[str] = []
    for line in lines:
        text = clean(line.text)
        if pieces and pieces[-1].endswith(_HYPHEN):
            pieces[-1] = _unhyphenate(pieces[-1].removesuffix(_HYPHEN), text)
        else:
            pieces.append(text)
        if line.hyphen:
            pieces[-1] += _HYPHEN
    return tidy(join_lines([piece.replace(_HYPHEN, "-") for piece in pieces]))


def _unhyphenate(before: str, after: str) -> str:
    """Join the halves of a word: without the hyphen unless it is no word without, but two with."""
    from wordfreq import word_frequency

    first, second = _WORD_END.search(before), _WORD_START.match(after)
    if first and second:
        whole = first.group() + second.group()
        halves = (first.group(), second.group())
        if not word_frequency(whole, "en") and all(word_frequency(half, "en") for half in halves):
            return f"{before}-{after}"
    return before + after
