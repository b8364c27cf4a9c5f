"""Hypothesis strategies for termbases: any valid values of the model."""

from __future__ import annotations

from hypothesis import strategies as st

from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Bead,
    Bitext,
    Concept,
    ConceptKind,
    Document,
    ReviewState,
    Score,
    Segment,
    SegmentRole,
    Source,
    Term,
    TermType,
)

TEXT = st.text(max_size=12) | st.sampled_from(
    ["网络强国", "“三农”问题", "the cyber country's", "鄉長"]
)
DATES = st.none() | st.sampled_from(["2017", "2017-10", "2017-10-18"])
NUMBERS = st.floats(allow_nan=False)
LANGUAGES = st.sampled_from(["zh-Hans", "zh-Hant", "en"])
SCORES = st.none() | st.builds(
    Score, NUMBERS, TEXT, st.lists(st.tuples(TEXT, NUMBERS), max_size=3).map(tuple)
)


def sources(id_: st.SearchStrategy[str]) -> st.SearchStrategy[Source]:
    return st.builds(
        Source, id_, TEXT, TEXT, LANGUAGES, DATES, st.sampled_from(Authority), TEXT, TEXT, TEXT
    )


@st.composite
def attestations(draw: st.DrawFn) -> Attestation:
    context = draw(TEXT)
    start = draw(st.integers(0, len(context)))
    stop = draw(st.integers(start, len(context)))
    surface = draw(st.just(context[start:stop]) | TEXT)
    return Attestation(
        draw(st.sampled_from(["a", "b", "c"])),
        draw(st.integers(0, 3)),
        (start, stop),
        surface,
        context,
        draw(st.sampled_from(["", "a+b#0", "a+b#1"])),
    )


TERMS = st.builds(
    Term,
    text=TEXT,
    language=LANGUAGES,
    term_type=st.sampled_from(TermType),
    status=st.none() | st.sampled_from(AdministrativeStatus),
    authority=st.sampled_from(Authority),
    attestations=st.lists(attestations(), max_size=3).map(tuple),
    valid_from=DATES,
    valid_to=DATES,
    part_of_speech=TEXT,
    note=TEXT,
    score=SCORES,
)
CONCEPTS = st.builds(
    Concept,
    id=st.text(min_size=1, max_size=4),
    terms=st.lists(TERMS, max_size=3).map(tuple),
    kind=st.sampled_from(ConceptKind),
    score=SCORES,
    subject_field=TEXT,
    definition=TEXT,
    note=TEXT,
    cross_references=st.lists(TEXT, max_size=2).map(tuple),
    review=st.sampled_from(ReviewState),
)
CONCEPT_LISTS = st.lists(CONCEPTS, max_size=4, unique_by=lambda concept: concept.id)


@st.composite
def documents(draw: st.DrawFn, id_: str) -> Document:
    source = draw(sources(st.just(id_)))
    segments = []
    text = ""
    for index in range(draw(st.integers(0, 4))):
        sentence = draw(TEXT)
        segments.append(
            Segment(
                id_,
                index,
                sentence,
                (len(text), len(text) + len(sentence)),
                draw(st.integers(0, 2)),
                draw(st.sampled_from(SegmentRole)),
            )
        )
        text += sentence + draw(st.sampled_from(["", "\n", " "]))
    return Document(source, text, tuple(segments))


@st.composite
def bitexts(draw: st.DrawFn) -> Bitext:
    ids = draw(st.sampled_from([("a", "b"), ("a", "b", "c"), ("c", "a")]))
    texts = tuple(draw(documents(id_)) for id_ in ids)
    beads = []
    left = [list(range(len(document.segments))) for document in texts]
    while any(left):
        members = []
        for group in left:
            taken = draw(st.integers(0, len(group)))
            members.append(tuple(group[:taken]))
            del group[:taken]
        if any(members):
            beads.append(Bead(tuple(members), draw(st.floats(0, 1)), draw(st.booleans())))
    return Bitext("+".join(ids), texts, tuple(beads), draw(TEXT))
