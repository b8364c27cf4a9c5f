"""Bytes to text: find the encoding of a Chinese or English file and decode it.

Byte order marks and valid UTF-8 decide by themselves. Everything else is settled by likelihood:
each encoding that could have made the bytes is decoded, and the text whose characters are the most
probable ones of Chinese and English wins. Since all candidates explain the same bytes, their
total log-likelihoods can be compared directly, also for texts of a few characters, where
charset-normalizer, made for all languages, goes wrong; ``scripts/evaluate_encodings.py`` measures
both.
charset-normalizer is asked where none of the candidates explains the bytes well.
"""

from __future__ import annotations

import codecs
import functools
import math
import re
from pathlib import Path

from glossary.errors import BadInputError

__all__ = ["decode", "detect_encoding"]

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

#: Tried in this order; the first of equals wins. ``cp950`` and ``big5hkscs`` extend Big5 apart.
_CANDIDATES = (
    "gb18030",
    "big5hkscs",
    "cp950",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
)

#: Bytes looked at when candidates compete; a multiple of four, so that no code unit is cut.
_SAMPLE = 1 << 16

# Log-probabilities of the characters that the frequency table does not hold. They only need the
# right order of size: a wrong decoding loses several units with each character.
_ASCII = -3.5
_CJK_PUNCTUATION = -3.0
_TYPOGRAPHIC = -5.0
_LATIN_LETTER = -7.5
_RARE = -14.0
_IMPOSSIBLE = -24.0

#: Text decoded right has a mean of -4 to -8 a character; random bytes stay below -11.
_WORST_MEAN = -10.0

#: More control characters than this share of a text mean a binary file; in a text of a few words
#: some strays weigh more.
_MOST_CONTROLS = 0.01
_STRAYS, _MOST_STRAYS = 8, 0.08

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@functools.cache
def _character_scores() -> dict[str, float]:
    """Log-probability of the characters of running Chinese, traditional ones as simplified."""
    from wordfreq import get_frequency_dict

    from glossary.language.script import to_simplified, to_traditional

    counts: dict[str, float] = {}
    for word, frequency in get_frequency_dict("zh", "small").items():
        for character in word:
            if ord(character) > 0x7F:
                counts[character] = counts.get(character, 0.0) + frequency
    han = "".join(counts)
    # wordfreq folds its Chinese to simplified characters; unfold it for Big5 texts.
    for folded, character in zip(to_simplified(han), to_traditional(han), strict=False):
        counts.setdefault(character, counts.get(folded, 0.0))
    total = sum(counts.values())
    scores = {
        character: max(math.log(count / total), _RARE) if count else _RARE
        for character, count in counts.items()
    }
    scores.update(
        dict.fromkeys("，。、；：？！“”‘’（）《》【】「」『』—…·\u3000", _CJK_PUNCTUATION)
    )
    scores.update(dict.fromkeys("–•°£€©®«»§†′″\xa0", _TYPOGRAPHIC))
    return scores


def _score(character: str) -> float:
    code = ord(character)
    if code < 0x80:
        return _ASCII if character.isprintable() or character in "\t\n\r\f" else _IMPOSSIBLE
    known = _character_scores().get(character)
    if known is not None:
        return known
    if 0xC0 <= code <= 0x17F:
        return _LATIN_LETTER
    if 0xFF01 <= code <= 0xFF5E:
        return _TYPOGRAPHIC
    # Private use, noncharacters and C1 controls are no text that anyone wrote.
    if 0xE000 <= code <= 0xF8FF or 0x80 <= code <= 0x9F or code >= 0xF0000:
        return _IMPOSSIBLE
    return _RARE


def _log_likelihood(text: str) -> float:
    counts: dict[str, int] = {}
    for character in text:
        counts[character] = counts.get(character, 0) + 1
    return math.fsum(_score(character) * count for character, count in counts.items())


def _decode_sample(data: bytes, encoding: str) -> str | None:
    """Decode the beginning of ``data``, or return None if it is not in ``encoding``."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        # Only a whole file must end with a whole character.
        return decoder.decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Another encoding of two bytes a character, read as UTF-8, is full of NULs.
    return text.count("\x00") <= _controls_allowed(text)


def _controls_allowed(text: str) -> float:
    """Return how many control characters a text may hold: strays are noise to be cleaned."""
    return max(_MOST_CONTROLS * len(text), min(_STRAYS, _MOST_STRAYS * len(text)))


def detect_encoding(data: bytes) -> str | None:
    """Return the name of the Python codec that ``data`` is written in, or None if none fits.

    Knows UTF-8, UTF-16 and UTF-32 with and without byte order mark, GB18030 with GBK and GB2312,
    Big5 with its Hong Kong and Windows extensions and Windows-1252; what these do not explain is
    left to charset-normalizer.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if _is_utf8(data):
        return "utf-8"
    best: str | None = None
    best_likelihood = -math.inf
    for encoding in _CANDIDATES:
        text = _decode_sample(data, encoding)
        if not text:
            continue
        likelihood = _log_likelihood(text)
        if likelihood > best_likelihood and likelihood / len(text) > _WORST_MEAN:
            best, best_likelihood = encoding, likelihood
    if best is None and b"\x00" not in data[:_SAMPLE]:
        from charset_normalizer import from_bytes

        match = from_bytes(data[:_SAMPLE]).best()
        best = None if match is None else match.encoding
    return best


def decode(data: bytes, *, place: Path | str, encoding: str | None = None) -> str:
    """Return the text of ``data`` without its byte order mark.

    Args:
        data: the whole file.
        place: the file's name, for messages.
        encoding: a Python codec or IANA name if the user gave one; else it is detected.

    Raises:
        BadInputError: the file is empty or binary, or not in that encoding.
    """
    if not data:
        raise BadInputError("is empty", place=place)
    chosen = _named(encoding, data, place) if encoding else detect_encoding(data)
    if chosen is None:
        raise BadInputError(
            "is not text in any encoding tifa knows",
            place=place,
            cure="save it as UTF-8, or name its encoding with encoding=…",
        )
    try:
        text = data.decode(chosen)
    except UnicodeError as error:
        # A few odd codecs do not tell the place.
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, start) + 1
        raise BadInputError(
            f"is not valid {encoding or chosen}: byte {start} cannot be decoded",
            place=place,
            line=line,
            cure="name the right encoding with encoding=…, or save the file as UTF-8",
        ) from error
    text = text.removeprefix("\ufeff")
    sample = text[:_SAMPLE]
    if len(_BINARY.findall(sample)) > _controls_allowed(sample):
        raise BadInputError("is a binary file, not text", place=place)
    return text


def _named(encoding: str, data: bytes, place: Path | str) -> str:
    """Return the codec for an encoding the user named."""
    try:
        codec = codecs.lookup(encoding)
        # base64, rot13 and the like are codecs too, and refuse to decode bytes to text.
        bytes(4).decode(encoding)
    except (LookupError, ValueError) as error:
        raise BadInputError(
            f"unknown encoding {encoding!r}",
            place=place,
            cure="use utf-8, gb18030, big5, utf-16 or windows-1252",
        ) from error
    if codec.name in {"utf-16", "utf-32"}:
        # Without a mark Python would take the byte order of the machine.
        found = detect_encoding(data)
        return found if found and found.startswith(codec.name) else codec.name
    return codec.name
