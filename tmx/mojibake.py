"""Text with the marks of a wrong encoding, mended as far as that is safe."""

from __future__ import annotations

from tmx.xmltext import clean

__all__ = ["mended_text"]

# C1 controls are what becomes of Windows-1252 that was read as Latin-1: each has one meaning left
# (the HTML standard reads numeric references of them so). NEL (U+0085) is a line break in truth.
_WINDOWS = {
    code: character
    for code in range(0x80, 0xA0)
    if code != 0x85 and (character := bytes([code]).decode("cp1252", "ignore"))
}
_REMOVED = dict.fromkeys((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))


def mended_text(text: str) -> str:
    """Return text without control characters; Windows-1252 read as Latin-1 is put right.

    U+FFFD stays: what stood there cannot be told.
    """
    return clean(text).translate(_WINDOWS | _REMOVED)
