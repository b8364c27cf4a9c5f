"""The aligned texts side by side, as one page that needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from glossary.align.passages import changed_passages, crossing_beads, describe
from glossary.files import write_text
from glossary.model import (
    Bead,
    BeadKind,
    Bitext,
    Concept,
    Document,
    Glossary,
    Segment,
    SegmentRole,
    Source,
    Term,
)
from glossary.publish.entries import Mark, entries, mark
from glossary.publish.markup import SELF_CONTAINED, Markup, element, page, resource
from glossary.publish.spans import Occurrence, occurrences, pieces

__all__ = ["REVIEW_BELOW", "write_alignment"]

#: Beads with a lower score are marked for review, here and in the report. Of those that score more
#: 99 % are right over the gold texts, each held out, and 14 % score less; in novels alone 98 % and
#: 24 % (docs/evaluation.md has the curve).
REVIEW_BELOW = 0.9

_FILTERS = (
    ("all", "all"),
    ("review", "to review"),
    ("onesided", "without a counterpart"),
    ("uneven", "not one to one"),
)


def write_alignment(
    bitext: Bitext,
    glossary: Glossary,
    path: Path,
    *,
    title: str = "",
    review_below: float = REVIEW_BELOW,
) -> None:
    """Write the renditions of a bitext beside each other, a row a bead, with the terms marked.

    The page is complete without scripts and makes no request; its size grows with the texts and
    the attestations. A term is marked where an attestation of its concept says it stands.

    Args:
        bitext: its documents are the columns, its beads the rows.
        glossary: its attestations name segments of the bitext's documents.
        path: of the page, which is replaced if it is there.
        title: of the page; the pivot's title by default.
        review_below: beads with a lower score are marked for review.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    pivot = bitext.documents[0].source
    title = title or pivot.title or pivot.id
    places = _places(bitext, glossary)
    content = [
        element(
            "header",
            element("h1", title),
            _legend(bitext, review_below),
            _passages(bitext),
            _controls(),
            attributes={"class": "top"},
        ),
        element("main", _table(bitext, glossary, review_below), _terms(glossary, places)),
        element("footer", element("p", f"Aligned by {bitext.method}.")),
        element("script", resource("alignment.js")),
    ]
    write_text(
        path,
        page(
            *content,
            title=title,
            language="en",
            head=element("style", resource("alignment.css")),
            policy=SELF_CONTAINED,
        ),
    )


def _anchor(concept: Concept) -> str:
    """Return an id that is one token in HTML and in a URL, whatever the concept's id holds."""
    return "term-" + quote(concept.id, safe="")


def _places(bitext: Bitext, glossary: Glossary) -> dict[str, list[int]]:
    """Return the beads in which each concept is attested, by concept id, ascending."""
    beads = {
        (document.source.id, segment): index
        for index, bead in enumerate(bitext.beads)
        for document, group in zip(bitext.documents, bead.members, strict=True)
        for segment in group
    }
    found: dict[str, list[int]] = {}
    for concept in glossary.concepts:
        at = {
            beads[attestation.source_id, attestation.segment]
            for term in concept.terms
            for attestation in term.attestations
            if (attestation.source_id, attestation.segment) in beads
        }
        if at:
            found[concept.id] = sorted(at)
    return found


def _legend(bitext: Bitext, review_below: float) -> Markup:
    count = Counter(
        kind
        for bead in bitext.beads
        for kind in {bead.kind(0, rendition) for rendition in range(1, len(bitext.documents))}
        if kind in {BeadKind.DROPPED, BeadKind.ADDED}
    )
    low = sum(bead.score < review_below and not bead.edited for bead in bitext.beads)
    facts = (
        f"{len(bitext.beads)} beads in {len(bitext.documents)} texts; "
        f"{count[BeadKind.DROPPED]} with a passage dropped, "
        f"{count[BeadKind.ADDED]} with one added; "
        f"{low} scored below {review_below:g}, to review."
    )
    marks = [
        element("li", element("span", kind.value, attributes={"class": f"t {kind.value}"}))
        for kind in Mark
        if kind is not Mark.UNRATED
    ]
    return Markup(
        element("p", facts)
        + element("ul", marks, attributes={"class": "legend", "aria-label": "Terms"})
    )


def _passages(bitext: Bitext) -> Markup:
    """List what renditions moved, left out and added, with links to where it stands."""
    beads = {
        (number, segment): index
        for index, bead in enumerate(bitext.beads)
        for number, group in enumerate(bead.members)
        for segment in group
    }
    items = []
    for rendition in range(1, len(bitext.documents)):
        for passage in changed_passages(bitext, rendition):
            first = (
                (0, passage.pivot_segments[0])
                if passage.pivot_segments
                else (rendition, passage.segments[0])
            )
            link = element("a", describe(bitext, passage), attributes={"href": f"#b{beads[first]}"})
            items.append(element("li", link))
    if not items:
        return Markup("")
    summary = element("summary", f"Passages moved, left out and added: {len(items)}")
    return element("details", summary, element("ul", items))


def _controls() -> Markup:
    """Return filters that the style sheet alone carries out: they need no script."""
    radios = [
        element(
            "label",
            element(
                "input",
                attributes={
                    "type": "radio",
                    "name": "show",
                    "id": f"show-{key}",
                    "checked": "" if key == "all" else None,
                },
            ),
            f" {label}",
        )
        for key, label in _FILTERS
    ]
    plain = element(
        "label",
        element("input", attributes={"type": "checkbox", "id": "plain"}),
        " plain text",
    )
    return element(
        "form",
        element("fieldset", element("legend", "Show beads"), radios, plain),
        attributes={"class": "controls"},
    )


