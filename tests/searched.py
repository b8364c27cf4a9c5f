"""What a search finds for Chinese stretches of a sentence pair of our own."""

from __future__ import annotations

from glossary.encoders import default_encoder
from glossary.harvest.bead_words import bead_words
from glossary.harvest.patterns_zh import Form
from glossary.harvest.search import Find, search_bead
from glossary.harvest.wordlinks import link_words

#: Chinese and English.
PAIR = (
    "中国将加快建设国有资本投资公司。",
    "China will speed up the building of state-owned capital investment companies.",
)


def finds(stretch: str, form: Form = "noun") -> list[Find]:
    """Return what is found for a stretch of the Chinese sentence."""
    beads = bead_words([PAIR], default_encoder())
    link_words(beads, default_encoder())
    start = PAIR[0].index(stretch)
    places = [(start, start + len(stretch))]
    (found,) = search_bead(beads[0], PAIR[1], places, [form], default_encoder())
    return found
