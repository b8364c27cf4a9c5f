"""Open an XML file as UTF-8 bytes, whatever its packing and encoding.

Packing: plain, gzip, or a zip archive with one file in it. Encoding: by byte order mark, by the
shape of the first bytes (XML 1.0, appendix F), by the XML declaration, else UTF-8. Nothing else
is ever opened: no DTD, no external entity, no network.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from glossary.errors import BadInputError

__all__ = ["CHUNK", "Limits", "utf8_chunks", "xml_encoding"]

#: Bytes read at once: large enough for speed, small enough for a flat memory profile.
CHUNK = 1 << 16


class Limits:
    """Where a packed file stops being a file and becomes an attack."""

    #: Unpacked bytes from which the ratio counts; a small file may well be very regular.
    RATIO_FROM = 64 << 20
    #: Generated memories of a million units pack up to 40:1; deflate reaches 1032:1.
    RATIO = 200
    #: Unpacked size of anything: beyond what any CAT tool takes (Trados and Phrase: 1 GB).
    SIZE = 16 << 30


_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Supersets that read what older labels promise: real files labelled GB2312 are GBK or GB18030.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}
_PACKED_NAMES = (".tmx", ".tbx", ".xml", ".xlf", ".xliff")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open the file itself, or what is packed in it."""
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
            magic = raw.read(4)
            raw.seek(0)
            if magic[:2] == b"\x1f\x8b":
                yield cast("IO[bytes]", stack.enter_context(gzip.open(raw)))
            elif magic == b"PK\x03\x04":
                archive = stack.enter_context(zipfile.ZipFile(raw))
                yield stack.enter_context(archive.open(_member(path, archive)))
            else:
                yield raw
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise BadInputError(
                f"the archive is damaged or encrypted: {error}",
                place=path,
                cure="unpack it yourself, or fetch it again",
            ) from error
        except OSError as error:
            raise BadInputError(
                f"cannot be read: {error.strerror or error}",
                place=path,
                cure="check its name and permissions",
            ) from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one file of the archive; its name is never used as a path."""
    files = [info for info in archive.infolist() if not info.is_dir()]
    wanted = [info for info in files if info.filename.lower().endswith(_PACKED_NAMES)]
    candidates = wanted or files
    if len(candidates) != 1:
        raise BadInputError(
            f"the archive holds {len(candidates)} files that could be meant",
            place=path,
            cure="unpack it and name one file",
        )
    return candidates[0]


def utf8_chunks(path: Path, *, errors: str = "strict") -> Iterator[bytes]:
    """Yield the XML text of ``path`` as UTF-8 in pieces, without a byte order mark.

    Args:
        path: the file; gzip and zip are unpacked.
        errors: as for :func:`codecs.decode`; UTF-8 itself is not decoded if it is ``strict``.

    Raises:
        BadInputError: the file cannot be opened, is empty, is packed to a suspicious degree, or
            is not in the encoding that it claims.
    """
    with _opened(path) as stream:
        head = stream.read(CHUNK)
        if not head:
            raise BadInputError(
                "the file is empty", place=path, cure="export it again from where it came"
            )
        encoding, skip = xml_encoding(head)
        pieces = _limited(path, stream, head[skip:])
        if encoding == "utf-8" and errors == "strict":
            yield from pieces
        else:
            yield from _decoded(path, pieces, encoding, errors)


def _limited(path: Path, stream: IO[bytes], head: bytes) -> Iterator[bytes]:
    packed_size = max(1, path.stat().st_size)
    total = 0
    piece = head
    while piece:
        total += len(piece)
        if total > Limits.SIZE or (
            total > Limits.RATIO_FROM and total > Limits.RATIO * packed_size
        ):
            raise BadInputError(
                f"unpacks to more than {total >> 20} MiB, which is out of proportion",
                place=path,
                cure="unpack it yourself if you trust it",
            )
        yield piece
        piece = stream.read(CHUNK)


def _decoded(path: Path, pieces: Iterator[bytes], encoding: str, errors: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    read = 0
    try:
        for piece in pieces:
            yield decoder.decode(piece).encode("utf-8", "replace")
            read += len(piece)
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
    except UnicodeError as error:
        raise BadInputError(
            f"is not valid {encoding} near byte {read + getattr(error, 'start', 0)}",
            place=path,
            cure="correct the encoding in its first line, or convert it to UTF-8",
        ) from error


def xml_encoding(head: bytes) -> tuple[str, int]:
    """Return the codec of a file that begins with ``head``, and the length of its BOM."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    # No BOM: "<" or white space with its zero byte before or after it.
    if (head[:1] == b"\0") != (head[1:2] == b"\0"):
        return ("utf-16-be" if head[:1] == b"\0" else "utf-16-le"), 0
    declared = _DECLARED.match(head)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
        "".encode(name)  # a LookupError if it is one of Python's codecs that are no encodings
    except LookupError:
        name = "utf-8"
    # A file that says UTF-16 in eight-bit characters was converted without its label.
    if name.startswith(("utf-16", "utf-32")):
        name = "utf-8"
    return _SUPERSETS.get(name, name), 0
