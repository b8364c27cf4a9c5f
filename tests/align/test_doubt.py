"""Which stretches of an alignment get a second look, and that nothing else changes."""

import numpy as np
import pytest

from glossary.align import Side, align_sentences
from glossary.align.anchors import Band
from glossary.align.doubt import doubts
from glossary.align.lattice import Step
from glossary.align.modes import choose_encoder
from glossary.encoders import e5_available


def step(source: tuple[int, int], target: tuple[int, int], probability: float) -> Step:
    return Step(source, target, probability)


STEPS = [
    step((0, 1), (0, 1), 1.0),
    step((1, 2), (1, 3), 0.7),
    step((2, 4), (3, 4), 0.8),
    step((4, 5), (4, 5), 0.999),
    step((5, 5), (5, 6), 0.6),
    step((5, 6), (6, 7), 1.0),
    step((6, 7), (7, 8), 0.5),
]
BAND = Band(np.array([0, 0, 0, 0, 1, 2, 3, 4]), np.array([4, 5, 6, 7, 8, 8, 8, 8]))


def test_doubtful_steps_in_a_row_are_one_stretch() -> None:
    found = list(doubts(STEPS, BAND))
    assert [(one.steps, one.rows, one.columns) for one in found] == [
        (range(1, 3), range(1, 4), range(1, 4)),
        (range(6, 7), range(6, 7), range(7, 8)),
    ]


def test_the_band_of_a_stretch_is_that_of_the_texts_inside_it() -> None:
    first, last = doubts(STEPS, BAND)
    assert first.band.lo.tolist() == [0, 0, 0, 0]
    assert first.band.hi.tolist() == [3, 3, 3, 3]
    assert (last.band.lo.tolist(), last.band.hi.tolist()) == ([0, 0], [1, 1])


def test_a_stretch_keeps_the_cuts_inside_it() -> None:
    band = Band(BAND.lo, BAND.hi, [(1, 1), (2, 3), (4, 4), (6, 7)])
    first, last = doubts(STEPS, band)
    assert first.band.cuts == [(1, 2)]
    assert last.band.cuts == []
    # Where the texts' gaps lie beside a cut, it is at an edge of the stretch in one of them only.
    steps = [step((0, 0), (0, 1), 0.5), step((0, 2), (1, 2), 0.5), step((2, 3), (2, 3), 1.0)]
    (only,) = doubts(steps, Band(np.zeros(4, np.int64), np.full(4, 3), [(0, 1), (2, 2)]))
    assert only.band.cuts == [(0, 1)]


@pytest.mark.skipif(not e5_available(), reason="the extra neural is not installed")
def test_sure_beads_stay_and_every_sentence_has_its_place() -> None:
    chinese = [
        "他来了。",
        "她走了，门还开着，风吹进来。",
        "没有人说话。",
        "天亮了。",
        "大家都笑了。",
    ]
    english = [
        "He came.",
        "She left.",
        "The door stood open and the wind blew in, and nobody spoke.",
        "Day broke.",
        "A photograph of the house.",
        "Everybody laughed.",
    ]
    sides = Side(chinese, "zh-Hans"), Side(english, "en")
    fast, best = (
        align_sentences(*sides, encoder=choose_encoder(mode, 0)) for mode in ("fast", "best")
    )
    sure = {(link.source, link.target) for link in fast if link.score >= 0.99}
    assert sure <= {(link.source, link.target) for link in best}
    assert [i for link in best for i in link.source] == list(range(5))
    assert [j for link in best for j in link.target] == list(range(6))
