"""The report names every text, bead kind, lone segment, weak bead and diverging term."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from publish_samples import ESSAY, document, in_paragraphs, sample_bitext, sample_glossary

from glossary.model import Bead, Glossary, Source
from glossary.publish.report import render_report, write_report


def _report() -> str:
    return render_report(sample_bitext(), sample_glossary(), signature="tifa:test|align:hand")


def _section(report: str, heading: str) -> str:
    start = report.index(f"\n{heading}\n")
    end = report.find(f"\n{heading.split(maxsplit=1)[0]} ", start + 1)
    return report[start : None if end < 0 else end]


def test_texts_and_bead_kinds_are_counted() -> None:
    report = _report()
    assert "| essay | 乡村公路 | zh-Hans | official | 日报 | 2021-03-01 | 4 | 2 |" in report
    assert "| essay ↔ official | 2 | 0 | 1 | 0 | 2 | 1 |" in report
    assert "| essay ↔ mt | 4 | 0 | 0 | 1 | 0 | 0 |" in report


def test_every_segment_without_a_counterpart_is_listed() -> None:
    part = _section(_report(), "## Without a counterpart")
    assert "### In essay, not in official" in part
    assert "- bead 3, 0.61 (byline): 本报记者" in part
    assert "- bead 6, 0.70: 要保护好耕地。" in part
    assert "### In official, not in essay" in part
    assert "- bead 4, 0.80 (caption): A bus waits at the market." in part


def test_weak_beads_are_listed_weakest_first() -> None:
    part = _section(_report(), "## Beads to review")
    assert "| 5 | 0.42 | 交通强县战略不能动摇。 |" in part
    assert "| 2 | 0.97 |" not in part


def test_official_and_machine_renderings_stand_side_by_side() -> None:
    assert "| 交通强县 | 2 | strength in transport | traffic strong county ×2 |" in _report()


def test_terms_that_differ_and_terms_not_rendered_are_named() -> None:
    report = _report()
    different = _section(report, "## Terms that the renditions render differently")
    assert "最后一公里" in different
    assert "交通强县战略" not in different
    missing = _section(report, "## Terms that a rendition does not render")
    assert "| 交通强县战略 | mt | 5 | The traffic strong county strategy can't be" in missing
    assert "最后一公里" not in missing


def test_the_signature_ends_the_report() -> None:
    assert _report().endswith("`tifa:test|align:hand`\n")


def test_text_is_escaped_and_cut_at_a_width() -> None:
    bitext = sample_bitext()
    long = ("a|b *c* <d> " * 20, ESSAY[0][1])
    pivot = document(Source("x_y", "t"), (long,))
    lone = dataclasses.replace(
        bitext,
        documents=(pivot, bitext.documents[1]),
        beads=(Bead(((0,), ()), 0.99), Bead(((), (0, 1, 2, 3)), 0.99)),
    )
    report = render_report(lone, Glossary(()), signature="s")
    assert r"a\|b \*c\* \<d\>" in report
    assert "…" in report
    assert r"### In x\_y, not in official" in report
    assert "No term was found." in report
    assert "No bead scored below" in report


def test_a_whole_alignment_says_so(tmp_path: Path) -> None:
    bitext = sample_bitext()
    pair = dataclasses.replace(
        bitext,
        documents=(bitext.documents[0], bitext.documents[2]),
        beads=tuple(Bead(((n,), (n,)), 0.9) for n in range(len(ESSAY))),
    )
    path = tmp_path / "report.md"
    write_report(path, pair, sample_glossary(), signature="s")
    text = path.read_text(encoding="utf-8")
    assert "Every segment has a counterpart in every rendition." in text
    assert "## Terms that the renditions" not in text


def test_passages_that_were_left_out_are_named() -> None:
    assert "## Passages" not in _report()
    report = render_report(in_paragraphs(sample_bitext()), sample_glossary(), signature="x")
    part = _section(report, "## Passages moved, left out and added")
    assert "- official leaves out paragraph 5 (1 sentence: 要保护好耕地。) of essay" in part
