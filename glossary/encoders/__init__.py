"""Sentence encoders whose weights come inside Python packages: no download, no network."""

from __future__ import annotations

import functools

from glossary.encoders.e5 import E5Encoder, TokenVectors, e5_available
from glossary.encoders.paired import PairedEncoder, tokens_of
from glossary.encoders.protocol import Encoder, Statistics, TokenStatistics
from glossary.encoders.wordwise import WordwiseEncoder

__all__ = [
    "E5Encoder",
    "Encoder",
    "PairedEncoder",
    "Statistics",
    "TokenStatistics",
    "TokenVectors",
    "WordwiseEncoder",
    "default_encoder",
    "e5_available",
    "token_encoder",
    "tokens_of",
    "word_encoder",
]


@functools.cache
def default_encoder() -> Encoder:
    """Return the Universal Sentence Encoder, loaded once (about a second) and shared.

    Raises:
        TifaError: its package is missing.
    """
    from glossary.encoders.use import UniversalSentenceEncoder

    return UniversalSentenceEncoder()


@functools.cache
def word_encoder() -> WordwiseEncoder:
    """Return the default encoder at work word by word, made once so that it learns its words once.

    Raises:
        TifaError: its package is missing.
    """
    return WordwiseEncoder(default_encoder())


@functools.cache
def token_encoder() -> E5Encoder:
    """Return the token-level encoder, loaded once (half a second) and shared.

    Raises:
        MissingExtraError: the extra ``neural`` is not installed.
    """
    return E5Encoder()
