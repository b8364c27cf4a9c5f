"""How alike a query and a form are, between 0 and 1."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from glossary.language.pinyin import readings

__all__ = ["chinese_similarity", "latin_similarity"]

# What a wrong character costs by how it sounds. Most typing mistakes in Chinese come from choosing
# the wrong word of an input method for pinyin, so a character that sounds the same is nearly
# right; one that sounds alike (zh/z, n/l, in/ing) is closer than any other.
_SAME_SOUND = 0.1
_LIKE_SOUND = 0.4
_OTHER = 1.0

# Sounds that speakers of many regions do not tell apart, and input methods offer as "fuzzy pinyin".
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("r", "l"))


def latin_similarity(first: str, second: str) -> float:
    """Return rapidfuzz's ratio: twice the longest common subsequence by the sum of lengths."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second) / 100


def chinese_similarity(query: str, key: str, syllables: Sequence[str]) -> float:
    """Return 1 minus the cost of editing ``query`` into ``key``, by the longer one's length.

    Insertions and deletions cost 1, substitutions by sound (Wagner and Fischer 1974 with
    weighted substitution).

    Args:
        query: key of what was asked.
        key: key of a form.
        syllables: reading of ``key`` without tones; used where it has one for each character.
    """
    spoken: Sequence[str] = syllables if len(syllables) == len(key) else [""] * len(key)
    row = [float(position) for position in range(len(key) + 1)]
    for number, asked in enumerate(query, 1):
        above, row = row, [float(number)]
        for position, (character, sound) in enumerate(zip(key, spoken, strict=True), 1):
            row.append(
                min(
                    above[position] + 1,
                    row[-1] + 1,
                    above[position - 1] + _substitution(asked, character, sound),
                )
            )
    return 1 - row[-1] / max(len(query), len(key), 1)


@functools.lru_cache(maxsize=1 << 16)
def _substitution(asked: str, character: str, sound: str) -> float:
    if asked == character:
        return 0.0
    sounds = readings(asked)
    if sound in sounds or sounds & readings(character):
        return _SAME_SOUND
    merged = _merge(sound)
    return _LIKE_SOUND if any(_merge(other) == merged for other in sounds) else _OTHER


def _merge(syllable: str) -> str:
    """Return the syllable with the sounds merged that many do not tell apart."""
    for distinct, plain in _MERGED:
        if syllable.startswith(distinct):
            syllable = plain + syllable[len(distinct) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
