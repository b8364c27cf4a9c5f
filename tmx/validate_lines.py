"""What breaks a glossary that is no XML: its columns, its cells and what services refuse."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import AdministrativeStatus, Authority, Concept, is_chinese, valid_date
from tmx import aws, deepl, microsoft, modernmt, skos
from tmx.delimited import guarded_cell, read_rows
from tmx.findings import FindingLog
from tmx.interface import ValueKind
from tmx.jsonl import RECORD_CLASSES
from tmx.jsonlines import LineReader
from tmx.languages import is_wellformed
from tmx.mt_table import PairTable
from tmx.po import messages
from tmx.table_columns import language_named, resolve_columns
from tmx.table_rows import STATUS_WORDS, status_word
from tmx.utx import STATUS_FROM
from tmx.xlsx import read_sheet

__all__ = ["CHECKED_LINES", "SERVICES", "check_lines"]

#: Two-column glossaries of services by the name of their codec.
SERVICES: dict[str, PairTable] = {
    module.CODEC.name: module.TABLE for module in (deepl, aws, microsoft, modernmt)
}
_SUSPICIOUS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pair of a glossary: its line, its two terms and the other cells of the line."""

    line: int
    source: str
    target: str
    others: tuple[str, ...] = ()


def check_lines(path: Path, name: str, log: FindingLog) -> int:
    """Check a glossary that is no XML; return how many entries it has.

    Args:
        path: the file.
        name: the codec it is read with, one of :data:`CHECKED_LINES`.
        log: takes the findings.

    Raises:
        BadInputError: the file cannot be read as that format at all.
    """
    service = SERVICES.get(name)
    pairs: dict[tuple[str, str], int] = {}
    sources: dict[str, int] = {}
    count = 0
    for entry in CHECKED_LINES[name](path, name, log):
        count += 1
        _check_cells(entry, name, log)
        source, target = entry.source.strip(), entry.target.strip()
        if not source or not target:
            log.add("W208", entry.line, "the source is empty" if target else "the target is empty")
            continue
        if source == target:
            log.add("W209", entry.line, f"{source!r} is its own translation")
        if (source, target) in pairs:
            line = pairs[source, target]
            log.add("W210", entry.line, f"the same pair as in line {line}")
        elif service is not None and source in sources:
            message = f"another target for the source of line {sources[source]}"
            log.add("W211", entry.line, f"{message}: {service.service} takes one")
        pairs.setdefault((source, target), entry.line)
        sources.setdefault(source, entry.line)
        longest = max(len(source.encode(errors="replace")), len(target.encode(errors="replace")))
        if service is not None and service.max_bytes and longest > service.max_bytes:
            message = f"{longest} bytes; {service.service} takes {service.max_bytes}"
            log.add("W213", entry.line, message)
    return count


def _check_cells(entry: _Entry, name: str, log: FindingLog) -> None:
    for cell in (entry.source, entry.target, *entry.others):
        if found := _SUSPICIOUS.search(cell):
            log.add("W004", entry.line, f"the text holds U+{ord(found[0]):04X}")
        if name in {"tsv", "csv"} and guarded_cell(cell) != cell and not cell.startswith("'"):
            log.add("W214", entry.line, f"a spreadsheet computes the cell {cell[:20]!r}")
    for cell in (entry.source, entry.target):
        if cell.strip() and cell != cell.strip():
            log.add("W207", entry.line, f"white space at an end of {cell.strip()[:20]!r}")


def _service_entries(path: Path, name: str, log: FindingLog) -> Iterator[_Entry]:
    table = SERVICES[name]
    with path.open("rb") as stream:
        if stream.read(3) == codecs.BOM_UTF8:
            message = f"{table.service} takes the byte order mark for a part of the first term"
            log.add("W005", 1, message)
    header = table.header
    for line, cells in read_rows(path, table.delimiter, quoted=table.quoted):
        if header:
            header = False
            for code in cells[:2]:
                if not is_wellformed(code.strip()):
                    log.add("E201", line, f"{code.strip()!r} is no language code")
        elif len(cells) != 2:
            log.add("E108", line, f"{len(cells)} columns instead of 2")
        if len(cells) >= 2 and not (line == 1 and table.header):
            yield _Entry(line, cells[0], cells[1])


