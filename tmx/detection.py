"""Tell the format of a file by its name and by what it begins with."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

from glossary.errors import BadInputError, UsageError
from tmx.jsonlines import SCHEMA
from tmx.registry import Codec, codec, codec_for

__all__ = ["codec_of"]

#: Formats whose endings say little: what the file begins with goes before them.
_GENERIC = frozenset({"jsonl", "jsonl-memory", "omegat", "csv", "tsv"})
_ROOTS = {
    "tmx": "tmx",
    "martif": "tbx2",
    "tbx": "tbx3",
    "mtf": "multiterm",
    "xliff": "xliff2",
}
_ROOT = re.compile(r"<(?:\w+:)?([A-Za-z]\w*)[\s/>]")
_HEAD = 4096


def codec_of(path: Path) -> Codec:
    """Return the codec that reads a file.

    Raises:
        BadInputError: the file cannot be opened.
        UsageError: neither its ending nor its beginning tells a format.
    """
    told = _told(path)
    try:
        by_ending = codec_for(path)
    except UsageError:
        if told is None:
            raise
        return codec(told)
    if told is not None and by_ending.CODEC.name in _GENERIC:
        return codec(told)
    return by_ending


def _told(path: Path) -> str | None:
    """Return the name of the format that a file's first bytes tell, if they do."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise BadInputError(
            f"cannot be read: {error.strerror or error}",
            place=path,
            cure="check its name and permissions",
        ) from error
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.upper().startswith("#UTX"):
        return "utx"
    if text.startswith("<"):
        root = _ROOT.search(re.sub(r"<[?!].*?>", "", text, flags=re.DOTALL))
        return _ROOTS.get(root[1]) if root else None
    first = text.partition("\n")[0]
    if first.startswith("Entry_ID") or ("Term_Info" in first and "Term_Example" in first):
        return "memoq"
    if first.startswith("{") and SCHEMA in first:
        return "jsonl-memory" if '"kind":"memory"' in _compact(first) else "jsonl"
    return None


def _compact(line: str) -> str:
    try:
        return json.dumps(json.loads(line), separators=(",", ":"))
    except ValueError:
        return line
