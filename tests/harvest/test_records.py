from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from harvest_bitexts import ESSAY, MACHINE, OFFICIAL, bitext

from glossary.cli.main import main
from glossary.harvest import harvest
from glossary.harvest.display import text_lines
from glossary.harvest.records import concept_record, json_lines
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Source,
    Term,
    TermType,
    concept_id,
)


def test_a_term_of_two_sources_stands_once_for_each() -> None:
    concepts = harvest(bitext(ESSAY, OFFICIAL, MACHINE)).concepts
    sources = {source.id: source for source, _ in (ESSAY, OFFICIAL, MACHINE)}
    found = next(c for c in concepts if c.id == concept_id("高质量发展"))
    record = concept_record(found)
    assert record["schema"] == "tifa.harvest/1"
    assert [(t["text"], t["source"], t["count"]) for t in record["terms"]] == [
        ("高质量发展", "essay", 1),
        ("high-quality development", "official", 1),
        ("high-quality development", "machine", 1),
    ]
    for line in json_lines(concepts, sources):
        for term in json.loads(line)["terms"]:
            for attestation in term["attestations"]:
                start, end = attestation["span"]
                assert attestation["context"][start:end] == attestation["surface"]


def test_a_record_says_what_is_preferred_and_why() -> None:
    concepts = harvest(bitext(ESSAY, OFFICIAL, MACHINE)).concepts
    sources = {source.id: source for source, _ in (ESSAY, OFFICIAL, MACHINE)}
    records = {c.head: concept_record(c, sources) for c in concepts}
    assert records["网络强国"]["preferred"] == {
        "text": "strong cyber country",
        "by": "authority",
        "over": "network power",
        "why": "official over machine",
    }
    assert records["高质量发展"]["preferred"]["by"] == "only"


def test_of_dated_official_renderings_the_latest_is_preferred() -> None:
    essay = Source("zh", language="zh-Hans", date="2011-12", authority=Authority.OFFICIAL)
    dated = {
        "2011-12": "community of common destiny",
        "2017-10": "community with a shared future for mankind",
        "2022-10": "human community with a shared future",
        "2023-12": "global community of shared future",
    }
    renditions = [
        (
            Source(date, language="en", date=date, authority=Authority.OFFICIAL),
            (f"We should build a {text}.", f"The idea of a {text} is widely accepted."),
        )
        for date, text in dated.items()
    ]
    text = (essay, ("我们要推动构建人类命运共同体。", "人类命运共同体理念深入人心。"))
    (concept, *_) = harvest(bitext(text, *renditions)).concepts
    record = concept_record(concept, {source.id: source for source, _ in renditions})
    assert record["head"] == "人类命运共同体"
    assert record["preferred"] == {
        "text": dated["2023-12"],
        "by": "date",
        "over": dated["2022-10"],
        "why": "2023-12 over 2022-10",
    }
    statuses = {t["text"]: t["administrative_status"] for t in record["terms"][1:]}
    assert statuses == {
        dated["2023-12"]: "preferred",
        dated["2022-10"]: "superseded",
        dated["2017-10"]: "superseded",
        dated["2011-12"]: "superseded",
    }


def test_variants_name_their_rendering_and_text_shows_them_below_it() -> None:
    forms = [
        Term("strong cyber country", "en", status=AdministrativeStatus.PREFERRED),
        Term("strong cyber countries", "en", term_type=TermType.VARIANT),
        Term("cyber power", "en"),
    ]
    attested = [
        replace(term, attestations=(Attestation("s", 0, (0, 1), "x", "x"),) * count)
        for term, count in zip(forms, (2, 1, 1), strict=True)
    ]
    concept = Concept("c1", (Term("网络强国", "zh-Hans"), *attested))
    record = concept_record(concept)
    assert {t["text"]: t["variant_of"] for t in record["terms"]} == {
        "strong cyber country": None,
        "strong cyber countries": "strong cyber country",
        "cyber power": None,
    }
    assert list(text_lines([concept, concept], {}))[:6] == [
        "网络强国  term",
        "  strong cyber country  preferred · unofficial · 2×  "
        "by frequency: 3 times over once (next: cyber power)",
        "    = strong cyber countries  unofficial · 1×",
        "  cyber power  unofficial · 1×",
        "",
        "网络强国  term",
    ]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "one.zh.txt").write_text("\n\n".join(ESSAY[1]), encoding="utf-8")
    (tmp_path / "one.en.txt").write_text("\n\n".join(OFFICIAL[1]), encoding="utf-8")
    (tmp_path / "alone.zh.txt").write_text("没有译文。", encoding="utf-8")
    return tmp_path


