"""MultiTerm XML (``mtf``): what Trados MultiTerm imports and memoQ reads as well.

A term base that is to take the file needs the descriptive fields of :data:`FIELDS`; MultiTerm asks
for them when the term base is made (all are text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glossary.errors import BadInputError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    ReviewState,
    Term,
    TermType,
    concept_id,
    is_chinese,
    valid_date,
)
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.labelled import Labelled, join_note
from tmx.languages import exchange_tag, internal_tag
from tmx.tbx_categories import status_from
from tmx.tbx_entry import unique_id
from tmx.textfile import write_encoded
from tmx.validity import with_valid_terms
from tmx.xmltext import attribute, clean, escape_text, has_illegal
from tmx.xmltree import Node, iter_nodes

__all__ = ["CODEC", "FIELDS", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="multiterm",
    title="MultiTerm XML",
    extensions=(".mtf.xml", ".mtf"),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.SOURCE_SYNONYMS,
            Feature.FURTHER_RENDERINGS,
            Feature.SCRIPT,
            Feature.CONCEPT_ID,
            Feature.CONCEPT_KIND,
            Feature.SUBJECT_FIELD,
            Feature.DEFINITION,
            Feature.CONCEPT_NOTE,
            Feature.CROSS_REFERENCES,
            Feature.REVIEW,
            Feature.TERM_TYPE,
            Feature.STATUS,
            Feature.INVALID_TERMS,
            Feature.AUTHORITY,
            Feature.VALIDITY,
            Feature.PART_OF_SPEECH,
            Feature.TERM_NOTE,
            Feature.CONTEXT,
        }
    ),
)

_ENTRY_ID, _REFERENCE = "Entry ID", "Cross-reference"
_CONCEPT_FIELDS = {
    "Kind": "kind",
    "Review": "review",
    "Subject": "subject_field",
    "Definition": "definition",
    "Note": "note",
}
_TERM_FIELDS = {
    "Status": "status",
    "Term type": "term_type",
    "Authority": "authority",
    "In force": "in_force",
    "Part of speech": "part_of_speech",
    "Note": "note",
}
_CONTEXT, _SOURCE = "Context", "Source"
#: The descriptive fields that a term base needs: of an entry, of a term, and of a context.
FIELDS = (
    (_ENTRY_ID, _REFERENCE, *_CONCEPT_FIELDS),
    (*_TERM_FIELDS, _CONTEXT),
    (_SOURCE,),
)
#: MultiTerm's names of languages; a term base may call them otherwise.
_NAMES = {"zh-Hans": "Chinese (PRC)", "zh-Hant": "Chinese (Taiwan)", "en": "English"}


def dump(
    glossary: Glossary,
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    valid_only: bool = False,
) -> DumpReport:
    """Write a glossary as MultiTerm XML, an entry a concept.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.
        valid_only: whether terms that a translator may not use are left out.

    Raises:
        OutputError: the file cannot be written.
    """
    writer = _Writer(languages or {}, valid_only)
    pieces = list(writer.document(glossary))
    write_encoded(path, pieces)
    return writer.log.report(writer.count)


class _Writer:
    def __init__(self, languages: Mapping[str, str], valid_only: bool) -> None:
        self.log = LossLog()
        self.count = 0
        self._languages, self._valid_only = languages, valid_only
        self._place = ""

    def document(self, glossary: Glossary) -> Iterator[str]:
        """Yield the file in pieces."""
        note_features(self.log, glossary, CODEC.carries)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<mtf>\n'
        for original in glossary.concepts:
            concept = with_valid_terms(original, self.log) if self._valid_only else original
            if concept is None:
                continue
            terms = [term for term in concept.terms if clean(term.text).strip()]
            self.log.add("empty terms, left out", concept.id, len(concept.terms) - len(terms))
            if not terms:
                self.log.add("concepts without any term, left out", concept.id)
                continue
            self.count += 1
            self._place = concept.id
            yield self._concept(concept, terms)
        yield "</mtf>\n"

    def _concept(self, concept: Concept, terms: list[Term]) -> str:
        kind = "" if concept.kind is ConceptKind.TERM else concept.kind
        review = "" if concept.review is ReviewState.UNREVIEWED else concept.review
        values = (kind, review, concept.subject_field, concept.definition, concept.note)
        fields = [(_ENTRY_ID, concept.id), *zip(_CONCEPT_FIELDS, values, strict=True)]
        fields += [(_REFERENCE, target) for target in concept.cross_references]
        pieces = [f"<conceptGrp>\n<concept>{self.count}</concept>\n", *self._fields(fields)]
        groups: dict[str, list[Term]] = {}
        for term in terms:
            groups.setdefault(term.language, []).append(term)
        for language in sorted(groups, key=lambda tag: not is_chinese(tag)):
            tag = exchange_tag(language, self._languages)
            name = attribute("type", _NAMES.get(language, tag)) + attribute("lang", tag.upper())
            pieces.append(f"<languageGrp>\n<language{name}/>\n")
            pieces += map(self._term, groups[language])
            pieces.append("</languageGrp>\n")
        return "".join(pieces) + "</conceptGrp>\n"

    def _term(self, term: Term) -> str:
        in_force = ""
        if term.valid_from or term.valid_to:
            in_force = f"{term.valid_from or '..'}/{term.valid_to or '..'}"
        values = (
            term.status or "",
            "" if term.term_type is TermType.FULL_FORM else term.term_type,
            "" if term.authority is Authority.UNOFFICIAL else term.authority.label,
            in_force,
            term.part_of_speech,
            term.note,
        )
        self.log.add("place, segment and bead of contexts", term.text, term.count)
        pieces = [f"<termGrp>\n<term>{self._text(term.text)}</term>\n"]
        pieces += self._fields(zip(_TERM_FIELDS, values, strict=True))
        for item in term.attestations:
            source = "".join(self._fields([(_SOURCE, item.source_id)]))
            pieces.append(self._field(_CONTEXT, item.context, source))
        return "".join(pieces) + "</termGrp>\n"

    def _fields(self, fields: Iterable[tuple[str, str]]) -> list[str]:
        return [self._field(name, value) for name, value in fields if value]

    def _field(self, name: str, value: str, inner: str = "") -> str:
        described = f"<descrip{attribute('type', name)}>{self._text(value)}</descrip>"
        return f"<descripGrp>{described}{inner}</descripGrp>\n"

    def _text(self, text: str) -> str:
        if has_illegal(text):
            self.log.add("texts with characters that XML forbids, removed", self._place)
            text = clean(text)
        return escape_text(text)


def load(path: Path) -> Glossary:
    """Read MultiTerm XML.

    Raises:
        BadInputError: the file is missing, not well formed or not MultiTerm XML.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read MultiTerm XML concept by concept; fields tifa does not have become lines of the note.

    Raises:
        BadInputError: as :func:`load`.
    """
    nodes = iter_nodes(path, frozenset({"mtf"}), frozenset({"conceptGrp"}))
    if next(nodes, None) is None:
        raise BadInputError("holds no XML element", place=path, cure="is it the right file?")
    taken: set[str] = set()
    for node in nodes:
        concept = _read_concept(node, taken)
        if concept is not None:
            yield concept


@dataclass(slots=True)
class _Fields:
    """The descriptive fields of an entry or a term."""

    values: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    contexts: list[tuple[str, str]] = field(default_factory=list)
    others: list[Labelled] = field(default_factory=list)

    def note(self) -> str:
        """Return the note with the fields that have no place of their own."""
        return join_note(self.values.get("note", ""), self.others)

    def put_back(self, name: str, label: str) -> None:
        """Keep a value that is not one of tifa's as a line of the note."""
        self.others.append(Labelled(label, self.values.pop(name)))


