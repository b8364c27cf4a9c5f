"""Write TBX: version 3 in DCA and DCT style, and version 2 (martif), from one description.

What a dialect has no category for goes into a note as a labelled line (:mod:`tmx.labelled`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from glossary import __version__
from glossary.files import atomic_path
from glossary.model import (
    Authority,
    Concept,
    ConceptKind,
    Glossary,
    ReviewState,
    Term,
    TermType,
)
from glossary.model import concept_id as id_for
from tmx.interface import DumpReport, LossLog
from tmx.labelled import Labelled, join_note, split_note
from tmx.languages import exchange_tag, is_wellformed
from tmx.tbx_categories import (
    BASIC,
    CATEGORIES,
    STATUS_VALUES,
    TERM_TYPE_VALUES,
    Level,
    admits,
)
from tmx.tbx_entry import LIFTED, unique_id
from tmx.tbx_style import DCT, MARTIF, TbxOptions, source_items, transaction_parts
from tmx.validity import with_valid_terms
from tmx.xmltext import attribute, clean, encode_id, escape_text, has_illegal

__all__ = ["write_tbx"]

_TBX_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_MODULE_NAMESPACE = "http://www.tbxinfo.net/ns/"
_XCS = "http://www.lisa.org/fileadmin/standards/tbx_basic/TBXBasicXCSV02.xcs"
_MACHINE = "machine (a machine rendering; no person is known to have used it)"
_LINKED = re.compile(r"(.*?)\s*<(https?://[^<>\s]+)>")
_TRANSACTIONS = ("origination", "modification")
# fullForm is what a term is unless it says otherwise.
_TERM_TYPES: dict[TermType, str] = {
    kind: value for kind, value in TERM_TYPE_VALUES.items() if kind is not TermType.FULL_FORM
}


def write_tbx(glossary: Glossary, path: Path, options: TbxOptions) -> DumpReport:
    """Write a glossary as TBX.

    Raises:
        OutputError: the file cannot be written.
    """
    writer = _Writer(glossary, options)
    with (
        atomic_path(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        for piece in writer.document():
            stream.write(piece)
    return writer.log.report(writer.entries)


class _Writer:
    def __init__(self, glossary: Glossary, options: TbxOptions) -> None:
        self.log = LossLog()
        self.entries = 0
        self._glossary = glossary
        self._options = options
        self._style = options.style
        self._concepts = list(self._selected())
        taken: set[str] = set()
        self._ids = [
            unique_id(encode_id(concept.id or id_for(concept.head)), taken)
            for concept in self._concepts
        ]
        self._targets = {
            concept.id: identifier
            for concept, identifier in zip(self._concepts, self._ids, strict=True)
        }
        self._heads = {concept.id: concept.head for concept in self._concepts}
        self._place = "the header"

    def _selected(self) -> Iterator[Concept]:
        """Yield the concepts that become entries, without empty terms."""
        for concept in self._glossary.concepts:
            terms = tuple(term for term in concept.terms if clean(term.text).strip())
            self.log.add("empty terms, left out", concept.id, len(concept.terms) - len(terms))
            if not terms:
                self.log.add("concepts without any term, left out", concept.id)
                continue
            chosen: Concept | None = dataclasses.replace(concept, terms=terms)
            if chosen is not None and self._options.valid_only:
                chosen = with_valid_terms(chosen, self.log)
            if chosen is not None:
                yield chosen

    def document(self) -> Iterator[str]:
        """Yield the file in pieces."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        if self._style is MARTIF:
            yield f'<martif type="{self._options.dialect}" xml:lang="en">\n'
        else:
            modules = "".join(
                f' xmlns:{module}="{_MODULE_NAMESPACE}{module}"'
                for module in sorted(self._options.modules)
                if self._style is DCT
            )
            yield (
                f'<tbx type="{self._options.dialect}" style="{self._style.name}" xml:lang="en"'
                f' xmlns="{_TBX_NAMESPACE}"{modules}>\n'
            )
        yield self._header()
        # A body must have an entry; TBX 3 may go without a body, TBX 2 may not.
        has_body = bool(self._concepts) or self._style is MARTIF
        yield "<text>\n" + ("<body>\n" if has_body else "")
        for concept, identifier in zip(self._concepts, self._ids, strict=True):
            yield self._entry(concept, identifier)
            self.entries += 1
        yield ("</body>\n" if has_body else "") + self._back()
        yield "</text>\n</martif>\n" if self._style is MARTIF else "</text>\n</tbx>\n"

    def _header(self) -> str:
        title = self._glossary.title
        statement = f"<titleStmt><title>{self._text(title)}</title></titleStmt>\n" if title else ""
        description = f"<sourceDesc><p>Written by tifa {__version__}</p></sourceDesc>\n"
        file = f"<fileDesc>\n{statement}{description}</fileDesc>\n"
        if self._style is MARTIF:
            encoding = f'<encodingDesc><p type="XCSURI">{_XCS}</p></encodingDesc>\n'
            return f"<martifHeader>\n{file}{encoding}</martifHeader>\n"
        return f"<tbxHeader>\n{file}</tbxHeader>\n"

    def _back(self) -> str:
        if not self._glossary.sources:
            return ""
        taken = set(self._ids)
        objects = []
        for source in self._glossary.sources:
            identifier = "source-" + encode_id(source.id)
            while identifier in taken:
                identifier += "_"
            taken.add(identifier)
            items = "".join(
                f'<item type="{name}">{self._text(value)}</item>\n'
                for name, value in source_items(source)
            )
            objects.append(f'<refObject id="{identifier}">\n{items}</refObject>\n')
        name = self._style.references
        return f'<back>\n<{name} type="bibl">\n{"".join(objects)}</{name}>\n</back>\n'

    def _entry(self, concept: Concept, identifier: str) -> str:
        self._place = concept.id
        if concept.score is not None:
            self.log.add("scores of concepts", concept.id)
        sections = self._sections(concept)
        note, labelled = split_note(concept.note, LIFTED)
        of_language = {
            tag: [
                item
                for item in labelled
                if item.language == tag and self._can(item, Level.LANGUAGE)
            ]
            for tag in sections
        }
        in_sections = {id(item) for items in of_language.values() for item in items}
        here = [
            *_fields(subjectField=concept.subject_field, definition=concept.definition),
            *(item for item in labelled if id(item) not in in_sections),
        ]
        stays: list[Labelled] = []
        if concept.kind is not ConceptKind.TERM:
            stays.append(Labelled("kind", concept.kind))
        if concept.review is not ReviewState.UNREVIEWED:
            stays.append(Labelled("review", concept.review))
        pieces = self._categories(here, Level.CONCEPT, stays)
        references = self._references(concept, stays)
        pieces += self._note(join_note(note, stays)) + references
        for tag, terms in sections.items():
            pieces += f"<{self._style.language}{attribute('xml:lang', tag)}>\n"
            pieces += self._categories(of_language[tag], Level.LANGUAGE, [])
            pieces += "".join(map(self._term, terms)) + f"</{self._style.language}>\n"
        return (
            f"<{self._style.entry}{attribute('id', identifier)}>\n{pieces}</{self._style.entry}>\n"
        )

    def _sections(self, concept: Concept) -> dict[str, list[Term]]:
        """Return the terms by exchange language, Chinese first, best first in each."""
        sections: dict[str, list[Term]] = {}
        for term in (*concept.chinese(), *concept.renderings()):
            tag = exchange_tag(term.language, self._options.languages)
            if not is_wellformed(tag):
                self.log.add("language codes that are none, kept", tag)
            sections.setdefault(tag, []).append(term)
        return sections

    def _term(self, term: Term) -> str:
        note, lifted = split_note(term.note, LIFTED)
        cited = dict.fromkeys(item.source_id for item in term.attestations if item.is_citation)
        lifted += [Labelled("source", source) for source in cited if source]
        own_type = any(item.label == "termType" for item in lifted)
        stays: list[Labelled] = []
        if term.is_machine_only:
            stays.append(Labelled("authority", _MACHINE))
        elif term.authority is not Authority.UNOFFICIAL:
            stays.append(Labelled("authority", term.authority.label))
        if term.valid_from or term.valid_to:
            span = f"{term.valid_from or '..'}/{term.valid_to or '..'}"
            stays.append(Labelled("in force", span))
        here = [
            *_fields(
                administrativeStatus=STATUS_VALUES[term.status] if term.status else "",
                partOfSpeech=term.part_of_speech,
                # A finer type than tifa's is in the note.
                termType="" if own_type else _TERM_TYPES.get(term.term_type, ""),
            ),
            *lifted,
        ]
        if term.score is not None:
            self.log.add("scores of terms", term.text)
        # The schema wants the categories of the term before those of its surroundings.
        first = [item for item in here if _is_term_note(item)]
        rest = [item for item in here if not _is_term_note(item)]
        pieces = self._categories(first, Level.TERM, stays)
        pieces += self._categories(rest, Level.TERM, stays)
        pieces += self._contexts(term)
        pieces += self._note(join_note(note, stays))
        name = self._style.term
        return f"<{name}>\n<term>{self._text(term.text)}</term>\n{pieces}</{name}>\n"

    def _contexts(self, term: Term) -> str:
        attestations = [item for item in term.attestations if not item.is_citation]
        if not attestations:
            return ""
        if BASIC not in self._options.modules:
            self.log.add(f"contexts, which {self._options.dialect} does not have", term.text)
            return ""
        chosen = attestations[: self._options.contexts]
        self.log.add(
            "contexts beyond the first of a term", term.text, len(attestations) - len(chosen)
        )
        self.log.add("segment and bead of contexts", term.text, len(chosen))
        pieces = ""
        for item in chosen:
            start, end = item.span
            text = self._text(item.context)
            if self._options.mark_terms and item.surface == item.context[start:end] != "":
                before, after = item.context[:start], item.context[end:]
                text = f"{self._text(before)}<hi>{self._text(item.surface)}</hi>{self._text(after)}"
            context = self._element("context", text)
            source = self._element("source", self._text(item.source_id)) if item.source_id else ""
            # TBX-Basic of 2008 has groups for definitions only.
            if self._style is MARTIF or not source:
                pieces += context + source
            else:
                pieces += f"<descripGrp>\n{context}{source}</descripGrp>\n"
        return pieces

    def _references(self, concept: Concept, stays: list[Labelled]) -> str:
        """Return links to the other entries; if one is not in the file, the note names them all."""
        found = [target for target in concept.cross_references if target in self._targets]
        missing = len(concept.cross_references) - len(found)
        self.log.add("cross-references to concepts that are not in the file", concept.id, missing)
        linked = BASIC in self._options.modules
        if missing or not linked:
            stays += [Labelled("crossReference", target) for target in concept.cross_references]
        return "".join(
            self._element(
                "crossReference",
                self._text(self._heads[target]),
                attribute("target", self._targets[target]),
            )
            for target in found
            if linked
        )

    def _categories(self, items: Iterable[Labelled], level: Level, stays: list[Labelled]) -> str:
        """Return the elements of those items the dialect has; the others are added to ``stays``."""
        pieces = ""
        for item in items:
            if not self._can(item, level) or (item.language and level is not Level.LANGUAGE):
                stays.append(item)
            elif item.label == "note":
                pieces += self._note(item.value)
            elif item.label in _TRANSACTIONS:
                pieces += self._transaction(item)
            elif linked := _LINKED.fullmatch(item.value):
                link = attribute("target", linked[2])
                pieces += self._element(item.label, self._text(linked[1]), link)
            else:
                pieces += self._element(item.label, self._text(item.value))
        return pieces

    def _can(self, item: Labelled, level: Level) -> bool:
        """Return whether the dialect has a category for the item at that level."""
        if item.label in _TRANSACTIONS:
            parts = transaction_parts(item.value)
            return (
                admits("transactionType", item.label, level, self._options.modules)
                and parts is not None
                # Version 2 has no time of day.
                and not (self._style is MARTIF and "T" in parts[0])
            )
        if item.label == "note":
            return level is Level.LANGUAGE
        if CATEGORIES[item.label].element == "xref" and not _LINKED.fullmatch(item.value):
            return False
        return admits(item.label, item.value, level, self._options.modules)

    def _transaction(self, item: Labelled) -> str:
        date, person = transaction_parts(item.value) or ("", "")
        pieces = self._element("transactionType", item.label)
        if person and self._style is DCT:
            pieces += f"<basic:responsibility>{self._text(person)}</basic:responsibility>\n"
        elif person:
            pieces += f'<transacNote type="responsibility">{self._text(person)}</transacNote>\n'
        pieces += f"<date>{date}</date>\n" if date else ""
        return f"<transacGrp>\n{pieces}</transacGrp>\n"

    def _element(self, name: str, content: str, attributes: str = "") -> str:
        category = CATEGORIES[name]
        if self._style is DCT:
            tag = f"{category.module}:{name}"
            return f"<{tag}{attributes}>{content}</{tag}>\n"
        tag = category.element
        return f'<{tag} type="{name}"{attributes}>{content}</{tag}>\n'

    def _note(self, note: str) -> str:
        return f"<note>{self._text(note)}</note>\n" if note else ""

    def _text(self, text: str) -> str:
        if has_illegal(text):
            self.log.add("texts with characters that XML forbids, removed", self._place)
            text = clean(text)
        return escape_text(text)


def _fields(**values: str) -> list[Labelled]:
    return [Labelled(name, value) for name, value in values.items() if value]


def _is_term_note(item: Labelled) -> bool:
    return item.label in CATEGORIES and CATEGORIES[item.label].element == "termNote"
