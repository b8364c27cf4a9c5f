"""Texts that are no renditions of each other are told apart from those that are."""

from test_align import CHINESE, EN, ZH, document

from glossary.align import align, looks_unrelated
from glossary.align.relation import relation

OTHER = [
    "Cut the cold butter into the flour until it looks like breadcrumbs.",
    "Add two eggs and a pinch of salt, then knead the dough for five minutes.",
    "Leave it to rest under a damp cloth while the oven heats.",
    "Roll it thin, line the tin and prick the bottom with a fork.",
    "Bake it for twenty minutes until the edges are golden.",
    "Let the tart cool on a rack before you fill it with cream.",
]


def test_a_recipe_is_no_rendition_of_a_speech() -> None:
    assert looks_unrelated(align([ZH, document("recipe", "en", OTHER)]))


def test_a_rendition_is_one() -> None:
    bitext = align([ZH, EN])
    assert not looks_unrelated(bitext)
    assert relation(bitext).pivot > 0.7


def test_a_part_is_related_to_the_whole() -> None:
    part = document("part", "zh-Hans", CHINESE[1:3])
    assert not looks_unrelated(align([part, EN]))