def _plain_entries(path: Path, name: str, log: FindingLog) -> Iterator[_Entry]:
    """Yield the pairs of OmegaT's and Wordfast's glossaries: two columns and comments."""
    for line, cells in read_rows(path, "\t", quoted=False):
        if name == "omegat" and cells[0].startswith("#"):
            continue
        if len(cells) < 2:
            log.add("E108", line, "a line without a tab, which the program passes over")
        else:
            yield _Entry(line, cells[0], cells[1], tuple(cells[2:]))


def _table_entries(path: Path, name: str, log: FindingLog) -> Iterator[_Entry]:
    rows = read_sheet(path) if name == "xlsx" else read_rows(path, "\t" if name == "tsv" else None)
    columns = None
    width = 0
    for line, cells in rows:
        if columns is None:
            columns = resolve_columns(path, cells, {})
            width = len(cells)
            if columns.header:
                continue
        if len(cells) != width and name != "xlsx":
            log.add("E108", line, f"{len(cells)} columns instead of {width}")
        texts = dict(enumerate(cells))
        first = columns.languages[0][1]
        source, target = "", ""
        for number, (at, language) in enumerate(columns.languages):
            text = texts.pop(at, "")
            if number == 0 or (is_chinese(language) and is_chinese(first)):
                source = source or text
            else:
                target = target or text
        for at, field in columns.fields:
            _check_field(field, texts.get(at, ""), line, log)
        # In tifa's own table a term may stand without a rendering, or without a Chinese term.
        if columns.holds("concept") and bool(source.strip()) != bool(target.strip()):
            continue
        yield _Entry(line, source, target, tuple(texts.values()))
    if columns is None:
        resolve_columns(path, (), {})


def _check_field(field: str, cell: str, line: int, log: FindingLog) -> None:
    if not cell.strip():
        return
    if field == "status" and status_word(cell) not in STATUS_WORDS:
        choices = ", ".join(AdministrativeStatus)
        log.add("E105", line, f"status {cell!r}: one of {choices}")
    elif field == "authority":
        try:
            Authority.from_label(cell)
        except ValueError as error:
            log.add("E105", line, str(error))
    elif field in {"valid_from", "valid_to"}:
        try:
            valid_date(cell.strip())
        except ValueError as error:
            log.add("E206", line, str(error))


def _google_entries(path: Path, _name: str, log: FindingLog) -> Iterator[_Entry]:
    width = 0
    for line, cells in read_rows(path, ","):
        if not width:
            width = len(cells)
            for code in cells:
                if not is_wellformed(code.strip()):
                    log.add("E201", line, f"{code.strip()!r} is no language code")
            continue
        if len(cells) != width:
            log.add("E108", line, f"{len(cells)} columns instead of {width}")
        filled = [cell for cell in cells if cell.strip()]
        yield _Entry(line, cells[0], "\n".join(filled[1:]) if filled[0] == cells[0] else "")


def _utx_entries(path: Path, _name: str, log: FindingLog) -> Iterator[_Entry]:
    columns: list[str] = []
    for line, cells in read_rows(path, "\t", quoted=False):
        if cells[0].startswith("#"):
            named = [cell.strip().lower() for cell in [cells[0].lstrip("#"), *cells[1:]]]
            columns = named if "src" in named else columns
            if line == 1 and not cells[0].lower().startswith("#utx"):
                log.add("E109", 1, "the first line is no header of UTX")
            continue
        if line == 1:
            log.add("E109", 1, "the first line is no header of UTX")
        if not columns:
            raise BadInputError(
                "no line before it names the columns",
                place=path,
                line=line,
                cure="write #src and tgt, separated by a tab, above the terms",
            )
        values = dict(zip(columns, cells, strict=False))
        if len(cells) > len(columns):
            log.add("E108", line, f"{len(cells)} columns instead of {len(columns)}")
        word = values.get("term status", "").strip().lower()
        if word and word != "-" and word not in STATUS_FROM:
            log.add("E105", line, f"term status {word!r}: one of {', '.join(STATUS_FROM)}")
        others = tuple(v for k, v in values.items() if k not in {"src", "tgt"})
        yield _Entry(line, values.get("src", ""), values.get("tgt", ""), others)


