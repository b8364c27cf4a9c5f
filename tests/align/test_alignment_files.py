"""Alignments in the formats of other tools: written, read back, and spoilt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import shared_dir
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_align import CHINESE, EN, ENGLISH, MT, ZH, assert_whole, document

from glossary.align.formats.files import is_ladder, load_alignment
from glossary.align.formats.intertext import load_intertext, write_intertext
from glossary.align.formats.jsonl import load_json_lines, to_json_lines
from glossary.align.formats.ladders import load_ladder, to_hunalign, to_ladder
from glossary.align.formats.pairs import load_tmx, load_xliff
from glossary.align.formats.saved import saved_bitext
from glossary.align.formats.xliff import write_xliff
from glossary.align.ladder import format_hunalign, parse_hunalign, read_ladder
from glossary.align.realign import realign
from glossary.align.renditions import with_columns
from glossary.build.memory import memory_of
from glossary.errors import BadInputError, TifaError, UsageError
from glossary.model import Bead, Bitext
from tmx import tmx14

BITEXT = Bitext(
    "zh+official",
    (ZH, EN),
    (
        Bead(((0,), (0,)), 0.99),
        Bead(((1,), (1, 2)), 0.9, edited=True),
        Bead(((2,), (3,)), 0.97),
        Bead(((), (4,)), 0.4),
        Bead(((3,), ()), 0.3),
        Bead(((4, 5), (5, 6)), 0.45),
        Bead(((6,), (7,)), 0.94),
    ),
    "align:test",
)
THREE = Bitext(
    "three",
    (ZH, EN, MT),
    tuple(Bead((*bead.members, ()), bead.score) for bead in BITEXT.beads)
    + tuple(Bead(((), (), (index,)), 1.0) for index in range(7)),
    "align:test",
)
#: The same bitext as written by hand, in either ladder.
LADDER = "[0]:[0]\n[1]:[1,2]\n[2]:[3]\n[]:[4]\n[3]:[]\n[4,5]:[5,6]\n[6]:[7]\n"
RUNGS = "0 0 .99\n1 1 .9\n2 3 .97\n3 4 .4\n3 5 .3\n4 5 .45\n6 7 .94\n7 8 0\n"


def texts(bitext: Bitext) -> list[tuple[str, ...]]:
    return [
        tuple(bitext.text(bead, column) for column in range(len(bitext.documents)))
        for bead in bitext.beads
    ]


def test_intertext_is_three_files_that_come_back(tmp_path: Path) -> None:
    path = tmp_path / "essay.xml"
    written = write_intertext(BITEXT, path)
    assert [one.name for one in written] == ["essay.xml", "essay.zh.xml", "essay.official.xml"]
    links = etree.parse(path).getroot()
    assert links.get("fromDoc") == "essay.zh.xml"
    assert links.get("toDoc") == "essay.official.xml"
    # The second text stands first in a link: so InterText has it.
    assert dict(links[1].attrib) == {"type": "2-1", "xtargets": "2:1 3:1;2:1", "status": "man"}
    back = saved_bitext(load_intertext(path), path)
    assert [document.source.id for document in back.documents] == ["zh", "official"]
    assert texts(back) == texts(BITEXT)
    assert [bead.edited for bead in back.beads] == [bead.edited for bead in BITEXT.beads]


def test_intertext_of_other_hands_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.en.xml").write_text(
        '<doc><div><p><s id="en.1">A <i>small</i>\n step.</s><s id="en.2">On.</s></p></div></doc>'
    )
    (tmp_path / "t.zh.xml").write_text(
        '<text xmlns="urn:x"><p><s xml:id="a">一小步。</s><s xml:id="b">前进。</s></p></text>'
    )
    path = tmp_path / "t.en.zh.xml"
    path.write_text(
        "<linkGrp toDoc='/srv/data/t.zh.xml' fromDoc='t.en.xml'>"
        "<link type='1-1' xtargets='a;en.1' status='plain' mark='2'/></linkGrp>"
    )
    saved = load_intertext(path)
    assert [bead.groups for bead in saved.beads] == [
        (("A small step.",), ("一小步。",)),
        (("On.",), ()),
        ((), ("前进。",)),
    ]
    assert not any(bead.edited for bead in saved.beads)


@pytest.mark.shared
@pytest.mark.parametrize("number", ["001", "002", "006"])
def test_real_intertext_files_say_what_their_ladders_say(number: str) -> None:
    """Those of 002 and 006 have links that cross."""
    corpus = shared_dir() / "data" / "mac-dev"
    path = corpus / "intertext" / f"dev-anno.{number}_zh.{number}_en.xml"
    beads = saved_bitext(load_intertext(path), path).beads
    gold = read_ladder(corpus / "txt" / "gold" / f"{number}.align")
    assert {bead.members for bead in beads} == set(gold)


@pytest.mark.parametrize(
    ("links", "text", "message"),
    [
        ("<linkGrp toDoc='b.xml' fromDoc='a.xml'><link xtargets='1;9'/></linkGrp>", None, "names"),
        (
            "<linkGrp toDoc='b.xml' fromDoc='a.xml'><link xtargets='1;1'/>\n<link xtargets='1;'/>"
            "</linkGrp>",
            None,
            "links.xml:2: names the sentence 1",
        ),
        ("<linkGrp toDoc='b.xml' fromDoc='a.xml'><link xtargets='1'/></linkGrp>", None, "groups"),
        ("<linkGrp toDoc='b.xml'/>", None, "fromDoc"),
        ("<linkGrp toDoc='c.xml' fromDoc='a.xml'/>", None, "c.xml: cannot be read"),
        ("<tmx/>", None, "not an alignment of InterText"),
        ("<linkGrp", None, "well-formed"),
        ("<linkGrp toDoc='b.xml' fromDoc='a.xml'/>", "<t><s>x</s></t>", "without an id"),
        ("<linkGrp toDoc='b.xml' fromDoc='a.xml'/>", "<t/>", "no element <s>"),
    ],
)
def test_spoilt_intertext_is_named(
    tmp_path: Path, links: str, text: str | None, message: str
) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(text or '<t><s id="1">x</s></t>')
    (tmp_path / "links.xml").write_text(links)
    with pytest.raises(BadInputError, match=message):
        load_intertext(tmp_path / "links.xml")


def test_xliff_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "essay.xliff"
    write_xliff(BITEXT, path)
    saved = load_alignment(path)
    assert [source.language for source in saved.sources] == ["zh-Hans", "en"]
    assert texts(saved_bitext(saved, path)) == texts(BITEXT)


@pytest.mark.shared
def test_xliff_is_valid(tmp_path: Path) -> None:
    schemas = shared_dir() / "schemas"
    # The core schema would take that of xml:lang from the network.
    core = re.sub(
        r'(<xs:import namespace="http://www.w3.org/XML/1998/namespace")[^>]*>',
        rf'\1 schemaLocation="{(schemas / "tmx" / "xml.xsd").as_uri()}"/>',
        (schemas / "xliff" / "xliff_core_2.0.xsd").read_text("utf-8"),
        count=1,
    )
    (tmp_path / "core.xsd").write_text(core.replace("</xs:import>", "", 1), "utf-8")
    schema = etree.XMLSchema(etree.parse(tmp_path / "core.xsd"))
    odd = document("odd", "zh-Hans", ["<甲> & \x0b乙", *CHINESE[1:]])
    path = tmp_path / "essay.xlf"
    for bitext in (
        BITEXT,
        Bitext("x", (odd, EN), BITEXT.beads, "x"),
        with_columns(BITEXT, ["official", "zh"]),
    ):
        write_xliff(bitext, path)
        schema.assertValid(etree.parse(path))
    path.write_text(path.read_text("utf-8").replace("source>", "sauce>"), "utf-8")
    assert not schema.validate(etree.parse(path))


@pytest.mark.parametrize("suffix", ["tmx", "xliff"])
def test_pairs_find_their_sentences_in_the_texts_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"essay.{suffix}"
    if suffix == "tmx":
        tmx14.dump(memory_of(BITEXT, {}), path)
    else:
        write_xliff(BITEXT, path)
    result = realign([ZH, EN], load_alignment(path), path, mode="words")
    assert not result.gone
    assert_whole(result.bitext)
    held = {bead.members for bead in result.bitext.beads if bead.edited}
    assert {bead.members for bead in BITEXT.beads if all(bead.members)} <= held


def test_a_memory_of_three_languages_has_three_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="zh-CN" creationtool="x" creationtoolversion="1" '
        'segtype="sentence" o-tmf="x" adminlang="en" datatype="plaintext"/><body>'
        '<tu><tuv xml:lang="zh-CN"><seg>好。</seg></tuv>'
        '<tuv xml:lang="en"><seg>Good.</seg></tuv></tu>'
        '<tu><tuv xml:lang="zh-CN"><seg>行。</seg></tuv>'
        '<tuv xml:lang="zh-TW"><seg>行。</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    saved = load_tmx(path)
    assert [source.language for source in saved.sources] == ["zh-Hans", "en", "zh-Hant"]
    assert [bead.groups for bead in saved.beads] == [
        (("好。",), ("Good.",), ()),
        (("行。",), (), ("行。",)),
    ]


def test_json_lines_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(to_json_lines(THREE), encoding="utf-8")
    saved = load_json_lines(path)
    again = saved_bitext(saved, path)
    assert [bead.score for bead in again.beads] == [bead.score for bead in THREE.beads]
    assert texts(again) == texts(THREE)


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"schema": "tifa.bead/1"}', "\ufeff\x00"])
def test_a_spoilt_json_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(to_json_lines(BITEXT) + line + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"a\.jsonl:8: is not a bead"):
        load_json_lines(path)


@pytest.mark.parametrize("text", [LADDER, RUNGS])
def test_both_ladders_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "essay.align"
    path.write_text(text)
    assert is_ladder(path)
    bitext = load_ladder(path, [ZH, EN])
    assert {bead.members for bead in bitext.beads} == {bead.members for bead in BITEXT.beads}
    assert to_ladder(bitext) == LADDER


def test_a_ladder_in_the_order_of_the_texts_named(tmp_path: Path) -> None:
    path = tmp_path / "essay.align"
    turned = (line.split(":") for line in LADDER.splitlines())
    path.write_text("\n".join(f"{second}:{first}" for first, second in turned))
    bitext = load_ladder(path, [EN, ZH])
    assert [one.source.id for one in bitext.documents] == ["official", "zh"]
    assert with_columns(bitext, ["zh", "official"]).beads == load_ladder_of(tmp_path).beads


def load_ladder_of(folder: Path) -> Bitext:
    path = folder / "plain.align"
    path.write_text(LADDER)
    return load_ladder(path, [ZH, EN])


def test_what_a_ladder_leaves_out_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "essay.align"
    path.write_text("[0]:[0]\n[6]:[7]\n")
    bitext = load_ladder(path, [ZH, EN])
    assert_whole(bitext)
    assert sum(bead.edited for bead in bitext.beads) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[0]:[0]\n[0]:[1]\n", "line 0 of zh in two beads"),
        ("[0]:[99]\n", "line 99, but the last of official is 7"),
        ("[0]:[0\n", r"essay\.align:1: '\[0\]:\[0' is not a bead"),
        ("0 0\n1 x\n", r"essay\.align:2: '1 x' is not a rung"),
        ("0 0\n3 3\n2 4\n", r"essay\.align:3: stands before"),
    ],
)
def test_a_spoilt_ladder_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "essay.align"
    path.write_text(text)
    with pytest.raises(BadInputError, match=message):
        load_ladder(path, [ZH, EN])


@pytest.mark.parametrize("render", [to_ladder, to_hunalign])
def test_ladders_hold_two_texts(render: object) -> None:
    assert callable(render)
    with pytest.raises(UsageError, match="two texts"):
        render(THREE)


@pytest.mark.parametrize("write", [write_xliff, write_intertext])
def test_two_texts_are_the_most_for_these(write: object, tmp_path: Path) -> None:
    assert callable(write)
    with pytest.raises(UsageError, match="two texts"):
        write(THREE, tmp_path / "a.xml")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), max_size=12))
def test_hunalign_ladders_come_back(sizes: list[tuple[int, int]]) -> None:
    beads = []
    left = right = 0
    for first, second in sizes:
        beads.append((tuple(range(left, left + first)), tuple(range(right, right + second))))
        left, right = left + first, right + second
    assert parse_hunalign(format_hunalign(beads, [0.5] * len(beads))) == beads


def test_crossing_beads_do_not_fit_a_ladder_of_hunalign() -> None:
    with pytest.raises(UsageError, match="cross"):
        format_hunalign([((0,), (1,)), ((1,), (0,))], [1.0, 1.0])


def test_empty_lines_have_rungs_of_their_own() -> None:
    assert parse_hunalign(format_hunalign([((1,), (0,)), ((3,), (2,))], [0.5, 0.5])) == [
        ((0,), ()),
        ((1,), (0,)),
        ((2,), (1,)),
        ((3,), (2,)),
    ]


@pytest.mark.parametrize("name", ["a.odd", "a", "a.docx"])
def test_an_unknown_ending_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LADDER)
    with pytest.raises(UsageError, match="known are"):
        load_alignment(tmp_path / name)


@pytest.mark.parametrize("suffix", ["xlsx", "tsv", "jsonl", "xml", "tmx", "xliff"])
def test_a_missing_or_binary_file_is_one_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    with pytest.raises(TifaError) as missing:
        load_alignment(path)
    path.write_bytes(bytes(range(256)) * 9)
    with pytest.raises(TifaError) as binary:
        load_alignment(path)
    for error in (missing, binary):
        assert "\n" not in str(error.value)
        assert str(path) in str(error.value)


def test_xliff_without_a_target_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh">'
        '<file id="f"><unit id="u"><segment><source>好</source></segment></unit></file></xliff>',
        encoding="utf-8",
    )
    with pytest.raises(BadInputError, match="two languages"):
        load_xliff(path)


def test_english_is_kept_apart_by_spaces_in_pairs(tmp_path: Path) -> None:
    path = tmp_path / "a.xliff"
    write_xliff(BITEXT, path)
    assert f"{ENGLISH[1]} {ENGLISH[2]}" in path.read_text(encoding="utf-8")