def test_command_prints_records_and_nothing_else(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [str(corpus / "one.zh.txt"), str(corpus / "one.en.txt") + ":authority=official"]
    assert main(["harvest", *texts, "--format", "jsonl"]) == 0
    captured = capsys.readouterr()
    records = [json.loads(line) for line in captured.out.splitlines()]
    assert {"网络强国", "数字经济"} <= {record["head"] for record in records}
    assert {t["source"] for r in records for t in r["terms"]} == {"one.zh", "one.en"}
    assert captured.err.startswith("tifa:0")

    assert main(["harvest", "--corpus", str(corpus), "--kind", "name", "--limit", "5"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {record["kind"] for record in records} == {"name"}

    assert main(["harvest", *texts, "--format", "text", "--limit", "1"]) == 0
    assert "no other rendering is attested" in capsys.readouterr().out


def memory(chinese: str, english: str) -> str:
    """Return a memory of the essay whose languages are marked so."""
    units = "".join(
        f'<tu><tuv xml:lang="{chinese}"><seg>{zh}</seg></tuv>'
        f'<tuv xml:lang="{english}"><seg>{en}</seg></tuv></tu>'
        for zh, en in zip(ESSAY[1], OFFICIAL[1], strict=True)
    )
    return (
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" '
        'segtype="sentence" o-tmf="t" adminlang="en" srclang="zh-CN" datatype="plaintext"/>'
        f"<body>{units}</body></tmx>"
    )


def test_command_reads_a_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(memory("zh-CN", "en-US"), encoding="utf-8")
    assert main(["harvest", "--corpus", str(path), "--format", "tsv"]) == 0
    assert "网络强国\tstrong cyber country\tterm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["one.zh.txt"], 2), (["--corpus", "."], 3), (["a", "b", "--corpus", "."], 2)],
)
def test_bad_calls_are_one_line(
    arguments: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["harvest", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("tifa: ")
    assert captured.err.count("\n") == 1


FRENCH = "Nous devons construire un pays fort et protéger les données des citoyens de ce pays. " * 4


@pytest.mark.parametrize(
    ("chinese", "english", "message"),
    [
        ("", "Good.", "a.zh.txt: is empty"),
        ("\n \n", "Good.", "a.zh.txt: has no text"),
        ("好。", FRENCH, "a.en does not look like English"),
        ("好的，我们走。", "好的。", "a.zh and a.en are Chinese, each of them"),
    ],
)
def test_texts_that_cannot_be_harvested_are_named_in_one_line(
    chinese: str,
    english: str,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = [tmp_path / "a.zh.txt", tmp_path / "a.en.txt"]
    for path, text in zip(paths, (chinese, english), strict=True):
        path.write_text(text, encoding="utf-8")
    for arguments in (list(map(str, paths)), ["--corpus", str(tmp_path)]):
        assert main(["harvest", *arguments]) == 3
        captured = capsys.readouterr()
        assert captured.out == ""
        assert message in captured.err
        assert captured.err.count("\n") == 1


def test_texts_without_terms_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.zh.txt").write_text("好。", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("Good.", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("a.zh.txt", "a.en.txt")]
    for arguments in (paths, ["--corpus", str(tmp_path)]):
        assert main(["harvest", *arguments]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "no terms found in these texts" in captured.err


def test_two_texts_of_one_name_are_two_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "one" / "essay", tmp_path / "two" / "essay"]
    for path, lines in zip(paths, (ESSAY[1], OFFICIAL[1]), strict=True):
        path.parent.mkdir()
        path.write_text("\n\n".join(lines), encoding="utf-8")
    assert main(["harvest", *map(str, paths), "--limit", "3"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len({term["source"] for record in records for term in record["terms"]}) == 2


def test_a_memory_of_other_languages_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "memory.tmx"
    for languages, message in (
        (("en-US", "zh-CN"), "has its languages swapped"),
        (("zh-CN", "fr"), "holds no Chinese segment with its English"),
    ):
        path.write_text(memory(*languages), encoding="utf-8")
        assert main(["harvest", "--corpus", str(path)]) == 3
        captured = capsys.readouterr()
        assert captured.out == ""
        assert message in captured.err
        assert captured.err.count("\n") == 1


def test_swapped_and_unrelated_texts_are_harvested_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chinese, english = tmp_path / "a.en.txt", tmp_path / "a.zh.txt"
    chinese.write_text("\n\n".join(ESSAY[1]), encoding="utf-8")
    english.write_text("\n\n".join(OFFICIAL[1]), encoding="utf-8")
    assert main(["harvest", str(english), str(chinese)]) == 0
    captured = capsys.readouterr()
    assert "网络强国" in captured.out
    assert "tifa: a.en is in Chinese, whatever its name\n" in captured.err
    assert "tifa: a.zh is in English, whatever its name\n" in captured.err

    english.write_text("My cat is black.\n\nThe soup was cold and salty.", encoding="utf-8")
    main(["harvest", str(chinese), str(english)])
    assert "tifa: a.zh does not look like a rendition of a.en\n" in capsys.readouterr().err
