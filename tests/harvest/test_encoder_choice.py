"""Which encoders a harvest asks."""

from __future__ import annotations

import pytest

from glossary.encoders import default_encoder, e5_available, tokens_of
from glossary.harvest import encoder_choice
from glossary.harvest.encoder_choice import harvest_encoder

needs_e5 = pytest.mark.skipif(not e5_available(), reason="the extra neural is not installed")


@needs_e5
def test_short_texts_are_read_by_both_encoders() -> None:
    encoder = harvest_encoder(6000)
    assert tokens_of(encoder) is not None
    assert encoder.name.startswith(default_encoder().name)


def test_long_texts_are_read_by_the_sentence_encoder_alone() -> None:
    assert harvest_encoder(6001) is default_encoder()


def test_so_is_everything_where_the_other_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_choice, "e5_available", lambda: False)
    assert harvest_encoder(10) is default_encoder()
