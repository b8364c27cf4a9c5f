"""Decisions hold for what is harvested, merged or imported later."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext
from review_termbase import BITEXT, NETWORK, concept, concepts, write_termbase

from glossary.cli.main import main
from glossary.model import Concept, ReviewState, concept_id
from glossary.review import Action, Verdict, carry_out, to_review
from glossary.review.kept import decisions_of, with_decisions
from glossary.termbase import Termbase

DIGITAL, STUCK, QUALITY, SYSTEM = map(concept_id, ("数字经济", "卡脖子", "高质量发展", "举国体制"))
VERDICTS = (
    Verdict(NETWORK, Action.ACCEPT),
    Verdict(STUCK, Action.EDIT, english=("bottlenecks",)),
    Verdict(DIGITAL, Action.REJECT, reason="too general"),
    Verdict(QUALITY, Action.MERGE, target=SYSTEM),
)


@pytest.fixture
def decided(termbase: Path) -> Path:
    with Termbase.open(termbase) as base:
        carry_out(base, VERDICTS, "review")
    return termbase


def again(decided: Path, *harvested: Concept) -> dict[str, Concept]:
    """Return the concepts of a new harvest with the decisions, by id."""
    with Termbase.open(decided, readonly=True) as base:
        kept = with_decisions(harvested, decisions_of(base), BITEXT)
    assert len({found.id for found in kept}) == len(kept)
    return {found.id: found for found in kept}


def test_the_same_harvest_changes_nothing_that_was_decided(decided: Path) -> None:
    with Termbase.open(decided, readonly=True) as base:
        before = {found.id: found for found in base.concepts()}
    assert again(decided, *concepts()) == before


def test_what_the_harvest_lacks_stays(decided: Path) -> None:
    found = again(decided, concept("技术", ["technology"], [], 0.9))
    assert found.keys() == {concept_id("技术"), NETWORK, STUCK, DIGITAL, QUALITY, SYSTEM}
    assert found[DIGITAL].note == "too general"
    assert "高质量发展" in [term.text for term in found[SYSTEM].chinese()]


def test_new_evidence_of_a_decided_concept_is_taken_over(decided: Path) -> None:
    found = again(decided, concept("网络强国", ["strong cyber country", "cyber country"], [], 0.9))
    accepted = found[NETWORK]
    assert accepted.review is ReviewState.ACCEPTED
    assert [(term.text, term.status) for term in accepted.renderings()] == [
        ("strong cyber country", "preferred"),
        ("network power", None),
        ("cyber country", None),
    ]
    rejected = again(decided, concept("数字经济", ["digital economies"], [], 0.9))[DIGITAL]
    assert [term.text for term in rejected.renderings()] == ["digital economy"]


def test_what_was_merged_goes_where_it_went(decided: Path) -> None:
    found = again(
        decided,
        concept("高质量发展", ["development"], [], 0.9),
        concept("举国体制", [], ["national system"], 0.5),
    )
    assert found[QUALITY].review is ReviewState.REJECTED
    target = found[SYSTEM]
    assert target.review is ReviewState.UNREVIEWED
    assert "development" in [term.text for term in target.renderings()]
    assert [term.text for term in target.chinese()] == ["举国体制", "高质量发展"]


def test_sentences_are_found_where_they_stand_now(decided: Path) -> None:
    moved = bitext(
        (ESSAY[0], ("前言。", *ESSAY[1][1:])),
        (OFFICIAL[0], ("Preface.", *OFFICIAL[1][1:])),
        MACHINE,
    )
    with Termbase.open(decided, readonly=True) as base:
        kept = {found.id: found for found in with_decisions([], decisions_of(base), moved)}
    first, second = kept[NETWORK].chinese()[0].attestations
    assert (first.segment, first.bead, first.context) == (-1, "", ESSAY[1][0])
    assert (second.segment, second.bead) == (2, f"{moved.id}#2")


def test_decided_concepts_are_not_asked_again_after_a_merge_or_an_import(
    decided: Path, tmp_path: Path
) -> None:
    with Termbase.open(decided, readonly=True) as base:
        states = {found.id: found.review for found in base.concepts()}
        open_ = to_review(base)
    other = write_termbase(tmp_path / "other.sqlite")
    assert main(["export", str(tmp_path / "other.tbx"), "--termbase", str(other)]) == 0
    for command in (
        ["merge", str(decided), str(other), "--conflicts", "skip"],
        ["merge", str(decided), str(other), "--conflicts", "overwrite"],
        ["import", str(tmp_path / "other.tbx"), "-t", str(decided), "--existing", "skip"],
        ["import", str(tmp_path / "other.tbx"), "-t", str(decided), "--existing", "replace"],
    ):
        assert main(command) == 0
        with Termbase.open(decided, readonly=True) as base:
            assert {found.id: found.review for found in base.concepts()} == states, command
            assert to_review(base) == open_


def test_an_import_may_decide_otherwise(decided: Path, tmp_path: Path) -> None:
    with Termbase.create(tmp_path / "other.sqlite") as other:
        mind = dataclasses.replace(concepts()[0], review=ReviewState.ACCEPTED)
        other.add_concepts([mind])
    text = tmp_path / "other.tifa"
    assert main(["export", str(text), "--termbase", str(tmp_path / "other.sqlite")]) == 0
    assert main(["import", str(text), "-t", str(decided), "--existing", "replace"]) == 0
    with Termbase.open(decided, readonly=True) as base:
        found = base.concept(DIGITAL)
    assert found is not None
    assert found.review is ReviewState.ACCEPTED


def test_a_build_into_the_same_folder_keeps_decisions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for source, lines in (ESSAY, OFFICIAL):
        path = tmp_path / f"{source.id}.txt"
        path.write_text("\n\n".join(lines), encoding="utf-8")
        texts.append(f"{path}:authority=official")
    out = tmp_path / "out"
    out.mkdir()
    with Termbase.open(write_termbase(out / "termbase.sqlite")) as base:
        carry_out(base, [VERDICTS[0], VERDICTS[2]], "review")
    build = ["build", *texts, "-o", str(out), "--force"]
    assert main(build) == 0
    assert "2 concepts stay as they were decided" in capsys.readouterr().out
    with Termbase.open(out) as base:
        found = {concept.id: concept for concept in base.concepts()}
        assert found[NETWORK].review is ReviewState.ACCEPTED
        # The machine's text is no longer one of the project, what it said of the term is known.
        assert "network power" in [term.text for term in found[NETWORK].renderings()]
        assert found[DIGITAL].review is ReviewState.REJECTED
        assert not {NETWORK, DIGITAL} & set(to_review(base))
        assert "machine" in [source.id for source in base.sources()]
    table = (out / "glossary.tsv").read_text(encoding="utf-8")
    assert "网络强国" in table
    assert "数字经济" not in [line.split("\t")[0] for line in table.splitlines()]

    (out / "termbase.sqlite").write_bytes(b"spoilt")
    assert main(build) == 3
    assert "is not a termbase" in capsys.readouterr().err


def test_what_was_rejected_is_neither_looked_up_nor_given_to_cat_tools(
    decided: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lookup", "网络强国", "-t", str(decided)]) == 0
    assert main(["lookup", "数字经济", "-t", str(decided), "--exact"]) == 1
    capsys.readouterr()
    path = tmp_path / "glossary.utf8.txt"
    assert main(["export", str(path), "-t", str(decided), "--to", "omegat"]) == 0
    assert "concepts that a review rejected, left out" in capsys.readouterr().err
    heads = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    assert "网络强国" in heads
    assert "数字经济" not in heads
