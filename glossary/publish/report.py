"""What an alignment and its harvest found, and what a person should look at, as Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from glossary.align.passages import changed_passages, describe
from glossary.files import write_text
from glossary.harvest.omissions import Omission, Omissions
from glossary.harvest.result import Unsure
from glossary.model import (
    Bead,
    BeadKind,
    Bitext,
    Concept,
    Document,
    Glossary,
    Segment,
    SegmentRole,
    is_chinese,
)
from glossary.publish.alignment import REVIEW_BELOW

__all__ = ["render_report", "write_report"]

#: How many terms each table shows; glossary files hold all of them.
TERMS_SHOWN = 60
#: How many of the weakest beads are shown; the alignment page marks all of them.
BEADS_SHOWN = 30
#: How many beads are named where a term is not rendered.
BEADS_NAMED = 5
#: Columns of a segment's beginning, enough to recognise it by; a Han character takes two.
START = 80

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def write_report(
    path: Path,
    bitext: Bitext,
    glossary: Glossary,
    *,
    signature: str,
    unsure: Sequence[Unsure] = (),
) -> None:
    """Write the report of a bitext and the concepts harvested from it, as Markdown.

    Args:
        path: of the report, which is replaced if it is there.
        bitext: the first document is the pivot.
        glossary: concepts with attestations in the bitext's documents.
        signature: the line that reproduces the result; stands at the end.
        unsure: phrases that the harvest found and was not sure of.

    Raises:
        OutputError: ``path`` cannot be written.
    """
    write_text(path, render_report(bitext, glossary, signature=signature, unsure=unsure))


def render_report(
    bitext: Bitext, glossary: Glossary, *, signature: str, unsure: Sequence[Unsure] = ()
) -> str:
    """Return the report of a bitext and the concepts harvested from it, as Markdown.

    Every segment without a counterpart is listed: nothing is dropped silently. Tables of terms
    are cut at ``TERMS_SHOWN`` rows and say so.

    Args:
        bitext: the first document is the pivot.
        glossary: concepts with attestations in the bitext's documents.
        signature: the line that reproduces the result; stands at the end.
        unsure: phrases that the harvest found and was not sure of.
    """
    title = glossary.title or bitext.documents[0].source.title or bitext.id
    blocks = [
        f"# {_escape(title)}",
        *_sources(bitext),
        *_beads(bitext),
        *_passages(bitext),
        *_unaligned(bitext),
        *_review(bitext),
        *_terms(bitext, glossary, unsure),
        f"---\n\n`{signature}`",
    ]
    return "\n\n".join(blocks) + "\n"


def _sources(bitext: Bitext) -> Iterator[str]:
    yield "## Texts"
    rows = []
    for document in bitext.documents:
        source = document.source
        running = sum(segment.role is SegmentRole.BODY for segment in document.segments)
        rows.append(
            (
                source.id,
                source.title,
                source.language,
                source.authority.label,
                source.publisher,
                source.date or "",
                str(running),
                str(len(document.segments) - running),
            )
        )
    heads = (
        *("text", "title", "language", "authority", "publisher", "date"),
        *("sentences", "headings, captions and the like"),
    )
    yield _table(heads, rows)


def _beads(bitext: Bitext) -> Iterator[str]:
    yield "## Alignment"
    rows = []
    for rendition in range(1, len(bitext.documents)):
        counts = Counter(bead.kind(0, rendition) for bead in bitext.beads)
        rows.append((_pair(bitext, rendition), *(str(counts[kind]) for kind in BeadKind)))
    yield _table(("renditions", *(kind.value for kind in BeadKind)), rows)


def _pair(bitext: Bitext, rendition: int) -> str:
    return f"{bitext.documents[0].source.id} ↔ {bitext.documents[rendition].source.id}"


def _passages(bitext: Bitext) -> Iterator[str]:
    passages = [
        passage
        for rendition in range(1, len(bitext.documents))
        for passage in changed_passages(bitext, rendition)
    ]
    if passages:
        yield "## Passages moved, left out and added"
        yield "\n".join(f"- {_escape(describe(bitext, passage))}" for passage in passages)


def _unaligned(bitext: Bitext) -> Iterator[str]:
    yield "## Without a counterpart"
    complete = True
    for rendition in range(1, len(bitext.documents)):
        for kind, side in ((BeadKind.DROPPED, 0), (BeadKind.ADDED, rendition)):
            beads = [
                (index, bead)
                for index, bead in enumerate(bitext.beads)
                if bead.kind(0, rendition) is kind
            ]
            if not beads:
                continue
            complete = False
            document, other = bitext.documents[side], bitext.documents[rendition - side]
            yield f"### In {_name(document)}, not in {_name(other)}"
            yield "\n".join(
                _segment_line(index, bead, segment)
                for index, bead in beads
                for segment in bitext.segments(bead, side)
            )
    if complete:
        yield "Every segment has a counterpart in every rendition."


def _segment_line(index: int, bead: Bead, segment: Segment) -> str:
    role = "" if segment.role is SegmentRole.BODY else f" ({segment.role.value})"
    return f"- bead {index + 1}, {bead.score:.2f}{role}: {_start(segment.text)}"


def _name(document: Document) -> str:
    return _escape(document.source.id)


def _review(bitext: Bitext) -> Iterator[str]:
    weak = sorted(
        (bead.score, index) for index, bead in enumerate(bitext.beads) if bead.score < REVIEW_BELOW
    )
    yield "## Beads to review"
    if not weak:
        yield f"No bead scored below {REVIEW_BELOW:g}."
        return
    yield f"Scored below {REVIEW_BELOW:g}, weakest first." + _more(len(weak), BEADS_SHOWN)
    rows = []
    for score, index in weak[:BEADS_SHOWN]:
        bead = bitext.beads[index]
        texts = [_start(bitext.text(bead, place)) for place in range(len(bitext.documents))]
        rows.append((str(index + 1), f"{score:.2f}", *texts))
    heads = ("bead", "score", *(document.source.id for document in bitext.documents))
    yield _table(heads, rows, escaped=True)


def _terms(bitext: Bitext, glossary: Glossary, unsure: Sequence[Unsure]) -> Iterator[str]:
    found = sorted(glossary.concepts, key=lambda concept: _rank(concept, bitext))
    yield "## Terms"
    if not found:
        yield "No term was found."
        return
    columns = [
        document
        for place, document in enumerate(bitext.documents)
        if place or not is_chinese(document.language)
    ]
    heads = ("term", "count", *(document.source.id for document in columns))
    yield f"{len(found)} concepts, the best proven first." + _more(len(found), TERMS_SHOWN)
    yield _table(heads, _term_rows(found, columns, bitext), escaped=True)
    different = [concept for concept in found if _differs(concept, columns)]
    if len(columns) > 1:
        yield "## Terms that the renditions render differently"
        if different:
            yield f"{len(different)} concepts." + _more(len(different), TERMS_SHOWN)
            yield _table(heads, _term_rows(different, columns, bitext), escaped=True)
        else:
            yield "None."
    yield from _not_rendered(found, bitext, unsure)


def _not_rendered(
    concepts: Sequence[Concept], bitext: Bitext, unsure: Sequence[Unsure]
) -> Iterator[str]:
    """Yield where renditions have nothing that surely renders a term."""
    omissions = Omissions(bitext, concepts, unsure)
    rows = []
    for concept in concepts:
        by_rendition: dict[str, list[Omission]] = defaultdict(list)
        for omission in omissions.of(concept):
            by_rendition[omission.source_id].append(omission)
        for source, places in by_rendition.items():
            beads = [str(int(place.bead.rpartition("#")[2]) + 1) for place in places]
            rows.append(
                (_escape(concept.head), _escape(source), _numbered(beads), _instead(places))
            )
    if not rows:
        return
    yield "## Terms that a rendition does not render"
    yield (
        "Nothing there renders the term, or nothing that surely does. With a question mark: the "
        "phrase that comes closest." + _more(len(rows), TERMS_SHOWN)
    )
    yield _table(("term", "text", "bead", "instead"), rows[:TERMS_SHOWN], escaped=True)


def _instead(places: Sequence[Omission]) -> str:
    closest = [place.closest for place in places if place.closest]
    if closest:
        phrases = dict.fromkeys(f"{_escape(found.text)}?" for found in closest)
        return "; ".join(list(phrases)[:BEADS_NAMED])
    context = next((place.context for place in places if place.context), "")
    return _start(context) if context else "(the sentence is dropped)"


def _numbered(beads: Sequence[str]) -> str:
    return ", ".join(beads[:BEADS_NAMED]) + (" …" if len(beads) > BEADS_NAMED else "")


def _rank(concept: Concept, bitext: Bitext) -> tuple[float, int, str]:
    score = concept.score.value if concept.score else 0.0
    return -score, -_frequency(concept, bitext), concept.head


def _frequency(concept: Concept, bitext: Bitext) -> int:
    """Return how often the concept is attested in the text that names it most often."""
    return max(
        (sum(_counts(concept, document).values()) for document in bitext.documents),
        default=0,
    )


def _counts(concept: Concept, document: Document) -> dict[str, int]:
    """Return how often each term of the concept is attested in a document, by its text."""
    counts = {
        term.text: sum(found.source_id == document.source.id for found in term.attestations)
        for term in concept.terms
    }
    return {text: count for text, count in counts.items() if count}


def _term_rows(
    concepts: Sequence[Concept], columns: Sequence[Document], bitext: Bitext
) -> Iterator[tuple[str, ...]]:
    for concept in concepts[:TERMS_SHOWN]:
        yield (
            _escape(concept.head),
            str(_frequency(concept, bitext)),
            *(_renderings(concept, document) for document in columns),
        )


def _renderings(concept: Concept, document: Document) -> str:
    counts = sorted(_counts(concept, document).items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(_escape(text) + (f" ×{count}" if count > 1 else "") for text, count in counts)


def _differs(concept: Concept, columns: Sequence[Document]) -> bool:
    """Return whether two renditions both render the concept and not in the same words."""
    forms = [
        {text.casefold() for text in counts}
        for document in columns
        if (counts := _counts(concept, document))
    ]
    return any(form != forms[0] for form in forms)


def _more(total: int, shown: int) -> str:
    return f" The first {shown} of {total} are shown." if total > shown else ""


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]], *, escaped: bool = False) -> str:
    heads = [_escape(head) for head in heads]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = row if escaped else [_escape(cell) for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _start(text: str) -> str:
    """Return the beginning of a text, enough to recognise it by."""
    flat = " ".join(text.split())
    width = 0
    for end, char in enumerate(flat):
        width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if width > START:
            return _escape(flat[:end].rstrip()) + "…"
    return _escape(flat)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
