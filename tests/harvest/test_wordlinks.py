from __future__ import annotations

import numpy as np

from glossary.encoders import default_encoder
from glossary.harvest.bead_words import bead_words
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
