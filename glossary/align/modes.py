"""What an alignment rests on, chosen by what is asked for, what is installed and how long it is."""

from __future__ import annotations

from typing import Literal

from glossary.encoders import (
    PairedEncoder,
    default_encoder,
    e5_available,
    token_encoder,
)
from glossary.encoders.protocol import Encoder
from glossary.errors import TifaError

__all__ = ["Mode", "choose_encoder"]

#: ``fast``: sentence vectors, dictionary and lengths; ``best``: the vectors of tokens besides,
#: where the first leaves doubt; ``words``: dictionary and lengths alone; ``auto``: the best that
#: is installed and affordable.
Mode = Literal["auto", "fast", "best", "words"]

# Sentences, all texts together, up to which ``auto`` takes ``best``: some three minutes on one core
# where everything is in doubt, as in a novel.
_AFFORDABLE = 6000


def choose_encoder(mode: Mode, sentences: int) -> Encoder | None:
    """Return the encoder for a mode; None if dictionary, numbers and lengths have to do.

    Args:
        mode: what was asked for.
        sentences: how many there are in all texts.

    Raises:
        MissingExtraError: ``best`` was asked for and the token-level encoder is not installed.
        TifaError: ``fast`` or ``best`` was asked for and the sentence encoder cannot be loaded.
    """
    if mode == "words":
        return None
    try:
        encoder = default_encoder()
    except TifaError:
        if mode != "auto":
            raise
        return None
    if mode == "best" or (mode == "auto" and sentences <= _AFFORDABLE and e5_available()):
        return PairedEncoder(encoder, token_encoder())
    return encoder
