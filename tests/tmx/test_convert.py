"""Conversions between formats and for tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.errors import BadInputError, UsageError
from glossary.model import Concept, Glossary, Memory, Term, TranslationUnit, Variant
from tmx import jsonl, jsonl_memory, multiterm, tbx2, tbx3, tmx14, tsv
from tmx.convert import convert
from tmx.interface import ValueKind
from tmx.profiles import PROFILES, profile
from tmx.registry import codec

MEMORY = Memory(
    (TranslationUnit((Variant("EN", ("a",)), Variant("zh_CN", ("甲",)), Variant("fr", ("b",)))),),
    "zh_CN",
)
GLOSSARY = Glossary((Concept("c1", (Term("甲", "zh-Hans"), Term("a", "en"))),))


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    path = tmp_path / "in.tmx"
    tmx14.dump(MEMORY, path)
    return path


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "in.tbx"
    tbx2.dump(GLOSSARY, path)
    return path


def languages(path: Path) -> list[str]:
    return [variant.language for variant in tmx14.load(path).units[0].variants]


def test_without_a_wish_nothing_changes(memory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.tmx"
    assert convert(memory, out).units == 1
    assert tmx14.load(out) == tmx14.load(memory)


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ("omegat", ["zh-CN", "en-US", "fr"]),
        ("wordfast", ["ZH-CN", "EN-US", "fr"]),
        ("microsoft", ["zh-Hans", "en", "fr"]),
        ("aws", ["zh", "en", "fr"]),
    ],
)
def test_for_a_tool(memory: Path, tmp_path: Path, tool: str, expected: list[str]) -> None:
    out = tmp_path / "out.tmx"
    convert(memory, out, profile=profile(tool))
    assert languages(out) == expected
    assert tmx14.load(out).source_language == expected[0]


def test_languages_by_the_code_in_the_file_or_by_tifas(memory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.tmx"
    convert(memory, out, languages={"EN": "en-GB", "zh-Hans": "zh"})
    assert languages(out) == ["en-GB", "zh", "fr"]


def test_glossaries(glossary: Path, tmp_path: Path) -> None:
    table, archive = tmp_path / "out.tsv", tmp_path / "out.tbx"
    convert(glossary, table)
    assert [t.text for t in tsv.load(table).concepts[0].terms] == ["甲", "a"]
    convert(table, archive, target_format="tbx3")
    assert tbx3.load(archive).concepts[0].id == "c1"
    lines = tmp_path / "out.txt"
    convert(glossary, lines, profile=profile("omegat"))
    assert lines.read_text("utf-8").splitlines()[1].startswith("甲\ta\t")


def test_codes_of_a_glossary_stay_as_they_are(tmp_path: Path) -> None:
    path, out = tmp_path / "in.tbx", tmp_path / "out.tbx"
    tbx2.dump(GLOSSARY, path, languages={"en": "en-GB", "zh-Hans": "zh-SG"})
    convert(path, out, target_format="tbx3")
    assert b'"en-GB"' in out.read_bytes()
    assert b'"zh-SG"' in out.read_bytes()
    convert(path, out, profile=profile("weblate"))
    assert b'"en-US"' in out.read_bytes()


def test_recovery_counts_what_is_lost(memory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.tmx"
    memory.write_text(memory.read_text("utf-8").replace("</body>", "<tu><oops></body>"), "utf-8")
    with pytest.raises(BadInputError, match="not well-formed"):
        convert(memory, out)
    assert not out.exists()
    report = convert(memory, out, recover=True)
    assert (report.units, [loss.what for loss in report.losses]) == (1, ["damaged units, lost"])


def test_a_memory_is_no_glossary(memory: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"in\.tmx holds a memory"):
        convert(memory, tmp_path / "out.tbx")


def test_profiles_name_codecs_that_exist() -> None:
    for item in PROFILES.values():
        for known in item.glossaries:
            assert codec(known).CODEC.kind is ValueKind.GLOSSARY
            path = Path(f"g{codec(known).CODEC.extensions[0]}")
            assert item.glossary_for(path) == known
        assert set(item.languages) == {"zh-Hans", "zh-Hant", "en"}
    with pytest.raises(UsageError, match="no profile for the tool 'word'"):
        profile("word")


def test_memories_through_json_lines(memory: Path, tmp_path: Path) -> None:
    lines, again = tmp_path / "m.jsonl", tmp_path / "again.tmx"
    assert convert(memory, lines).units == 1
    assert jsonl_memory.load(lines) == tmx14.load(memory)
    convert(lines, again, profile=profile("omegat"))
    assert languages(again) == ["zh-CN", "en-US", "fr"]
    other = tmp_path / "other.jsonl"
    convert(memory, other, languages={"zh-Hans": "zh"}, target_format="jsonl-memory")
    assert jsonl_memory.load(other).source_language == "zh"
    with pytest.raises(UsageError, match="holds a memory"):
        convert(lines, tmp_path / "out.tbx")


def test_codes_that_tools_want_do_not_hide_a_language(glossary: Path, tmp_path: Path) -> None:
    """Codes of a TBX file become tifa's languages for every format but TBX."""
    out = tmp_path / "out.memoq.csv"
    assert convert(glossary, out).losses == ()
    assert "Chinese_PRC" in out.read_text("utf-8-sig")


def test_the_root_element_tells_the_format(glossary: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "some.xml", tmp_path / "out.jsonl"
    path.write_bytes(glossary.read_bytes())
    assert convert(path, out).units == 1
    multiterm.dump(GLOSSARY, path)
    assert convert(path, out).units == 1
    assert jsonl.load(out).concepts == GLOSSARY.concepts
    path.write_text("<html/>", "utf-8")
    with pytest.raises(UsageError, match="its ending tells no format"):
        convert(path, out)


def test_columns_of_a_table(tmp_path: Path) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "out.jsonl"
    path.write_text("汉,英\n甲,a\n", "utf-8")
    convert(path, out, columns={"zh": "汉", "en": "2"})
    assert [t.text for t in jsonl.load(out).concepts[0].terms] == ["甲", "a"]


@pytest.mark.parametrize(
    ("tool", "name", "codec_name"),
    [
        ("omegat", "g.tbx", "tbx2"),
        ("omegat", "g.txt", "omegat"),
        ("google", "g.tmx", "tmx-glossary"),
        ("google", "g.csv", "google"),
        ("memoq", "g.xml", "multiterm"),
        ("microsoft", "g.xlsx", "microsoft-dictionary"),
        ("weblate", "g.po", "po"),
    ],
)
def test_the_ending_chooses_among_a_tools_formats(tool: str, name: str, codec_name: str) -> None:
    assert profile(tool).glossary_for(Path(name)) == codec_name


def test_an_ending_that_a_tool_does_not_take() -> None:
    with pytest.raises(UsageError, match=r"DeepL takes deepl \(end the name as in \.deepl\.tsv\)"):
        profile("deepl").glossary_for(Path("g.tbx"))
