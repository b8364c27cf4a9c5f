"""Read a file of one format and write it in another; write a glossary for a tool."""

from __future__ import annotations

import dataclasses
import inspect
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from glossary.errors import UsageError
from glossary.model import Glossary, Memory, TranslationUnit
from tmx import tbx3, tmx14
from tmx.detection import codec_of
from tmx.interface import DumpReport, LossLog, ValueKind
from tmx.jsonl_memory import RecordStream
from tmx.languages import internal_tag, normalise
from tmx.memory_reader import UnitStream
from tmx.profiles import Profile
from tmx.registry import Codec, codec, codec_for
from tmx.salvage import SalvageLog, note_salvage
from tmx.unitcodes import in_codes

__all__ = ["convert", "explain_glossary", "load_glossary", "write_glossary"]

_TBX = frozenset({"tbx2", "tbx3"})
_SALVAGED = _TBX | {"tmx"}


def convert(
    source: Path,
    target: Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    profile: Profile | None = None,
    languages: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    recover: bool = False,
) -> DumpReport:
    """Write the memory or glossary of ``source`` to ``target``.

    Memories are converted unit by unit, in constant memory. Language codes of memories, and from
    one TBX to another, stay as they are unless a profile or ``languages`` names others; elsewhere
    they are those that the target format wants.

    Args:
        source: the file to read.
        target: the file to write, whole or not at all.
        source_format: name of the codec to read with; by default what the file's ending and its
            beginning tell.
        target_format: name of the codec to write with; by default that of the file's ending.
        profile: the tool that is to import the file.
        languages: exchange code of a language (``zh-Hans``, ``en`` …) or of a code in the file.
        columns: heading or position of the columns of a table, by language or field.
        recover: read a damaged file as far as it is sound; the report counts what is lost.

    Raises:
        BadInputError: ``source`` cannot be read.
        OutputError: ``target`` cannot be written.
        UsageError: a format is unknown, or one holds a memory and the other a glossary.
    """
    reader = codec(source_format) if source_format else codec_of(source)
    kind = reader.CODEC.kind
    writer = _writer(target, target_format, profile, kind)
    if writer.CODEC.kind is not kind:
        raise UsageError(
            f"{source.name} holds a {kind}, {writer.CODEC.title} a {writer.CODEC.kind}",
            cure="choose a format of the same kind",
        )
    log = SalvageLog() if recover and reader.CODEC.name in _SALVAGED else None
    codes = {**(profile.languages if profile else {}), **(languages or {})}
    if kind is ValueKind.MEMORY:
        stream = _stream(reader, source, log)
        report = _convert_units(stream, writer, target, codes, profile)
    else:
        # From one TBX to another the codes of the file stay, unless others are wished for.
        stay = not codes and {reader.CODEC.name, writer.CODEC.name} <= _TBX
        glossary = load_glossary(source, reader.CODEC.name, columns, log, keep_codes=stay)
        report = _dump(writer, glossary, target, codes, profile)
    return report if log is None else _with_salvage(report, log)


def load_glossary(
    path: Path,
    name: str | None = None,
    columns: Mapping[str, str] | None = None,
    log: SalvageLog | None = None,
    *,
    keep_codes: bool = False,
) -> Glossary:
    """Return the glossary in a file.

    Args:
        path: the file.
        name: name of its codec; by default what its ending and its beginning tell.
        columns: heading or position of the columns of a table, by language or field.
        log: where what is lost of a damaged TBX file is noted, instead of an error.
        keep_codes: leave the language codes of TBX as they are.

    Raises:
        BadInputError: the file cannot be read.
        UsageError: it is of no known format, holds a memory, or has no columns to name.
    """
    reader = codec(name) if name else codec_of(path)
    if reader.CODEC.kind is not ValueKind.GLOSSARY:
        raise UsageError(f"{path} holds a translation memory, not a glossary")
    if reader.CODEC.name in _TBX:
        return tbx3.load(path, languages={} if keep_codes else None, salvage=log)
    if not columns:
        glossary: Glossary = reader.load(path)
        return glossary
    if not _takes(reader.load, "columns"):
        raise UsageError(
            f"{reader.CODEC.title} has no columns to name", cure="--map is for CSV, TSV and XLSX"
        )
    mapped: Glossary = reader.load(path, columns=columns)  # type: ignore[call-arg]
    return mapped


