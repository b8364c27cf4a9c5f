"""memoQ's term base as CSV, with memoQ's own headings: one entry a row.

memoQ recognises its headings when the file is imported ("First row contains field names"). The
columns of a term come again for each further term of a language.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Attestation, Concept, Glossary, Term, concept_id, is_chinese
from tmx.carried import note_features
from tmx.delimited import delimited_line, read_rows
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.table_columns import language_named
from tmx.tbx_entry import unique_id
from tmx.textfile import write_encoded
from tmx.validity import with_valid_terms
from tmx.xmltext import clean

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="memoq",
    title="memoQ term base (CSV)",
    extensions=(".memoq.csv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.SOURCE_SYNONYMS,
            Feature.FURTHER_RENDERINGS,
            Feature.SCRIPT,
            Feature.SUBJECT_FIELD,
            Feature.DEFINITION,
            Feature.CONCEPT_NOTE,
        }
    ),
)

_ENTRY = (
    "Entry_ID Entry_Subject Entry_Domain Entry_ClientID Entry_ProjectID Entry_Created "
    "Entry_Creator Entry_LastModified Entry_Modifier Entry_Note"
).split()
#: memoQ's names of languages.
_NAMES = {
    "zh-Hans": "Chinese_PRC",
    "zh-Hant": "Chinese_Taiwan",
    "en": "English_United_States",
    "en-US": "English_United_States",
    "en-GB": "English_United_Kingdom",
}
#: What memoQ itself gives a term: case does not count, the end of a word may differ.
_TERM_INFO = "CasePermissive;HalfPrefix"


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the valid terms of a glossary, an entry a concept.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    kept = [c for c in (with_valid_terms(c, log) for c in glossary.concepts) if c is not None]
    entries = [(concept, _by_language(concept, log)) for concept in kept]
    widths: dict[str, int] = {}
    for name in dict.fromkeys(_NAMES.values()):
        width = max((len(terms.get(name, ())) for _, terms in entries), default=0)
        # A term base that has nothing yet still names its two languages.
        if width or (not entries and name in (_NAMES["zh-Hans"], _NAMES["en"])):
            widths[name] = max(width, 1)
    head = [*_ENTRY]
    for name, width in widths.items():
        head += [f"{name}_Def", *([name, "Term_Info", "Term_Example"] * width)]
    lines = [delimited_line(head, ",")]
    for number, (concept, terms) in enumerate(entries):
        first = next((name for name in widths if name in terms), "")
        fields = {"Entry_ID": str(number), "Entry_Subject": concept.subject_field}
        cells = [fields.get(name, "") for name in _ENTRY[:-1]] + [concept.note]
        for name, width in widths.items():
            cells.append(concept.definition if name == first else "")
            of_language = terms.get(name, [])
            for at in range(width):
                cells += _term_cells(of_language[at]) if at < len(of_language) else ["", "", ""]
        lines.append(delimited_line(map(clean, cells), ","))
    write_encoded(path, lines, "utf-8-sig")
    note_features(log, glossary, CODEC.carries)
    return log.report(len(entries))


def _by_language(concept: Concept, log: LossLog) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in concept.terms:
        name = _NAMES.get(term.language)
        if name is None:
            log.add("terms in a language whose name in memoQ is not known, left out", term.text)
        elif term in (same := found.setdefault(name, [])) or any(
            other.text == term.text for other in same
        ):
            log.add("terms that come again in their entry", term.text)
        else:
            same.append(term)
    return found


def _term_cells(term: Term) -> list[str]:
    example = next((item.context for item in term.attestations), "")
    return [term.text, _TERM_INFO, example]


def load(path: Path) -> Glossary:
    """Read a term base that memoQ exported as CSV.

    Raises:
        BadInputError: the file is missing, or its headings are not memoQ's.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read such a term base concept by concept.

    Raises:
        BadInputError: as :func:`load`.
    """
    head: list[str] = []
    taken: set[str] = set()
    for line, cells in read_rows(path):
        if not head:
            head = [cell.strip() for cell in cells]
            if not any(language_named(name) for name in head):
                raise BadInputError(
                    "the first line has no heading of a language as memoQ writes it",
                    place=path,
                    line=line,
                    cure="export the term base with headings, or read it with --from csv --map",
                )
            continue
        concept = _concept(dict(enumerate(cells)), head, taken)
        if concept is not None:
            yield concept


def _concept(cells: dict[int, str], head: list[str], taken: set[str]) -> Concept | None:
    terms: list[Term] = []
    values: dict[str, str] = {}
    definition = ""
    last: Term | None = None
    for at, name in enumerate(head):
        cell = cells.get(at, "")
        language = language_named(name)
        if name.endswith("_Def"):
            definition = definition or cell
        elif name == "Term_Example":
            if last is not None and cell:
                found = max(cell.lower().find(last.text.lower()), 0)
                end = found + len(last.text)
                item = Attestation("", -1, (found, end), cell[found:end], cell)
                terms[-1] = Term(last.text, last.language, attestations=(item,))
        elif language:
            last = Term(cell, language) if cell.strip() else None
            if last is not None:
                terms.append(last)
        elif name != "Term_Info":
            values.setdefault(name, cell)
    if not terms:
        return None
    terms.sort(key=lambda term: not is_chinese(term.language))
    return Concept(
        unique_id(concept_id(terms[0].text), taken),
        tuple(terms),
        subject_field=values.get("Entry_Subject", ""),
        definition=definition,
        note=values.get("Entry_Note", ""),
    )
