"""Termbases of earlier versions are brought up to date, whole or not at all."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from glossary.errors import BadInputError, OutputError
from glossary.lookup import lookup
from glossary.model import Concept, Term
from glossary.termbase import Termbase, migrations

DATA = Path(__file__).parent.parent / "data" / "termbase"
CONCEPT = Concept("c1", (Term("网络强国", "zh-Hans"),))


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE concepts ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def paint(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE concepts SET colour = 'green'")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM concepts")
    raise sqlite3.OperationalError("no more")


def orphan(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM concepts")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "t.sqlite"
    with Termbase.create(file) as base:
        base.add_concepts([CONCEPT])
    return file


def version_of(path: Path) -> tuple[int, list[str]]:
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    columns = [row[1] for row in connection.execute("PRAGMA table_info(concepts)")]
    connection.close()
    return version, columns


def later(monkeypatch: pytest.MonkeyPatch, *steps: object) -> int:
    """Pretend that this tifa is so many versions later."""
    now = migrations.SCHEMA_VERSION
    for number, step in enumerate(steps, now):
        monkeypatch.setitem(migrations.MIGRATIONS, number, step)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", now + len(steps))
    return now


def unpacked(version: int, folder: Path) -> Path:
    """A termbase that the tifa of that schema version wrote, in two transactions."""
    path = folder / f"schema-{version}.sqlite"
    packed = DATA / f"schema-{version}.sqlite.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def index_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the search index says: rows of its tables, and what the full-text tables find."""
    connection = sqlite3.connect(path)
    found = {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("forms", "token_counts", "words", "spellings")
    }
    for table in ("form_tokens", "term_trigrams"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {table}, instance)")
        found[table] = connection.execute("SELECT term, doc FROM temp.v ORDER BY 1, 2").fetchall()
        connection.execute("DROP TABLE temp.v")
    connection.close()
    return found


@pytest.mark.parametrize("version", range(1, migrations.SCHEMA_VERSION))
@pytest.mark.parametrize("readonly", [True, False])
def test_a_termbase_of_an_earlier_version_becomes_what_is_written_today(
    version: int, readonly: bool, tmp_path: Path
) -> None:
    old = unpacked(version, tmp_path)
    with Termbase.open(old, readonly=readonly) as base:
        concepts, sources = list(base.concepts()), base.sources()
        assert [step.what for step in base.transactions()] == ["first import", "second import"]
        assert [m.concept.id for m in lookup(base, "*cyber*")] == ["c1"]
    assert len(concepts) == 3
    with Termbase.create(tmp_path / "new.sqlite") as base:
        base.add_sources(sources)
        base.add_concepts(concepts)
    assert index_of(old) == index_of(tmp_path / "new.sqlite")
    with Termbase.open(old) as base:
        base.undo()
        assert [concept.id for concept in base.concepts()] == ["c1", "c2"]
        assert lookup(base, "*rural issues") == []
    connection = sqlite3.connect(old)
    connection.execute("INSERT INTO term_trigrams (term_trigrams) VALUES ('integrity-check')")
    connection.close()


def test_there_is_a_step_from_every_earlier_version() -> None:
    assert sorted(migrations.MIGRATIONS) == list(range(1, migrations.SCHEMA_VERSION))


@pytest.mark.parametrize("readonly", [True, False])
def test_steps_follow_each_other(
    readonly: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = later(monkeypatch, add_column, paint)
    with Termbase.open(path, readonly=readonly) as base:
        assert list(base.concepts()) == [CONCEPT]
        assert base._connection.execute("SELECT colour FROM concepts").fetchall() == [("green",)]
    version, columns = version_of(path)
    assert version == now + 2
    assert columns[-1] == "colour"


@pytest.mark.parametrize("last", [fail, orphan])
def test_a_step_that_fails_changes_nothing(
    last: object, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version_of(path)
    with monkeypatch.context() as patch:
        later(patch, add_column, last)
        with pytest.raises(
            (sqlite3.IntegrityError, BadInputError), match=r"no more|referring to nothing"
        ):
            Termbase.open(path)
    assert version_of(path) == before
    with Termbase.open(path) as base:
        assert list(base.concepts()) == [CONCEPT]


def test_an_old_termbase_on_a_read_only_disk_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, add_column)
    monkeypatch.setattr(
        "glossary.termbase.connection._connect",
        lambda path: sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None),
    )
    with pytest.raises(OutputError, match="cannot be written"):
        Termbase.open(path)
