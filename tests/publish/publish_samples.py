"""A small bitext of three texts and a glossary that names its segments, written for the tests."""

from __future__ import annotations

import dataclasses

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Bead,
    Bitext,
    Concept,
    Document,
    Glossary,
    Segment,
    SegmentRole,
    Source,
    Term,
    concept_id,
)

Part = tuple[str, SegmentRole]
BODY = SegmentRole.BODY

ESSAY = (
    ("一、修好乡村公路", SegmentRole.HEADING),
    ("县里要加快建设交通强县，打通“最后一公里”。", BODY),
    ("老百姓出行方便了。", BODY),
    ("本报记者", SegmentRole.BYLINE),
    ("交通强县战略不能动摇。", BODY),
    ("要保护好耕地。", BODY),
)
OFFICIAL = (
    ("I. Good Roads for Every Village", SegmentRole.HEADING),
    ("The county will build its strength in transport & <b>close</b> the last mile.", BODY),
    ("A bus waits at the market. PHOTO BY A READER", SegmentRole.CAPTION),
    ("The strategy to become strong in transport must not waver.", BODY),
)
MACHINE = (
    ("1. Repair country roads", SegmentRole.HEADING),
    ("The county must build a traffic strong county and open the last kilometer.", BODY),
    ("It is convenient for the people to travel.", BODY),
    ("Reporter of this newspaper", SegmentRole.BYLINE),
    ("The traffic strong county strategy can't be shaken.", BODY),
    ("Protect the farmland well.", BODY),
)


def document(source: Source, parts: tuple[Part, ...]) -> Document:
    text = ""
    segments = []
    for index, (part, role) in enumerate(parts):
        span = (len(text), len(text) + len(part))
        segments.append(Segment(source.id, index, part, span, index, role))
        text += part + "\n"
    return Document(source, text, tuple(segments))


def in_paragraphs(bitext: Bitext) -> Bitext:
    """Return a bitext whose pivot has its second and third sentence in one paragraph."""
    pivot, *others = bitext.documents
    segments = tuple(
        dataclasses.replace(segment, paragraph=segment.index - (segment.index > 1))
        for segment in pivot.segments
    )
    documents = (dataclasses.replace(pivot, segments=segments), *others)
    return dataclasses.replace(bitext, documents=documents)


def attested(in_document: Document, segment: int, surface: str) -> Attestation:
    context = in_document.segments[segment].text
    start = context.index(surface)
    return Attestation(
        in_document.source.id, segment, (start, start + len(surface)), surface, context
    )


def sample_bitext() -> Bitext:
    essay = document(
        Source("essay", "乡村公路", "日报", "zh-Hans", "2021-03-01", Authority.OFFICIAL), ESSAY
    )
    official = document(
        Source("official", "Roads", "Daily", "en", "2021-05-05", Authority.OFFICIAL), OFFICIAL
    )
    machine = document(Source("mt", "", "", "en", None, Authority.MACHINE), MACHINE)
    beads = (
        Bead(((0,), (0,), (0,)), 0.98),
        Bead(((1, 2), (1,), (1, 2)), 0.97),
        Bead(((3,), (), (3,)), 0.61),
        Bead(((), (2,), ()), 0.8),
        Bead(((4,), (3,), (4,)), 0.42),
        Bead(((5,), (), (5,)), 0.7, edited=True),
    )
    return Bitext("essay+official+mt", (essay, official, machine), beads, "tifa:test|align:hand")


def concept(*terms: Term, **more: str) -> Concept:
    return Concept(concept_id(terms[0].text), terms, **more)  # type: ignore[arg-type]


def chinese(text: str, *attestations: Attestation) -> Term:
    status = AdministrativeStatus.PREFERRED
    return Term(text, "zh-Hans", status=status, attestations=attestations)


def english(
    text: str,
    status: AdministrativeStatus | None,
    authority: Authority,
    *attestations: Attestation,
    valid: tuple[str | None, str | None] = (None, None),
) -> Term:
    return Term(
        text,
        "en",
        status=status,
        authority=authority,
        attestations=attestations,
        valid_from=valid[0],
        valid_to=valid[1],
    )


def sample_glossary(bitext: Bitext | None = None) -> Glossary:
    essay, official, machine = (bitext or sample_bitext()).documents
    preferred, superseded = AdministrativeStatus.PREFERRED, AdministrativeStatus.SUPERSEDED
    return Glossary(
        (
            concept(
                chinese("交通强县", attested(essay, 1, "交通强县"), attested(essay, 4, "交通强县")),
                english(
                    "strength in transport",
                    preferred,
                    Authority.OFFICIAL,
                    attested(official, 1, "strength in transport"),
                ),
                english(
                    "transport county", superseded, Authority.OFFICIAL, valid=("2011", "2017-10")
                ),
                english(
                    "traffic strong county",
                    None,
                    Authority.MACHINE,
                    attested(machine, 1, "traffic strong county"),
                    attested(machine, 4, "traffic strong county"),
                ),
            ),
            concept(
                chinese("交通强县战略", attested(essay, 4, "交通强县战略")),
                english(
                    "strategy to become strong in transport",
                    preferred,
                    Authority.OFFICIAL,
                    attested(official, 3, "strategy to become strong in transport"),
                ),
            ),
            concept(
                chinese("最后一公里", attested(essay, 1, "最后一公里")),
                english(
                    "the last mile",
                    preferred,
                    Authority.OFFICIAL,
                    attested(official, 1, "the last mile"),
                ),
                english(
                    "the last kilometer",
                    AdministrativeStatus.DEPRECATED,
                    Authority.MACHINE,
                    attested(machine, 1, "the last kilometer"),
                ),
            ),
        ),
        tuple(part.source for part in (essay, official, machine)),
        "Roads “公路”",
    )
