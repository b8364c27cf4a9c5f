"""Every glossary format: what it declares to carry is read back equal, the rest is reported."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from exchange_strategies import any_text, unit
from exchange_strategies import memory as memories
from glossary_strategies import glossaries, projected, without_spans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tmx
from glossary.errors import BadInputError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Glossary,
    Memory,
    ReviewState,
    Source,
    Term,
    is_chinese,
)
from tmx import jsonl, jsonl_memory
from tmx.interface import Feature, LossLog, ValueKind
from tmx.renderings import renderings, single_line
from tmx.validity import is_valid, with_valid_terms

quiet = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
GLOSSARY_CODECS = [i.name for i in tmx.codecs() if i.kind is ValueKind.GLOSSARY]
TABLES = ["tsv", "csv", "xlsx"]
#: Formats that hold pairs of terms, and whether of each source only one.
PAIRS = {
    "omegat": False,
    "wordfast": False,
    "po": False,
    "utx": False,
    "deepl": True,
    "aws": True,
    "microsoft": True,
    "microsoft-dictionary": True,
    "modernmt": True,
    "tmx-glossary": True,
}
OTHERS = ["jsonl", "tbx2", "tbx3", "multiterm", "memoq", "xliff2", "skos", "google"]


def again(name: str, glossary: Glossary, folder: Path) -> Glossary:
    """Write a glossary, read it back and write that again: the bytes must be the same."""
    codec = tmx.codec(name)
    path = folder / f"g{codec.CODEC.extensions[0]}"
    codec.dump(glossary, path)
    read: Glossary = codec.load(path)
    assert list(codec.iter_load(path)) == list(read.concepts)
    return read


def flat(text: str) -> str:
    return single_line(text, LossLog())


def test_every_format_is_tested_here() -> None:
    assert sorted([*TABLES, *PAIRS, *OTHERS]) == sorted(GLOSSARY_CODECS)


@pytest.mark.parametrize("name", GLOSSARY_CODECS)
def test_an_empty_glossary_is_written_and_read(name: str, tmp_path: Path) -> None:
    assert again(name, Glossary(()), tmp_path).concepts == ()


@pytest.mark.parametrize("name", GLOSSARY_CODECS)
def test_the_same_glossary_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    concept = Concept("c1", (Term("甲", "zh-Hans"), Term("a", "en"), Term("b", "en")))
    codec = tmx.codec(name)
    one, two = tmp_path / "one", tmp_path / "two"
    codec.dump(Glossary((concept,), title="t"), one)
    codec.dump(Glossary((concept,), title="t"), two)
    assert one.read_bytes() == two.read_bytes()


class TestJsonLines:
    @given(glossaries())
    @quiet
    def test_glossaries_are_carried_whole(self, tmp_path: Path, glossary: Glossary) -> None:
        assert again("jsonl", glossary, tmp_path) == glossary

    @given(any_text)
    @quiet
    def test_any_text_is_carried(self, tmp_path: Path, text: str) -> None:
        attestation = Attestation("s", 1, (0, 2), text, text, "b#1")
        term = Term(text, "en", attestations=(attestation,), note=text)
        glossary = Glossary((Concept(text, (term,)),), (Source("s", text),), text)
        assert again("jsonl", glossary, tmp_path) == glossary
        lines = (tmp_path / "g.jsonl").read_bytes().decode("utf-8").splitlines()
        assert len(lines) == 3

    @given(memories)
    @quiet
    def test_memories_are_carried_whole(self, tmp_path: Path, memory: Memory) -> None:
        path = tmp_path / "m.memory.jsonl"
        jsonl_memory.dump(memory, path)
        assert jsonl_memory.load(path) == memory

    @given(st.lists(unit, max_size=3))
    @quiet
    def test_units_are_written_as_they_come(self, tmp_path: Path, units: list[object]) -> None:
        path = tmp_path / "m.memory.jsonl"
        report = jsonl_memory.dump(Memory((), "zh-CN"), path, units=iter(units))  # type: ignore[arg-type]
        stream = jsonl_memory.iter_load(path)
        assert stream.header == Memory((), "zh-CN")
        assert list(stream) == units
        assert report.units == len(units)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "does not name the schema"),
            ("{}", ":1: the first line does not name the schema"),
            ("[]", ":1: is no JSON object"),
            ('{"schema":"tifa.exchange/1","kind":"memory"}', "holds no glossary"),
            ("HEAD\n{", ":2: is not JSON"),
            ('HEAD\n{"term":{}}', ":2: 'term' is none of source, concept"),
            ('HEAD\n{"concept":{"id":"c"}}', ":2: concept lacks terms"),
            ('HEAD\n{"concept":{"id":1,"terms":[]}}', ":2: concept.id must be of type str"),
            ('HEAD\n{"concept":{"id":"c","terms":[],"x":1}}', "has no field 'x'"),
            ('HEAD\n{"concept":{"id":"c","terms":[],"kind":"x"}}', "concept.kind cannot be"),
            ('HEAD\n{"concept":{"id":"c","terms":[3]}}', r"concept.terms\[0\] must be an object"),
            ('HEAD\n{"a":1,"b":2}', "must hold one value"),
            ("HEAD\n" + "[" * 100_000, ":2: is not JSON"),
        ],
    )
    def test_bad_lines_are_named(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "g.jsonl"
        head = '{"schema":"tifa.exchange/1","kind":"glossary","title":"t"}'
        path.write_text(text.replace("HEAD", head), "utf-8")
        with pytest.raises(BadInputError, match=message):
            jsonl.load(path)


@pytest.mark.parametrize("name", TABLES)
@given(glossary=glossaries())
@quiet
def test_tables(tmp_path: Path, name: str, glossary: Glossary) -> None:
    """Every rendering comes back with what is said of it; source terms with their text alone."""
    read = again(name, glossary, tmp_path)
    for concept, original in zip(read.concepts, glossary.concepts, strict=True):
        kept = projected(Glossary((original,)), tmx.codec(name).CODEC.carries).concepts[0]
        assert {(t.language, t.text) for t in concept.terms} == {
            (t.language, t.text) for t in kept.terms
        }
        assert concept.renderings() == kept.renderings()
        assert dataclasses.replace(concept, terms=()) == dataclasses.replace(kept, terms=())
        if not kept.renderings():
            first: dict[tuple[str, str], Term] = {}
            for term in kept.terms:
                first.setdefault((term.language, term.text), term)
            assert concept.terms == tuple(first.values())


def usable_pairs(glossary: Glossary, name: str) -> list[tuple[str, str]]:
    """Return the pairs a file of valid pairs holds, told independently of the writers."""
    log, pairs = LossLog(), list[tuple[str, str]]()
    for concept in glossary.concepts:
        if name == "utx":
            found = [r for r in renderings(concept) if not (r.target and r.target.is_machine_only)]
        else:
            kept = with_valid_terms(concept, log)
            found = list(renderings(kept)) if kept else []
        pairs += [(r.source.text, r.target.text) for r in found if r.target is not None]
    return pairs


@pytest.mark.parametrize("name", [name for name, once in PAIRS.items() if not once])
@given(glossary=glossaries())
@quiet
def test_pairs(tmp_path: Path, name: str, glossary: Glossary) -> None:
    read = again(name, glossary, tmp_path)
    clean = str if name == "po" else flat
    expected = {(clean(s), clean(t)) for s, t in usable_pairs(glossary, name)}
    found = {(c.terms[0].text, t.text) for c in read.concepts for t in c.terms[1:]}
    if name == "utx":
        # A cell of nothing but "-" is a void one.
        expected = {pair for pair in expected if "-" not in pair}
        by_id = {c.id: {t.text for t in c.terms} for c in read.concepts}
        for concept in glossary.concepts:
            if flat(concept.id) in by_id and "-" not in {flat(t.text) for t in concept.terms}:
                assert by_id[flat(concept.id)] <= {flat(t.text) for t in concept.terms}
        found = {(s.text, t.text) for c in read.concepts for s in c.terms for t in c.terms}
        assert expected <= found
    else:
        assert found == {pair for pair in expected if all(pair)}


def test_utx_carries_what_it_declares(tmp_path: Path) -> None:
    statuses = [None, *AdministrativeStatus]
    terms = (
        Term("甲", "zh-Hans", part_of_speech="noun", note="of the source"),
        *(
            Term(f"a{number}", "en", status=status, part_of_speech="verb", note=f"n{number}")
            for number, status in enumerate(statuses)
        ),
    )
    glossary = Glossary((Concept("c 1", terms), Concept("c2", terms[:2])))
    assert again("utx", glossary, tmp_path) == glossary


@pytest.mark.parametrize("name", [name for name, once in PAIRS.items() if once])
@given(glossary=glossaries())
@quiet
def test_machine_translation_has_one_translation_a_source(
    tmp_path: Path, name: str, glossary: Glossary
) -> None:
    read = again(name, glossary, tmp_path)
    pairs = [(c.terms[0].text, t.text) for c in read.concepts for t in c.terms[1:]]
    assert len({source for source, _ in pairs}) == len(pairs)
    expected: dict[str, set[str]] = {}
    for concept in glossary.concepts:
        if concept.review is ReviewState.REJECTED:
            continue
        valid = [t for t in concept.terms if is_valid(t) and flat(t.text)]
        best = next((flat(t.text) for t in valid if not is_chinese(t.language)), None)
        for term in valid:
            if is_chinese(term.language) and best is not None:
                expected.setdefault(flat(term.text), set()).add(best)
    for source, target in pairs:
        assert target in expected[source], "not the preferred rendering of a concept"
    assert bool(pairs) == bool(expected)


@given(glossaries())
@quiet
def test_multiterm(tmp_path: Path, glossary: Glossary) -> None:
    read = again("multiterm", glossary, tmp_path)
    carries = tmx.codec("multiterm").CODEC.carries
    expected = projected(glossary, carries | {Feature.SPAN, Feature.BEAD})
    assert without_spans(read) == without_spans(expected)


@given(glossaries())
@quiet
def test_memoq(tmp_path: Path, glossary: Glossary) -> None:
    read = again("memoq", glossary, tmp_path)
    kept = [c for c in (with_valid_terms(c, LossLog()) for c in glossary.concepts) if c]
    for concept, original in zip(read.concepts, kept, strict=True):
        assert [(t.language, t.text) for t in concept.terms] == list(
            dict.fromkeys((t.language, t.text) for t in original.terms)
        )
        assert (concept.subject_field, concept.definition, concept.note) == (
            original.subject_field,
            original.definition,
            original.note,
        )


@given(glossaries())
@quiet
def test_xliff(tmp_path: Path, glossary: Glossary) -> None:
    read = again("xliff2", glossary, tmp_path)
    kept = [c for c in (with_valid_terms(c, LossLog()) for c in glossary.concepts) if c]
    for concept, original in zip(read.concepts, kept, strict=True):
        assert (concept.id, concept.definition) == (original.id, original.definition)
        chinese = list(dict.fromkeys(t.text for t in original.chinese()))
        others = [t.text for t in original.renderings()]
        assert [t.text for t in concept.terms] == chinese + others


@given(glossaries())
@quiet
def test_skos(tmp_path: Path, glossary: Glossary) -> None:
    read = again("skos", glossary, tmp_path)
    assert read.title == glossary.title
    for concept, original in zip(read.concepts, glossary.concepts, strict=True):
        first: dict[tuple[str, str], Term] = {}
        for term in original.terms:
            first.setdefault((term.language, term.text), term)
        ordered = sorted(
            first.values(),
            key=lambda t: (not is_chinese(t.language), t.language, not is_valid(t)),
        )
        deprecated = AdministrativeStatus.DEPRECATED
        assert concept == Concept(
            original.id,
            tuple(
                Term(t.text, t.language, status=None if is_valid(t) else deprecated)
                for t in ordered
            ),
            definition=original.definition,
            note=original.note,
            cross_references=original.cross_references,
        )


@given(glossaries())
@quiet
def test_google(tmp_path: Path, glossary: Glossary) -> None:
    """A row is a concept: of each language its preferred term, and no source term twice."""
    read = again("google", glossary, tmp_path)
    seen: set[tuple[str, str]] = set()
    expected = []
    for original in glossary.concepts:
        kept = with_valid_terms(original, LossLog())
        first: dict[str, str] = {}
        for term in kept.terms if kept else ():
            if flat(term.text):
                first.setdefault(term.language, flat(term.text))
        chinese = {(tag, text) for tag, text in first.items() if is_chinese(tag)}
        if len(first) > 1 and not chinese & seen:
            seen |= chinese
            expected.append(first)
    assert [{t.language: t.text for t in c.terms} for c in read.concepts] == expected


@pytest.mark.parametrize("name", GLOSSARY_CODECS)
def test_what_is_not_carried_is_reported(name: str, tmp_path: Path) -> None:
    """A glossary with one of everything: each field that a format lacks is among its losses."""
    attestation = Attestation("s", 1, (0, 1), "a", "a there", "b#1")
    concept = Concept(
        "c1",
        (
            Term("甲", "zh-Hans"),
            Term(
                "a",
                "en",
                status=AdministrativeStatus.PREFERRED,
                note="n",
                part_of_speech="noun",
                valid_from="2014",
                attestations=(attestation, attestation),
            ),
            Term("b", "en", status=AdministrativeStatus.DEPRECATED),
            Term("c", "en", authority=Authority.MACHINE),
        ),
        definition="d",
        subject_field="f",
        note="m",
        cross_references=("c1",),
    )
    codec = tmx.codec(name)
    report = codec.dump(Glossary((concept,), (Source("s", "t"),), "title"), tmp_path / "g")
    said = " | ".join(loss.what.lower() for loss in (*report.losses, *report.not_carried))
    words = {
        Feature.TITLE: "title",
        Feature.SOURCES: "source",
        Feature.SUBJECT_FIELD: "subject",
        Feature.DEFINITION: "definition",
        Feature.CONCEPT_NOTE: "note",
        Feature.CROSS_REFERENCES: "cross-reference",
        Feature.STATUS: "status",
        Feature.INVALID_TERMS: "machine-only",
        Feature.PART_OF_SPEECH: "part",
        Feature.TERM_NOTE: "note",
        Feature.VALIDITY: "validity",
        Feature.CONTEXT: "context",
    }
    silent = [f for f, word in words.items() if f not in codec.CODEC.carries and word not in said]
    assert silent == [], said
