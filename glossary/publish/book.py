"""What a printed glossary says, as JSON values: text only, never markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from glossary.model import Attestation, Glossary, Source, Term, is_chinese
from glossary.publish.entries import OTHER, Entry, Mark, entries, mark
from glossary.publish.interface import explanations, interface

__all__ = ["SCHEMA", "book_of"]

#: Name and version of the value that templates read.
SCHEMA = "tifa.book/1"

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)


def book_of(
    glossary: Glossary, *, title: str, subtitle: str, language: str, contexts: bool
) -> dict[str, Any]:
    """Return the book of a glossary.

    Args:
        glossary: its concepts become the entries; concepts without a term are left out.
        title: by default the glossary's own.
        subtitle: may be empty.
        language: one of ``INTERFACES``.
        contexts: give one sentence of proof with each entry that has one.
    """
    words = interface(language)
    listed = entries(glossary.concepts)
    places = {entry.concept.id: place for place, entry in enumerate(listed)}
    sections: list[dict[str, Any]] = []
    for place, entry in enumerate(listed):
        if not sections or sections[-1]["letter"] != entry.section:
            sections.append({"letter": entry.section, "entries": []})
        sections[-1]["entries"].append(_entry(entry, place, places, listed, contexts=contexts))
    shown = {mark(term) for entry in listed for term in (*entry.renderings, *entry.variants)}
    return {
        "schema": SCHEMA,
        "title": title or glossary.title or words["default_title"],
        "subtitle": subtitle,
        "language": language,
        "words": words,
        "explanations": explanations(language),
        "marks": [kind.value for kind in Mark if kind in shown],
        "count": len(listed),
        "sections": sections,
        "index": _index(listed),
        "sources": _sources(glossary),
    }


def _entry(
    entry: Entry,
    place: int,
    places: Mapping[str, int],
    listed: Sequence[Entry],
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
        "field": concept.subject_field,
        "definition": concept.definition,
        "note": concept.note,
        "variants": [_term(term, dated=changed) for term in entry.variants],
        "renderings": [_term(term, dated=changed) for term in entry.renderings],
        "see": [
            _link(places[other], listed) for other in concept.cross_references if other in places
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


def _link(place: int, listed: Sequence[Entry]) -> dict[str, str]:
    head = listed[place].head
    return {"id": f"entry-{place}", "head": head.text, "language": _tongue(head.language)}


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


def _index(listed: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return every rendering by first letter with the entries it stands in, articles last.

    Letter by letter, as the index of a dictionary; "the rule of law" stands under R.
    """
    found: dict[str, dict[str, Any]] = {}
    for place, entry in enumerate(listed):
        for term in entry.renderings:
            item = found.setdefault(term.text, {"text": _inverted(term.text), "entries": []})
            link = _link(place, listed)
            if link not in item["entries"]:
                item["entries"].append(link)
    sections: list[dict[str, Any]] = []
    for key, item in sorted((_index_key(item["text"]), item) for item in found.values()):
        initial = key[1][:1].upper()
        letter = initial if "A" <= initial <= "Z" else OTHER
        if not sections or sections[-1]["letter"] != letter:
            sections.append({"letter": letter, "items": []})
        sections[-1]["items"].append(item)
    return sections


def _inverted(text: str) -> str:
    article = _ARTICLE.match(text)
    return f"{text[article.end() :]}, {article.group().strip()}" if article else text


def _index_key(text: str) -> tuple[bool, str, str]:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in decomposed if char.isalnum())
    return "a" <= letters[:1] <= "z", letters, text


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
