"""The English stretches that are looked at, and their order."""

from __future__ import annotations

import numpy as np
import pytest
from searched import PAIR, finds

from glossary.harvest import ranking
from glossary.harvest.english_grammar import SHAPE, Grammar
from glossary.harvest.patterns_zh import Form, chinese_form
from glossary.harvest.search import EVIDENCE
from glossary.language.words import chinese_words, english_words


def test_a_rendering_is_not_cut_at_a_hyphen() -> None:
    surfaces = [PAIR[1][find.start : find.end] for find in finds("国有资本")]
    assert "state-owned capital" in surfaces
    assert not any(surface.startswith("owned") for surface in surfaces)


def test_the_ranking_keeps_a_few_finds_and_puts_the_whole_phrase_first() -> None:
    found = finds("国有资本投资公司")
    weights = ranking.learned("sentences")
    kept = ranking.thinned(found, weights)
    assert len(kept) < len(found)
    best = kept[int(ranking.shares(kept, "first", weights).argmax())]
    assert PAIR[1][best.start : best.end] == "state-owned capital investment companies"


@pytest.mark.parametrize("kind", ranking.KINDS)
def test_every_weight_is_of_some_evidence(kind: str) -> None:
    weights = ranking.learned(kind)
    assert {len(weights[model]) for model in ranking.MODELS} == {len(ranking.names())}
    assert all(np.any(weights[model]) for model in ranking.MODELS)
    phrase, agreement = EVIDENCE.index("phrase"), EVIDENCE.index("agreement")
    assert weights["draft"][phrase] == weights["draft"][agreement] == 0
    assert weights["first"][agreement] == 0


@pytest.mark.parametrize(
    ("text", "stretch", "sign"),
    [
        ("the new development pattern works", "development pattern", "cut_left"),
        ("the new development pattern works", "new development", "cut_right"),
        ("we will build a strong country", "build", "object_right"),
        ("the Communist Party of China leads", "Communist Party", "name_goes_on"),
        ("the United Nations meets", "Nations", "name_cut"),
        ("a policy that works is rare", "policy that works", "clause"),
        ("the system is sound", "system is sound", "finite"),
    ],
)
def test_signs_of_a_stretch_that_is_no_phrase(text: str, stretch: str, sign: str) -> None:
    words = english_words(text)
    start = text.index(stretch)
    inside = [
        n
        for n, word in enumerate(words)
        if start <= word.start and word.end <= start + len(stretch)
    ]
    shape = dict(zip(SHAPE, Grammar.of(words).shape(inside[0], inside[-1] + 1), strict=True))
    assert shape[sign] > 0


def test_a_whole_noun_phrase_has_no_sign() -> None:
    words = english_words("the new development pattern is sound")
    assert not any(Grammar.of(words).shape(1, 4))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("发展战略", "noun"),
        ("党的建设", "noun"),
        ("新型举国体制", "noun"),
        ("坚持党的领导", "verb"),
        ("建设网络强国", "verb"),
        ("全面深化", "verb"),
    ],
)
def test_the_form_of_a_chinese_stretch(text: str, form: Form) -> None:
    assert chinese_form(chinese_words(text, tags=True)) == form