def write_glossary(
    glossary: Glossary,
    target: Path,
    *,
    target_format: str | None = None,
    profile: Profile | None = None,
    languages: Mapping[str, str] | None = None,
) -> DumpReport:
    """Write a glossary in the format that its name, the tool or ``target_format`` asks for.

    Raises:
        OutputError: ``target`` cannot be written.
        UsageError: the format is unknown, holds no glossary, or is none that the tool takes.
    """
    writer = _writer(target, target_format, profile, ValueKind.GLOSSARY)
    if writer.CODEC.kind is not ValueKind.GLOSSARY:
        raise UsageError(f"{target.name}: {writer.CODEC.title} holds no glossary")
    codes = {**(profile.languages if profile else {}), **(languages or {})}
    return _dump(writer, glossary, target, codes, profile)


def explain_glossary(
    glossary: Glossary,
    target: Path,
    *,
    target_format: str | None = None,
    profile: Profile | None = None,
    languages: Mapping[str, str] | None = None,
) -> DumpReport:
    """Return what :func:`write_glossary` would report, without writing ``target``.

    Raises:
        UsageError: as :func:`write_glossary`.
    """
    with tempfile.TemporaryDirectory(prefix="tifa-explain-") as folder:
        return write_glossary(
            glossary,
            Path(folder, target.name),
            target_format=target_format,
            profile=profile,
            languages=languages,
        )


def _writer(target: Path, name: str | None, profile: Profile | None, kind: ValueKind) -> Codec:
    if name:
        return codec(name)
    if profile is not None and kind is ValueKind.GLOSSARY:
        return codec(profile.glossary_for(target))
    return codec_for(target, kind)


def _takes(function: Any, option: str) -> bool:  # noqa: ANN401 - a codec's function
    return option in inspect.signature(function).parameters


def _dump(
    writer: Codec,
    glossary: Glossary,
    target: Path,
    codes: Mapping[str, str],
    profile: Profile | None,
) -> DumpReport:
    options = profile.options(ValueKind.GLOSSARY, writer.CODEC.name) if profile else {}
    if codes and _takes(writer.dump, "languages"):
        options["languages"] = codes
    return writer.dump(glossary, target, **options)


def _stream(reader: Codec, source: Path, log: SalvageLog | None) -> UnitStream | RecordStream:
    if reader.CODEC.name == "tmx":
        return tmx14.iter_load(source, salvage=log)
    stream: RecordStream = reader.iter_load(source)  # type: ignore[assignment]
    return stream


def _convert_units(
    stream: UnitStream | RecordStream,
    writer: Codec,
    target: Path,
    codes: Mapping[str, str],
    profile: Profile | None,
) -> DumpReport:
    def code(language: str) -> str:
        found = codes.get(language) or codes.get(normalise(language))
        return found or codes.get(internal_tag(language), language)

    header: Memory = stream.header
    units: Iterator[TranslationUnit] = iter(stream)
    if codes:
        units = (in_codes(unit, code) for unit in stream)
        if header.source_language and header.source_language.lower() != "*all*":
            header = dataclasses.replace(header, source_language=code(header.source_language))
    return writer.dump(header, target, units=units, source_first=profile is not None)


def _with_salvage(report: DumpReport, salvage: SalvageLog) -> DumpReport:
    log = LossLog()
    note_salvage(salvage, log)
    return dataclasses.replace(report, losses=(*report.losses, *log.report(0).losses))
