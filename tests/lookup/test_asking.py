"""Ways to ask besides the command line: completion in a shell, a prompt, queries on stdin."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glossary.lookup.completion import suggestions
from glossary.model import AdministrativeStatus, Concept, Term
from glossary.termbase import Termbase

TIFA = [sys.executable, "-m", "glossary"]
PAIRS = (
    ("网络强国", "strong cyber country"),
    ("网络主权", "cyber sovereignty"),
    ("共同富裕", "common prosperity"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tifa.sqlite"
    with Termbase.create(file) as base:
        base.add_concepts(
            Concept(
                zh, (Term(zh, "zh-Hans"), Term(en, "en", status=AdministrativeStatus.PREFERRED))
            )
            for zh, en in PAIRS
        )
    return file


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("网", ["网络主权", "网络强国"]),
        ("網絡強", ["网络强国"]),
        ("wlqg", ["网络强国"]),
        ("gongt", ["共同富裕"]),
        ("Strong cy", ["strong cyber country"]),
        ("c", ["cyber sovereignty", "common prosperity"]),
        ("zz", []),
        (" ", []),
    ],
)
def test_suggestions(path: Path, typed: str, expected: list[str]) -> None:
    with Termbase.open(path, readonly=True) as base:
        found = suggestions(base, typed)
    assert sorted(item.text for item in found) == sorted(expected)
    both = dict(PAIRS) | {en: zh for zh, en in PAIRS}
    assert all(item.counterpart == both[item.text] for item in found)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["lookup", "网络强"], ["网络强国"]),
        (["lookup", "gtfy"], ["共同富裕"]),
        (["lookup", "strong", "cy"], ["cyber country"]),
        (["history", "common"], ["common prosperity"]),
        (["loo"], ["lookup"]),
    ],
)
def test_bash_completes_terms(path: Path, words: list[str], completed: list[str]) -> None:
    """The function that --show-completion prints is called as bash calls it."""
    (path.parent / "bin").mkdir()
    command = path.parent / "bin" / "tifa"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m glossary "$@"\n')
    command.chmod(0o755)
    shown = subprocess.run(
        # Two commands, so that bash stays: the shell is known by the process that asks.
        ["bash", "-c", "tifa --show-completion bash; exit $?"],
        env=os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (function,) = re.findall(r"^(\w+)\(\)", shown, re.MULTILINE)
    line = " ".join(f"'{word}'" for word in ["tifa", *words])
    script = f"""{shown}
        COMP_WORDS=({line}); COMP_CWORD={len(words)}; {function} tifa
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(
        ["bash", "-c", script],
        env=os.environ
        | {"PATH": f"{command.parent}:{os.environ['PATH']}", "TIFA_TERMBASE": str(path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == completed
    assert done.stderr == ""


def test_queries_on_stdin_are_answered_line_by_line(path: Path) -> None:
    done = subprocess.run(
        [*TIFA, "lookup", "-t", str(path), "--format", "json"],
        input="网络强国\n\nno such\ncommon prosperity\n",
        capture_output=True,
        text=True,
        check=False,
    )
    heads = [
        [concept["terms"][0]["text"] for concept in json.loads(line)["concepts"]]
        for line in done.stdout.splitlines()
    ]
    assert heads == [["网络强国"], [], ["共同富裕"]]
    assert done.stderr.startswith("tifa: nothing found for 'no such'")
    assert done.returncode == 0


def test_an_empty_stdin_is_no_query(path: Path) -> None:
    done = subprocess.run(
        [*TIFA, "lookup", "-t", str(path)], input="", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tifa: nothing was asked")


def test_the_prompt_suggests_and_answers(path: Path) -> None:
    pytest.importorskip("prompt_toolkit")
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100", "LINES": "30"}
        os.execv(sys.executable, [*TIFA, "lookup", "-t", str(path)])
    shown = ""

    def wait_for(text: str) -> None:
        nonlocal shown
        until = time.monotonic() + 20
        while text not in shown:
            ready, _, _ = select.select([terminal], [], [], 0.2)
            if ready:
                shown += os.read(terminal, 65536).decode("utf-8", "replace")
                if "\x1b[6n" in shown:  # it asks where the cursor is
                    shown = shown.replace("\x1b[6n", "")
                    os.write(terminal, b"\x1b[1;1R")
            assert time.monotonic() < until, shown

    try:
        wait_for("Ctrl-D leaves")
        os.write(terminal, b"wlqg")
        wait_for("strong cyber country")  # beside the suggestion 网络强国
        os.write(terminal, b"\t\r")
        shown = ""
        wait_for("preferred")
        shown = shown[shown.index("preferred") :]
        wait_for("Ctrl-D leaves")  # it asks again
        os.write(terminal, b"\x04")
        wait_for("\x1b[?2004l")  # it hands the terminal back
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(process, 0)
        os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
