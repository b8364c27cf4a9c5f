"""An annotated text as one printable page, with the renderings in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from glossary.annotate.annotation import Annotation, Mark
from glossary.annotate.display import rendering_of, summary
from glossary.files import write_text
from glossary.publish.markup import SELF_CONTAINED, Markup, element, page, resource

__all__ = ["write_page"]


def write_page(annotation: Annotation, path: Path) -> None:
    """Write a text with its terms marked as a page that needs nothing but itself.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    document = annotation.document
    title = document.source.title or document.source.id
    marks = dict(annotation.by_segment())
    rows = []
    for paragraph in document.paragraphs():
        spoken = [marks[segment.index] for segment in paragraph]
        text = [list(_marked(segment.text, marks[segment.index])) for segment in paragraph]
        rows.append(
            element(
                "section",
                element("p", *text, attributes={"lang": document.language}),
                element("dl", _notes([mark for group in spoken for mark in group])),
            )
        )
    unknown = annotation.unknown()
    work = (
        element("h2", "Not in the termbase"),
        element(
            "ul",
            [element("li", text, attributes={"lang": document.language}) for text in unknown],
            attributes={"class": "unknown"},
        ),
    )
    write_text(
        path,
        page(
            element("header", element("h1", title), element("p", summary(annotation))),
            element("main", rows, work if unknown else ()),
            title=title,
            language="en",
            head=element("style", resource("annotation.css", "glossary.annotate")),
            policy=SELF_CONTAINED,
        ),
    )


def _marked(text: str, marks: Sequence[Mark]) -> Iterator[Markup | str]:
    position = 0
    for mark in marks:
        yield text[position : mark.start]
        kind = {"class": "known" if mark.concept else "unknown", "title": rendering_of(mark)}
        yield element("mark", mark.text, attributes=kind)
        position = mark.end
    yield text[position:]


def _notes(marks: Sequence[Mark]) -> Iterator[Markup]:
    """Yield each term of a paragraph once with its renderings."""
    for mark in {mark.text: mark for mark in marks}.values():
        if mark.concept is None:
            continue
        yield element("dt", mark.text, attributes={"lang": "zh"})
        for term in mark.renderings:
            yield element("dd", term.text)
        for term in mark.others:
            yield element("dd", element("s", term.text), f" {term.note}" if term.note else "")
