"""Whether a translation holds a rendering, however it is inflected, split or turned round."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from dataclasses import dataclass

from glossary.language.inflected import IMPLIED, inflected_words, occurrences
from glossary.language.script import to_simplified
from glossary.language.variants import chinese_key, fold

__all__ = ["Found", "How", "Translation", "translation"]

# Words that may stand between those of a rendering, for each of its words and besides: "the great
# rejuvenation of the Chinese nation" / "national rejuvenation". Set by hand.
_SLACK_EACH, _SLACK = 1, 3
#: Share of a rendering's content words from which on it is there in part: its noun is repeated
#: ("this initiative") or it is paraphrased.
_PART = 0.33


class How(enum.IntEnum):
    """How a rendering stands in a translation; the lower, the surer."""

    WHOLE = 0  # its words in their order, in any inflection
    DERIVED = 1  # the same with other endings: "modernise", "modernization"
    REORDERED = 2  # all its content words near each other
    PART = 3  # some of its content words


@dataclass(frozen=True, slots=True)
class Found:
    """A rendering in a translation.

    Attributes:
        start, end: character offsets ``[start, end)`` of the stretch that holds it.
    """

    start: int
    end: int
    how: How


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

    def find(self, rendering: str) -> Found | None:
        wanted = inflected_words(rendering)
        if not wanted:
            return None
        for how, have, want in (
            (How.WHOLE, self._lemmas, [token.lemma for token in wanted]),
            (How.DERIVED, self._stems, [token.stem for token in wanted]),
        ):
            first = next(occurrences(have, want), None)
            if first is not None:
                return self._found(first, first + len(want) - 1, how)
        stems = {token.stem for token in wanted if token.content}
        if not stems:
            return None
        for needed in (stems, stems - IMPLIED):
            window = self._window(needed, len(wanted)) if needed else None
            if window is not None:
                return self._found(*window, How.REORDERED)
        there = [n for n, stem in enumerate(self._stems) if stem in stems]
        if len({self._stems[n] for n in there}) >= max(1, _PART * len(stems)):
            return self._found(there[0], there[0], How.PART)
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