def _described(groups: Iterable[Node], known: Mapping[str, str], language: str = "") -> _Fields:
    found = _Fields()
    names = {label.lower(): name for label, name in known.items()} | {_ENTRY_ID.lower(): "id"}
    for group in groups:
        descrips = [node for node in group.children() if node.name == "descrip"]
        if group.name != "descripGrp" or not descrips:
            continue
        label, text = descrips[0].attributes.get("type", ""), descrips[0].text()
        name = names.get(label.lower())
        if label == _REFERENCE:
            found.references.append(text)
        elif label == _CONTEXT:
            inner = _described(group.children(), {_SOURCE: "source"})
            found.contexts.append((text, inner.values.get("source", "")))
        elif name is not None and name not in found.values:
            found.values[name] = text
        elif text:
            plain = " ".join(re.sub(r"[^A-Za-z]+", " ", label).split()) or "field"
            found.others.append(Labelled(plain, text, language))
    return found


def _read_concept(node: Node, taken: set[str]) -> Concept | None:
    entry = _described(node.children(), _CONCEPT_FIELDS)
    terms: list[Term] = []
    for group in node.children():
        if group.name != "languageGrp":
            continue
        told = next((c for c in group.children() if c.name == "language"), None)
        tag = told.attributes.get("lang", "") if told is not None else ""
        of_language = _described(group.children(), {}, tag)
        entry.others += of_language.others
        for child in group.children():
            term = _read_term(child, internal_tag(tag)) if child.name == "termGrp" else None
            if term is not None:
                terms.append(term)
    if not terms:
        return None
    terms.sort(key=lambda term: not is_chinese(term.language))
    values = entry.values
    kind = _choice(entry, "kind", "Kind", ConceptKind) or ConceptKind.TERM
    review = _choice(entry, "review", "Review", ReviewState) or ReviewState.UNREVIEWED
    return Concept(
        unique_id(values.get("id") or concept_id(terms[0].text), taken),
        tuple(terms),
        kind=kind,
        subject_field=values.get("subject_field", ""),
        definition=values.get("definition", ""),
        note=entry.note(),
        cross_references=tuple(entry.references),
        review=review,
    )


