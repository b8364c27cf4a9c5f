"""The review at a terminal: what keys do, and that nothing decided is ever lost."""

from __future__ import annotations

import contextlib
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from review_termbase import NETWORK, concepts

from glossary.cli.main import main
from glossary.model import Concept, ReviewState
from glossary.termbase import Termbase

pty = pytest.importorskip("pty")


class Reviewer:
    """Somebody at a terminal with ``tifa review`` on it."""

    def __init__(self, termbase: Path, *arguments: str) -> None:
        self.seen = ""
        self._terminal, inside = pty.openpty()
        command = [sys.executable, "-m", "glossary", "review", "-t", str(termbase), *arguments]
        self.process = subprocess.Popen(
            command,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            env={**os.environ, "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"},
        )
        os.close(inside)

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def read(self, seconds: float = 0.05) -> None:
        """Take in what is shown within that time."""
        if select.select([self._terminal], [], [], seconds)[0]:
            with contextlib.suppress(OSError):  # Linux: the other side is closed.
                self.seen += os.read(self._terminal, 1 << 16).decode(errors="replace")

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Read until a text is shown, and forget what stands before its end."""
        end = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < end, f"no {text!r} in {self.seen!r}"
            ended = self.process.poll() is not None
            self.read()
            assert not ended or text in self.seen, f"ended without {text!r}: {self.seen!r}"
        self.seen = self.seen[self.seen.index(text) + len(text) :]

    def leave(self) -> int:
        """Hang up and return the exit code."""
        with contextlib.suppress(OSError):
            os.close(self._terminal)
        return self.process.wait(60)


@contextlib.contextmanager
def reviewing(termbase: Path, *arguments: str) -> Iterator[Reviewer]:
    reviewer = Reviewer(termbase, *arguments)
    try:
        yield reviewer
    finally:
        if reviewer.process.poll() is None:
            reviewer.process.kill()
        reviewer.leave()


def reviewed(termbase: Path) -> dict[str, Concept]:
    with Termbase.open(termbase, readonly=True) as base:
        return {concept.head: concept for concept in base.concepts()}


def states(termbase: Path) -> dict[str, str]:
    return {head: concept.review.value for head, concept in reviewed(termbase).items()}


def test_one_key_decides_and_is_kept_at_once(termbase: Path) -> None:
    with reviewing(termbase, "--who", "me") as reviewer:
        reviewer.wait_for("1 of 6")
        reviewer.wait_for("1 strong cyber country")
        reviewer.wait_for("建设【网络强国】")
        reviewer.wait_for("a 【strong cyber country】, we must")
        reviewer.wait_for("[q]uit")
        reviewer.type("a")
        reviewer.wait_for("→ accepted")
        assert states(termbase)["网络强国"] == "accepted"

        reviewer.wait_for("2 of 6")
        reviewer.wait_for("[q]uit")
        reviewer.type("2")
        reviewer.wait_for("→ edited: stuck neck | technology bottlenecks")
        assert reviewed(termbase)["卡脖子"].renderings()[0].text == "stuck neck"
        reviewer.type("u")
        reviewer.wait_for("→ taken back")
        assert states(termbase)["卡脖子"] == "unreviewed"

        reviewer.wait_for("[q]uit")
        reviewer.type("e")
        reviewer.wait_for("Chinese:")
        reviewer.type("\n")
        reviewer.wait_for("English, the best first")
        reviewer.type(" | technological bottlenecks\n")
        reviewer.wait_for("→ edited: technology bottlenecks | technological bottlenecks")

        reviewer.wait_for("3 of 6")
        reviewer.wait_for("[q]uit")
        reviewer.type("r")
        reviewer.wait_for("4 of 6")
        reviewer.wait_for("[q]uit")
        reviewer.type("m")
        reviewer.wait_for("merge with")
        reviewer.type("不存在\n")
        reviewer.wait_for("there is no concept")
        reviewer.type("m")
        reviewer.wait_for("merge with")
        reviewer.type("网络强国\n")
        reviewer.wait_for("→ merged with 网络强国")
        reviewer.wait_for("5 of 6")
        # Keys that mean nothing, arrows and Chinese among them, decide nothing.
        reviewer.type("\x1b[A\x1b[Bx字")
        reviewer.type("s")
        reviewer.wait_for("→ skipped")
        reviewer.wait_for("6 of 6")
        reviewer.type("q")
        reviewer.wait_for("1 accepted, 1 edited, 1 rejected, 1 merged, 2 left open")
        assert reviewer.process.wait(60) == 0
    found = reviewed(termbase)
    assert found["数字经济"].review is ReviewState.REJECTED
    assert found["高质量发展"].cross_references == (NETWORK,)
    assert found["举国体制"].review is ReviewState.UNREVIEWED
    with Termbase.open(termbase) as base:
        assert {step.who for step in base.transactions()[1:]} == {"me"}


def test_what_an_earlier_session_decided_can_be_taken_back(termbase: Path) -> None:
    with reviewing(termbase) as reviewer:
        reviewer.wait_for("[q]uit")
        reviewer.type("r")
        reviewer.wait_for("→ rejected")
        reviewer.process.kill()
    with reviewing(termbase) as reviewer:
        reviewer.wait_for("1 of 5")
        reviewer.wait_for("卡脖子")
        reviewer.wait_for("[q]uit")
        reviewer.type("u")
        reviewer.wait_for("1 of 6")
        reviewer.wait_for("网络强国")
        reviewer.wait_for("[q]uit")
        reviewer.type("u")
        reviewer.wait_for("there is nothing to take back")
    assert set(states(termbase).values()) == {"unreviewed"}


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have programs take an interrupt, which those that run in the background inherit ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def ended_by(process: subprocess.Popen[bytes], how: signal.Signals) -> int:
    """Send a signal until it ends the process, as a person presses Ctrl-C again.

    Python lets an interrupt go that strikes while an object is being freed.
    """
    for _ in range(5):
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(15)
    return process.wait(60)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_killed_at_any_moment_nothing_decided_is_lost(termbase: Path, how: signal.Signals) -> None:
    chance = random.Random(how)
    decided: set[str] = set()
    total = len(concepts())
    # Each session decides a few things and is killed at a random moment soon after a key.
    for _ in range(4):
        if len(decided) > total - 3:
            break
        with reviewing(termbase) as reviewer:
            reviewer.wait_for("[q]uit")
            sure = chance.randrange(2)
            for _ in range(sure):
                reviewer.type("a")
                reviewer.wait_for("→ accepted")
            reviewer.type("a")
            time.sleep(chance.random() * 0.03)
            assert ended_by(reviewer.process, how) in {-how, 128 + how}
        now = {head for head, state in states(termbase).items() if state == "accepted"}
        assert decided <= now
        assert len(decided) + sure <= len(now) <= len(decided) + sure + 1
        decided = now
    # The termbase is whole, and what is left is asked about and nothing else.
    assert {concept.id for concept in reviewed(termbase).values()} == {c.id for c in concepts()}
    with reviewing(termbase) as reviewer:
        reviewer.wait_for(f"1 of {total - len(decided)}")


def test_a_terminal_that_is_gone_ends_the_review(termbase: Path) -> None:
    with reviewing(termbase) as reviewer:
        reviewer.wait_for("[q]uit")
        reviewer.type("a")
        reviewer.wait_for("→ accepted")
        reviewer.wait_for("[q]uit")
        reviewer.leave()
    assert states(termbase)["网络强国"] == "accepted"


def test_without_a_terminal_it_says_what_to_do(
    termbase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--termbase", str(termbase)]) == 2
    said = capsys.readouterr().err
    assert re.search(r"needs a terminal .*-o review.xlsx.*--from-review", said)
    assert said.count("\n") == 1
