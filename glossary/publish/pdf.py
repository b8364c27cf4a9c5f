"""A glossary as a printed book, set by typst."""

from __future__ import annotations

import datetime
import json
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import BadInputError, MissingExtraError, UsageError
from glossary.files import atomic_path
from glossary.model import Glossary, Source, Term
from glossary.publish.entries import Entry, Mark, entries, mark
from glossary.publish.interface import INTERFACES, interface

if TYPE_CHECKING:
    from typst import PDFStandard

__all__ = ["PAPERS", "write_pdf"]

#: Paper sizes the bundled template is designed for, by typst's names.
PAPERS = ("a4", "a5", "us-letter")

# PDF/A-2a implies tags and Unicode mappings; UA-1 is checked by the engine on top of it.
_STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]


def write_pdf(
    glossary: Glossary,
    path: Path,
    *,
    title: str = "",
    subtitle: str = "",
    paper: str = "a4",
    language: str = "en",
    contexts: bool = False,
    template: Path | None = None,
) -> None:
    """Write a glossary as a tagged PDF/A-2 with embedded, subset fonts.

    The same glossary gives the same bytes: the document's date is ``SOURCE_DATE_EPOCH``, else the
    latest date of a source, else 1970-01-01.

    Args:
        glossary: its concepts become the entries; concepts without a term are left out.
        path: of the PDF, which is replaced if it is there.
        title: of the book; the glossary's own title by default.
        subtitle: a line under the title.
        paper: one of ``PAPERS``.
        language: of headings and explanations: ``en``, ``zh`` or ``bilingual``.
        contexts: print one sentence of proof with each entry that has one.
        template: a typst file to use instead of the bundled one; it reads the same JSON from
            ``sys.inputs.data``.

    Raises:
        MissingExtraError: typst or the fonts are not installed.
        UsageError: there is no such paper or interface language.
        BadInputError: the template is missing or typst refuses it.
        OutputError: ``path`` cannot be written.
    """
    try:
        import pylopdf_fonts_zh_cn
        import typst
    except ImportError as error:
        raise MissingExtraError("writing PDF files", "pdf") from error
    if paper not in PAPERS:
        raise UsageError(f"unknown paper {paper!r}", cure=f"choose {', '.join(PAPERS)}")
    if language not in INTERFACES:
        raise UsageError(
            f"unknown interface language {language!r}", cure=f"choose {', '.join(INTERFACES)}"
        )
    if template is not None and not template.is_file():
        raise BadInputError("no such template", place=template)
    date = _date(glossary)
    book = _book(glossary, title=title, subtitle=subtitle, language=language, contexts=contexts)
    book |= {"paper": paper, "date": list(date.timetuple()[:6])}
    with ExitStack() as stack:
        bundled = resources.files("glossary.publish").joinpath("book.typ")
        main = template or stack.enter_context(resources.as_file(bundled))
        temporary = stack.enter_context(atomic_path(path))
        try:
            typst.compile(
                str(main),
                output=str(temporary),
                root=str(main.parent),
                format="pdf",
                font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(book, ensure_ascii=False)},
                pdf_standards=_STANDARDS,
                timestamp=date,
            )
        except typst.TypstError as error:
            hints = "; ".join(getattr(error, "hints", None) or []) or "mend the template"
            raise BadInputError(str(error), place=main, cure=hints) from error


def _date(glossary: Glossary) -> datetime.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC)
    latest = max((source.date for source in glossary.sources if source.date), default="1970")
    return datetime.datetime.fromisoformat((latest + "-01-01")[:10]).replace(tzinfo=datetime.UTC)


def _book(
    glossary: Glossary, *, title: str, subtitle: str, language: str, contexts: bool
) -> dict[str, Any]:
    """Return what the template prints, as JSON values; text only, never markup."""
    words = interface(language)
    listed = entries(glossary.concepts)
    title = title or glossary.title or words["default_title"]
    ids = {entry.concept.id for entry in listed}
    sections: list[dict[str, Any]] = []
    for entry in listed:
        if not sections or sections[-1]["letter"] != entry.section:
            sections.append({"letter": entry.section, "entries": []})
        sections[-1]["entries"].append(_entry(entry, ids, contexts=contexts))
    return {
        "schema": "tifa.book/1",
        "title": title,
        "subtitle": subtitle,
        "language": language,
        "words": words,
        "marks": [kind.value for kind in Mark if kind is not Mark.UNRATED],
        "sections": sections,
        "sources": _sources(glossary),
    }


def _entry(entry: Entry, ids: set[str], *, contexts: bool) -> dict[str, Any]:
    concept = entry.concept
    terms = (*entry.renderings, entry.head)
    proof = next((found for term in terms for found in term.attestations), None)
    return {
        "id": concept.id,
        "head": entry.head.text,
        "language": entry.head.language[:2],
        "pinyin": entry.pinyin,
        "field": concept.subject_field,
        "definition": concept.definition,
        "note": concept.note,
        "variants": [_term(term) for term in entry.variants],
        "renderings": [_term(term) for term in entry.renderings],
        "see": [other for other in concept.cross_references if other in ids],
        "context": [proof.context, proof.source_id] if contexts and proof else None,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "text": term.text,
        "language": term.language[:2],
        "mark": mark(term).value,
        "dates": _dates(term),
        "count": term.count,
        "note": term.note,
    }


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
    return [_source(source, cited[source.id]) for source in _by_authority(glossary.sources)]


def _by_authority(sources: Sequence[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: (-source.authority, source.date or "", source.id))


def _source(source: Source, count: int) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "language": source.language,
        "date": source.date or "",
        "authority": f"by-{source.authority.label}",
        "url": source.url,
        "licence": source.licence,
        "count": count,
    }
