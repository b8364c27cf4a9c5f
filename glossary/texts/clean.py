"""Take out of a decoded text what is no text: controls, invisible characters, line end styles."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean", "tidy"]

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, soft hyphens, zero-width and bidirectional marks, lone surrogates and noncharacters.
# None of them is legal or of use in an exchange file, and all of them break matching.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
# CJK compatibility ideographs, which NFC would replace by other characters.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_BLANKS = re.compile(r"[ \t\n\u3000]{2,}|[\t\n]")


def clean(text: str) -> str:
    r"""Return ``text`` with ``\n`` line ends, no invisible characters, and in NFC.

    Removed are controls other than ``\n`` and ``\t``, soft hyphens, zero-width characters,
    bidirectional marks and noncharacters; fixed-width and no-break spaces become plain ones.
    Full-width forms and the ideographic space stay, and so do CJK compatibility ideographs, which
    canonical composition would replace.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(
        part if _COMPATIBILITY.fullmatch(part) else unicodedata.normalize("NFC", part)
        for part in _COMPATIBILITY.split(text)
    )


def tidy(text: str) -> str:
    """Return the text of one paragraph: no space around it, runs of white space made one.

    A run that holds an ideographic space becomes one ideographic space, as in ``第一条　为了``.
    """
    return _BLANKS.sub(lambda blanks: "\u3000" if "\u3000" in blanks.group() else " ", text).strip()
