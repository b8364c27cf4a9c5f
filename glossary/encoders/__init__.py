"""Sentence encoders whose weights come inside Python packages: no download, no network."""

from __future__ import annotations

import functools

from glossary.encoders.protocol import Encoder, Statistics, TokenStatistics

__all__ = ["Encoder", "Statistics", "TokenStatistics", "default_encoder"]


@functools.cache
def default_encoder() -> Encoder:
    """Return the Universal Sentence Encoder, loaded once (about a second) and shared.

    Raises:
        TifaError: its package is missing.
    """
    from glossary.encoders.use import UniversalSentenceEncoder

    return UniversalSentenceEncoder()
