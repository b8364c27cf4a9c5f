"""An entry of a TBX file as a concept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    ConceptKind,
    ReviewState,
    Term,
    TermType,
    concept_id,
    is_chinese,
    valid_date,
)
from tmx.labelled import Labelled, join_note, split_note
from tmx.tbx_categories import CATEGORIES, TERM_TYPE_VALUES, status_from, term_type_from
from tmx.xmltext import decode_id
from tmx.xmltree import Node, unindented

__all__ = ["LIFTED", "EntryReader", "unique_id"]

_LANGUAGES = frozenset({"langSet", "langSec", "langSection"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_GROUPS = frozenset({"descripGrp", "adminGrp", "termNoteGrp", "termGrp"})
_TYPED = frozenset({"descrip", "admin", "termNote", "xref", "ref", "descripNote", "adminNote"})
_STATUS_LABELS = ("administrativeStatus", "normativeAuthorization", "usageStatus")
_TRANSACTIONS = ("origination", "modification")

#: Labels of lines in a note that stand for an element where a dialect has it, in the order in
#: which a reader sets them down.
LIFTED = (
    *(name for name in CATEGORIES if name not in {"context", "crossReference", "transactionType"}),
    *_TRANSACTIONS,
    "note",
)
#: Labels of lines that hold fields of tifa for which TBX has no category at all.
_OWN = ("kind", "review", "authority", "in force", "crossReference")
_ORDER = {label: number for number, label in enumerate((*LIFTED, *_OWN))}
_Choice = TypeVar("_Choice", ConceptKind, ReviewState)
#: Segment index of a context whose place in its source is not known.
_UNKNOWN_SEGMENT = -1


@dataclass(slots=True)
class _Level:
    """What an entry, a language section or a term says about itself, collected in order."""

    items: list[Labelled] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    contexts: list[tuple[Node, str]] = field(default_factory=list)

    def take(self, *labels: str, language: bool = False) -> str:
        """Remove and return the first value of those labels, the first label preferred."""
        for label in labels:
            for item in self.items:
                if item.label == label and bool(item.language) <= language:
                    self.items.remove(item)
                    return item.value
        return ""

    def note(self) -> str:
        """Return what is left as a note: text, unknown labels, then known ones in fixed order."""
        plain = [*self.notes, *(str(item) for item in self.items if item.label not in _ORDER)]
        known = sorted(
            (item for item in self.items if item.label in _ORDER),
            key=lambda item: (_ORDER[item.label], item.language, item.value),
        )
        return join_note("\n".join(plain), known)


class EntryReader:
    """Turns entries into concepts.

    Args:
        language: gives tifa's language of an exchange code.
    """

    def __init__(self, language: Callable[[str], str]) -> None:
        self._language = language
        self._ids: set[str] = set()
        #: Sources that contexts name, in the order they were met.
        self.source_ids: dict[str, None] = {}

    def concept(self, entry: Node) -> Concept | None:
        """Return the concept of an entry, or None if it has no term."""
        level = _Level()
        terms: list[Term] = []
        for child in entry.children():
            if child.name in _LANGUAGES:
                terms += self._language_section(child, level)
            else:
                _collect(child, level)
        if not terms:
            return None
        terms.sort(key=lambda term: not is_chinese(term.language))
        references = []
        while reference := level.take("crossReference"):
            references.append(reference)
        name = decode_id(entry.attributes.get("id", "")) or concept_id(terms[0].text)
        return Concept(
            id=unique_id(name, self._ids),
            terms=tuple(terms),
            kind=_picked(level, "kind", ConceptKind, ConceptKind.TERM),
            subject_field=level.take("subjectField"),
            definition=level.take("definition") or level.take("definition", language=True),
            cross_references=tuple(dict.fromkeys(references)),
            review=_picked(level, "review", ReviewState, ReviewState.UNREVIEWED),
            note=level.note(),
        )

    def _language_section(self, section: Node, concept: _Level) -> list[Term]:
        tag = section.attributes.get("xml:lang", section.attributes.get("lang", ""))
        language = self._language(tag)
        level = _Level()
        terms = []
        for child in section.children():
            if child.name in _TERMS:
                term = self._term(child, language)
                if term is not None:
                    terms.append(term)
                # Not allowed, but met: two terms in one group.
                terms += [Term(text, language) for text in _further_terms(child)]
            elif child.name == "term":
                # Not allowed, but met: a term without its group.
                terms.append(Term(child.text(), language))
            else:
                _collect(child, level)
        concept.items += [Labelled(item.label, item.value, tag) for item in level.items]
        concept.items += [Labelled("note", note, tag) for note in level.notes]
        concept.items += [Labelled("context", node.text(), tag) for node, _ in level.contexts]
        return terms

    def _term(self, group: Node, language: str) -> Term | None:
        node = group.find("term")
        if node is None or not node.text().strip():
            return None
        text = node.text()
        level = _Level()
        for child in group.children():
            if child is not node:
                _collect(child, level)
        status = _status(level)
        word = next((item.value for item in level.items if item.label == "termType"), "")
        if word in TERM_TYPE_VALUES.values():
            level.take("termType")
        authority = _authority(level)
        valid_from, valid_to = _validity(level)
        return Term(
            text=text,
            language=language,
            term_type=term_type_from(word) if word else TermType.FULL_FORM,
            status=status,
            authority=authority,
            attestations=tuple(self._attestation(text, *context) for context in level.contexts),
            valid_from=valid_from,
            valid_to=valid_to,
            part_of_speech=level.take("partOfSpeech"),
            note=level.note(),
        )

    def _attestation(self, term: str, node: Node, source: str) -> Attestation:
        if source:
            self.source_ids.setdefault(source)
        mark = next((child for child in node.children() if child.name == "hi"), None)
        if mark is not None and not mark.attributes:
            before, surface, after = _around(node, mark)
            span = (len(before), len(before) + len(surface))
            return Attestation(source, _UNKNOWN_SEGMENT, span, surface, before + surface + after)
        context = node.text()
        found = re.search(re.escape(term), context, re.IGNORECASE)
        span = found.span() if found else (0, 0)
        return Attestation(source, _UNKNOWN_SEGMENT, span, context[span[0] : span[1]], context)


def _further_terms(group: Node) -> list[str]:
    """Return the texts of the terms of a group after its first."""
    texts = [
        node.text()
        for part in (group, *(c for c in group.children() if c.name == "termGrp"))
        for node in part.children()
        if node.name == "term"
    ]
    return [text for text in texts[1:] if text.strip()]


def unique_id(name: str, taken: set[str]) -> str:
    """Return ``name``, with a number after it if it is taken already, and take it."""
    identifier, number = name, 2
    while identifier in taken:
        identifier = f"{name}-{number}"
        number += 1
    taken.add(identifier)
    return identifier


def _around(node: Node, mark: Node) -> tuple[str, str, str]:
    """Return the text before a child, in it and after it."""
    place = next(index for index, part in enumerate(node.content) if part is mark)
    before, after = (
        unindented("".join(p.raw_text() if isinstance(p, Node) else p for p in parts))
        for parts in (node.content[:place], node.content[place + 1 :])
    )
    return before, mark.text(), after


def _collect(node: Node, level: _Level) -> None:
    """Add what an element says to its level."""
    if node.name in _GROUPS:
        for child in node.children():
            _collect(child, level)
    elif node.name == "term":
        return
    elif node.name == "note":
        plain, labelled = split_note(node.text(), _ORDER)
        level.items += labelled
        if plain:
            level.notes.append(plain)
    elif node.name == "transacGrp":
        level.items.append(_transaction(node))
    else:
        _collect_category(node, level)


def _collect_category(node: Node, level: _Level) -> None:
    # DCT names the category by the element, the other styles by its type.
    name = node.attributes.get("type", "") if node.name in _TYPED else node.name
    text = node.text()
    target = node.attributes.get("target", "")
    if name == "context":
        level.contexts.append((node, ""))
    elif name == "source" and level.contexts and not level.contexts[-1][1] and text:
        level.contexts[-1] = (level.contexts[-1][0], text)
    elif name == "crossReference":
        level.items.append(Labelled(name, decode_id(target) or text))
    elif target.startswith(("http://", "https://")):
        level.items.append(Labelled(_label(name), f"{text.strip()} <{target}>"))
    elif text.strip():
        level.items.append(Labelled(_label(name), text))


def _label(name: str) -> str:
    """Return a category's name as a label: letters and spaces."""
    return " ".join(re.sub(r"[^A-Za-z]+", " ", name).split()) or "data"


