"""Which encoders a harvest asks: the best that is installed and affordable."""

from __future__ import annotations

from glossary.encoders import (
    Encoder,
    PairedEncoder,
    default_encoder,
    e5_available,
    token_encoder,
    word_encoder,
)

__all__ = ["corpus_encoder", "harvest_encoder"]

# Sentences, all texts together, up to which the token-level encoder reads them: it does some 60 a
# second on one core, and so doubles the time of a harvest.
_AFFORDABLE = 6000


def harvest_encoder(sentences: int) -> Encoder:
    """Return the encoder for texts of so many sentences, with the token-level one if it can be.

    Raises:
        TifaError: the sentence encoder cannot be loaded.
    """
    if sentences <= _AFFORDABLE and e5_available():
        return PairedEncoder(default_encoder(), token_encoder())
    return default_encoder()


def corpus_encoder(sentences: int | None) -> Encoder:
    """Return the encoder for a corpus of so many sentences, or for a part of one chosen to be read.

    Args:
        sentences: how many the corpus has, all texts together, if it is read from end to end; else
            None: the encoder then looks at words alone, at a third of the time for a pair.

    Raises:
        TifaError: the sentence encoder cannot be loaded.
    """
    return word_encoder() if sentences is None else harvest_encoder(sentences)
