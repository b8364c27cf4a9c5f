"""Nothing committed is lost and nothing half-written is seen: killed writers, two writers."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from glossary.errors import OutputError
from glossary.lookup import lookup
from glossary.model import Attestation, Concept, Term
from glossary.termbase import Termbase, connection

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

BATCH = 10
KILLS = 200


def batch(name: str) -> list[Concept]:
    """Concepts that belong to one transaction."""
    proof = Attestation("s", 0, (0, 2), "强国", f"强国{name}")
    return [
        Concept(
            f"{name}-{n}",
            (
                Term(f"强国{name}之{n}", "zh-Hans", attestations=(proof,)),
                Term(f"power {name} {n}", "en"),
            ),
            note=name,
        )
        for n in range(BATCH)
    ]


def fork(work: Callable[[], None]) -> int:
    """Run ``work`` in a child process that leaves no trace of the test run behind."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def create(path: Path) -> None:
    Termbase.create(path).close()


def whole_batches(path: Path) -> set[str]:
    """The batches in the file, each of which must be whole, in a sound file."""
    with Termbase.open(path) as base:
        rows = base._connection.execute(
            "SELECT note, count(*), (SELECT count(*) FROM terms JOIN concepts c "
            "ON c.number = terms.concept WHERE c.note = concepts.note) FROM concepts GROUP BY note"
        ).fetchall()
        assert {row[1:] for row in rows} <= {(BATCH, 2 * BATCH)}
        names = {row[0] for row in rows}
        steps = base.transactions()
        assert {step.what for step in steps} == names
        assert len(steps) == len(names)
    return names


def sound(path: Path) -> None:
    check = sqlite3.connect(path)
    assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert check.execute("PRAGMA foreign_key_check").fetchall() == []
    check.close()


def test_killed_at_random_nothing_committed_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    chance = random.Random(1)
    committed: set[str] = set()
    with Termbase.create(path) as base:
        with base.transaction("first"):
            base.add_concepts(batch("first"))  # loads the dictionaries, which children then share
        start = time.monotonic()
        with base.transaction("second"):
            base.add_concepts(batch("second"))
        pace = time.monotonic() - start
    for round_ in range(KILLS):
        reader, writer = os.pipe()

        def work(round_: int = round_, writer: int = writer) -> None:
            with Termbase.open(path) as base:
                for number in range(1000):
                    name = f"{round_}.{number}"
                    with base.transaction(name):
                        base.add_concepts(batch(name))
                    os.write(writer, f"{name}\n".encode())

        child = fork(work)
        os.close(writer)
        with os.fdopen(reader) as told:
            # One in four may be killed before it has begun, the others in the midst of their
            # work, however slow the machine is.
            first = told.readline() if round_ % 4 else ""
            time.sleep(chance.uniform(0, 2 * pace))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            # What was told is committed: the last line may itself be cut, but not in a pipe.
            committed |= set((first + told.read()).split())
        if round_ % 10 == 9:
            assert committed <= whole_batches(path)
    names = whole_batches(path)
    assert committed <= names
    assert len(committed) >= KILLS * 3 / 4
    sound(path)
    with Termbase.open(path, readonly=True) as base:
        for name in sorted(committed)[:20]:
            assert lookup(base, f"强国{name}之3")[0].concept.id == f"{name}-3"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    Termbase.create(path).close()

    def work(who: str) -> None:
        with Termbase.open(path) as base:
            for number in range(15):
                with base.transaction(f"{who}{number}"):
                    base.add_concepts(batch(f"{who}{number}"))

    children = [fork(partial(work, who)) for who in ("a", "b")]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert whole_batches(path) == {f"{who}{number}" for who in "ab" for number in range(15)}
    sound(path)


def test_a_reader_sees_the_last_commit_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    with Termbase.create(path) as base:
        with base.transaction("a"):
            base.add_concepts(batch("a"))
        with base.transaction("b"):
            base.add_concepts(batch("b"))
            with Termbase.open(path, readonly=True) as other:
                assert other.counts().concepts == BATCH
        with Termbase.open(path, readonly=True) as other:
            assert other.counts().concepts == 2 * BATCH


def test_a_writer_that_never_ends_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)
    path = tmp_path / "t.sqlite"
    with (
        Termbase.create(path) as base,
        base.transaction("long"),
        Termbase.open(path) as other,
        pytest.raises(OutputError, match="another program"),
    ):
        other.add_concepts(batch("x"))


def test_nothing_is_written_into_a_file_that_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    with Termbase.create(path) as base:
        base.add_concepts(batch("a"))
        Termbase.create(path, overwrite=True).close()
        with pytest.raises(OutputError, match="was replaced by another program"):
            base.add_concepts(batch("b"))
        assert base.counts().concepts == BATCH
    with Termbase.open(path) as base:
        assert base.counts().concepts == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_killed_while_created_leaves_no_half_file(tmp_path: Path) -> None:
    chance = random.Random(2)
    for number in range(20):
        path = tmp_path / f"{number}.sqlite"
        child = fork(partial(create, path))
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if path.exists():
            with Termbase.open(path) as base:
                assert base.counts().concepts == 0
