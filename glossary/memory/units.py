"""The units in which segments are compared: Chinese characters, words, numbers and marks."""

from __future__ import annotations

import functools
import re
import zlib
from dataclasses import dataclass

from glossary.language.script import HAN
from glossary.language.variants import fold

__all__ = ["Unit", "coded", "is_han", "plain_text", "squeezed", "units", "wordy_share"]

# Each Chinese character is a unit, as in every tool that counts Chinese; so is each other word
# ("China's", "socio" and "economic" of "socio-economic"), each number with its points and commas,
# and each mark. White space is none.
_HAN = re.compile(f"[{HAN}]")
_UNIT = re.compile(
    rf"[{HAN}]|\d+(?:[.,]\d+)*|(?:(?![{HAN}])[^\W\d_])+(?:['’][a-zA-Z]+)?|[^\s\w]|\w"
)

_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")

#: Codes of units that are no Chinese character begin above the last plane of those.
_HASHED = 0x40000
_LAST = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands and its character offsets ``[start, end)``."""

    text: str
    start: int
    end: int


def plain_text(text: str) -> str:
    """Return ``text`` with every run of white space as one space and none at its ends."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return ``text`` as its characters are compared: no space beside a Chinese character.

    Chinese has none between words; spaces come from line breaks, layout and segmenters.
    """
    return _BESIDE_HAN.sub("", plain_text(text))


def units(text: str) -> list[Unit]:
    """Return the units of a segment in order."""
    return [Unit(match.group(), match.start(), match.end()) for match in _UNIT.finditer(text)]


def coded(text: str) -> str:
    """Return the segment as a string of one character a unit, width and case folded.

    A Chinese character stands for itself, any other unit for a code point above those, by a hash:
    two of the 850,000 that agree by accident count as the same word. So the edit distance of units
    is one of strings, which rapidfuzz computes fastest.
    """
    return "".join(map(_code, _UNIT.findall(text)))


@functools.lru_cache(maxsize=1 << 17)
def _code(unit: str) -> str:
    folded = fold(unit)
    if _HAN.fullmatch(folded):
        return folded
    return chr(_HASHED + zlib.crc32(folded.encode("utf-8", "surrogatepass")) % (_LAST - _HASHED))


def is_han(code: int) -> bool:
    """Return whether a unit of that code is a Chinese character."""
    return code < _HASHED


def wordy_share(text: str) -> float:
    """Return the share of letters and digits that stand in units of several, in ``[0, 1]``."""
    found = _UNIT.findall(text)
    letters = sum(len(unit) for unit in found if unit[0].isalnum())
    return sum(len(unit) for unit in found if len(unit) > 1) / max(letters, 1)
