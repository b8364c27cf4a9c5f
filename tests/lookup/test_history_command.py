"""``tifa history`` and ``--as-of``: the form in force on a date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from glossary.cli.history import history
from glossary.cli.lookup import lookup as lookup_verb
from glossary.errors import UsageError
from glossary.lookup import Filters, lookup
from glossary.model import AdministrativeStatus, Attestation, Authority, Concept, Source, Term
from glossary.termbase import Termbase

FORMS = [
    ("community of common destiny", "2011-12"),
    ("community with a shared future for mankind", "2017"),
    ("human community with a shared future", "2022"),
    ("global community of shared future", "2023"),
]


def rendering(text: str, date: str) -> Term:
    proof = Attestation(f"paper-{date}", 0, (0, len(text)), text, text)
    return Term(text, "en", authority=Authority.OFFICIAL, attestations=(proof,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tifa.sqlite"
    with Termbase.create(file) as base:
        base.add_sources(
            [Source(f"paper-{date}", date=date, authority=Authority.OFFICIAL) for _, date in FORMS]
        )
        terms = [rendering(*form) for form in FORMS]
        base.add_concepts([Concept("c", (Term("人类命运共同体", "zh-Hans"), *terms))])
    return file


def run(verb: object, *arguments: object) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(verb)  # type: ignore[type-var]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_the_table(path: Path) -> None:
    code, out = run(history, "rlmygtt", "-t", path, "--as-of", "2018")
    assert code == 0
    assert out.splitlines() == [
        "人类命运共同体  rénlèi mìngyùn gòngtóngtǐ",
        "  2011-12  community of common destiny  superseded · official · 1× · paper-2011-12",
        "  2017     community with a shared future for mankind  "
        "preferred · official · 1× · paper-2017",
        "  2022     human community with a shared future  later · official · 1× · paper-2022",
        "  2023     global community of shared future  later · official · 1× · paper-2023",
    ]


def test_json(path: Path) -> None:
    answer = json.loads(run(history, "人类命运共同体", "-t", path, "--format", "json")[1])
    assert (answer["schema"], answer["as_of"]) == ("tifa.history/1", None)
    (concept,) = answer["concepts"]
    assert [(r["start"], r["state"]) for r in concept["renderings"]] == [
        ("2011-12", "superseded"),
        ("2017", "superseded"),
        ("2022", "superseded"),
        ("2023", "preferred"),
    ]


def test_nothing_and_nonsense(path: Path) -> None:
    assert run(history, "无此词", "-t", path) == (1, "")
    with pytest.raises(UsageError, match="is not a date"):
        run(history, "人类命运共同体", "-t", path, "--as-of", "then")


@pytest.mark.parametrize(
    ("date", "number"), [("2012", 0), ("2019-03", 1), ("2022", 2), ("2024", 3)]
)
def test_lookup_gives_the_form_in_force(date: str, number: int, path: Path) -> None:
    with Termbase.open(path, readonly=True) as base:
        (match,) = lookup(base, "人类命运共同体", as_of=date)
        first = match.concept.renderings()[0]
        assert (first.text, first.status) == (FORMS[number][0], AdministrativeStatus.PREFERRED)
        only = Filters(statuses=frozenset({AdministrativeStatus.PREFERRED}))
        assert [
            form for form, _ in FORMS if lookup(base, form, as_of=date, filters=only, exact=True)
        ] == [FORMS[number][0]]


def test_the_lookup_verb_takes_a_date(path: Path) -> None:
    code, out = run(lookup_verb, "人类命运共同体", "-t", path, "--as-of", "2018")
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert lines[1].startswith("community with a shared future for mankind  preferred")
    assert "later: from 2023" in lines
