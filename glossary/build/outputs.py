"""The files of a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from glossary.build.memory import memory_of
from glossary.build.summary import WrittenFile
from glossary.errors import MissingExtraError
from glossary.harvest.result import Unsure
from glossary.model import Bitext, Concept, Glossary, ReviewState, Source
from glossary.publish.alignment import write_alignment
from glossary.publish.pdf import write_pdf
from glossary.publish.report import write_report
from glossary.termbase import Termbase
from tmx import omegat, tbx2, tbx3, tmx14, tsv
from tmx.interface import DumpReport

__all__ = ["write_outputs"]


def write_outputs(
    folder: Path,
    bitext: Bitext,
    concepts: tuple[Concept, ...],
    *,
    cited: tuple[Source, ...] = (),
    unsure: tuple[Unsure, ...] = (),
    title: str,
    languages: Mapping[str, str],
    signature: str,
) -> tuple[WrittenFile, ...]:
    """Write every file of a build to ``folder`` and say what each holds.

    The termbase holds all concepts, the other files those that nobody has rejected. A file whose
    optional packages are not installed is not written and says how to install them.

    Args:
        folder: where to write.
        bitext: of the texts.
        concepts: harvested from it, or decided earlier.
        cited: sources of those decided earlier that are not texts of the bitext.
        unsure: phrases that the harvest found and was not sure of.
        title: of the glossary; by default the pivot's.
        languages: exchange codes that replace the default ones.
        signature: reproduces the result.

    Raises:
        OutputError: a file cannot be written.
    """
    texts = [document.source for document in bitext.documents]
    known = {source.id for source in texts}
    sources = (*texts, *(source for source in cited if source.id not in known))
    everything = Glossary(concepts, sources, title or texts[0].title or texts[0].id)
    kept = tuple(c for c in concepts if c.review is not ReviewState.REJECTED)
    glossary = replace(everything, concepts=kept)
    writers: dict[str, Callable[[Path], str]] = {
        "termbase.sqlite": lambda path: _termbase(path, bitext, everything),
        "memory.tmx": lambda path: _said(
            tmx14.dump(memory_of(bitext, languages), path), "translation units (TMX 1.4b)"
        ),
        "glossary.tbx": lambda path: _said(
            tbx3.dump(glossary, path, languages=languages), "concepts (TBX 3, TBX-Basic, DCT)"
        ),
        "glossary.tbx2.tbx": lambda path: _said(
            tbx2.dump(glossary, path, languages=languages),
            "concepts with valid renderings (TBX 2, for CAT tools)",
        ),
        "glossary.tsv": lambda path: _said(tsv.dump(glossary, path), "renderings"),
        "glossary.utf8.txt": lambda path: _said(
            omegat.dump(glossary, path), "valid renderings (OmegaT glossary)"
        ),
        "glossary.pdf": lambda path: _pdf(path, glossary),
        "alignment.html": lambda path: _alignment(path, bitext, glossary),
        "report.md": lambda path: _report(path, bitext, glossary, signature, unsure),
    }
    return tuple(_write(folder / name, write) for name, write in writers.items())


def _write(path: Path, write: Callable[[Path], str]) -> WrittenFile:
    try:
        return WrittenFile(path.name, write(path))
    except MissingExtraError as error:
        return WrittenFile(path.name, str(error), skipped=True)


def _said(report: DumpReport, what: str) -> str:
    losses = ", ".join(f"{loss.what} ({loss.count})" for loss in report.losses)
    return f"{report.units} {what}" + (f"; without {losses}" if losses else "")


def _termbase(path: Path, bitext: Bitext, glossary: Glossary) -> str:
    with Termbase.create(path) as termbase:
        with termbase.transaction("build"):
            termbase.add_bitext(bitext)
            termbase.add_sources(glossary.sources[len(bitext.documents) :])
            termbase.add_concepts(glossary.concepts)
        counts = termbase.counts()
    return f"{counts.concepts} concepts, {counts.terms} terms, {counts.attestations} attestations"


def _pdf(path: Path, glossary: Glossary) -> str:
    write_pdf(glossary, path)
    return f"{len(glossary.concepts)} entries"


def _alignment(path: Path, bitext: Bitext, glossary: Glossary) -> str:
    write_alignment(bitext, glossary, path)
    return f"{len(bitext.beads)} beads side by side, terms marked"


def _report(
    path: Path, bitext: Bitext, glossary: Glossary, signature: str, unsure: tuple[Unsure, ...]
) -> str:
    write_report(path, bitext, glossary, signature=signature, unsure=unsure)
    return "what was found and what to review"
