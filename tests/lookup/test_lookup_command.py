"""``tifa lookup``: what people and programs get to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from glossary.cli.lookup import lookup
from glossary.errors import UsageError
from glossary.model import AdministrativeStatus, Attestation, Authority, Concept, Source, Term
from glossary.plain import from_plain
from glossary.termbase import Termbase

CHINESE = "要加快建设网络强国。"
ENGLISH = "We will move faster to build a strong cyber country."
MACHINE = "Must speed up to build network powerful nation."


def proof(source: str, surface: str, context: str) -> Attestation:
    start = context.index(surface)
    return Attestation(source, 0, (start, start + len(surface)), surface, context, "zh+en#0")


CONCEPT = Concept(
    "c1",
    (
        Term(
            "网络强国",
            "zh-Hans",
            authority=Authority.OFFICIAL,
            attestations=(proof("zh", "网络强国", CHINESE),),
        ),
        Term(
            "strong cyber country",
            "en",
            status=AdministrativeStatus.PREFERRED,
            authority=Authority.OFFICIAL,
            attestations=(proof("en", "strong cyber country", ENGLISH),),
        ),
        Term(
            "network powerful nation",
            "en",
            authority=Authority.MACHINE,
            attestations=(proof("mt", "network powerful nation", MACHINE),),
        ),
    ),
    subject_field="internet",
)
SOURCES = [
    Source("zh", language="zh-Hans", date="2023-05", authority=Authority.OFFICIAL),
    Source("en", language="en", date="2023-06-01", authority=Authority.OFFICIAL),
    Source("mt", language="en", authority=Authority.MACHINE),
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tifa.sqlite"
    with Termbase.create(file) as base:
        base.add_sources(SOURCES)
        base.add_concepts([CONCEPT])
    return file


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIFA_TERMBASE", raising=False)
    app = typer.Typer()
    app.command()(lookup)

    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def test_text_shows_renderings_with_status_dates_and_proof(run: Run, path: Path) -> None:
    code, out, err = run("网络强国")
    assert (code, err) == (0, "")
    assert out == (
        "网络强国  wǎngluò qiángguó  internet\n"
        "  strong cyber country  preferred · official · 1× · 2023-06-01\n"
        f"    {CHINESE}  [zh]\n"
        f"    {ENGLISH}  [en]\n"
        "  network powerful nation  machine · 1×\n"
        f"    {CHINESE}  [zh]\n"
        f"    {MACHINE}  [mt]\n"
    )


def test_another_way_of_finding_is_told(run: Run, path: Path) -> None:
    assert "initials" in run("wlqg")[1].splitlines()[0]
    assert "variant: strong cyber country" in run("strong", "cyber", "countries")[1]


def test_json_has_the_models_fields(run: Run, path: Path) -> None:
    code, out, _ = run("网络强国", "--format", "json")
    answer = json.loads(out)
    assert (code, answer["schema"]) == (0, "tifa.lookup/1")
    (concept,) = answer["concepts"]
    assert (concept["head"], concept["how"], concept["pinyin"]) == (
        "网络强国",
        "exact",
        "wǎngluò qiángguó",
    )
    for extra in ("head", "pinyin", "how", "similarity", "matched"):
        del concept[extra]
    for term in concept["terms"]:
        assert term.pop("count") == 1
        assert {term.pop("first"), term.pop("last")} <= {"2023-05", "2023-06-01", None}
    assert from_plain(Concept, concept) == CONCEPT


def test_nothing_found_is_exit_code_1_with_suggestions(run: Run, path: Path) -> None:
    code, out, err = run("网络弱小")
    assert (code, out) == (1, "")
    assert "nothing found" in err
    assert "网络强国" in err
    code, out, _ = run("nothing", "--format", "json")
    assert (code, json.loads(out)) == (1, {"schema": "tifa.lookup/1", "concepts": []})


def test_filters_reach_the_search(run: Run, path: Path) -> None:
    assert "network powerful" not in run("网络强国", "--min-authority", "unofficial")[1]
    assert run("网络强国", "--status", "deprecated")[0] == 1
    assert run("网络强国", "--subject", "Internet", "--source", "en", "--since", "2023")[0] == 0
    assert run("网络强国", "--until", "2022")[0] == 1
    assert run("cyber", "--exact")[0] == 1


@pytest.mark.parametrize(
    "wrong", [("--min-authority", "papal"), ("--status", "good"), ("--since", "yesterday")]
)
def test_wrong_filters_are_usage_errors(wrong: tuple[str, str], run: Run, path: Path) -> None:
    with pytest.raises(UsageError, match=wrong[1]):
        run("网络强国", *wrong)


def test_the_termbase_is_named_or_lies_here(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = path.with_name("other.sqlite")
    path.rename(other)
    monkeypatch.setenv("XDG_CACHE_HOME", str(path.parent))
    code, printed = run("人类命运共同体")[:2]
    assert code == 0, "the core glossary answers where no termbase is"
    assert "global community of shared future" in printed
    assert run("网络强国", "--termbase", str(other))[0] == 0
    monkeypatch.setenv("TIFA_TERMBASE", str(other))
    assert run("网络强国")[0] == 0


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    from glossary.cli import termbases

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert termbases.painter()("x", "head") == "x"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert termbases.painter()("x", "head") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert termbases.painter()("x", "head") == "x"
