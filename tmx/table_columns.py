"""What the columns of a table hold: told by their headings, or by the user's mapping."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError, UsageError
from tmx.languages import internal_tag

__all__ = ["FIELDS", "Columns", "language_named", "parse_mapping", "resolve_columns"]

#: What a column may hold besides a language's terms. The first group says something about the
#: rendering of the row, the second about its concept; the last is written for people and not read.
FIELDS = (
    *("status", "authority", "valid_from", "valid_to", "part_of_speech", "term_type", "note"),
    *("concept", "kind", "subject_field", "definition", "concept_note", "review"),
    *("sources", "dates", "count", "score"),
)
#: Headings that tables from elsewhere have, in lower case with spaces for every other character.
_SYNONYMS = {
    "concept id": "concept",
    "id": "concept",
    "entry id": "concept",
    "term status": "status",
    "usage status": "status",
    "administrative status": "status",
    "pos": "part_of_speech",
    "word class": "part_of_speech",
    "domain": "subject_field",
    "subject": "subject_field",
    "category": "subject_field",
    "description": "definition",
    "notes": "note",
    "comment": "note",
    "comments": "note",
    "remark": "note",
    "type": "term_type",
    "状态": "status",
    "词性": "part_of_speech",
    "领域": "subject_field",
    "定义": "definition",
    "释义": "definition",
    "备注": "note",
    "注释": "note",
}
_LANGUAGE_NAMES = {
    "chinese": "zh-Hans",
    "simplified chinese": "zh-Hans",
    "chinese simplified": "zh-Hans",
    "chinese prc": "zh-Hans",
    "mandarin": "zh-Hans",
    "中文": "zh-Hans",
    "汉语": "zh-Hans",
    "简体中文": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese traditional": "zh-Hant",
    "chinese taiwan": "zh-Hant",
    "繁体中文": "zh-Hant",
    "繁體中文": "zh-Hant",
    "english": "en",
    "english united states": "en",
    "english united kingdom": "en",
    "英文": "en",
    "英语": "en",
}
#: Headings that are taken for a language code: those of Chinese and English, and others only with
#: a region or script, for "id", "no" and "pos" have the form of a code too.
_CODE = re.compile(
    r"((?:zh|cmn|chi|zho|en|eng)(?:[-_][a-z0-9]{2,8})*|[a-z]{2,3}[-_][a-z]{2,4})(?:\.\d+)?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by their 0-based position.

    Attributes:
        languages: the language of each column of terms, the source language's first.
        fields: the field of each other column that is known.
        header: whether the table's first row holds headings.
    """

    languages: tuple[tuple[int, str], ...]
    fields: tuple[tuple[int, str], ...]
    header: bool

    def holds(self, field: str) -> bool:
        """Return whether a column holds that field."""
        return any(name == field for _, name in self.fields)


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Return a mapping of columns from ``zh=Chinese,en=English,status=Status``.

    A heading that has a comma stands in quotation marks: ``'"note=Remarks, other"'``. A number
    names a column by its 1-based position.

    Raises:
        UsageError: a part is not of that form, or names neither a language nor a field.
    """
    mapping: dict[str, str] = {}
    for part in (part for text in texts for part in next(csv.reader([text]), [])):
        name, equals, heading = (piece.strip() for piece in part.partition("="))
        if not (name and equals and heading):
            raise UsageError(f"--map {part!r}", cure="write it as zh=Chinese,en=English")
        if name not in FIELDS and not _LANGUAGE.fullmatch(name):
            raise UsageError(
                f"--map {part!r}: {name!r} is neither a language nor a field",
                cure=f"the fields are {', '.join(FIELDS)}",
            )
        mapping[name] = heading
    return mapping


def resolve_columns(path: Path, first: Sequence[str], mapping: Mapping[str, str]) -> Columns:
    """Return what the columns of a table hold.

    Args:
        path: the table, for messages.
        first: the cells of its first row.
        mapping: heading or position by language or field; headings that tell what they are need
            none.

    Raises:
        BadInputError: the first row names no two languages, or has not the headings of the mapping.
    """
    headings = [_plain(cell) for cell in first]
    found: dict[int, str] = {}
    by_position = bool(mapping) and all(value.isdecimal() for value in mapping.values())
    for name, value in mapping.items():
        if _plain(value) in headings:
            found[headings.index(_plain(value))] = name
        elif value.isdecimal() and 0 < int(value) <= len(first):
            found[int(value) - 1] = name
        else:
            raise BadInputError(
                f"no column is headed {value!r}",
                place=path,
                line=1,
                cure=f"the headings are {', '.join(first)[:200]}",
            )
    told = {index: name for index, cell in enumerate(first) if (name := _told(cell))}
    header = bool(told) or not by_position
    mapped = set(found.values())
    for index, name in told.items():
        if index not in found and name not in mapped:
            found[index] = name
    fields = {index: name for index, name in found.items() if name in FIELDS}
    languages = {
        index: internal_tag(name.partition(".")[0])
        for index, name in found.items()
        if index not in fields
    }
    if len(languages) < 2:
        raise BadInputError(
            "the first row does not name the columns of two languages",
            place=path,
            line=1,
            cure="give the columns headings like zh and en, or name them: --map zh=1,en=2",
        )
    ordered = sorted(languages.items(), key=lambda item: (not item[1].startswith("zh"), item[0]))
    return Columns(tuple(ordered), tuple(sorted(fields.items())), header)


def language_named(heading: str) -> str:
    """Return the language that a heading names in words (``Chinese_PRC``), or an empty string."""
    return _LANGUAGE_NAMES.get(_plain(heading), "")


def _plain(heading: str) -> str:
    """Return a heading in lower case, its words joined by single spaces."""
    return " ".join(re.sub(r"[^\w.-]+|_", " ", heading).lower().split())


def _told(heading: str) -> str:
    """Return the language or field that a heading names, or an empty string."""
    heading = heading.strip().lstrip("\ufeff#")
    plain = _plain(heading)
    field = plain.replace(" ", "_")
    if field in FIELDS:
        return field
    if plain.endswith(" context"):
        return ""
    if name := _SYNONYMS.get(plain) or _LANGUAGE_NAMES.get(plain):
        return name
    return heading if _CODE.fullmatch(heading) else ""
