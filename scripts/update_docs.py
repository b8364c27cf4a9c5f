#!/usr/bin/env python3
"""Run the commands shown in the documents and put their real output under them.

A fenced block whose lines begin with ``$ tifa`` is run, command by command, in a folder that holds
a copy of the bundled sample as ``sample/``; a build that one block makes serves the later ones.
``<!-- head 12 -->`` before a block keeps the first 12 lines of each output. With ``--check``
nothing is written: exit code 1 says that a document and the commands differ. Figures are not
compared then: the last digits of scores, and with them counts, depend on the processor.

Example:
    python scripts/update_docs.py --check README.md docs/*.md
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from glossary.cli.main import main as tifa

_BLOCK = re.compile(r"(?:<!-- head (\d+) -->\n)?^```\n(\$ tifa .*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"(?<=^Seconds:).*$", re.MULTILINE)
_FIGURES = re.compile(r" *\d[\d.]*")


def run(command: str, head: int | None) -> str:
    """Return the command line and what it prints to stdout, cut after ``head`` lines."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        tifa(shlex.split(command)[1:])
    lines = printed.getvalue().splitlines()
    if head is not None and len(lines) > head:
        lines = [*lines[:head], "…"]
    return "\n".join([f"$ {command}", *lines]) + "\n"


def renew(text: str) -> str:
    """Return a document with the output of each of its commands renewed."""

    def block(match: re.Match[str]) -> str:
        head = int(match[1]) if match[1] else None
        commands = [line[2:] for line in match[2].splitlines() if line.startswith("$ ")]
        body = "\n".join(run(command, head) for command in commands)
        marker = f"<!-- head {head} -->\n" if head else ""
        return f"{marker}```\n{body}```"

    return _BLOCK.sub(block, text)


def main() -> int:
    """Renew or check the documents named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing, say what differs")
    arguments = parser.parse_args()
    documents = [path.absolute() for path in arguments.documents]
    home = Path.cwd()
    differ = False
    # Plain output whatever the terminal; a fixed width so that documents do not depend on it.
    os.environ.update(NO_COLOR="1", COLUMNS="100")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                tifa(["init", "--sample", "-o", "sample"])
            for path in documents:
                old = path.read_text(encoding="utf-8")
                new = renew(old)
                varying = _FIGURES if arguments.check else _SECONDS
                if varying.sub("", old) == varying.sub("", new):
                    continue
                differ = True
                if arguments.check:
                    lines = difflib.unified_diff(
                        old.splitlines(), new.splitlines(), str(path), "as run", lineterm=""
                    )
                    print("\n".join(lines))
                else:
                    path.write_text(new, encoding="utf-8")
                    print(f"{path}: renewed")
        finally:
            os.chdir(home)
    return int(differ and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