def _read_term(group: Node, language: str) -> Term | None:
    told = next((child for child in group.children() if child.name == "term"), None)
    text = told.text() if told is not None else ""
    if not text.strip():
        return None
    found = _described(group.children(), _TERM_FIELDS)
    values = found.values
    status: AdministrativeStatus | None = status_from(values.get("status", "").lower())
    if status is None and "status" in values:
        found.put_back("status", "Status")
    authority = Authority.UNOFFICIAL
    if "authority" in values:
        try:
            authority = Authority.from_label(values["authority"])
        except ValueError:
            found.put_back("authority", "Authority")
    dates: list[str | None] = [None, None]
    if "in_force" in values:
        try:
            start, _, end = values["in_force"].partition("/")
            dates = [None if part == ".." else valid_date(part) for part in (start, end)]
        except ValueError:
            dates = [None, None]
            found.put_back("in_force", "In force")
    return Term(
        text=text,
        language=language,
        term_type=_choice(found, "term_type", "Term type", TermType) or TermType.FULL_FORM,
        status=status,
        authority=authority,
        attestations=tuple(_attestation(text, *context) for context in found.contexts),
        valid_from=dates[0],
        valid_to=dates[1],
        part_of_speech=values.get("part_of_speech", ""),
        note=found.note(),
    )


def _choice(fields: _Fields, name: str, label: str, choices: Any) -> Any:  # noqa: ANN401
    word = fields.values.get(name)
    try:
        return choices(word) if word else None
    except ValueError:
        fields.put_back(name, label)
        return None


def _attestation(term: str, context: str, source: str) -> Attestation:
    found = re.search(re.escape(term), context, re.IGNORECASE)
    start, end = found.span() if found else (0, 0)
    return Attestation(source, -1, (start, end), context[start:end], context)
