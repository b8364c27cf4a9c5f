"""``tifa import`` and ``tifa export``: a glossary goes through files and comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from glossary.cli.export import export
from glossary.cli.import_ import import_
from glossary.errors import BadInputError, UsageError
from glossary.model import AdministrativeStatus, Authority, Concept, Glossary, Source, Term
from glossary.termbase import Termbase

GLOSSARY = Glossary(
    (
        Concept(
            "c1",
            (
                Term("网络强国", "zh-Hans", authority=Authority.OFFICIAL),
                Term(
                    "cyber power",
                    "en",
                    status=AdministrativeStatus.PREFERRED,
                    authority=Authority.OFFICIAL,
                ),
            ),
        ),
        Concept("c2", (Term("双循环", "zh-Hans"), Term("dual circulation", "en"))),
    ),
    (Source("essay", date="2023"),),
)

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with Termbase.create("tifa.sqlite") as base:
        base.add_sources(GLOSSARY.sources)
        base.add_concepts(GLOSSARY.concepts)
    app = typer.Typer()
    app.command("export")(export)
    app.command("import")(import_)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, arguments)
        if result.exception:
            raise result.exception
        return result.stdout

    return run


def content(path: str) -> Glossary:
    with Termbase.open(path, readonly=True) as base:
        return base.glossary()


def test_through_a_text_file_and_back(run: Run) -> None:
    run("export", "g.tifa")
    assert run("export", "-") == Path("g.tifa").read_text(encoding="utf-8")
    assert "2 concepts written, 2 in all" in run("import", "g.tifa", "-t", "new.sqlite")
    read = content("new.sqlite")
    assert set(read.concepts) == set(GLOSSARY.concepts)
    assert read.sources == GLOSSARY.sources


def test_other_formats_by_their_ending(run: Run) -> None:
    run("export", "g.tbx")
    run("import", "g.tbx", "-t", "new.sqlite")
    assert {concept.head for concept in content("new.sqlite").concepts} == {"网络强国", "双循环"}
    with pytest.raises(UsageError, match="no glossary"):
        run("export", "g.tmx")


def test_existing_concepts_are_refused_unless_told(run: Run) -> None:
    changed = Path("g.tifa")
    run("export", "g.tifa")
    changed.write_text(changed.read_text("utf-8").replace("cyber power", "big power"), "utf-8")
    with pytest.raises(BadInputError, match="is there already"):
        run("import", "g.tifa")
    assert content("tifa.sqlite") == GLOSSARY
    run("import", "g.tifa", "--existing", "skip")
    assert content("tifa.sqlite") == GLOSSARY
    run("import", "g.tifa", "--existing", "replace", "--who", "Li")
    assert content("tifa.sqlite").concepts[0].renderings()[0].text == "big power"
    with Termbase.open("tifa.sqlite", readonly=True) as base:
        step = base.transactions()[-1]
    assert (step.who, step.at, step.what) == ("Li", "1970-01-01T00:00:00Z", "import g.tifa")


def test_the_last_import_can_be_taken_back(run: Run) -> None:
    Path("more.tifa").write_text(
        "tifa-glossary 1\n\nconcept: c9\n  term: 新词\n    language: zh-Hans\n", encoding="utf-8"
    )
    run("import", "more.tifa")
    assert len(content("tifa.sqlite").concepts) == 3
    assert "took back: import more.tifa" in run("import", "--undo")
    assert content("tifa.sqlite") == GLOSSARY


def test_several_files_are_one_step(run: Run) -> None:
    good = "tifa-glossary 1\n\nconcept: c9\n  term: 新词\n    language: zh-Hans\n"
    Path("a.tifa").write_text(good, encoding="utf-8")
    Path("b.tifa").write_text(good, encoding="utf-8")
    with pytest.raises(BadInputError, match="is there already"):
        run("import", "a.tifa", "b.tifa")
    assert content("tifa.sqlite") == GLOSSARY


def test_bad_calls_and_files_say_so(run: Run) -> None:
    for arguments in ([], ["x.tifa", "--undo"]):
        with pytest.raises(UsageError, match="--undo alone"):
            run("import", *arguments)
    with pytest.raises(BadInputError, match=r"x\.tifa: cannot be opened"):
        run("import", "x.tifa")
    Path("gbk.tifa").write_bytes("网络".encode("gb18030"))
    with pytest.raises(BadInputError, match="is not UTF-8"):
        run("import", "gbk.tifa")
    Path("g.unknown").touch()
    with pytest.raises(UsageError, match="ending"):
        run("import", "g.unknown")
