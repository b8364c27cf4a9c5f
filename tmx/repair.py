"""``tifa validate --fix``: mend what is safe to mend, into a new file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError, UsageError
from glossary.model import Concept, Glossary, Term
from tmx import jsonl, tbx2, tbx3, utx
from tmx.detection import codec_of
from tmx.interface import DumpReport, Loss, LossLog
from tmx.languages import is_wellformed, normalise
from tmx.mojibake import mended_text
from tmx.repair_lines import LINE_FORMATS, repair_lines
from tmx.repair_memory import repair_memory
from tmx.salvage import SalvageLog, note_salvage
from tmx.tbx_reader import read_tbx

__all__ = ["Repair", "repair"]


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair wrote and what it did.

    Attributes:
        format: the name of the format, for people.
        items: units, entries or lines written.
        done: what was done, how often, and where first.
    """

    format: str
    items: int
    done: tuple[Loss, ...]


def repair(path: Path, target: Path) -> Repair:
    """Write a file again, in its own format, without the faults that can be mended safely.

    What cannot be told, such as a missing translation, is left out and counted, never made up.

    Raises:
        BadInputError: nothing of the file can be read.
        OutputError: ``target`` cannot be written.
        UsageError: the format is unknown or is not mended.
    """
    codec = codec_of(path)
    name, title = codec.CODEC.name, codec.CODEC.title
    done = LossLog()
    if name in {"tmx", "tmx-glossary"}:
        report = repair_memory(path, target, done)
    elif name in {"tbx2", "tbx3"}:
        report = _repair_tbx(path, target, done)
    elif name in LINE_FORMATS:
        report = DumpReport(repair_lines(path, target, name, done))
    elif name == "jsonl":
        report = jsonl.dump(_mended(jsonl.load(path), done), target)
    elif name == "utx":
        report = utx.dump(_mended(utx.load(path), done), target)
    else:
        raise UsageError(
            f"{title} is not mended", cure="tifa convert writes a sound file of any format"
        )
    found = (*done.report(report.units).losses, *report.losses)
    return Repair(title, report.units, found)


def _repair_tbx(path: Path, target: Path, done: LossLog) -> DumpReport:
    # With an empty mapping the codes stay those of the file.
    try:
        stream = read_tbx(path, languages={})
        concepts = tuple(stream)
    except BadInputError:
        salvage = SalvageLog()
        stream = read_tbx(path, languages={}, salvage=salvage)
        concepts = tuple(stream)
        note_salvage(salvage, done)
    glossary = _mended(Glossary(concepts, stream.sources, stream.title), done)
    if stream.version == 2:
        return tbx2.dump(glossary, target, valid_only=False, contexts=None)
    dialect = stream.dialect if stream.dialect in tbx3.DIALECTS else "TBX-Basic"
    style = stream.style if stream.style in {"dca", "dct"} else "dct"
    return tbx3.dump(glossary, target, dialect=dialect, style=style)


def _mended(glossary: Glossary, done: LossLog) -> Glossary:
    """Return a glossary with its texts mended, without empty and repeated terms."""
    concepts = []
    for concept in glossary.concepts:
        mended = _mended_concept(concept, done)
        if mended.terms:
            concepts.append(mended)
        else:
            done.add("concepts without any term, left out", concept.id)
    return dataclasses.replace(
        glossary, concepts=tuple(concepts), title=_text(glossary.title, done, "the title")
    )


def _mended_concept(concept: Concept, done: LossLog) -> Concept:
    terms: dict[tuple[str, str], Term] = {}
    for term in concept.terms:
        mended = _mended_term(term, concept.id, done)
        key = (mended.language, mended.text)
        if not mended.text:
            done.add("empty terms, left out", concept.id)
        elif key in terms:
            done.add("terms that stand twice in their entry, left out", term.text)
        else:
            terms[key] = mended
    return dataclasses.replace(
        concept,
        terms=tuple(terms.values()),
        definition=_text(concept.definition, done, concept.id),
        note=_text(concept.note, done, concept.id),
        subject_field=_text(concept.subject_field, done, concept.id),
    )


def _mended_term(term: Term, place: str, done: LossLog) -> Term:
    text = _text(term.text, done, place)
    done.add("white space at an end of a term, removed", place, text != text.strip())
    language = term.language
    if not is_wellformed(language) and normalise(language) != language:
        done.add("language codes, normalised", f"{place}: {language}")
        language = normalise(language)
    return dataclasses.replace(
        term, text=text.strip(), language=language, note=_text(term.note, done, place)
    )


def _text(text: str, done: LossLog, place: str) -> str:
    mended = mended_text(text)
    done.add("control characters, mended or removed", place, mended != text)
    return mended
