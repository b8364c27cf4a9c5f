"""A small termbase of harvested concepts, for the tests of the review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Bitext,
    Concept,
    ConceptKind,
    Score,
    Term,
    concept_id,
)
from glossary.termbase import Termbase

BITEXT = bitext(ESSAY, OFFICIAL, MACHINE)
NETWORK = concept_id("网络强国")


def attested(text: str, rendition: int, *, bitext: Bitext = BITEXT) -> tuple[Attestation, ...]:
    """Return where a text stands in a rendition."""
    document = bitext.documents[rendition]
    return tuple(
        Attestation(
            document.source.id,
            segment.index,
            (start, start + len(text)),
            segment.text[start : start + len(text)],
            segment.text,
            f"{bitext.id}#{segment.index}",
        )
        for segment in document.segments
        if (start := segment.text.lower().find(text.lower())) >= 0
    )


def concept(
    chinese: str,
    official: Sequence[str],
    machine: Sequence[str],
    score: float,
    kind: ConceptKind = ConceptKind.TERM,
) -> Concept:
    """Return a concept as a harvest of the three renditions gives it."""
    head = Term(chinese, "zh-Hans", authority=Authority.OFFICIAL, attestations=attested(chinese, 0))
    statuses = (AdministrativeStatus.PREFERRED, *[AdministrativeStatus.ADMITTED] * len(official))
    people = (
        Term(
            text, "en", status=status, authority=Authority.OFFICIAL, attestations=attested(text, 1)
        )
        for text, status in zip(official, statuses, strict=False)
    )
    machines = (
        Term(text, "en", authority=Authority.MACHINE, attestations=attested(text, 2))
        for text in machine
    )
    return Concept(
        concept_id(chinese), (head, *people, *machines), kind=kind, score=Score(score, "test/1")
    )


def concepts() -> tuple[Concept, ...]:
    """Return the concepts of the termbase, not in the order in which they are to be reviewed."""
    return (
        concept("数字经济", ["digital economy"], [], 0.7),
        concept("网络强国", ["strong cyber country"], ["network power"], 0.9),
        concept("卡脖子", ["technology bottlenecks"], ["stuck neck"], 0.8),
        concept("高质量发展", ["high-quality development"], [], 0.6),
        concept("举国体制", [], ["national system"], 0.5),
        concept("增强“四个意识”", ["strengthen the Four Consciousnesses"], [], 0.4,
                ConceptKind.PHRASE),
    )  # fmt: skip


def write_termbase(path: Path) -> Path:
    """Write the termbase with its bitext; return its path."""
    with Termbase.create(path) as base, base.transaction("build"):
        base.add_bitext(BITEXT)
        base.add_concepts(concepts())
    return path