def _table(bitext: Bitext, glossary: Glossary, review_below: float) -> Markup:
    terms = occurrences(glossary.concepts)
    columns = [element("col", attributes={"class": "about"})] + [
        element("col") for _ in bitext.documents
    ]
    head = element(
        "tr",
        element("th", "Bead", attributes={"scope": "col"}),
        [_column_head(document.source) for document in bitext.documents],
    )
    moved = {
        bead
        for rendition in range(1, len(bitext.documents))
        for bead in crossing_beads(bitext, rendition)
    }
    rows = [
        _row(
            bitext,
            index,
            bead,
            terms,
            low=bead.score < review_below and not bead.edited,
            moved=bead in moved,
        )
        for index, bead in enumerate(bitext.beads)
    ]
    return element(
        "table",
        element("colgroup", columns),
        element("thead", head),
        element("tbody", [Markup(row + "\n") for row in rows]),
        attributes={"class": f"bitext n{len(bitext.documents)}"},
    )


def _column_head(source: Source) -> Markup:
    facts = ", ".join(
        fact for fact in (source.authority.label, source.publisher, source.date or "") if fact
    )
    return element(
        "th",
        element("span", source.title or source.id, attributes={"lang": source.language}),
        " ",
        element("small", facts),
        attributes={"scope": "col"},
    )


def _row(
    bitext: Bitext,
    index: int,
    bead: Bead,
    terms: Mapping[tuple[str, int], Sequence[Occurrence]],
    *,
    low: bool,
    moved: bool,
) -> Markup:
    shapes = [bead.kind(0, rendition) for rendition in range(1, len(bitext.documents))]
    one_sided = any(shape in {BeadKind.DROPPED, BeadKind.ADDED} for shape in shapes)
    uneven = any(shape not in {BeadKind.ONE_TO_ONE, None} for shape in shapes)
    classes = [
        name
        for name, holds in (
            ("low", low),
            ("onesided", one_sided),
            ("uneven", uneven),
            ("edited", bead.edited),
        )
        if holds
    ]
    about = element(
        "th",
        element("a", str(index + 1), attributes={"href": f"#b{index}", "class": "n"}),
        [
            element("span", shape.value if shape else "–", attributes={"class": "kind"})
            for shape in shapes
        ],
        element(
            "span", f"{bead.score:.2f}", attributes={"class": "score", "title": "score of the bead"}
        ),
        element("strong", "review") if low else "",
        element("span", "set by hand") if bead.edited else "",
        element("strong", "moved") if moved else "",
        attributes={"scope": "row"},
    )
    cells = [
        _cell(document, bitext.segments(bead, rendition), terms)
        for rendition, document in enumerate(bitext.documents)
    ]
    return element(
        "tr", about, cells, attributes={"id": f"b{index}", "class": " ".join(classes) or None}
    )


def _cell(
    document: Document,
    segments: Sequence[Segment],
    terms: Mapping[tuple[str, int], Sequence[Occurrence]],
) -> Markup:
    label = document.source.title or document.source.id
    if not segments:
        return element(
            "td",
            element("em", "no counterpart"),
            attributes={"class": "none", "data-label": label},
        )
    return element(
        "td",
        [
            element(
                "p",
                _marked(segment, terms.get((document.source.id, segment.index), ())),
                attributes={
                    "class": None if segment.role is SegmentRole.BODY else segment.role.value
                },
            )
            for segment in segments
        ],
        attributes={"lang": document.language, "data-label": label},
    )


def _marked(segment: Segment, terms: Sequence[Occurrence]) -> Iterator[str]:
    for piece in pieces(segment.text, terms):
        if not piece.terms:
            yield piece.text
            continue
        longest = piece.terms[0]
        anchors = dict.fromkeys(_anchor(term.concept) for term in piece.terms)
        yield element(
            "a",
            piece.text,
            attributes={
                "class": f"t {mark(longest.term).value}",
                "href": "#" + _anchor(longest.concept),
                "data-c": " ".join(anchors),
                "title": "; ".join(dict.fromkeys(map(_about, piece.terms))),
            },
        )


def _about(occurrence: Occurrence) -> str:
    concept, term = occurrence.concept, occurrence.term
    if term.text == concept.head:
        return " = ".join((concept.head, *(other.text for other in concept.renderings()[:1])))
    return f"{concept.head} = {term.text} ({mark(term).value})"


def _terms(glossary: Glossary, places: Mapping[str, Sequence[int]]) -> Markup:
    """List the concepts marked in the table with their renderings and where they stand."""
    listed = [entry for entry in entries(glossary.concepts) if entry.concept.id in places]
    if not listed:
        return Markup("")
    items = []
    for entry in listed:
        links: list[str] = []
        for index in places[entry.concept.id]:
            links += [element("a", str(index + 1), attributes={"href": f"#b{index}"}), " "]
        renderings: list[str] = []
        for term in (*entry.variants, *entry.renderings):
            renderings += [_rendering(term), " "]
        items.append(
            element(
                "div",
                element("dt", entry.head.text, attributes={"lang": entry.head.language}),
                element("dd", element("span", entry.pinyin, attributes={"class": "pinyin"}))
                if entry.pinyin
                else "",
                element("dd", renderings),
                element("dd", "beads ", links, attributes={"class": "at"}),
                attributes={"id": _anchor(entry.concept), "class": "concept"},
            )
            + "\n"
        )
    return element(
        "section",
        element("h2", "Terms", attributes={"id": "terms"}),
        element("dl", [Markup(item) for item in items]),
    )


def _rendering(term: Term) -> Markup:
    kind = mark(term).value
    return element(
        "span",
        term.text,
        attributes={"class": f"t {kind}", "lang": term.language, "title": kind},
    )
