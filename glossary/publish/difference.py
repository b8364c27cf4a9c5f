"""What differs between two glossaries: as text, as plain values for JSON, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from glossary.files import write_text
from glossary.lookup.display import Style, describe_status, plain_text
from glossary.model import Attestation, Concept, Score, Source, Term
from glossary.plain import to_plain
from glossary.publish.markup import SELF_CONTAINED, Markup, element, page, resource
from glossary.termbase.difference import (
    ConceptChange,
    Difference,
    FieldChange,
    SourceChange,
    TermChange,
)

__all__ = ["JSON_SCHEMA", "describe_value", "to_json", "to_text", "write_page"]

JSON_SCHEMA = "tifa.diff/1"

# Lines of a difference: the sign before it and the role it is painted in.
_ADDED, _REMOVED, _CHANGED = ("+", "good"), ("-", "bad"), ("~", "plain")
_Line = tuple[tuple[str, str], str]


def to_text(difference: Difference, style: Style = plain_text) -> str:
    """Return a difference for people: concepts, and below each what became of it."""
    lines = [
        f"{'  ' * level}{style(f'{mark[0]} {text}', mark[1])}"
        for level, (mark, text) in _lines(difference)
    ]
    return "\n".join([*lines, summary(difference)])


def summary(difference: Difference) -> str:
    """Return the numbers of what was added, removed and changed."""
    return (
        f"{len(difference.added)} concepts added, {len(difference.removed)} removed, "
        f"{len(difference.changed)} changed; {len(difference.sources)} sources differ"
    )


def to_json(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain values with the model's field names."""
    return {
        "schema": JSON_SCHEMA,
        "added": [to_plain(concept) for concept in difference.added],
        "removed": [to_plain(concept) for concept in difference.removed],
        "changed": [
            {
                "id": change.before.id,
                "head": _head(change.after),
                "fields": [_plain_field(field) for field in change.fields],
                "terms": [_plain_sides(term) for term in change.terms],
            }
            for change in difference.changed
        ],
        "sources": [_plain_sides(source) for source in difference.sources],
    }


def write_page(difference: Difference, path: Path, *, before: str, after: str) -> None:
    """Write a difference as one page that needs nothing but itself.

    Args:
        difference: what to show.
        path: of the page, which is replaced if it is there.
        before: name of the first glossary, for the title.
        after: name of the second.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    title = f"{before} → {after}"
    write_text(
        path,
        page(
            element("header", element("h1", title), element("p", summary(difference))),
            element("main", _list(list(_lines(difference)))),
            title=title,
            language="en",
            head=element("style", resource("difference.css")),
            policy=SELF_CONTAINED,
        ),
    )


def _list(lines: Sequence[tuple[int, _Line]]) -> Markup:
    """Return lines as nested lists."""
    items = []
    index = 0
    while index < len(lines):
        level, (mark, text) = lines[index]
        end = next((n for n in range(index + 1, len(lines)) if lines[n][0] <= level), len(lines))
        inner = _list(lines[index + 1 : end]) if end > index + 1 else ""
        name = {"+": "ins", "-": "del"}.get(mark[0], "span")
        items.append(element("li", element(name, text), inner))
        index = end
    return element("ul", items)


def _lines(difference: Difference) -> Iterator[tuple[int, _Line]]:
    for concept in difference.added:
        yield 0, (_ADDED, _head(concept))
        for term in concept.terms[1:]:
            yield 1, (_ADDED, _describe(term))
    for concept in difference.removed:
        yield 0, (_REMOVED, _head(concept))
    for change in difference.changed:
        yield 0, (_CHANGED, _head(change.after))
        yield from _change_lines(change)
    for source in difference.sources:
        yield from _side_lines(0, source, f"source {_id(source)}")


def _change_lines(change: ConceptChange) -> Iterator[tuple[int, _Line]]:
    for field in change.fields:
        yield 1, (_CHANGED, _describe_field(field))
    for term in change.terms:
        yield from _side_lines(1, term, _describe(term.term))


def _side_lines(
    level: int, change: TermChange | SourceChange, name: str
) -> Iterator[tuple[int, _Line]]:
    mark = _ADDED if change.before is None else _REMOVED if change.after is None else _CHANGED
    yield level, (mark, name)
    for field in change.fields:
        yield level + 1, (_CHANGED, _describe_field(field))


def _head(concept: Concept) -> str:
    return concept.head if concept.terms else concept.id


def _id(change: SourceChange) -> str:
    source = change.after or change.before
    assert isinstance(source, Source)
    return source.id


def _describe(term: Term) -> str:
    return f"{term.language} {term.text} ({describe_status(term)}, {term.authority.label})"


def _describe_field(field: FieldChange) -> str:
    name = field.name.replace("_", " ")
    if field.name == "attestations":
        before, after = (_places(side) for side in (field.before, field.after))
        return f"{name}: {len(after - before)} more, {len(before - after)} fewer"
    return f"{name}: {describe_value(field.before)} → {describe_value(field.after)}"


def _places(attestations: object) -> set[Attestation]:
    assert isinstance(attestations, tuple)
    return set(attestations)


def describe_value(value: object) -> str:
    """Return the value of a field of the model in a few words."""
    if isinstance(value, Term):
        return _describe(value)
    if isinstance(value, Concept):
        return _head(value)
    if value in (None, "", ()):
        return "nothing"
    if isinstance(value, Score):
        return f"{value.value:.2f} ({value.method})"
    plain = to_plain(value)
    if not isinstance(plain, list):
        return str(plain)
    # The order of terms is told by their keys: language, text, count.
    return ", ".join(item[1] if isinstance(item, list) else str(item) for item in plain)


def _plain_field(field: FieldChange) -> dict[str, Any]:
    return {
        "field": field.name,
        "before": to_plain(field.before),
        "after": to_plain(field.after),
    }


def _plain_sides(change: TermChange | SourceChange) -> dict[str, Any]:
    return {
        "before": to_plain(change.before),
        "after": to_plain(change.after),
        "fields": [field.name for field in change.fields],
    }
