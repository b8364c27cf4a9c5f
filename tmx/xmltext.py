"""Text as XML 1.0 can hold it: escaping, and removal of the characters that no XML file may have.

XML is written from strings here, not from an element tree: writing 200,000 translation units took
0.4 s this way, 2.4 s with ``lxml.etree.xmlfile`` and 2.6 s with elements serialised one by one.
Every file written is parsed and validated again in the tests.
"""

from __future__ import annotations

import re
import sys

__all__ = ["attribute", "clean", "decode_id", "encode_id", "escape_text", "has_illegal"]

# The complement of production 2 of XML 1.0 (fifth edition): C0 controls but tab, LF and CR,
# surrogates, U+FFFE and U+FFFF.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# A carriage return must be a character reference, or the parser turns it into a line feed
# (XML 1.0, 2.11); in attributes tab and line feed as well (3.3.3).
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
_TEXT_SPECIAL = re.compile("[&<>\r]")
# Nearly no attribute has one of these: a search costs less than a translation.
_ATTRIBUTE_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')

# xs:ID is an NCName. Of its letters those that ids have; ideographs as XML 1.0 had them before its
# fifth edition, which schema validators still go by.
_ID_CHARACTER = re.compile(r"[A-Za-z0-9_.\-\u4e00-\u9fa5]")
_ID_START = re.compile(r"[A-Za-z_\u4e00-\u9fa5]")
_ENCODED = re.compile(r"_x([0-9A-F]{4,6})_")


def has_illegal(text: str) -> bool:
    """Return whether ``text`` has a character that XML 1.0 forbids."""
    return _ILLEGAL.search(text) is not None


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 forbids."""
    return _ILLEGAL.sub("", text)


def escape_text(text: str) -> str:
    """Return ``text``, free of illegal characters, as the content of an element."""
    return text.translate(_TEXT) if _TEXT_SPECIAL.search(text) else text


def attribute(name: str, value: str) -> str:
    """Return ``name="value"`` with a space before it, ``value`` cleaned and escaped."""
    if _ATTRIBUTE_SPECIAL.search(value):
        value = clean(value).translate(_ATTRIBUTE)
    return f' {name}="{value}"'


def encode_id(text: str) -> str:
    """Return ``text`` as an ``xs:ID``; :func:`decode_id` gives it back.

    A character that may not stand there becomes ``_xHHHH_``, the convention of .NET's
    ``XmlConvert.EncodeLocalName``.
    """
    pieces = []
    for index, character in enumerate(text):
        legal = (_ID_CHARACTER if index else _ID_START).fullmatch(character)
        # An underscore that could read as the start of an escape is escaped itself.
        if legal and not text.startswith("_x", index):
            pieces.append(character)
        else:
            pieces.append(f"_x{ord(character):04X}_")
    return "".join(pieces)


def decode_id(text: str) -> str:
    """Return what :func:`encode_id` encoded."""
    return _ENCODED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= sys.maxunicode else match[0]
