"""On a disk that is full every verb says so in one line, and nothing is lost or half-written."""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glossary.lookup import lookup
from glossary.model import Concept, Term
from glossary.termbase import Termbase

FULL = Path("/dev/full")
TIFA = f"{shlex.quote(sys.executable)} -m glossary"
TEXT = """\
网络强国。
"""


def concepts(count: int, word: str) -> list[Concept]:
    return [
        Concept(
            f"{word}{number}",
            (Term(f"{word}强国{number}", "zh-Hans"), Term(f"power {word} {number}", "en")),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A termbase, and an export of one with more in it."""
    folder = tmp_path_factory.mktemp("files")
    with Termbase.create(folder / "t.sqlite") as base, base.transaction("first"):
        base.add_concepts(concepts(50, "甲"))
    with Termbase.create(folder / "more.sqlite") as base:
        base.add_concepts(concepts(2000, "乙"))
    subprocess.run(
        f"{TIFA} export -t more.sqlite more.tifa", shell=True, cwd=folder, check=True,
        capture_output=True,
    )  # fmt: skip
    (folder / "zh.txt").write_text(TEXT, encoding="utf-8")
    return folder


def on_full_disk(command: str, files: Path, folder: Path) -> tuple[int, list[str], dict[str, str]]:
    """Run ``tifa`` in a folder on a small disk that is full.

    Returns:
        Its exit code, the lines on stderr, and digests of the files that are there afterwards.
    """
    disk = folder / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=800k tmpfs {disk} || exit 99
        cp {files}/t.sqlite {files}/zh.txt {disk} && cd {disk}
        dd if=/dev/zero of=filler bs=1k 2>/dev/null
        {TIFA} {command} >/dev/null 2>{folder}/stderr
        echo $? >{folder}/code
        find . -type f ! -name filler -exec sha256sum {{}} + >{folder}/digests
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no small disk can be mounted here")
    namespace = [unshare, "--mount", "--map-root-user"]
    if subprocess.run([*namespace, "sh", "-c", script], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    errors = (folder / "stderr").read_text(encoding="utf-8").splitlines()
    lines = (line.split() for line in (folder / "digests").read_text("utf-8").splitlines())
    return (
        int((folder / "code").read_text()),
        errors,
        {name.removeprefix("./"): digest for digest, name in lines},
    )


@pytest.mark.parametrize(
    "command",
    [
        "import {files}/more.tifa -t t.sqlite",
        "import {files}/more.tifa -t new.sqlite",
        "import --undo -t t.sqlite",
        "export -t {files}/t.sqlite out.tifa",
        "export -t {files}/t.sqlite out.tbx",
        "export -t {files}/t.sqlite out.xlsx",
        "export -t {files}/t.sqlite out.tsv",
        "merge {files}/more.tifa t.sqlite -o out.tifa",
        "diff {files}/more.tifa t.sqlite --format html -o out.html",
        "annotate zh.txt -t {files}/t.sqlite --format html -o out.html",
        "init --sample -o sample",
    ],
)
def test_verbs_that_write(command: str, files: Path, tmp_path: Path) -> None:
    code, errors, left = on_full_disk(command.format(files=files), files, tmp_path)
    assert code == 3
    assert len(errors) == 1
    assert errors[0].startswith("tifa: ")
    assert "disk is full; nothing was changed" in errors[0] or "No space left" in errors[0]
    # The log that SQLite needs may stay behind, empty; no file of ours does.
    assert set(left) - {"t.sqlite-shm", "t.sqlite-wal"} == {"t.sqlite", "zh.txt"}
    assert left["t.sqlite"] == hashlib.sha256((files / "t.sqlite").read_bytes()).hexdigest()


@pytest.mark.parametrize("command", ["lookup 甲强国7 -t t.sqlite", "stats -t t.sqlite"])
def test_verbs_that_read_need_no_room(command: str, files: Path, tmp_path: Path) -> None:
    code, errors, _ = on_full_disk(command, files, tmp_path)
    assert (code, errors) == (0, [])


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["lookup 甲强国7 -t t.sqlite", "export -t t.sqlite -"])
def test_an_answer_that_finds_no_room(command: str, files: Path) -> None:
    done = subprocess.run(
        f"{TIFA} {command} >{FULL}", shell=True, cwd=files, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert (
        done.stderr == "tifa: the output cannot be written: No space left on device (make room)\n"
    )


def test_what_was_there_is_found_after_an_import_that_failed(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite"
    shutil.copy(files / "t.sqlite", path)
    with Termbase.open(path) as base:
        pages = base._connection.execute("PRAGMA page_count").fetchone()[0]
        base._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(Exception, match="the disk is full; nothing was changed"):
            base.add_concepts(concepts(2000, "乙"))
        assert lookup(base, "甲强国7")[0].concept.id == "甲7"
    with Termbase.open(path) as base:
        assert base.counts().concepts == 50
