"""What goes into a termbase comes out equal, whole or not at all, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from termbase_strategies import CONCEPT_LISTS, bitexts, sources

from glossary.errors import BadInputError, OutputError, TifaError, UsageError
from glossary.model import Attestation, Bitext, Concept, Source, Term
from glossary.termbase import Existing, Termbase, timestamp

FILE = "t.sqlite"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


@pytest.fixture
def base(path: Path) -> Iterator[Termbase]:
    with Termbase.create(path) as termbase:
        yield termbase


def concept(head: str, rendering: str = "", *, note: str = "", id_: str = "") -> Concept:
    proof = Attestation("essay", 3, (2, 2 + len(head)), head, f"建设{head}。")
    terms = [Term(head, "zh-Hans", attestations=(proof,))]
    if rendering:
        terms.append(Term(rendering, "en"))
    return Concept(id_ or f"c-{head}", tuple(terms), note=note)


def derived(path: Path) -> list[list[tuple[object, ...]]]:
    """What the file holds beside the values: the search index and the bookkeeping."""
    queries = [
        "SELECT chinese, key, pinyin FROM forms",
        "SELECT token, forms FROM token_counts",
        'SELECT count(*) FROM form_tokens WHERE form_tokens MATCH \'"cyber" OR "网络"\'',
        "SELECT source, segment, text FROM sentences",
        "SELECT source, digest FROM documents",
        'SELECT "transaction", kind, id FROM changes',
    ]
    connection = sqlite3.connect(path)
    found = [sorted(connection.execute(query).fetchall()) for query in queries]
    connection.close()
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(sources(st.sampled_from("abcd")), max_size=3, unique_by=lambda s: s.id),
    CONCEPT_LISTS,
)
def test_concepts_and_sources_come_out_equal(
    given_sources: list[Source], concepts: list[Concept]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Termbase.create(Path(folder) / FILE) as base:
        base.add_sources(given_sources)
        base.add_concepts(concepts)
        assert list(base.concepts()) == concepts
        assert [base.concept(c.id) for c in concepts] == concepts
        known = {source.id for source in given_sources}
        named = dict.fromkeys(
            a.source_id for c in concepts for t in c.terms for a in t.attestations
        )
        assert base.sources() == (
            *given_sources,
            *(Source(id_) for id_ in named if id_ not in known),
        )


@settings(max_examples=60, deadline=None)
@given(bitexts())
def test_bitexts_come_out_equal(bitext: Bitext) -> None:
    with tempfile.TemporaryDirectory() as folder, Termbase.create(Path(folder) / FILE) as base:
        base.add_bitext(bitext)
        assert list(base.bitexts()) == [bitext]
        assert base.sources() == tuple(document.source for document in bitext.documents)


@settings(max_examples=60, deadline=None)
@given(CONCEPT_LISTS, bitexts(), CONCEPT_LISTS, bitexts())
def test_undo_restores_what_was_there(
    before: list[Concept], text: Bitext, after: list[Concept], other: Bitext
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        with Termbase.create(path) as base:
            with base.transaction("first"):
                base.add_bitext(text)
                base.add_concepts(before)
            state = (base.glossary(), list(base.bitexts()), base.transactions(), base.counts())
        bare = derived(path)
        with Termbase.open(path) as base:
            with base.transaction("second"):
                base.add_concepts(after)
                base.add_bitext(other)
                base.remove_concepts([c.id for c in before[:1]])
            undone = base.undo()
            assert undone is not None
            assert undone.what == "second"
            assert (
                base.glossary(),
                list(base.bitexts()),
                base.transactions(),
                base.counts(),
            ) == state
        assert derived(path) == bare


def test_undo_of_everything_leaves_an_empty_termbase(base: Termbase) -> None:
    base.add_concepts([concept("网络强国", "cyber power")])
    base.undo()
    assert base.glossary().concepts == ()
    assert base.index.with_key("网络强国", chinese=True) == []
    assert base.index.token_counts(["网络", "cyber"]) == {}
    assert base.undo() is None


def test_replaced_concept_keeps_its_place(base: Termbase) -> None:
    first, second = concept("甲"), concept("乙")
    base.add_concepts([first, second])
    changed = dataclasses.replace(first, note="x")
    assert base.add_concepts([changed]) == 1
    assert list(base.concepts()) == [changed, second]


def test_existing_concepts_can_be_skipped_or_refused(base: Termbase) -> None:
    old, new = concept("甲", id_="c1"), concept("乙", id_="c1")
    base.add_concepts([old])
    assert base.add_concepts([new, concept("丙")], existing=Existing.SKIP) == 1
    assert base.concept("c1") == old
    with pytest.raises(BadInputError, match=r"concept c1 \(乙\) is there already"):
        base.add_concepts([concept("丁"), new], existing=Existing.REFUSE)
    assert base.concept("c-丁") is None


def test_a_failing_transaction_changes_nothing(base: Termbase) -> None:
    with pytest.raises(ZeroDivisionError), base.transaction("fails"):
        base.add_concepts([concept("甲")])
        raise ZeroDivisionError
    assert base.counts().concepts == 0
    assert base.transactions() == ()


def test_names_with_sql_in_them_are_only_names(base: Termbase) -> None:
    evil = concept("'; DROP TABLE terms; --", 'a"b OR 1=1', id_='" OR ""="')
    base.add_concepts([evil])
    assert list(base.concepts()) == [evil]


def test_a_sentence_is_stored_once(base: Termbase) -> None:
    base.add_concepts([concept("网络强国"), dataclasses.replace(concept("网络强国"), id="other")])
    assert base.counts().attestations == 2
    assert base.counts().sentences == 1


def test_same_input_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("a.sqlite", "b.sqlite"):
        with Termbase.create(tmp_path / name) as base, base.transaction("build"):
            base.add_sources([Source("essay", date="2023")])
            base.add_concepts(concept(f"第{n}个强国", f"power no {n}") for n in range(300))
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_nothing_stays_beside_the_file(path: Path) -> None:
    with Termbase.create(path) as base:
        base.add_concepts([concept("甲")])
    with Termbase.open(path, readonly=True) as base:
        assert base.counts().concepts == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_readonly_refuses_to_write(path: Path) -> None:
    Termbase.create(path).close()
    with Termbase.open(path, readonly=True) as base, pytest.raises(OutputError, match="written"):
        base.add_concepts([concept("甲")])


def test_a_read_only_disk_can_be_read(path: Path) -> None:
    with Termbase.create(path) as base:
        base.add_concepts([concept("甲")])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Termbase.open(path, readonly=True) as base:
            assert base.counts().concepts == 1
    finally:
        path.parent.chmod(0o755)


def test_a_build_folder_will_do(tmp_path: Path) -> None:
    Termbase.create(tmp_path / "termbase.sqlite").close()
    with Termbase.open(tmp_path) as base:
        assert base.path == tmp_path / "termbase.sqlite"


def test_create_does_not_overwrite_unless_told(path: Path) -> None:
    with Termbase.create(path) as base:
        base.add_concepts([concept("甲")])
    with pytest.raises(OutputError, match="exists already"):
        Termbase.create(path)
    with Termbase.create(path, overwrite=True) as base:
        assert base.counts().concepts == 0


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def newer(path: Path) -> None:
    Termbase.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def truncated(path: Path) -> None:
    Termbase.create(path).close()
    path.write_bytes(path.read_bytes()[:-5000])


def text_file(path: Path) -> None:
    path.write_text("网络强国\tcyber power\n" * 50, encoding="utf-8")


def empty(path: Path) -> None:
    path.touch()


def missing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (foreign, "is not a termbase"),
        (newer, "newer tifa"),
        (truncated, "cut short"),
        (text_file, "is not a termbase"),
        (empty, "is not a termbase"),
        (missing, "cannot be opened: No such file"),
    ],
)
@pytest.mark.parametrize("readonly", [True, False])
def test_bad_files_get_one_line(make: object, message: str, readonly: bool, path: Path) -> None:
    assert callable(make)
    make(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(BadInputError, match=message) as caught:
        Termbase.open(path, readonly=readonly)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert (path.read_bytes() if path.exists() else None) == before


def test_damage_inside_is_reported_not_raised_raw(path: Path) -> None:
    with Termbase.create(path) as base:
        base.add_concepts(concept(f"第{n}个") for n in range(500))
    data = bytearray(path.read_bytes())
    data[4096 * 4 :] = b"\xff" * (len(data) - 4096 * 4)
    path.write_bytes(data)
    with pytest.raises(TifaError, match="damaged"), Termbase.open(path) as base:
        base.glossary()


def test_a_full_disk_changes_nothing(path: Path) -> None:
    with Termbase.create(path) as base:
        base.add_concepts([concept("甲")])
        (pages,) = base._connection.execute("PRAGMA page_count").fetchone()
        base._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(OutputError, match="the disk is full; nothing was changed"):
            base.add_concepts(concept(f"第{n}个") for n in range(2000))
        assert base.counts().concepts == 1
    with Termbase.open(path) as base:
        assert list(base.concepts()) == [concept("甲")]


def test_time_comes_from_the_environment_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert timestamp() == ""
    assert timestamp(wall_clock=True) > "2024"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert timestamp() == timestamp(wall_clock=True) == "1970-01-01T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        timestamp()


def test_transactions_say_who_when_what(base: Termbase) -> None:
    with base.transaction("import a.tbx", who="Li", at="2026-01-02T03:04:05Z"):
        base.add_concepts([concept("甲")])
    (step,) = base.transactions()
    assert (step.who, step.at, step.what) == ("Li", "2026-01-02T03:04:05Z", "import a.tbx")


@pytest.mark.parametrize(
    "name", ["a b.sqlite", "100%.sqlite", "what?#1.sqlite", "词库.sqlite", "a'; DROP.sqlite"]
)
def test_any_name_of_a_file_will_do(name: str, tmp_path: Path) -> None:
    with Termbase.create(tmp_path / name) as base:
        base.add_concepts([concept("甲")])
    for readonly in (True, False):
        with Termbase.open(tmp_path / name, readonly=readonly) as base:
            assert base.counts().concepts == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]
