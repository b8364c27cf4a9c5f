"""How alike a query and a form are, between 0 and 1."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from glossary.language.pinyin import readings

__all__ = ["ChineseSimilarity", "latin_similarity", "words_similarity"]

# What a wrong character costs by how it sounds. Most typing mistakes in Chinese come from choosing
# the wrong word of an input method for pinyin, so a character that sounds the same is nearly
# right; one that sounds alike (zh/z, n/l, in/ing) is closer than any other.
_SAME_SOUND = 0.1
_LIKE_SOUND = 0.4
_OTHER = 1.0
# Two neighbours that changed places are one slip, whatever they are.
_SWAPPED = 0.5

# Sounds that speakers of many regions do not tell apart, and input methods offer as "fuzzy pinyin".
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("r", "l"))


# Words in another order, and words around those asked for, are further away than slips in as many
# letters.
_ANOTHER_ORDER = 0.95
_MORE_AROUND = 0.85


def latin_similarity(first: str, second: str) -> float:
    """Return rapidfuzz's ratio: twice the longest common subsequence by the sum of lengths."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second) / 100


def words_similarity(query: str, form: str) -> float:
    """Return how alike two runs of words are, in their order, in another, or the query in the form.

    The order and what is around weigh less the more words there are to tell by: single words are
    compared as they are.
    """
    from rapidfuzz import fuzz

    similarity = fuzz.ratio(query, form)
    if " " in query:
        similarity = max(
            similarity,
            _ANOTHER_ORDER * fuzz.token_sort_ratio(query, form),
            _MORE_AROUND * fuzz.partial_ratio(query, form) if len(query) <= len(form) else 0.0,
        )
    return similarity / 100


class ChineseSimilarity:
    """Compares one Chinese query with many forms.

    The similarity is 1 minus the cost of editing the query into a form's key, by the length of
    the longer one. Insertions and deletions cost 1, substitutions by sound, and neighbours that
    changed places half (Damerau 1964, each stretch edited once, with weighted substitutions).
    """

    def __init__(self, query: str, least: float) -> None:
        """Prepare the query.

        Args:
            query: key of what was asked.
            least: what is less alike is of no interest and given as 0.
        """
        self._query = query
        self._least = least
        self._sounds = {character: readings(character) for character in query}
        self._merged = {
            character: frozenset(map(_merge, sounds)) for character, sounds in self._sounds.items()
        }

    def __call__(self, key: str, syllables: Sequence[str]) -> float:
        """Return the similarity of the query and a form.

        Args:
            key: the form's key.
            syllables: its reading without tones; used where it has one for each character.
        """
        query, longer = self._query, max(len(self._query), len(key), 1)
        spoken: Sequence[str] = syllables if len(syllables) == len(key) else [""] * len(key)
        # Cheaper than editing, and most candidates fail it: as many characters must find any
        # likeness at all in the form.
        sounds = set(map(_merge, spoken))
        likely = sum(
            character in key or not self._merged[character].isdisjoint(sounds)
            for character in query
        )
        if likely / longer < self._least:
            return 0.0
        row = [float(position) for position in range(len(key) + 1)]
        above = before = row
        for number, asked in enumerate(query, 1):
            before, above, row = above, row, [float(number)]
            for position, (character, sound) in enumerate(zip(key, spoken, strict=True), 1):
                cost = min(
                    above[position] + 1,
                    row[-1] + 1,
                    above[position - 1] + self._substitution(asked, character, sound),
                )
                swapped = (
                    query[max(0, number - 2) : number] == key[max(0, position - 2) : position][::-1]
                )
                if swapped and number > 1 and asked != character:
                    cost = min(cost, before[position - 2] + _SWAPPED)
                row.append(cost)
        similarity = 1 - row[-1] / longer
        return similarity if similarity >= self._least else 0.0

    def _substitution(self, asked: str, character: str, sound: str) -> float:
        if asked == character:
            return 0.0
        if sound in self._sounds[asked]:
            return _SAME_SOUND
        return _LIKE_SOUND if _merge(sound) in self._merged[asked] else _OTHER


@functools.lru_cache(maxsize=4096)
def _merge(syllable: str) -> str:
    """Return the syllable with the sounds merged that many do not tell apart."""
    for distinct, plain in _MERGED:
        if syllable.startswith(distinct):
            syllable = plain + syllable[len(distinct) :]
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
