"""English abbreviations among the renderings of one concept, and what they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from glossary.harvest.citation import phrase_key
from glossary.language.words import is_function_word

__all__ = ["abbreviates", "in_brackets_behind", "spelt_out"]

# HKMA, HKMA's, SDRs, i-TLAC, D-SIBs, DvP, MoU, FinTech is none: two capitals at least, and no run
# of four small letters.
_TOKEN = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})(?!.*[a-z]{3})[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTS = re.compile(r"[^\W_]+(?:[’'][a-z]+)?")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_QUOTES = "“”\"‘’'"


def spelt_out(texts: Sequence[str]) -> list[str]:
    """Return texts with their abbreviations spelt out as far as the texts themselves tell how.

    "SVF licences" beside "stored value facilities" becomes "stored value facilities licences". A
    bracket that only repeats what stands before it ("Belt and Road Initiative (BRI)") goes. Of
    several ways to spell one out the commonest is taken, then that of the earlier text.
    """
    texts = [_without_echo(text) for text in texts]
    full: dict[str, str] = {}
    for token in dict.fromkeys(token for text in texts for token in _tokens(text)):
        runs = [run for text in texts if (run := _run(token, text))]
        if runs:
            often = Counter(map(phrase_key, runs))
            full[token] = max(runs, key=lambda run: often[phrase_key(run)])
    return [_replaced(text, full) for text in texts]


def abbreviates(short: str, full: str) -> bool:
    """Return whether the whole of ``short`` is an abbreviation of words of ``full``."""
    tokens = _tokens(short)
    return len(tokens) == 1 and tokens[0] == _bare(short) and _run(tokens[0], full) is not None


def in_brackets_behind(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where brackets behind a stretch hold its abbreviation or what it abbreviates.

    "Financial Stability Board (FSB)", "FSB (Financial Stability Board)"; None if they do not. The
    abbreviation has to stand for the whole of the stretch.
    """
    match = _IN_BRACKETS.match(text, end)
    if match is None:
        return None
    inside = match.group(1).strip(_QUOTES)
    outside = text[start:end]
    for short, full in ((inside, outside), (outside, inside)):
        if abbreviates(short, full) and _covers(short, full):
            first = match.start(1) + match.group(1).index(inside)
            return first, first + len(inside)
    return None


def _covers(short: str, full: str) -> bool:
    """Whether an abbreviation has the first letter of the first and of the last word of meaning."""
    run = _run(_bare(short), full) or ""
    content = [w.group() for w in _PARTS.finditer(full) if not is_function_word(w.group())]
    return run.startswith(content[0]) and run.endswith(content[-1]) if content else False


def _tokens(text: str) -> list[str]:
    return [bare for word in text.split() if _TOKEN.fullmatch(bare := _bare(word))]


def _bare(word: str) -> str:
    word = re.sub(r"[’']s?$", "", word.strip(".,;:()“”\"'"))
    return word.replace(".", "")


def _replaced(text: str, full: dict[str, str]) -> str:
    words = (full.get(_bare(word), word) for word in text.split())
    return " ".join(words)


def _without_echo(text: str) -> str:
    """Return a text without a bracket that abbreviates what stands outside."""
    outside = _IN_BRACKETS.sub("", text)
    for inside in _IN_BRACKETS.findall(text):
        if not (_tokens(inside) and _run(_bare(inside), outside)):
            return text
    return outside


def _run(token: str, text: str) -> str | None:
    """Return the words of ``text`` whose first letters a token consists of, if there are such."""
    letters = token.replace("-", "")
    if len(letters) > 2 and letters.endswith("s"):
        letters = letters[:-1]
    letters = letters.lower()
    words = list(_PARTS.finditer(text))
    for with_function_words in (False, True):
        some = [w for w in words if with_function_words or not is_function_word(w.group())]
        initials = "".join(word.group()[0] for word in some).lower()
        start = initials.find(letters)
        if start >= 0:
            first, last = some[start], some[start + len(letters) - 1]
            return text[first.start() : last.end()]
    return None
