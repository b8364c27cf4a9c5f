"""UTX 1.20, the terminology format of the Asia-Pacific Association for Machine Translation.

Tab-separated UTF-8 without a BOM and with CR LF. The first line describes the file, the last one
that begins with ``#`` names the columns; a term's status is approved, provisional, non-standard or
forbidden.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import AdministrativeStatus, Concept, Glossary, Source, Term, concept_id
from tmx.carried import note_features
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import exchange_tag, internal_tag
from tmx.renderings import renderings, single_line
from tmx.textfile import open_text, write_encoded

__all__ = ["CODEC", "STATUS_FROM", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="utx",
    title="UTX 1.20",
    extensions=(".utx",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.FURTHER_RENDERINGS,
            Feature.CONCEPT_ID,
            Feature.STATUS,
            Feature.PART_OF_SPEECH,
            Feature.TERM_NOTE,
        }
    ),
)

_COLUMNS = ("src", "tgt", "src:pos", "tgt:pos", "term status")
_COMMENTS = ("src:comment", "tgt:comment", "concept ID")
_STATUS = {
    AdministrativeStatus.PREFERRED: "approved",
    AdministrativeStatus.ADMITTED: "provisional",
    AdministrativeStatus.DEPRECATED: "non-standard",
    AdministrativeStatus.SUPERSEDED: "forbidden",
}
STATUS_FROM = {word: status for status, word in _STATUS.items()} | {
    "rejected": AdministrativeStatus.DEPRECATED
}
#: A cell that may not be empty and has nothing to say.
_VOID = "-"


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the renderings of a glossary that people use, with their statuses.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    lines: list[str] = []
    tags: dict[int, str] = {}
    for concept in glossary.concepts:
        for item in renderings(concept) if concept.terms else ():
            source, target = item.source, item.target
            if target is None:
                log.add("terms without a rendering, left out", source.text)
                continue
            if target.is_machine_only:
                log.add("machine-only terms, left out", target.text)
                continue
            cells = _cells(concept, source, target, log)
            if not (cells[0].strip() and cells[1]):
                log.add("empty terms, left out", concept.id)
                continue
            for at, term in ((0, source), (1, target)):
                if tags.setdefault(at, term.language) != term.language:
                    log.add("languages beyond the first of a side, not told apart", term.text)
            lines.append("\t".join(cells) + "\r\n")
    codes = [exchange_tag(tags.get(at, tag), languages) for at, tag in ((0, "zh-Hans"), (1, "en"))]
    pieces = (
        f"#UTX 1.20; {'/'.join(codes)}; {_date(glossary.sources)}\r\n",
        "#" + "\t".join((*_COLUMNS, *_COMMENTS)) + "\r\n",
    )
    write_encoded(path, (*pieces, *lines))
    note_features(log, glossary, CODEC.carries)
    return log.report(len(lines))


def _cells(concept: Concept, source: Term, target: Term, log: LossLog) -> list[str]:
    texts = (
        source.text,
        target.text,
        source.part_of_speech or _VOID,
        target.part_of_speech or _VOID,
        _STATUS[target.status] if target.status else "",
        source.note,
        target.note,
        concept.id,
    )
    cells = [single_line(text, log, concept.id) for text in texts]
    if cells[0].startswith("#"):
        log.add("sources that begin with #, a space put before it", cells[0])
        cells[0] = f" {cells[0]}"
    return cells


def _date(sources: tuple[Source, ...]) -> str:
    """Return the day of the file, which its header must have.

    ``SOURCE_DATE_EPOCH``, else the latest of the sources' dates, else the first day of that epoch:
    the day of writing would make other bytes of the same glossary.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return f"{datetime.datetime.fromtimestamp(int(epoch), datetime.UTC):%Y-%m-%d}"
    return max((source.date for source in sources if source.date), default="1970-01-01")


def load(path: Path) -> Glossary:
    """Read a UTX glossary of any version.

    Raises:
        BadInputError: the file is missing, not UTF-8 or not UTX.
    """
    return Glossary(tuple(iter_load(path)))


@dataclass(slots=True)
class _Entry:
    id: str
    sources: dict[str, Term] = field(default_factory=dict)
    targets: list[Term] = field(default_factory=list)


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a UTX glossary concept by concept, in the order of their first line.

    Raises:
        BadInputError: as :func:`load`.
    """
    entries: dict[str, _Entry] = {}
    columns: list[str] = []
    languages = ("", "")
    with open_text(path) as stream:
        for number, line in enumerate(stream, 1):
            text = line.rstrip("\r\n")
            if number == 1:
                languages = _languages(path, text)
            elif text.startswith("#"):
                cells = [cell.strip().lower() for cell in text.lstrip("#").split("\t")]
                if "src" in cells:
                    columns = cells
            elif text.strip():
                if not columns:
                    raise BadInputError(
                        "no line before it names the columns",
                        place=path,
                        line=number,
                        cure="write #src and tgt, separated by a tab, above the terms",
                    )
                _read_line(
                    path,
                    number,
                    dict(zip(columns, text.split("\t"), strict=False)),
                    languages,
                    entries,
                )
    for entry in entries.values():
        yield Concept(entry.id, (*entry.sources.values(), *entry.targets))


def _languages(path: Path, text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(";")]
    if not parts[0].lower().startswith("#utx") or len(parts) < 2:
        raise BadInputError(
            "the first line is no header of UTX",
            place=path,
            line=1,
            cure="write it as in #UTX 1.20; zh-CN/en-US; 2024-05-06",
        )
    source, _, target = parts[1].partition("/")
    return internal_tag(source.strip()), internal_tag(target.strip() or source.strip())


def _read_line(
    path: Path,
    number: int,
    cells: Mapping[str, str],
    languages: tuple[str, str],
    entries: dict[str, _Entry],
) -> None:
    values = {name: "" if cell.strip() == _VOID else cell.strip() for name, cell in cells.items()}
    source, target = values.get("src", ""), values.get("tgt", "")
    if not source or not target:
        return
    word = values.get("term status", "").lower()
    if word and word not in STATUS_FROM:
        raise BadInputError(
            f"{word!r} is no status of UTX",
            place=path,
            line=number,
            cure=f"one of {', '.join(STATUS_FROM)}",
        )
    name = values.get("concept id", "")
    entry = entries.setdefault(name or source, _Entry(name or concept_id(source)))
    entry.sources.setdefault(
        source,
        Term(
            source,
            languages[0],
            part_of_speech=values.get("src:pos", ""),
            note=values.get("src:comment", ""),
        ),
    )
    entry.targets.append(
        Term(
            target,
            languages[1],
            status=STATUS_FROM[word] if word else None,
            part_of_speech=values.get("tgt:pos", ""),
            note=values.get("tgt:comment", "") or values.get("comment", ""),
        )
    )
