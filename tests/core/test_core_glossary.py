"""The glossary that ships: built from its decisions, true to them, opened without ado."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import shared_dir

from glossary.cli.main import main
from glossary.lookup import lookup
from glossary.model import AdministrativeStatus
from glossary.termbase import Termbase, core

_ROOT = Path(__file__).resolve().parents[2]
_CORE = _ROOT / "glossary" / "data" / "core"


def _build(*arguments: str | Path) -> int:
    """Return the exit code of the script that builds the core glossary."""
    script = _ROOT / "scripts" / "build_core_glossary.py"
    return subprocess.run([sys.executable, script, *arguments], check=False).returncode


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def base(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Termbase]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    with core.open_core() as termbase:
        yield termbase


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the core glossary be one of a single concept, which is compiled in no time."""
    blocks = (_CORE / "core.tifa").read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if "\n  term: 人类命运共同体\n" in block]
    assert len(kept) == 1
    text = tmp_path / "small.tifa"
    text.write_text("\n\n".join([blocks[0], *kept]) + "\n", encoding="utf-8")
    monkeypatch.setattr(core, "_text", lambda: text)


def test_the_shipped_text_is_what_the_decisions_give() -> None:
    assert _build("--check") == 0


def test_a_changed_text_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    for file in (
        *_CORE.glob("sources.tsv"),
        *_CORE.glob("decisions/*.tsv"),
    ):
        target = tmp_path / file.relative_to(_CORE)
        target.write_bytes(file.read_bytes())
    assert _build("--folder", tmp_path, "--check") == 1
    assert _build("--folder", tmp_path) == 0
    assert _build("--folder", tmp_path, "--check") == 0
    shipped = (_CORE / "core.tifa").read_bytes()
    assert (tmp_path / "core.tifa").read_bytes() == shipped
    with (tmp_path / "core.tifa").open("a") as file_:
        file_.write("\n")
    assert _build("--folder", tmp_path, "--check") == 1


@pytest.mark.shared
def test_claims_of_documents_hold_in_them() -> None:
    assert _build("--verify", shared_dir()) == 0


@pytest.mark.parametrize(
    ("day", "form"),
    [
        ("2013-03-23", "community of common destiny"),
        ("2018-06-01", "community with a shared future for mankind"),
        ("2022-12-01", "human community with a shared future"),
        ("2024-09-05", "global community of shared future"),
    ],
)
def test_the_form_in_force_on_a_day_is_the_one_preferred(
    base: Termbase, day: str, form: str
) -> None:
    match = lookup(base, "人类命运共同体", as_of=day)[0]
    preferred = [
        term.text
        for term in match.concept.renderings()
        if term.status is AdministrativeStatus.PREFERRED
    ]
    assert preferred == [form]


def test_every_concept_has_one_preferred_rendering_today_with_provenance(base: Termbase) -> None:
    sources = {source.id for source in base.sources()}
    for concept in base.concepts():
        statuses = [term.status for term in concept.renderings()]
        assert statuses.count(AdministrativeStatus.PREFERRED) == 1, concept.head
        assert all(
            attestation.source_id in sources
            for term in concept.renderings()
            for attestation in term.attestations
        )
        assert all(term.attestations for term in concept.renderings()), concept.head


def test_traditional_characters_find_it(base: Termbase) -> None:
    assert lookup(base, "人類命運共同體")[0].concept.head == "人类命运共同体"


def test_it_is_compiled_once(cache: Path, monkeypatch: pytest.MonkeyPatch, base: Termbase) -> None:
    (cached,) = (cache / "tifa").glob("core-*.sqlite")
    assert base.path == cached
    monkeypatch.setattr(core, "_compile", lambda path: pytest.fail("compiled again"))
    with core.open_core() as again:
        assert again.path == cached


@pytest.mark.usefixtures("small")
def test_its_first_use_is_announced_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["lookup", "人类命运共同体"]) == 0
    seen = capsys.readouterr()
    assert seen.err == "tifa: preparing the core glossary, once for this version of tifa\n"
    assert main(["lookup", "人类命运共同体"]) == 0
    assert capsys.readouterr() == (seen.out, "")


@pytest.mark.usefixtures("small")
def test_a_spoilt_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with core.open_core() as termbase:
        cached = termbase.path
    cached.write_bytes(cached.read_bytes()[:5000])
    with core.open_core() as termbase:
        assert termbase.path == cached
        assert lookup(termbase, "人类命运共同体")


@pytest.mark.usefixtures("small")
def test_where_no_cache_can_be_written_it_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file where the folder should be: also the superuser cannot write there.
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    with core.open_core() as termbase:
        assert lookup(termbase, "人类命运共同体")
        assert tmp_path not in termbase.path.parents


@pytest.mark.skipif(os.name == "nt", reason="Windows has another cache folder")
@pytest.mark.usefixtures("small")
def test_without_xdg_the_cache_is_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with core.open_core() as termbase:
        assert tmp_path in termbase.path.parents


def test_formulations_are_plain_values() -> None:
    known = core.known_formulations()
    first = known["人类命运共同体"][0]
    assert first.text == "global community of shared future"
    assert first.status is AdministrativeStatus.PREFERRED
    assert first.valid_from == "2023"
    assert core.known_formulations() is known
