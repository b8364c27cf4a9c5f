"""What marks and quotations say about cutting two texts between two pairs of sentences.

Beads end where both texts can be cut. A translator who divides sentences otherwise still closes
speech, questions and quotations where the author does, so a cut inside a quotation of one text and
outside one of the other is seldom right, and one behind a closing mark in both mostly is. These
features depend on the place of a cut alone, not on the beads beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import FloatArray

__all__ = ["CUT_FEATURES", "CutText", "cut_features"]

#: The features of a cut, in order.
CUT_FEATURES = (
    "quotation goes on in one",
    "quotation goes on in both",
    "speech has ended in both",  # the sentence before holds some, and the cut is outside
    "speech has ended in one",
    "quotation mark closes in both",
    "quotation mark closes in one",
    "quotation mark opens in both",
    "quotation mark opens in one",
    "question ends in both",
    "question ends in one",
    "clause ends in one",  # a comma or the like in place of a full stop
    "same end",
)

_OPENS = re.compile("\\s*[“\"「『‘']")
_CLOSES = frozenset("”\"」』’'")
_TAIL = _CLOSES | frozenset("）)]】")
_QUESTION, _CLAUSE = 2, 5
_ENDS = {".": 1, "。": 1, "．": 1, "?": _QUESTION, "？": _QUESTION, "!": 3, "！": 3, "…": 4}
_ENDS |= dict.fromkeys("：:，,；;—-", _CLAUSE)
_MARKS = re.compile("[“”\"「」『』〝〞‘’']")
_OPENING, _CLOSING = frozenset("“「『〝‘"), frozenset("”」』〞")
# Marks that look alike on both sides of a quotation close it behind these.
_BEFORE_CLOSE = frozenset(".,!?…—-;:")


class CutText:
    """What lies at each position of a text; position k is before sentence k.

    Attributes:
        inside: ``[n + 1]``, whether a quotation goes on there.
        spoke: whether the sentence before holds speech.
        end: the class of the last mark of the sentence before, closing quotes and brackets aside.
        closes: whether the sentence before ends with a closing quotation mark.
        opens: whether the sentence after begins with an opening one.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self.inside: NDArray[np.bool_] = np.zeros(len(sentences) + 1, dtype=bool)
        self.spoke: NDArray[np.bool_] = np.zeros(len(sentences) + 1, dtype=bool)
        inside = False
        for position, text in enumerate(sentences, start=1):
            marks = _quotation_marks(text)
            if marks:
                inside = marks[-1]
            self.inside[position], self.spoke[position] = inside, bool(marks) or inside
        self.end = np.array([0, *(_end(text) for text in sentences)], dtype=np.int8)
        self.closes = np.array([False, *(text.rstrip()[-1:] in _CLOSES for text in sentences)])
        self.opens = np.array([*(bool(_OPENS.match(text)) for text in sentences), False])


def cut_features(
    source: CutText, target: CutText, rows: Sequence[int], columns: Sequence[int]
) -> FloatArray:
    """Return the features ``[len(CUT_FEATURES), rows, columns]`` of cuts at pairs of positions.

    Args:
        source: one text.
        target: the other.
        rows: positions in the source.
        columns: positions in the target.
    """
    left, right = np.asarray(rows)[:, None], np.asarray(columns)
    inside, other = source.inside[left], target.inside[right]
    outside = ~inside & ~other
    pairs = [
        (outside & source.spoke[left], outside & target.spoke[right]),
        (source.closes[left], target.closes[right]),
        (source.opens[left], target.opens[right]),
        (source.end[left] == _QUESTION, target.end[right] == _QUESTION),
    ]
    features = [inside != other, inside & other]
    for one, two in pairs:
        features += [one & two, one != two]
    features.append((source.end[left] == _CLAUSE) != (target.end[right] == _CLAUSE))
    features.append(source.end[left] == target.end[right])
    return np.array(features, dtype=np.float32)


def _quotation_marks(text: str) -> list[bool]:
    """Return for each quotation mark of a sentence whether it opens; apostrophes are none."""
    found = []
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if mark in _OPENING:
            found.append(True)
        elif mark in _CLOSING:
            found.append(False)
        elif mark == '"':
            found.append((before.isspace() or before in "(—-") and not after.isspace())
        elif before.isspace() and not after.isspace():
            found.append(True)
        elif before in _BEFORE_CLOSE:
            found.append(False)
    return found


def _end(text: str) -> int:
    """Return the class of the last mark of a sentence, closing quotes and brackets aside."""
    core = text.rstrip()
    while core and core[-1] in _TAIL:
        core = core[:-1].rstrip()
    return _ENDS.get(core[-1:], 0)
