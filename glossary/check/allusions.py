"""What stands in a translation for a term that it does not render: a pronoun, or other words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.language.cedict import glosses
from glossary.language.inflected import content_stems, inflected_words
from glossary.language.script import to_simplified
from glossary.language.words import chinese_words

__all__ = ["other_words", "pronoun", "stands_in_longer_noun", "stands_in_series"]

_PRONOUN = re.compile(
    r"\b(?:it|its|itself|they|them|their|themselves|he|him|his|she|her|we|us|our|this|that|these"
    r"|those|such|the latter|the former)\b",
    re.IGNORECASE,
)

_JOINTS = frozenset("、和及与與或")
# Tags of jieba for common and verbal nouns, and for abbreviations; names often stand before terms.
_NOUNS = frozenset({"n", "nz", "vn", "an", "j", "l"})


def pronoun(target: str) -> tuple[int, int] | None:
    """Return where the first word stands that can take up a term of a sentence before."""
    matches = _PRONOUN.finditer(target)
    # "US" and "IT" are names.
    return next((m.span() for m in matches if not (len(m[0]) > 1 and m[0].isupper())), None)


def other_words(term: str, target: str) -> tuple[int, int] | None:
    """Return where an English text has what a dictionary gives for each word of a Chinese term.

    CC-CEDICT knows that 群众 are "the people" where a termbase has "the masses" only.

    Args:
        term: Chinese, in either script.
        target: the English text.

    Returns:
        The stretch from the first of the words to the last, or None.
    """
    there = [(token.stem, token.start, token.end) for token in inflected_words(target)]
    spans: list[tuple[int, int]] = []
    for word in chinese_words(to_simplified(term)):
        found = next(
            (
                (start, end)
                for stems in _senses(word.text)
                for stem, start, end in there
                if stem in stems and stems <= {other for other, _, _ in there}
            ),
            None,
        )
        if found is None:
            return None
        spans.append(found)
    return (min(spans)[0], max(end for _, end in spans)) if spans else None


def _senses(word: str) -> Iterator[frozenset[str]]:
    """Yield the stems of the content words of each gloss of a word."""
    for gloss in glosses(word):
        stems = content_stems(gloss.removeprefix("to "))
        if stems:
            yield stems


def stands_in_longer_noun(source: str, start: int, end: int) -> bool:
    """Return whether nouns go on beside a stretch of Chinese: 国际金融 in 国际金融公司.

    What a harvest found there may be a piece of a term, which as a piece has no rendering.
    """
    words = chinese_words(to_simplified(source), tags=True)
    return any(
        word.start < start < word.end
        or word.start < end < word.end
        or (word.tag in _NOUNS and (word.end == start or word.start == end))
        for word in words
    )


def stands_in_series(source: str, start: int, end: int) -> bool:
    """Return whether a stretch of Chinese is joined to another: 政治纪律、组织纪律.

    English then names once what the members share: "political and organizational discipline".
    """
    return source[start - 1 : start] in _JOINTS or source[end : end + 1] in _JOINTS
