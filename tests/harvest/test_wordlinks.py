from __future__ import annotations

import numpy as np
import pytest

from glossary.encoders import default_encoder
from glossary.harvest.bead_words import BeadWords, bead_words, cut_bead_words
from glossary.harvest.link_weights import LinkWeights
from glossary.harvest.neighbours import neighbour_support
from glossary.harvest.symmetrise import hard_links
from glossary.harvest.wordlinks import link_sentences, link_words

PAIR = (
    "中国将加快建设国有资本投资公司。",
    "China will speed up the building of state-owned capital investment companies.",
)


def test_links_words_that_render_each_other() -> None:
    chinese = ["他", "买", "了", "三", "本", "书", "。"]
    english = ["He", "bought", "three", "books", "."]
    (links,) = link_sentences([(chinese, english)], default_encoder())
    assert {(1, 1), (3, 2), (5, 3)} <= links


def test_an_empty_side_has_no_links() -> None:
    links = link_sentences([([], ["word"]), (["词"], [])], default_encoder())
    assert links == [set(), set()]


def test_link_masses_are_shares() -> None:
    beads = bead_words([PAIR], default_encoder())
    link_words(beads, default_encoder())
    assert np.all(beads[0].forward.sum(axis=1) <= 1.0001)
    assert np.all(beads[0].backward.sum(axis=0) <= 1.0001)


def linked(
    chinese: str, english: str, strengths: dict[tuple[int, int], tuple[float, float]]
) -> BeadWords:
    """Return a bead with the (forward, backward) strengths of some links."""
    (bead,) = cut_bead_words([(chinese.split(), english.split())], default_encoder())
    for place, (forward, backward) in strengths.items():
        bead.forward[place], bead.backward[place] = forward, backward
    return bead


@pytest.mark.parametrize(
    ("chinese", "english", "strengths", "links"),
    [
        # One word wins the forward link, the others of the compound know where they belong.
        (
            "新华社 报道",
            "xinhua news agency reported",
            {(0, 0): (0.9, 0.9), (0, 1): (0.05, 0.8), (0, 2): (0.05, 0.7), (1, 3): (0.9, 0.9)},
            {(0, 0), (0, 1), (0, 2), (1, 3)},
        ),
        # The grammar between two words of one rendering goes with them.
        (
            "国务卿 到访",
            "secretary of state arrived",
            {(0, 0): (0.5, 0.9), (0, 2): (0.5, 0.9), (1, 3): (0.9, 0.9)},
            {(0, 0), (0, 1), (0, 2), (1, 3)},
        ),
        # A word far from the rest of the rendering does not.
        (
            "新华社 北京 报道",
            "xinhua reported from beijing yesterday",
            {(0, 0): (0.9, 0.9), (1, 3): (0.9, 0.9), (2, 1): (0.9, 0.9), (0, 4): (0.05, 0.7)},
            {(0, 0), (1, 3), (2, 1)},
        ),
        # An article takes no part.
        ("书 很 好", "the book is good", {(0, 0): (0.1, 0.9), (0, 1): (0.9, 0.9)}, {(0, 1)}),
    ],
)
def test_words_left_alone_join_the_rendering(
    chinese: str,
    english: str,
    strengths: dict[tuple[int, int], tuple[float, float]],
    links: set[tuple[int, int]],
) -> None:
    bead = linked(chinese, english, strengths)
    assert set(map(tuple, np.argwhere(hard_links(bead, LinkWeights())).tolist())) == links


def test_neighbours_support_what_stands_between_them() -> None:
    links = np.eye(5, dtype=np.float32)
    links[2, 2] = 0.0
    support = neighbour_support(links)
    assert support[0, 4] < 0 < support[2, 0] < support[2, 2]


def test_a_link_does_not_support_itself() -> None:
    links = np.zeros((7, 9), dtype=np.float32)
    links[3, 4] = 1.0
    assert neighbour_support(links)[3, 4] == neighbour_support(np.zeros_like(links))[3, 4]


def test_the_same_comma_is_sought_where_its_neighbours_are() -> None:
    chinese = "他 来 , 我 走 , 你 看".split()
    english = "he came , I left , you watch".split()
    (links,) = link_sentences([(chinese, english)], default_encoder())
    assert {(2, 2), (5, 5)} <= links
    assert not {(2, 5), (5, 2)} & links
