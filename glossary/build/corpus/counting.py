"""Count known stretches of Chinese in many texts, at a fraction of the cost of finding them.

Where a candidate may begin and end is asked of the segmenter and its tags, in some of the corpus.
In how many texts it stands is then asked of all of it: every place of a text whose next characters
begin a candidate is looked up. That counts it inside longer words as well, which the segmenter
would not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossary.harvest.candidates_zh import MARKS
from glossary.language.script import to_simplified

__all__ = ["Phrases", "count_texts"]

# Characters by which longer candidates are looked up.
_BEGINNING = 3
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Candidates to be counted.

    Attributes:
        keys: in normal form, of two characters or more.
        lengths: of the candidates of three characters or more that begin with the same three.
    """

    keys: frozenset[str]
    lengths: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, keys: Iterable[str]) -> Phrases:
        """Return candidates, laid out to be looked up."""
        all_keys = frozenset(keys)
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in all_keys:
            if len(key) >= _BEGINNING:
                lengths[key[:_BEGINNING]].add(len(key))
        return cls(all_keys, {start: tuple(some) for start, some in lengths.items()})


def count_texts(texts: Sequence[str], phrases: Phrases) -> Counter[str]:
    """Return in how many of the texts each candidate stands, in either script, marks or not."""
    counts: Counter[str] = Counter()
    # The converter is called once, not once for each text.
    folded = to_simplified(_BREAK.join(text.replace(_BREAK, "") for text in texts))
    for text in folded.split(_BREAK):
        counts.update(set(_standing(MARKS.sub("", text), phrases)))
    return counts


def _standing(text: str, phrases: Phrases) -> Iterator[str]:
    keys, lengths = phrases.keys, phrases.lengths
    for first in range(len(text) - 1):
        if text[first : first + 2] in keys:
            yield text[first : first + 2]
        for length in lengths.get(text[first : first + _BEGINNING], ()):
            if text[first : first + length] in keys:
                yield text[first : first + length]
