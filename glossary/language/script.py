"""Chinese script: recognise Han text, fold traditional into simplified."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["HAN", "detect_language", "han_share", "has_han", "to_simplified", "to_traditional"]

# The iteration mark 〇, and the ideographs with the extensions that names and classics use.
_HAN_RANGES = (
    ("\u3007", "\u3007"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
#: Han characters, for a class of a regular expression.
HAN = "".join(f"{first}-{last}" for first, last in _HAN_RANGES)
_LETTER = re.compile(r"[^\W\d_]")


def has_han(text: str) -> bool:
    """Return whether there is a Han character in ``text``, which is short."""
    # A compiled class of so many characters takes longer to make than a query to answer.
    return not text.isascii() and any(
        first <= c <= last for c in text for first, last in _HAN_RANGES
    )


@functools.cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{HAN}]")


@functools.cache
def _converter(config: str) -> OpenCC:
    # Imported late: the conversion tables cost start-up time that most commands do not need.
    from opencc import OpenCC

    return OpenCC(config)


def to_simplified(text: str) -> str:
    """Return ``text`` with traditional characters folded to simplified, one for one.

    OpenCC's ``t2s`` keeps the number of characters, so offsets into ``text`` stay valid. It leaves
    於 in some phrases, for the sake of a surname; here it is always the preposition.
    """
    return str(_converter("t2s").convert(text)).replace("於", "于")


def to_traditional(text: str) -> str:
    """Return ``text`` in traditional characters (OpenCC's phrase-aware ``s2t``).

    The phrases of ``traditional_overrides.tsv``, which it cuts wrongly (好干 | 部), are converted
    apart.
    """
    convert = _converter("s2t").convert
    table, phrases = _traditional_phrases()
    pieces = phrases.split(text)
    return "".join(table.get(piece) or str(convert(piece)) for piece in pieces)


@functools.cache
def _traditional_phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the phrases with their traditional form, and what cuts a text at them."""
    from importlib import resources

    rows = resources.files("glossary.language").joinpath("traditional_overrides.tsv")
    lines = rows.read_text(encoding="utf-8").splitlines()
    table = dict(line.split("\t") for line in lines)
    return table, re.compile(f"({'|'.join(map(re.escape, table))})")


def han_share(text: str) -> float:
    """Return the share of Han characters among the letters of ``text``, in ``[0, 1]``."""
    letters = len(_LETTER.findall(text))
    return len(_han().findall(text)) / letters if letters else 0.0


def detect_language(text: str) -> str | None:
    """Return ``zh-Hans``, ``zh-Hant`` or ``en``, or None if ``text`` has no letters.

    A text is Chinese if more than a fifth of its letters are Han characters: English texts quote
    Chinese in far smaller shares, and Chinese texts with many Latin names stay far above it.
    """
    if not _LETTER.search(text):
        return None
    if han_share(text) <= 0.2:
        return "en"
    han = "".join(_han().findall(text))
    to_hans = sum(a != b for a, b in zip(han, to_simplified(han), strict=False))
    to_hant = sum(a != b for a, b in zip(han, to_traditional(han), strict=False))
    return "zh-Hant" if to_hans > to_hant else "zh-Hans"
