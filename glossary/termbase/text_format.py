"""A glossary as plain text for version control: one concept a block, one fact a line.

::

    tifa-glossary 1

    source: essay
      language: zh-Hans
      date: 2023-05

    concept: c0123456789ab
      subject_field: internet
      term: 网络强国
        language: zh-Hans
        attestation: 网络强国
          source_id: essay
          segment: 3
          span: [6, 10]
          context: 要加快建设网络强国。

Fields are the model's; those with their default value are left out. A record's line names it, its
other fields stand two spaces further in. Text stands as it is unless that would be ambiguous
(line breaks, spaces at its ends, a quotation mark first): then it is a JSON string. Concepts are
ordered by head and id, sources by id, so that a change in one concept changes one block.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from glossary.errors import BadInputError
from glossary.model import Attestation, Concept, Glossary, Score, Source, Term
from glossary.plain import from_plain, to_plain

__all__ = ["dump_text", "parse_text"]

_HEADER = "tifa-glossary 1"
_INDENT = "  "

#: Records: their class and the field that stands on their own line.
_RECORDS: dict[str, tuple[Any, str]] = {
    "source": (Source, "id"),
    "concept": (Concept, "id"),
    "term": (Term, "text"),
    "attestation": (Attestation, "surface"),
    "score": (Score, "method"),
}
#: Fields that repeat, by the name of their lines.
_LISTS = {
    "term": "terms",
    "attestation": "attestations",
    "cross_reference": "cross_references",
}
_LINES = {field: line for line, field in _LISTS.items()}
#: Fields that are numbers or lists of them, and stand as JSON.
_JSON = frozenset({"segment", "span", "value", "evidence"})


def dump_text(glossary: Glossary) -> str:
    """Return a glossary as text: the same for the same concepts and sources in any order."""
    blocks = [
        *(_record("source", source) for source in sorted(glossary.sources, key=lambda s: s.id)),
        *(
            _record("concept", concept)
            for concept in sorted(glossary.concepts, key=lambda c: (_head(c), c.id))
        ),
    ]
    return "\n\n".join([_HEADER, *("\n".join(block) for block in blocks)]) + "\n"


def _head(concept: Concept) -> str:
    return concept.head if concept.terms else ""


def _record(name: str, value: Any, level: int = 0) -> Iterator[str]:  # noqa: ANN401
    kind, title = _RECORDS[name]
    indent = _INDENT * level
    yield f"{indent}{name}: {_text(getattr(value, title))}"
    for field in dataclasses.fields(kind):
        item = getattr(value, field.name)
        if field.name == title or item == field.default:
            continue
        line = _LINES.get(field.name, field.name)
        for part in item if field.name in _LINES else (item,):
            if line in _RECORDS:
                yield from _record(line, part, level + 1)
            elif line in _JSON:
                yield f"{indent}{_INDENT}{line}: {json.dumps(to_plain(part), ensure_ascii=False)}"
            else:
                yield f"{indent}{_INDENT}{line}: {_text(to_plain(part))}"


def _text(text: str) -> str:
    plain = text == text.strip() and text.isprintable() and not text.startswith('"')
    return text if plain else json.dumps(text, ensure_ascii=False)


def parse_text(text: str, place: Path) -> Glossary:
    """Return the glossary that ``dump_text`` wrote, concepts and sources as they stand.

    Args:
        text: the file's content.
        place: the file, for messages.

    Raises:
        BadInputError: it is no such text; the message names the line.
    """
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    if lines[0].rstrip() != _HEADER:
        raise BadInputError(
            f"does not begin with {_HEADER!r}", place=place, line=1, cure="tifa export writes one"
        )
    found: dict[str, list[Any]] = {"source": [], "concept": []}
    for start, name, plain in _top_records(lines, place):
        try:
            found[name].append(from_plain(_RECORDS[name][0], plain))
        except ValueError as error:
            raise BadInputError(str(error), place=place, line=start) from error
    return Glossary(tuple(found["concept"]), tuple(found["source"]))


def _top_records(lines: Iterable[str], place: Path) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield the line, the kind and the plain value of each source and concept."""

    def fail(what: str, cure: str | None = None) -> NoReturn:
        raise BadInputError(what, place=place, line=number, cure=cure)

    top: tuple[int, str, dict[str, Any]] | None = None
    stack: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if number == 1 or not line.strip():
            continue
        content = line.lstrip(" ")
        level, odd = divmod(len(line) - len(content), len(_INDENT))
        name, colon, rest = content.partition(":")
        if odd or level > len(stack):
            fail("is indented wrongly", "two spaces for each level")
        if not colon or (rest and not rest.startswith(" ")):
            fail(f"is not of the form 'name: text': {content[:40]!r}")
        if level == 0:
            if top:
                yield top
            if name not in {"source", "concept"}:
                fail(f"{name!r} cannot stand here", "sources and concepts begin a line")
            value = _value(name, rest[1:], fail)
            top = (number, name, value)
            stack = [value]
            continue
        del stack[level:]
        value = _value(name, rest[1:], fail)
        if name in _LISTS:
            stack[-1].setdefault(_LISTS[name], []).append(value)
        elif name in stack[-1]:
            fail(f"{name} is given twice")
        else:
            stack[-1][name] = value
        if name in _RECORDS:
            stack.append(value)
    if top:
        yield top


def _value(name: str, text: str, fail: Any) -> Any:  # noqa: ANN401
    plain: Any = text
    if name in _JSON or text.startswith('"'):
        try:
            plain = json.loads(text)
        except json.JSONDecodeError:
            fail(f"{name} is not JSON: {text[:40]!r}", "quote the text as JSON does")
    if name not in _RECORDS:
        return plain
    # The one list without a default: a concept may have lost its terms.
    return {_RECORDS[name][1]: plain} | ({"terms": []} if name == "concept" else {})
