"""The project file ``tifa.toml``: the texts of a project and what is known about them."""

from __future__ import annotations

import datetime
import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError, TifaError
from glossary.files import write_text
from glossary.texts.encodings import decode
from glossary.texts.requests import (
    REQUEST_KEYS,
    TextRequest,
    default_id,
    request_from_fields,
    unique_requests,
)
from tmx.languages import EXCHANGE_TAGS

__all__ = ["PROJECT_FILE", "Project", "load_project", "render_project", "write_project"]

#: The name a project file has unless the user chose another.
PROJECT_FILE = "tifa.toml"

_TOP_KEYS = ("title", "export", "text")
_EXPORT_KEYS = ("languages",)
_TEXT_KEYS = ("path", *REQUEST_KEYS)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TOML_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")

_HEAD = """\
# A project of tifa: the texts and what is known about them.
# Everything but the paths may be left out. Run:  tifa build {name} -o OUT
"""
_EXPORT = """
# The language codes that exchange files carry; these are the defaults.
[export.languages]
"""
_TEXTS = """
# One [[text]] for each text. Paths are relative to this file.
#   authority: official, semi-official, unofficial or machine; a higher one wins where
#              renderings compete, and a machine's is never preferred.
#   date:      the day from which the wording is attested: 2023-05-05, 2023-05 or 2023.
#   language:  zh-Hans, zh-Hant or en; found in the text if it is not given.
#   encoding:  found in the file if it is not given.
"""
_HINTS = {
    "id": "short name of the source, unique in the project",
    "title": "",
    "publisher": "",
    "language": "",
    "date": "",
    "authority": "",
    "kind": "speech, law, article, translation …",
    "url": "",
    "licence": "",
    "encoding": "",
}
_EXAMPLE = """
# [[text]]
# path = "speech.zh.txt"
# title = "…"
# date = "2023-03-01"
# authority = "official"

# [[text]]
# path = "speech.en.txt"
# publisher = "…"
# authority = "official"
"""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says.

    Attributes:
        path: the file.
        title: the title of the glossary, or empty.
        texts: the texts in the file's order, with paths that hold from the working directory.
        languages: pairs of a language tag (``zh-Hans``) and the code (``zh-CN``) that exchange
            files are to carry for it; those that the file does not name are left out.
    """

    path: Path
    title: str
    texts: tuple[TextRequest, ...]
    languages: tuple[tuple[str, str], ...] = ()


def load_project(path: Path) -> Project:
    """Read a project file.

    Raises:
        BadInputError: the file is missing or no TOML, holds an unknown key or an invalid value, or
            lists no texts; the message names the text it is about.
    """
    if path.is_dir():
        path /= PROJECT_FILE
    tables = _parse(path)
    _check_keys(tables, _TOP_KEYS, path, "")
    export = _table(tables.get("export", {}), path, "[export]")
    _check_keys(export, _EXPORT_KEYS, path, "[export]: ")
    texts = tables.get("text", [])
    if not isinstance(texts, list) or not texts:
        raise BadInputError(
            "lists no texts", place=path, cure='add [[text]] with path = "…" for each'
        )
    requests = [_request(text, number, path) for number, text in enumerate(texts, start=1)]
    try:
        unique = unique_requests(requests)
    except TifaError as error:
        raise BadInputError(str(error), place=path) from error
    return Project(
        path=path,
        title=_string(tables.get("title", ""), path, "title"),
        texts=unique,
        languages=_languages(export.get("languages", {}), path),
    )


def _parse(path: Path) -> dict[str, object]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadInputError("does not exist", place=path, cure="tifa init writes one") from error
    except OSError as error:
        raise BadInputError(f"cannot be read: {error.strerror}", place=path) from error
    try:
        return tomllib.loads(decode(data, place=path).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        where = _TOML_LINE.search(str(error))
        what = _TOML_LINE.sub("", str(error)).strip()
        raise BadInputError(
            f"is not valid TOML: {what}", place=path, line=int(where[1]) if where else None
        ) from error


def _check_keys(table: Mapping[str, object], known: Sequence[str], path: Path, item: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise BadInputError(
            f"{item}unknown key {unknown[0]!r}", place=path, cure=f"known are {', '.join(known)}"
        )


def _table(value: object, path: Path, item: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadInputError(f"{item} is not a table", place=path)
    return value


def _string(value: object, path: Path, item: str) -> str:
    # TOML has dates, and a bare year is an integer there.
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadInputError(f"{item} is not a string", place=path, cure="put it in quotes")
    return value


def _request(value: object, number: int, path: Path) -> TextRequest:
    item = f"text {number}"
    table = _table(value, path, item)
    _check_keys(table, _TEXT_KEYS, path, f"{item}: ")
    fields = {key: _string(entry, path, f"{item}: {key}") for key, entry in table.items()}
    name = fields.pop("path", "")
    if not name:
        raise BadInputError(f"{item} has no path", place=path, cure='add path = "…"')
    try:
        return request_from_fields(path.parent / name, fields)
    except TifaError as error:
        raise BadInputError(f"{item} ({name}): {error.what}", place=path) from error


def _languages(value: object, path: Path) -> tuple[tuple[str, str], ...]:
    table = _table(value, path, "[export.languages]")
    _check_keys(table, tuple(EXCHANGE_TAGS), path, "[export.languages]: ")
    codes = {key: _string(code, path, f"[export.languages]: {key}") for key, code in table.items()}
    for key, code in codes.items():
        if not _TAG.fullmatch(code):
            raise BadInputError(
                f"[export.languages]: {code!r} is no language code for {key}",
                place=path,
                cure=f'write {key} = "{EXCHANGE_TAGS[key]}"',
            )
    return tuple(codes.items())


def render_project(
    requests: Sequence[TextRequest], *, title: str = "", folder: Path | None = None
) -> str:
    """Return a commented project file for texts; :func:`load_project` reads it back.

    Args:
        requests: the texts; with none, the file shows by an example how they are written.
        title: the title of the glossary.
        folder: where the file is to stand; paths are written relative to it where they can be.
    """
    parts = [_HEAD.format(name=PROJECT_FILE), "\n", f"title = {_quote(title)}\n", _EXPORT]
    parts += [f"{tag} = {_quote(code)}\n" for tag, code in EXCHANGE_TAGS.items()]
    parts.append(_TEXTS)
    if not requests:
        parts.append(_EXAMPLE)
    for request in unique_requests(requests):
        parts.append(f"\n[[text]]\npath = {_quote(_relative(request.path, folder))}\n")
        for key, value in _fields(request).items():
            hint = f"  # {_HINTS[key]}" if _HINTS[key] and not value else ""
            parts.append(f"{'' if value else '# '}{key} = {_quote(value)}{hint}\n")
    return "".join(parts)


def write_project(path: Path, requests: Sequence[TextRequest], *, title: str = "") -> None:
    """Write a commented project file for texts.

    Raises:
        OutputError: it cannot be written.
    """
    write_text(path, render_project(requests, title=title, folder=path.parent))


def _fields(request: TextRequest) -> dict[str, str]:
    """Return the fields as a file writes them; those that need not be said are empty."""
    source = request.source
    known = source.id == default_id(request.path)
    return {
        "id": "" if known else source.id,
        "title": source.title,
        "publisher": source.publisher,
        "language": source.language,
        "date": source.date or "",
        "authority": source.authority.label,
        "kind": source.kind,
        "url": source.url,
        "licence": source.licence,
        "encoding": request.encoding or "",
    }


def _relative(path: Path, folder: Path | None) -> str:
    if folder is None:
        return path.as_posix()
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        # On another drive.
        return path.absolute().as_posix()


def _quote(text: str) -> str:
    """Return a TOML basic string: JSON's, which leaves the delete character as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
