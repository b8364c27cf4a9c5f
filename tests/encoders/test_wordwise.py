"""The encoder that looks at words alone knows phrases by their words, and remembers these."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from glossary.encoders import TokenStatistics, WordwiseEncoder, default_encoder


@pytest.fixture
def encoder() -> WordwiseEncoder:
    return WordwiseEncoder(default_encoder())


def test_a_phrase_is_nearest_to_its_rendering(encoder: WordwiseEncoder) -> None:
    chinese = encoder.encode(["数字经济", "金融稳定", "农业生产"])
    english = encoder.encode(["digital economy", "financial stability", "farm production"])
    assert ((chinese @ english.T).argmax(axis=1) == np.arange(3)).all()
    assert np.linalg.norm(chinese, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_texts_of_the_same_words_are_one(encoder: WordwiseEncoder) -> None:
    first, second = encoder.encode(["economic growth", "growth economic"])
    assert first @ second == pytest.approx(1.0, abs=1e-5)


def test_a_word_is_encoded_once(encoder: WordwiseEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    whole = default_encoder().token_statistics

    def counting(texts: Sequence[str]) -> list[TokenStatistics]:
        asked.extend(texts)
        return whole(texts)

    monkeypatch.setattr(default_encoder(), "token_statistics", counting)
    before = encoder.encode(["stable growth", "growth"])
    assert sorted(asked) == ["growth", "stable"]
    assert np.array_equal(encoder.encode(["stable growth", "growth"]), before)
    assert sorted(asked) == ["growth", "stable"]


def test_no_texts_and_no_words(encoder: WordwiseEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)
    assert encoder.encode([""]).shape == (1, 512)
