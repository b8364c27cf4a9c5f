"""British and American spellings of English words as one."""

from __future__ import annotations

import re

__all__ = ["american"]

_ISE = re.compile(r"is(e|ed|es|ing|ation|ations)$")
_OUR = re.compile(r"([a-z]{3})our(s|ed|ing)?$")


def american(word: str) -> str:
    """Fold the British spelling of a lower-case word to the American one where the rule is safe."""
    word = _ISE.sub(r"iz\1", word) if len(word) > 6 else word
    return _OUR.sub(r"\1or\2", word) if len(word) > 5 else word
