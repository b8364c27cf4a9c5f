"""Heights of the rows of a workbook, so that wrapped text shows in every program.

Excel fits rows without a height when it opens a file; LibreOffice shows one line of each.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

__all__ = ["row_height", "with_growing_rows"]

# Points a line, and the most that Excel takes.
_LINE, _HIGHEST = 15.0, 409.0
# Words do not fill a line to its end.
_FILLED = 0.9
_FIXED = b' customHeight="1"'


def row_height(cells: Sequence[str], width: int) -> float:
    """Return the height in points of a row whose cells wrap at ``width`` Latin characters."""
    lines = max((_lines(cell, width) for cell in cells), default=1)
    return min(_LINE * max(1, lines), _HIGHEST)


def _lines(cell: str, width: int) -> int:
    return sum(max(1, math.ceil(_columns(line) / (width * _FILLED))) for line in cell.split("\n"))


def _columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    return len(line) + wide


def with_growing_rows(workbook: bytes) -> bytes:
    """Return a workbook whose rows still grow with what is typed into them, as those without do."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(_FIXED, b"")
            new.writestr(part, content)
    return out.getvalue()
