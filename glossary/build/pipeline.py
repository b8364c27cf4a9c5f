"""Run the whole way: read, align, harvest, keep, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from glossary import __version__
from glossary.align import align
from glossary.align.passages import changed_passages
from glossary.build.outputs import write_outputs
from glossary.build.prior import core_formulations
from glossary.build.staging import check_output, staged_output
from glossary.build.summary import BuildSummary
from glossary.errors import BadInputError
from glossary.harvest import Harvest, harvest
from glossary.model import Bitext, Document, is_chinese
from glossary.publish.alignment import REVIEW_BELOW
from glossary.review.kept import Decisions, decisions_of, with_decisions
from glossary.termbase import Termbase
from glossary.texts import TextRequest, read_document

__all__ = ["STAGES", "Progress", "build", "order_renditions"]

#: The stages of a build, in order, as the progress bar and the summary name them.
STAGES = ("read", "align", "harvest", "write")


#: Told of each stage as it begins.
Progress = Callable[[str], None]


class _Clock:
    """Wall seconds of each stage, in the order they ran."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.seconds: list[tuple[str, float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if self._progress is not None:
            self._progress(name)
        begin = time.perf_counter()
        yield
        self.seconds.append((name, time.perf_counter() - begin))


def build(
    requests: Sequence[TextRequest],
    out: Path,
    *,
    title: str = "",
    languages: Mapping[str, str] | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> BuildSummary:
    """Read texts, align them, harvest their terms and write everything to the folder ``out``.

    The folder appears whole or not at all. Two texts or more are needed; at most one is Chinese,
    and it becomes the pivot wherever it stands. Without a Chinese text the first rendition is the
    pivot and the others are compared with it.

    Args:
        requests: the texts and what they are.
        out: the folder to make.
        title: title of the glossary; by default the pivot's.
        languages: exchange codes that replace the default ``zh-CN``, ``zh-TW`` and ``en-US``.
        force: write into ``out`` although it exists; files that tifa did not write stay, and so do
            the decisions of a review in its termbase.
        progress: called as each stage begins.

    Raises:
        TifaError: the texts cannot be read or aligned, or ``out`` cannot be written.
    """
    check_output(out, force=force)
    _decided(out)  # Read at once, so that one that cannot be read stops no finished harvest.
    clock = _Clock(progress)
    with clock.stage("read"):
        documents = order_renditions([read_document(request) for request in requests])
    with clock.stage("align"):
        bitext = align(documents)
    with clock.stage("harvest"):
        harvested = harvest(bitext, known=core_formulations())
    signature = _signature(bitext, harvested)
    with clock.stage("write"), staged_output(out, force=force) as folder:
        decisions = _decided(out)
        concepts = with_decisions(harvested.concepts, decisions, bitext)
        files = write_outputs(
            folder,
            bitext,
            concepts,
            cited=decisions.cited(concepts),
            unsure=harvested.unsure,
            title=title,
            languages=languages or {},
            signature=signature,
        )
    return BuildSummary(
        out=out,
        bitext=bitext,
        candidates=harvested.candidates,
        concepts=len(harvested.concepts),
        renderings=sum(len(concept.renderings()) for concept in harvested.concepts),
        clusters=harvested.clusters,
        files=files,
        seconds=tuple(clock.seconds),
        warnings=tuple(_warnings(bitext, decisions)),
        signature=signature,
    )


def _signature(bitext: Bitext, harvested: Harvest) -> str:
    """Return one line that reproduces the result, as sacreBLEU's signatures do."""
    parts = (f"tifa:{__version__}", bitext.method, harvested.signature)
    return "|".join(part for part in (*parts, f"sources:{len(bitext.documents)}") if part)


def _decided(out: Path) -> Decisions:
    """Return what was decided in the termbase that an earlier build wrote to a folder.

    Raises:
        BadInputError: it cannot be read: what people have decided is not written over unseen.
    """
    if not (out / "termbase.sqlite").exists():
        return Decisions()
    with Termbase.open(out, readonly=True) as base:
        return decisions_of(base)


def _warnings(bitext: Bitext, decisions: Decisions) -> Iterator[str]:
    """Yield a line for each thing that the user should know before trusting the result."""
    if decisions.concepts:
        yield f"{len(decisions.concepts)} concepts stay as they were decided in the termbase before"
    for rendition, document in enumerate(bitext.documents):
        alone = sum(
            len(bead.members[rendition])
            for bead in bitext.beads
            if sum(map(bool, bead.members)) == 1 and bead.members[rendition]
        )
        if alone:
            yield f"{document.source.id}: {alone} sentences without a counterpart, see report.md"
        changed = changed_passages(bitext, rendition) if rendition else []
        if changed:
            plural = "s" if len(changed) > 1 else ""
            yield (
                f"{document.source.id}: {len(changed)} passage{plural} moved, left out or added, "
                "see report.md"
            )
    doubtful = sum(bead.score < REVIEW_BELOW for bead in bitext.beads)
    if doubtful:
        yield f"{doubtful} beads score below {REVIEW_BELOW}: check them in alignment.html"


def order_renditions(documents: Sequence[Document]) -> list[Document]:
    """Return the documents with the pivot first: the Chinese text, if there is one.

    Raises:
        BadInputError: fewer than two texts, or two Chinese ones.
    """
    if len(documents) < 2:
        raise BadInputError(
            "one text alone cannot be aligned",
            place=documents[0].source.id if documents else None,
            cure="give a Chinese text and its English renditions, or two English renditions",
        )
    chinese = [document for document in documents if is_chinese(document.language)]
    if len(chinese) > 1:
        names = " and ".join(document.source.id for document in chinese)
        raise BadInputError(
            f"{names} are in the same language, Chinese",
            cure="give one Chinese text; the others must be English renditions of it",
        )
    return chinese + [document for document in documents if not is_chinese(document.language)]
