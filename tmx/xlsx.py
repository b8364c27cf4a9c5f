"""tifa's table of renderings as an Excel workbook, for people.

The headings stay in sight, every column can be filtered, the columns are as wide as what they
hold, and a rendering's status shows as the colour of its cell. All cells are written as text: none
is ever a formula. Needs the extra ``sheets``.
"""

from __future__ import annotations

import datetime
import os
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import BadInputError, MissingExtraError, OutputError
from glossary.files import atomic_path
from glossary.model import AdministrativeStatus, Concept, Glossary
from tmx.delimited import Row
from tmx.interface import CodecInfo, DumpReport, LossLog, ValueKind
from tmx.table_rows import TABLE_FEATURES, headings, read_concepts, table_rows
from tmx.xmlsource import Limits

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

__all__ = [
    "CODEC",
    "MAX_CELL",
    "MAX_ROWS",
    "dump",
    "iter_load",
    "load",
    "new_workbook",
    "read_sheet",
    "write_sheet",
]

CODEC = CodecInfo(
    name="xlsx",
    title="tifa table of renderings (Excel workbook)",
    extensions=(".xlsx",),
    kind=ValueKind.GLOSSARY,
    carries=TABLE_FEATURES,
)

#: Excel's own limits: characters of a cell, rows of a sheet.
MAX_CELL, MAX_ROWS = 32_767, 1_048_576
#: Widths in characters; a Chinese character is two wide.
_NARROWEST, _WIDEST = 6, 48
#: Fill of each status: the colours of a traffic light, pale enough for black text.
_COLOURS = {
    AdministrativeStatus.PREFERRED: "#D9EAD3",
    AdministrativeStatus.ADMITTED: "#FFF2CC",
    AdministrativeStatus.DEPRECATED: "#F4CCCC",
    AdministrativeStatus.SUPERSEDED: "#D9D9D9",
}


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the renderings of a glossary as a workbook of one sheet.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written, or has more rows than Excel takes.
    """
    log = LossLog()
    rows = list(table_rows(glossary, log))
    write_sheet(path, headings(glossary), rows, log, title=glossary.title)
    return log.report(len(rows))


def write_sheet(
    path: Path, names: tuple[str, ...], rows: list[list[str]], log: LossLog, *, title: str = ""
) -> None:
    """Write rows under headings as a workbook: the same bytes for the same rows.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written, or has more rows than Excel takes.
    """
    with new_workbook(path, title) as book:
        if len(rows) >= MAX_ROWS:
            raise OutputError(
                f"{len(rows)} rows are more than Excel takes",
                place=path,
                cure="choose another format",
            )
        sheet = book.add_worksheet("glossary")
        plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
        heading = book.add_format({**plain, "bold": True, "bottom": 1})
        text = book.add_format(plain)
        fills: dict[str, Any] = {
            status: book.add_format({**plain, "bg_color": colour})
            for status, colour in _COLOURS.items()
        }
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, heading)
        at_status = names.index("status") if "status" in names else -1
        for number, cells in enumerate(rows, 1):
            fill = fills.get(cells[at_status], text) if at_status >= 0 else text
            for column, cell in enumerate(cells):
                if len(cell) > MAX_CELL:
                    log.add("cells cut to the 32,767 characters of Excel", cells[0])
                if cell:
                    # The terms and the status show it, the rest stays readable.
                    coloured = column < 2 or column == at_status
                    chosen = fill if coloured else text
                    sheet.write_string(number, column, cell[:MAX_CELL], chosen)
        for column, name in enumerate(names):
            width = max((_width(row[column]) for row in (names, *rows)), default=len(name))
            sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)


@contextmanager
def new_workbook(
    path: Path, title: str, finish: Callable[[bytes], bytes] = bytes
) -> Iterator[Workbook]:
    """Give a workbook to fill in, which is written to ``path`` when all went well.

    Args:
        path: replaced if it is there, as a whole or not at all.
        title: of the workbook's properties.
        finish: what is done to the file's bytes before they are written.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("writing Excel workbooks", "sheets") from error
    # Put together in memory: xlsxwriter has an error of its own for a disk that is full.
    whole = BytesIO()
    with atomic_path(path) as temporary:
        book = xlsxwriter.Workbook(whole, {"in_memory": True})
        book.set_properties({"title": title, "created": moment_of_writing()})
        yield book
        book.close()
        temporary.write_bytes(finish(whole.getvalue()))


def moment_of_writing() -> datetime.datetime:
    """Return when a workbook counts as written: ``SOURCE_DATE_EPOCH``, else a fixed moment.

    The data have no moment of writing, and the same data give the same bytes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() else 946_684_800
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).replace(tzinfo=None)


def _width(cell: str) -> int:
    wide = (unicodedata.east_asian_width(character) in "WF" for character in cell[:_WIDEST])
    return sum(map(int, wide)) + min(len(cell), _WIDEST)


def load(path: Path, *, columns: Mapping[str, str] | None = None) -> Glossary:
    """Read the first sheet of a workbook; see :func:`tmx.tsv.load`.

    Raises:
        BadInputError: the file is missing, is no workbook, or its columns are not known.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    return Glossary(tuple(iter_load(path, columns=columns)))


def iter_load(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Concept]:
    """Read the first sheet of a workbook concept by concept, in the order of their first row.

    Raises:
        BadInputError: as :func:`load`.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    return read_concepts(path, read_sheet(path), columns or {}, str)


def read_sheet(path: Path, name: str = "") -> Iterator[Row]:
    """Yield the rows of a sheet as text, empty ones left out.

    Args:
        path: the workbook.
        name: of the sheet; the first one if there is none of that name.

    Raises:
        BadInputError: the file is missing or is no workbook.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("reading Excel workbooks", "sheets") from error
    _check_size(path)
    try:
        # Warnings are about styles and the like, which are not looked at.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                sheet = book[name] if name in book.sheetnames else book.worksheets[0]
                # What the file says about its size may be wrong.
                sheet.reset_dimensions()
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    texts = [_text(cell) for cell in cells]
                    if any(text.strip() for text in texts):
                        yield number, texts
            finally:
                book.close()
    # openpyxl has no error of its own: a damaged file makes it raise whatever it runs into.
    except Exception as error:
        raise BadInputError(
            f"is not an Excel workbook that can be read ({type(error).__name__})",
            place=path,
            cure="open it in a spreadsheet program and save it as .xlsx again",
        ) from error


def _check_size(path: Path) -> None:
    """Refuse an archive that unpacks to a suspicious size."""
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(info.file_size for info in archive.infolist())
        packed = path.stat().st_size
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror or error}",
            place=path,
            cure="check its name and permissions",
        ) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInputError(
            "is not an Excel workbook (.xlsx)", place=path, cure="save it as .xlsx"
        ) from error
    if total > Limits.RATIO_FROM and total > Limits.RATIO * packed:
        raise BadInputError(
            f"unpacks to {total >> 20} MiB, which is out of proportion",
            place=path,
            cure="save it again in a spreadsheet program if you trust it",
        )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
