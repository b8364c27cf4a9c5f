"""Dictionary glosses as stems, and the stems themselves."""

import pytest

from glossary.language.cedict import gloss_weights, glosses
from glossary.language.stems import english_stem


def test_glosses_come_without_notes() -> None:
    assert "network" in glosses("网络")
    assert glosses("鿃鿃") == ()
    assert not any("[" in gloss or "(" in gloss for gloss in glosses("行"))


@pytest.mark.parametrize(
    ("word", "rendering"),
    [("现代化", "modernise"), ("坚持", "insists"), ("政党", "parties"), ("繁荣", "prosperity")],
)
def test_a_rendering_shares_its_stem_with_the_gloss(word: str, rendering: str) -> None:
    assert english_stem(rendering) in gloss_weights(word)


def test_an_unknown_word_takes_the_glosses_of_its_parts_at_less() -> None:
    weights = gloss_weights("网络强国")
    assert 0 < weights[english_stem("network")] < 1
    assert gloss_weights("网络")[english_stem("network")] == 1


def test_the_words_of_a_gloss_share_its_weight() -> None:
    weights = gloss_weights("数据库")
    assert weights[english_stem("database")] == 1
    assert all(0 < weight <= 1 for weight in gloss_weights("发展中国家").values())


@pytest.mark.parametrize(
    "family",
    [
        "modern modernise modernization modernity modernized",
        "inform information informatization",
        "nation national nationally",
        "rejuvenate rejuvenation",
        "party parties",
        "develop development developing",
    ],
)
def test_families_of_words_share_a_stem(family: str) -> None:
    assert len({english_stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("policy", "political"), ("station", "nation")])
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert english_stem(one) != english_stem(other)
