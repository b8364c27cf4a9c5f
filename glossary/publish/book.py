"""What a printed glossary says, as JSON values: text only, never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from glossary.model import Attestation, Glossary, Source, Term, is_chinese
from glossary.publish.entries import Entry, Mark, entries, mark
from glossary.publish.indexes import CHARACTER_INDEXES, character_indexes, link, rendering_index
from glossary.publish.interface import explanations, interface, subject

__all__ = ["SCHEMA", "book_of"]

#: Name and version of the value that templates read.
SCHEMA = "tifa.book/1"


def book_of(
    glossary: Glossary,
    *,
    title: str,
    subtitle: str,
    language: str,
    contexts: bool,
    indexes: Collection[str] = ("english",),
) -> dict[str, Any]:
    """Return the book of a glossary.

    Args:
        glossary: its concepts become the entries; concepts without a term are left out.
        title: by default the glossary's own.
        subtitle: may be empty.
        language: one of ``INTERFACES``.
        contexts: give one sentence of proof with each entry that has one.
        indexes: some of ``glossary.publish.indexes.INDEXES``.
    """
    words = interface(language)
    listed = entries(glossary.concepts)
    places = {entry.concept.id: place for place, entry in enumerate(listed)}
    sections: list[dict[str, Any]] = []
    for place, entry in enumerate(listed):
        if not sections or sections[-1]["letter"] != entry.section:
            sections.append({"letter": entry.section, "entries": []})
        sections[-1]["entries"].append(
            _entry(entry, place, places, listed, language, contexts=contexts)
        )
    shown = {mark(term) for entry in listed for term in (*entry.renderings, *entry.variants)}
    return {
        "schema": SCHEMA,
        "title": title or glossary.title or words["default_title"],
        "subtitle": subtitle,
        "language": language,
        "words": words,
        "explanations": explanations(
            language,
            renderings="english" in indexes,
            characters=not set(CHARACTER_INDEXES).isdisjoint(indexes),
        ),
        "marks": [kind.value for kind in Mark if kind in shown],
        "count": len(listed),
        "sections": sections,
        "index": rendering_index(listed) if "english" in indexes else [],
        "character_indexes": character_indexes(listed, indexes),
        "sources": _sources(glossary),
    }


def _entry(
    entry: Entry,
    place: int,
    places: Mapping[str, int],
    listed: Sequence[Entry],
    language: str,
    *,
    contexts: bool,
) -> dict[str, Any]:
    concept = entry.concept
    # Dates tell a change; where nothing was replaced they would only say when a source appeared.
    changed = any(term.valid_to for term in concept.terms)
    return {
        "id": f"entry-{place}",
        "head": entry.head.text,
        "language": _tongue(entry.head.language),
        "pinyin": entry.pinyin,
        "field": subject(concept.subject_field, language),
        "definition": concept.definition,
        "note": concept.note,
        "variants": [_term(term, dated=changed) for term in entry.variants],
        "renderings": [_term(term, dated=changed) for term in entry.renderings],
        "see": [
            link(places[other], listed) for other in concept.cross_references if other in places
        ],
        "context": _context(entry) if contexts else None,
    }


def _context(entry: Entry) -> dict[str, str] | None:
    """Return the sentence that proves the best rendering, or the head if none is proven."""
    for term in (*entry.renderings, entry.head):
        for attestation in term.attestations:
            if not attestation.is_citation:
                return _quoted(attestation, term.language)
    return None


def _quoted(attestation: Attestation, language: str) -> dict[str, str]:
    start, end = attestation.span
    return {
        "before": attestation.context[:start],
        "surface": attestation.context[start:end],
        "after": attestation.context[end:],
        "language": _tongue(language),
        "source": attestation.source_id,
    }


def _term(term: Term, *, dated: bool) -> dict[str, Any]:
    return {
        "text": term.text,
        "language": _tongue(term.language),
        "mark": mark(term).value,
        "dates": _dates(term) if dated else "",
        "count": term.count,
        "note": term.note,
    }


def _tongue(language: str) -> str:
    return "zh" if is_chinese(language) else "en"


def _dates(term: Term) -> str:
    if not (term.valid_from or term.valid_to):
        return ""
    return f"{term.valid_from or ''}–{term.valid_to or ''}"


def _sources(glossary: Glossary) -> list[dict[str, Any]]:
    cited = Counter(
        attestation.source_id
        for concept in glossary.concepts
        for term in concept.terms
        for attestation in term.attestations
    )
    ordered = sorted(
        glossary.sources, key=lambda source: (-source.authority, source.date or "", source.id)
    )
    return [_source(source, cited[source.id]) for source in ordered]


def _source(source: Source, count: int) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "language": _tongue(source.language),
        "date": source.date or "",
        "authority": source.authority.label,
        "url": source.url,
        "licence": source.licence,
        "count": count,
    }
