"""Let no two candidates of a bead claim the same words of a rendition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.harvest.candidates_zh import Candidate
from glossary.harvest.mentions import Mention, Option
from glossary.harvest.patterns_zh import MARKED
from glossary.harvest.word_classes import word_class
from glossary.model import ConceptKind

__all__ = ["exclude"]

# A runner-up may replace a stretch that another candidate took if it is nearly as good.
_RUNNER_UP = 0.75
# A longer candidate chooses before a part of it that is a little surer: of 0 to 1, 0.2 gave the
# sample and the annual reports of 2016 most.
_LONGER_FIRST = 0.2
# How sure a whole has to be, as a share of what a part is that took the same words: a known whole,
# another, and one that is less of a unit (数字经济规模) or that a single word renders (政治建设, of
# which only "political" is rendered); one that the writer quotes (“平急两用”); words that only
# stand side by side (燃气管道, of which the dictionary has 燃气管). A whole whose part the writer
# marked has to be as sure as the part: "eight central regulations" is 中央八项规定, not 八项规定.
_QUOTED = 0.6
_NEARLY = 0.75
_NEARER = 0.85
_NEAREST = 0.9
_CLEARLY = 1.25
_PREPOSITIONS = frozenset("以在对从由向")

Stretch = tuple[int, int]


def exclude(mentions: Sequence[Mention], *, share: bool) -> Iterator[tuple[Mention, Option, bool]]:
    """Let no two candidates of a bead claim the same English words unless one holds the other.

    What is a run of words only, no unit by its form, chooses last. A part and the whole share one
    stretch only where a glossary knows this rendering, or with ``share``; else a whole that comes
    later and is nearly as sure takes it over from the part. Each candidate comes with its words and
    True; one that finds nothing left, with the words that it would have claimed and False.
    """
    taken: list[tuple[Mention, Option]] = []
    for mention in sorted(
        (mention for mention in mentions if mention.options),
        key=lambda m: (
            m.candidate.pattern == "run",
            -m.options[0].score * len(m.key) ** _LONGER_FIRST,
            m.stretch[0] - m.stretch[1],
            m.stretch,
        ),
    ):
        best = mention.options[0]
        free = (
            option
            for option in mention.options
            if option.score >= _RUNNER_UP * best.score
            and all(_compatible(mention, option, *other, share=share) for other in taken)
        )
        option = next(free, None)
        if option is None:
            rivals = [o for o in taken if not _compatible(mention, best, *o, share=share)]
            if not all(_displaces(mention, best, *rival) for rival in rivals):
                yield mention, best, False
                continue
            for rival in rivals:
                taken.remove(rival)
                yield *rival, False
        taken.append((mention, option or best))
    for mention, option in taken:
        yield mention, option, True


def _displaces(mention: Mention, option: Option, other: Mention, taken: Option) -> bool:
    """Whether words that another candidate took rather render this one, a whole or a part of it."""
    if option.stretch != taken.stretch or option.score < _QUOTED * taken.score:
        return False
    if _within(other.stretch, mention.stretch):
        return _renders_whole(mention, option, other, taken)
    return _within(mention.stretch, other.stretch) and not _renders_whole(
        other, taken, mention, option
    )


def _renders_whole(whole: Mention, of_whole: Option, part: Mention, of_part: Option) -> bool:
    """Whether the same words rather render a whole than a part of it."""
    one, other = whole.candidate, part.candidate
    if other.pattern == "quoted" != one.pattern or (of_part.known and not one.known):
        return False
    if other.known == one.known:
        if _only_governs(one, part.key):
            return False
        if other.pattern in MARKED:
            return of_whole.score >= of_part.score
    return of_whole.score >= of_part.score * _least_share(one, of_whole, other)


def _least_share(whole: Candidate, of_whole: Option, part: Candidate) -> float:
    """Return how sure a whole has to be for its part's words, as a share of the part's score."""
    if whole.pattern == "run" and not whole.known:
        return _CLEARLY
    if whole.pattern == "quoted" != part.pattern:
        return _QUOTED
    if part.known > whole.known:
        return 1.0
    if " " not in of_whole.phrase or whole.unithood < part.unithood:
        return _NEAREST
    return _NEARLY if whole.known else _NEARER


def _only_governs(whole: Candidate, part: str) -> bool:
    """Whether a whole is a part with its verb or preposition: 推进新型工业化, 以钉钉子精神."""
    before = whole.key[: whole.key.find(part)]
    governs = whole.kind is ConceptKind.PHRASE and before not in word_class("kept-adverb")
    return before in _PREPOSITIONS or (bool(before) and governs)


def _compatible(
    mention: Mention, option: Option, other: Mention, taken: Option, *, share: bool
) -> bool:
    if not _overlap(option.stretch, taken.stretch):
        return True
    if not _overlap(mention.stretch, other.stretch):
        return False
    if mention.stretch == other.stretch:
        return True
    # Nested Chinese needs nested English.
    if option.stretch == taken.stretch:
        return share or option.known
    if _within(mention.stretch, other.stretch):
        return _within(option.stretch, taken.stretch)
    return not _within(other.stretch, mention.stretch) or _within(taken.stretch, option.stretch)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: Stretch, outer: Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
