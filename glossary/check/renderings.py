"""Whether a translation holds a rendering, however it is inflected, split or turned round."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from glossary.language.inflected import IMPLIED, InflectedWord, inflected_words, occurrences
from glossary.language.script import to_simplified
from glossary.language.variants import chinese_key, fold

__all__ = ["Found", "How", "Translation", "translation"]

# Words that may stand between those of a rendering, for each of its words and besides: "the great
# rejuvenation of the Chinese nation" / "national rejuvenation". Set by hand.
_SLACK_EACH, _SLACK = 1, 3
#: Share of a rendering's content words from which on it is there in part: its noun is repeated
#: ("this initiative") or it is paraphrased.
_PART = 0.33
# Letters from which on words that are joined or parted are no others by chance, and letters that
# are too few to look for words which begin with them.
_TELLING, _FEW = 6, 2


class How(enum.IntEnum):
    """How a rendering stands in a translation; the lower, the surer."""

    WHOLE = 0  # its words in their order, in any inflection
    DERIVED = 1  # with other endings ("modernise", "modernization") or spaces, or as initials
    REORDERED = 2  # all its content words near each other
    PART = 3  # some of its content words


@dataclass(frozen=True, slots=True)
class Found:
    """A rendering in a translation.

    Attributes:
        start, end: character offsets ``[start, end)`` of the stretch that holds it.
        heads: of a PART, whether it is the word that the others qualify: "Fund" of "Exchange Fund".
    """

    start: int
    end: int
    how: How
    heads: bool = False


class Translation(ABC):
    """A stretch of a translation that renderings are looked for in."""

    def __init__(self, text: str) -> None:
        """Take the text of a segment or bead."""
        self.text = text

    @abstractmethod
    def find(self, rendering: str) -> Found | None:
        """Return where a rendering stands, in the surest way, or None."""


def translation(text: str, *, chinese: bool) -> Translation:
    """Return a translation in Chinese or in English."""
    return _Chinese(text) if chinese else _English(text)


class _Chinese(Translation):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._simplified = to_simplified(text)

    def find(self, rendering: str) -> Found | None:
        wanted = chinese_key(rendering)
        # Folding may make two characters of one: each keeps the place it came from.
        folded = [
            (letter, n)
            for n, character in enumerate(self._simplified)
            for letter in fold(character)
            if letter.isalnum()
        ]
        start = "".join(letter for letter, _ in folded).find(wanted) if wanted else -1
        if start < 0:
            return None
        places = [n for _, n in folded]
        return Found(places[start], places[start + len(wanted) - 1] + 1, How.WHOLE)


class _English(Translation):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._tokens = inflected_words(text)
        self._lemmas = [token.lemma for token in self._tokens]
        self._stems = [token.stem for token in self._tokens]
        self._run = "".join(self._lemmas)
        self._written = [text[token.start : token.end].replace("’", "'") for token in self._tokens]

    def find(self, rendering: str) -> Found | None:
        wanted = inflected_words(rendering)
        if not wanted:
            return None
        return self._surely(rendering, wanted) or self._loosely(wanted)

    def _surely(self, rendering: str, wanted: Sequence[InflectedWord]) -> Found | None:
        """Find the words in their order, however they end or are written."""
        lemmas = [token.lemma for token in wanted]
        for how, have, want in (
            (How.WHOLE, self._lemmas, lemmas),
            (How.DERIVED, self._stems, [token.stem for token in wanted]),
        ):
            first = next(occurrences(have, want), None)
            if first is not None:
                return self._found(first, first + len(want) - 1, how)
        place = self._joined("".join(lemmas)) or self._shortened(rendering, wanted)
        return None if place is None else self._found(*place, How.DERIVED)

    def _loosely(self, wanted: Sequence[InflectedWord]) -> Found | None:
        """Find the content words in any order, or some of them."""
        stems = {token.stem for token in wanted if token.content}
        for needed in (stems, stems - IMPLIED):
            window = self._window(needed, len(wanted)) if needed else None
            if window is not None:
                return self._found(*window, How.REORDERED)
        there = [n for n, stem in enumerate(self._stems) if stem in stems]
        if not there or len({self._stems[n] for n in there}) < max(1, _PART * len(stems)):
            return None
        head = _head(wanted)
        at = next((n for n in there if self._stems[n] == head), None)
        shown = there[0] if at is None else at
        return replace(self._found(shown, shown, How.PART), heads=at is not None)

    def _joined(self, whole: str) -> tuple[int, int] | None:
        """Return where words stand that are joined or parted otherwise: "cyber security"."""
        if len(whole) < _TELLING or whole not in self._run:
            return None
        for first in range(len(self._lemmas)):
            begun, last = "", first
            while last < len(self._lemmas) and len(begun) < len(whole):
                begun += self._lemmas[last]
                last += 1
            if begun == whole:
                return first, last - 1
        return None

    def _shortened(self, rendering: str, wanted: Sequence[InflectedWord]) -> tuple[int, int] | None:
        """Return where the initials of the words stand, or words with these letters as initials."""
        content = [token for token in wanted if token.content]
        letters = "".join(rendering[token.start] for token in content).upper()
        if len(letters) > 1:
            for n, written in enumerate(self._written):
                short = written.removesuffix("'s").removesuffix("s")
                # At least two capitals: "RpS" is a slip, "fs" no abbreviation.
                if short.upper() == letters and sum(map(str.isupper, short)) > 1:
                    return n, n
        if len(wanted) == 1 and len(rendering) > _FEW and rendering.isupper():
            places = [n for n, token in enumerate(self._tokens) if token.content]
            initials = "".join(self._written[n][0].upper() for n in places)
            start = initials.find(rendering)
            if start >= 0:
                return places[start], places[start + len(rendering) - 1]
        return None

    def _found(self, first: int, last: int, how: How) -> Found:
        return Found(self._tokens[first].start, self._tokens[last].end, how)

    def _window(self, stems: set[str], length: int) -> tuple[int, int] | None:
        """Return the shortest stretch with all the stems, if it is short enough."""
        most = length * (1 + _SLACK_EACH) + _SLACK
        last_seen: dict[str, int] = {}
        best: tuple[int, int] | None = None
        for n, stem in enumerate(self._stems):
            if stem not in stems:
                continue
            last_seen[stem] = n
            if len(last_seen) == len(stems):
                first = min(last_seen.values())
                if n - first < most and (best is None or n - first < best[1] - best[0]):
                    best = first, n
        return best


def _head(words: Sequence[InflectedWord]) -> str:
    """Return the stem of the word that the others of a noun phrase qualify.

    It is the last one before a preposition: "community" of "community of shared future".
    """
    content = list(takewhile(lambda word: word.content, words)) or words
    return content[-1].stem