def _po_entries(path: Path, _name: str, log: FindingLog) -> Iterator[_Entry]:
    seen: dict[tuple[str, str], int] = {}
    header = False
    for message in messages(path):
        key = (message.texts.get("msgctxt", ""), message.source)
        if key in seen:
            log.add(
                "W210", message.line, f"the same msgid as in line {seen[key]}: msgfmt refuses it"
            )
        seen.setdefault(key, message.line)
        if not message.source and not key[0]:
            header = True
            if "charset=utf-8" not in message.target.lower():
                log.add("E109", message.line, "the header does not say that the text is UTF-8")
            continue
        yield _Entry(message.line, message.source, message.target)
    if not header:
        log.add("E109", 1, "the file has no header (an entry with an empty msgid)")


def _jsonl_entries(path: Path, _name: str, _log: FindingLog) -> Iterator[_Entry]:
    reader = LineReader(path, ValueKind.GLOSSARY, RECORD_CLASSES)
    for name, value in reader.values():
        if name == "concept":
            yield from _concept_entries(value, reader.line)


def _concept_entries(concept: Concept, line: int) -> Iterator[_Entry]:
    sources = concept.chinese() or concept.terms[:1]
    targets = concept.renderings() if concept.chinese() else concept.terms[1:]
    for target in targets:
        yield _Entry(line, sources[0].text, target.text, (target.note, concept.definition))


def _memoq_entries(path: Path, _name: str, log: FindingLog) -> Iterator[_Entry]:
    head: list[str] = []
    for line, cells in read_rows(path):
        if not head:
            head = [cell.strip() for cell in cells]
            if not any(map(language_named, head)):
                log.add("E109", line, "no heading is a language as memoQ writes it")
            continue
        if len(cells) != len(head):
            log.add("E108", line, f"{len(cells)} columns instead of {len(head)}")
        columns = [
            (language_named(name), cell) for name, cell in zip(head, cells, strict=False) if cell
        ]
        by_language: dict[str, list[str]] = {}
        for language, cell in columns:
            if language:
                by_language.setdefault(language, []).append(cell)
        # The first language of the headings is the source.
        order = [language for name in head if (language := language_named(name))]
        texts = [by_language.get(language, []) for language in dict.fromkeys(order)]
        others = tuple(cell for language, cell in columns if not language)
        sources, targets = (
            (texts[0], [t for group in texts[1:] for t in group]) if texts else ([], [])
        )
        for target in targets or [""]:
            yield _Entry(line, sources[0] if sources else "", target, others)


def _skos_entries(path: Path, _name: str, _log: FindingLog) -> Iterator[_Entry]:
    for concept in skos.load(path).concepts:
        # JSON has no lines of its own: the finding names the concept by its term.
        yield from _concept_entries(concept, 0)


CHECKED_LINES: dict[str, Callable[[Path, str, FindingLog], Iterator[_Entry]]] = {
    **dict.fromkeys(SERVICES, _service_entries),
    "omegat": _plain_entries,
    "wordfast": _plain_entries,
    "tsv": _table_entries,
    "csv": _table_entries,
    "xlsx": _table_entries,
    "google": _google_entries,
    "utx": _utx_entries,
    "memoq": _memoq_entries,
    "po": _po_entries,
    "skos": _skos_entries,
    "jsonl": _jsonl_entries,
}
