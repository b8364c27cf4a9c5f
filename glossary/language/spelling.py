"""British and American spellings of English words as one."""

from __future__ import annotations

import re

__all__ = ["american"]

_ISE = re.compile(r"is(e|ed|es|ing|ation|ations)$")
_OUR = re.compile(r"([a-z]{3})our(s|ed|ing)?$")
# Closed lists: "acre" and "fence" end alike in both.
_RE = re.compile(r"(cent|theat|met|lit|fib|calib)re(s)?$")
_ENCE = re.compile(r"(def|off|pret)ence(s)?$")
_PROGRAMME = re.compile(r"(program)me(s)?$")


def american(word: str) -> str:
    """Fold the British spelling of a lower-case word to the American one.

    A key, not a spelling to show: "enterprise" becomes "enterprize". Take the lemma first, which
    dictionaries of lemmas know in either spelling, but not in this.
    """
    word = _ISE.sub(r"iz\1", word) if len(word) > 6 else word
    word = _OUR.sub(r"\1or\2", word) if len(word) > 5 else word
    word = _RE.sub(r"\1er\2", word)
    return _PROGRAMME.sub(r"\1\2", _ENCE.sub(r"\1ense\2", word))
