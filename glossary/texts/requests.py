"""Which text to read and what is known about it, as users write it on the command line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.errors import UsageError
from glossary.model import Authority, Source, valid_date
from glossary.texts.formats import FORMAT_OF_SUFFIX

__all__ = [
    "REQUEST_KEYS",
    "TextRequest",
    "default_id",
    "normalize_language",
    "parse_request",
    "request_from_fields",
    "unique_requests",
]

#: What can be said about a text, in the order in which messages list it.
REQUEST_KEYS = (
    "id",
    "title",
    "publisher",
    "language",
    "date",
    "authority",
    "kind",
    "url",
    "licence",
    "encoding",
)

_FIELDS = re.compile(r"\s*[A-Za-z_-]+\s*=")
_ITEM = re.compile(
    r"""\s*(?P<key>[^=,"']*?)\s*
        (?:=\s*(?P<value>"(?:[^"]|"")*"|'(?:[^']|'')*'|[^,"'][^,]*|)\s*)?
        (?P<end>,|$)""",
    re.VERBOSE,
)
# ``+`` and ``#`` join ids into those of bitexts and beads.
_NOT_IN_IDS = re.compile(r"[+#\s\x00-\x1f]+")
_TRADITIONAL_REGIONS = {"tw", "hk", "mo"}


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A file to read as a text.

    Attributes:
        path: the file; ``-`` is standard input.
        source: what is known about it. Its language may be empty (to be detected) or ``zh``
            (Chinese; the script is to be detected).
        encoding: the codec it is written in; None to detect it.
    """

    path: Path
    source: Source
    encoding: str | None = None


def normalize_language(tag: str) -> str:
    """Return ``zh-Hans``, ``zh-Hant``, ``zh`` (script unknown) or ``en`` for a BCP 47 tag.

    Script subtags decide, then regions: Taiwan, Hong Kong and Macao write traditional characters.

    Raises:
        ValueError: the tag is neither of Chinese nor of English.
    """
    primary, *subtags = tag.strip().lower().replace("_", "-").split("-")
    if primary in {"en", "eng"}:
        return "en"
    if primary in {"zh", "zho", "chi", "cmn"}:
        if "hant" in subtags or ("hans" not in subtags and _TRADITIONAL_REGIONS & set(subtags)):
            return "zh-Hant"
        return "zh-Hans" if subtags else "zh"
    raise ValueError(f"unknown language {tag!r}; known are zh, zh-CN, zh-TW, zh-Hans, zh-Hant, en")


def default_id(path: Path) -> str:
    """Return the id of the source in ``path``: the file's name without the suffix of its format."""
    if str(path) == "-":
        return "stdin"
    name = path.stem if path.suffix.lower() in FORMAT_OF_SUFFIX else path.name
    return _NOT_IN_IDS.sub("-", name)


def request_from_fields(path: Path, fields: Mapping[str, str]) -> TextRequest:
    """Return the request for ``path`` with the given fields of :data:`REQUEST_KEYS`.

    Raises:
        UsageError: a key is unknown or a value invalid; the message names it.
    """
    unknown = sorted(set(fields) - set(REQUEST_KEYS))
    if unknown:
        raise UsageError(
            f"unknown key {unknown[0]!r}", place=path, cure=f"known are {', '.join(REQUEST_KEYS)}"
        )
    language = fields.get("language", "")
    date = fields.get("date") or None
    identifier = fields.get("id") or default_id(path)
    try:
        authority = Authority.from_label(fields.get("authority") or Authority.UNOFFICIAL.label)
        language = normalize_language(language) if language else ""
    except ValueError as error:
        raise UsageError(str(error), place=path) from error
    try:
        date = None if date is None else valid_date(date)
    except ValueError as error:
        raise UsageError(
            f"date {date!r} is not a date", place=path, cure="write 2023-05-05, 2023-05 or 2023"
        ) from error
    if _NOT_IN_IDS.search(identifier):
        raise UsageError(f"id {identifier!r} may not hold '+', '#' or white space", place=path)
    return TextRequest(
        path=path,
        source=Source(
            id=identifier,
            title=fields.get("title", ""),
            publisher=fields.get("publisher", ""),
            language=language,
            date=date,
            authority=authority,
            kind=fields.get("kind", ""),
            url=fields.get("url", ""),
            licence=fields.get("licence", ""),
        ),
        encoding=fields.get("encoding") or None,
    )


def parse_request(text: str) -> TextRequest:
    """Return the request that a command-line argument stands for.

    The form is ``PATH`` or ``PATH:key=value,key=value``, with the keys of :data:`REQUEST_KEYS`.
    Values that hold commas stand in single or double quotes, which are doubled inside. A path may
    itself hold colons: the file that exists decides, else the first colon before a ``key=``.

    Raises:
        UsageError: a key is unknown, stands twice or has no value, or a value is invalid.
    """
    path, fields = _split(text)
    if not path:
        raise UsageError(f"no file is named in {text!r}", cure="write FILE:key=value,…")
    return request_from_fields(Path(path), _parse_fields(fields, path))


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _split(text: str) -> tuple[str, str]:
    """Split an argument into its path and its fields, which may be empty."""
    if _exists(text):
        return text, ""
    colons = [place for place, character in enumerate(text) if character == ":"]
    before_fields = [place for place in colons if _FIELDS.match(text, place + 1)]
    existing = [place for place in before_fields if _exists(text[:place])]
    for place in existing or before_fields:
        return text[:place], text[place + 1 :]
    # "a.txt:official" is a slip, not a file of that name, if there is an a.txt.
    for place in colons:
        if _exists(text[:place]):
            return text[:place], text[place + 1 :]
    return text, ""


def _parse_fields(text: str, path: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    position = 0
    while position < len(text):
        item = _ITEM.match(text, position)
        if item is None:
            raise UsageError(
                f"cannot read {text[position:]!r}",
                place=path,
                cure="write key=value,key=value and quote values that hold commas",
            )
        position = item.end()
        key, value = item["key"].lower(), item["value"]
        if value is None:
            if not key:
                continue
            raise UsageError(
                f"{key!r} has no value",
                place=path,
                cure="write key=value,key=value and quote values that hold commas",
            )
        if key in fields:
            raise UsageError(f"{key!r} is given twice", place=path)
        if value[:1] in {'"', "'"}:
            quote = value[0]
            value = value[1:-1].replace(quote * 2, quote)
        fields[key] = value.strip()
    return fields


def unique_requests(requests: Iterable[TextRequest]) -> tuple[TextRequest, ...]:
    """Return the requests with ids that differ.

    Ids taken from file names are made distinct by the folder's name, then by a number.

    Raises:
        UsageError: two requests were given the same id, or name the same file and language.
    """
    given = tuple(requests)
    seen: set[tuple[Path, str]] = set()
    for request in given:
        key = (request.path, request.source.language)
        if key in seen:
            raise UsageError("is named twice", place=request.path)
        seen.add(key)
    counts = Counter(request.source.id for request in given)
    named = Counter(
        request.source.id for request in given if request.source.id != default_id(request.path)
    )
    for identifier, count in named.items():
        if count > 1:
            raise UsageError(f"two texts have the id {identifier!r}", cure="give each its own id=")
    taken = {identifier for identifier, count in counts.items() if count == 1} | set(named)
    result: list[TextRequest] = []
    for request in given:
        identifier = request.source.id
        if counts[identifier] > 1 and identifier == default_id(request.path):
            identifier = _distinct(request, taken)
            taken.add(identifier)
        result.append(replace(request, source=replace(request.source, id=identifier)))
    return tuple(result)


def _distinct(request: TextRequest, taken: set[str]) -> str:
    own = request.source.id
    folder = _NOT_IN_IDS.sub("-", request.path.absolute().parent.name)
    choices = [f"{folder}-{own}" if folder else own, f"{own}.{request.source.language or 'text'}"]
    number = 2
    while choices[0] in taken:
        choices.pop(0)
        if not choices:
            choices.append(f"{own}-{number}")
            number += 1
    return choices[0]