def _transaction(group: Node) -> Labelled:
    """Return a transaction as ``origination: 2010-04-17 Tommy``."""
    kind = date = person = ""
    for child in group.children():
        text = " ".join(child.text().split())
        if child.name in {"transac", "transactionType", "transaction"}:
            kind = text
        elif child.name == "date":
            date = text
        elif text:
            person = f"{person}; {text}" if person else text
    if kind not in _TRANSACTIONS:
        return Labelled("transaction", " ".join(filter(None, (kind, date, person))))
    return Labelled(kind, " ".join(filter(None, (date, person))))


def _picked(level: _Level, label: str, choices: type[_Choice], default: _Choice) -> _Choice:
    word = level.take(label)
    try:
        return choices(word) if word else default
    except ValueError:
        level.notes.append(f"{label}: {word}")
        return default


def _status(level: _Level) -> AdministrativeStatus | None:
    for label in _STATUS_LABELS:
        for item in level.items:
            status = status_from(item.value) if item.label == label else None
            if status is not None:
                level.items.remove(item)
                return status
    return None


def _authority(level: _Level) -> Authority:
    word = level.take("authority")
    try:
        return Authority.from_label(word.partition(" (")[0]) if word else Authority.UNOFFICIAL
    except ValueError:
        level.notes.append(f"authority: {word}")
        return Authority.UNOFFICIAL


def _validity(level: _Level) -> tuple[str | None, str | None]:
    word = level.take("in force")
    if not word:
        return None, None
    start, _, end = word.partition("/")
    try:
        return tuple(None if date == ".." else valid_date(date) for date in (start, end))  # type: ignore[return-value]
    except ValueError:
        level.notes.append(f"in force: {word}")
        return None, None
