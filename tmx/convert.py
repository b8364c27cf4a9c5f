"""Read a file of one format and write it in another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from glossary.errors import UsageError
from glossary.model import Glossary, Memory, TranslationUnit
from tmx import tbx3, tmx14
from tmx.interface import DumpReport, Loss, ValueKind
from tmx.languages import internal_tag, normalise
from tmx.profiles import Profile
from tmx.registry import codec, codec_for
from tmx.salvage import SalvageLog

__all__ = ["convert"]

_SALVAGED = frozenset({"tmx", "tbx2", "tbx3"})
_WITH_LANGUAGES = frozenset({"tbx2", "tbx3"})


def convert(
    source: Path,
    target: Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    profile: Profile | None = None,
    languages: Mapping[str, str] | None = None,
    recover: bool = False,
) -> DumpReport:
    """Write the memory or glossary of ``source`` to ``target``.

    Memories are converted unit by unit, in constant memory. Language codes stay as they are unless
    a profile or ``languages`` names others.

    Args:
        source: the file to read.
        target: the file to write, whole or not at all.
        source_format: name of the codec to read with; by default that of the file's ending.
        target_format: name of the codec to write with; by default that of the file's ending.
        profile: the tool that is to import the file.
        languages: exchange code of a language (``zh-Hans``, ``en`` …) or of a code in the file.
        recover: read a damaged file as far as it is sound; the report counts what is lost.

    Raises:
        BadInputError: ``source`` cannot be read.
        OutputError: ``target`` cannot be written.
        UsageError: a format is unknown, or one holds a memory and the other a glossary.
    """
    reader = codec(source_format) if source_format else codec_for(source)
    kind = reader.CODEC.kind
    if target_format:
        writer = codec(target_format)
    elif profile is not None and kind is ValueKind.GLOSSARY:
        writer = codec(profile.glossary)
    else:
        writer = codec_for(target)
    if writer.CODEC.kind is not kind:
        raise UsageError(
            f"{source.name} holds a {kind}, {writer.CODEC.title} a {writer.CODEC.kind}",
            cure="choose a format of the same kind",
        )
    log = SalvageLog() if recover and reader.CODEC.name in _SALVAGED else None
    codes = {**(profile.languages if profile else {}), **(languages or {})}
    options = profile.options(kind, writer.CODEC.name) if profile else {}
    if kind is ValueKind.MEMORY:
        report = _memory(source, target, codes, bool(options.get("source_first")), log)
    else:
        if writer.CODEC.name in _WITH_LANGUAGES:
            options["languages"] = codes
        report = writer.dump(_glossary(reader.CODEC.name, source, codes, log), target, **options)
    return report if log is None else _with_salvage(report, log)


def _memory(
    source: Path, target: Path, codes: Mapping[str, str], source_first: bool, log: SalvageLog | None
) -> DumpReport:
    stream = tmx14.iter_load(source, salvage=log)
    if not codes:
        return tmx14.dump(stream.header, target, units=stream, source_first=source_first)

    def code(language: str) -> str:
        found = codes.get(language) or codes.get(normalise(language))
        return found or codes.get(internal_tag(language), language)

    def units(original: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        for unit in original:
            yield dataclasses.replace(
                unit,
                variants=tuple(
                    dataclasses.replace(variant, language=code(variant.language))
                    for variant in unit.variants
                ),
            )

    header: Memory = stream.header
    if header.source_language and header.source_language.lower() != "*all*":
        header = dataclasses.replace(header, source_language=code(header.source_language))
    return tmx14.dump(header, target, units=units(stream), source_first=source_first)


def _glossary(name: str, path: Path, codes: Mapping[str, str], log: SalvageLog | None) -> Glossary:
    if name in _WITH_LANGUAGES:
        # Without a wish the codes of the file stay; with one its languages must be known.
        return tbx3.load(path, languages=None if codes else {}, salvage=log)
    glossary: Glossary = codec(name).load(path)
    return glossary


def _with_salvage(report: DumpReport, log: SalvageLog) -> DumpReport:
    losses = list(report.losses)
    for what, lines in (("damaged units, mended", log.mended), ("damaged units, lost", log.lost)):
        if lines:
            losses.append(Loss(what, len(lines), f"line {lines[0]}"))
    return dataclasses.replace(report, losses=tuple(losses))
