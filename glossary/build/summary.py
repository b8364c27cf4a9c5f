"""What a build did, as a value and as the text that the user reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from glossary.model import BeadKind, Bitext, Document

__all__ = ["BuildSummary", "WrittenFile", "bead_counts", "render_summary"]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the output: its name and what it holds, or why it was not written."""

    name: str
    content: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build read, found and wrote.

    Attributes:
        candidates: term candidates looked at.
        clusters: concepts whose English terms are more than one (variant clusters).
        seconds: wall time of each stage, in order.
        warnings: one line each; nothing that was left out goes unsaid.
        signature: what reproduces the result.
    """

    out: Path
    bitext: Bitext
    candidates: int
    concepts: int
    renderings: int
    clusters: int
    files: tuple[WrittenFile, ...]
    seconds: tuple[tuple[str, float], ...]
    warnings: tuple[str, ...]
    signature: str


def bead_counts(bitext: Bitext, rendition: int) -> dict[BeadKind, int]:
    """Return how many beads of each kind join the pivot and one rendition."""
    counts = Counter(bead.kind(0, rendition) for bead in bitext.beads)
    return {kind: counts[kind] for kind in BeadKind}


def render_summary(summary: BuildSummary) -> str:
    """Return the summary as plain text, a section for each stage."""
    bitext = summary.bitext
    pivot = bitext.documents[0]
    lines = ["Documents"]
    id_width = max(len(document.source.id) for document in bitext.documents)
    lines += [f"  {_document_line(document, id_width)}" for document in bitext.documents]
    lines += ["", "Alignment"]
    pairs = [
        (f"{pivot.source.id} ↔ {document.source.id}", bead_counts(bitext, rendition))
        for rendition, document in enumerate(bitext.documents[1:], start=1)
    ]
    pair_width = max(len(name) for name, _ in pairs)
    lines.append(f"  {'':{pair_width}}  " + "  ".join(f"{kind:>7}" for kind in BeadKind))
    for name, counts in pairs:
        numbers = "  ".join(f"{counts[kind]:>7}" for kind in BeadKind)
        lines.append(f"  {name:{pair_width}}  {numbers}")
    lines += [
        "",
        "Terms",
        f"  {summary.candidates} candidates, {summary.concepts} concepts, "
        f"{summary.renderings} renderings, {summary.clusters} variant clusters",
        "",
        f"Written to {summary.out}",
    ]
    name_width = max(len(file.name) for file in summary.files)
    for file in summary.files:
        content = f"not written: {file.content}" if file.skipped else file.content
        lines.append(f"  {file.name:{name_width}}  {content}")
    if summary.warnings:
        lines += ["", "Notes", *(f"  {warning}" for warning in summary.warnings)]
    total = sum(seconds for _, seconds in summary.seconds)
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in summary.seconds)
    lines += ["", f"Seconds: {stages}; {total:.1f} in all"]
    return "\n".join(lines)


def _document_line(document: Document, id_width: int) -> str:
    source = document.source
    roles = Counter(segment.role.value for segment in document.segments)
    others = ", ".join(f"{count} {role}" for role, count in roles.items() if role != "body")
    about = [source.language, source.authority.label]
    about += [fact for fact in (source.date, source.publisher) if fact]
    sentences = f"{len(document.segments)} sentences" + (f" ({others})" if others else "")
    return f"{source.id:{id_width}}  {', '.join(about)}: {sentences}"
