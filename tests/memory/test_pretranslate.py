"""Filled XLIFF: what is added, and that nothing else changes."""

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree as lxml_etree

from glossary.errors import BadInputError
from glossary.memory import Entry, KnownTerm, TranslationMemory
from glossary.memory.index import MemoryIndex
from glossary.memory.pretranslate import Pretranslation, Resources, pretranslate
from glossary.model import Authority, Concept, Term

PLACE = Path("file.xlf")
# lxml's stubs give unions that every line here would have to narrow.
etree: Any = lxml_etree
ENTRIES = (
    Entry("我们修建公园。", "We build parks & <gardens>.", "en-US", "essay", Authority.OFFICIAL),
    Entry("我们修建公园。", "Machine parks.", "en-US", "mt", Authority.MACHINE),
    Entry("到2020年建成网络强国。", "Done by 2020.", "en-US", "plan"),
    Entry("公園", "Park", "en-US"),
)


def memory() -> TranslationMemory:
    return TranslationMemory(Path("m.tmx"), "zh", MemoryIndex.build(ENTRIES))


class Terms:
    """Knows one term."""

    def find(self, text: str) -> tuple[KnownTerm, ...]:
        rendering = Term("strong cyber country", "en")
        return tuple(
            KnownTerm(m.start(), m.end(), m[0], Concept("c", (rendering,)), (rendering,))
            for m in re.finditer("网络强国", text)
        )


def fill(data: bytes | str) -> Pretranslation:
    made = data.encode() if isinstance(data, str) else data
    opened, terms = memory(), Terms()
    return pretranslate(
        made,
        PLACE,
        Resources(lambda _: opened, lambda _source, _target: terms),  # type: ignore[arg-type, return-value]
    )


def xliff12(units: str, *, attributes: str = 'target-language="en-US"', head: str = "") -> str:
    return (
        f'{head}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="f" source-language="zh-CN" {attributes} datatype="plaintext"><body>'
        f"{units}</body></file></xliff>"
    )


def unit12(source: str, rest: str = "", attributes: str = "") -> str:
    return f'<trans-unit id="1"{attributes}><source>{source}</source>{rest}</trans-unit>'


def xliff2(units: str, attributes: str = ' trgLang="en-US"') -> str:
    return (
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN"'
        f'{attributes}><file id="f1">{units}</file></xliff>'
    )


ADDED = [
    r'\s*<([\w]+:)?alt-trans match-quality="\d+%" origin="[^"]*"><.*?</(\1)?alt-trans>',
    r'\s*<([\w]+:)?note from="tifa".*?</(\1)?note>',
    r'\s*<([\w]+:)?target state="needs-review-translation" state-qualifier="exact-match">'
    r".*?</(\1)?target>",
    r'\s*<mtc:matches xmlns:mtc="[^"]*">.*?</mtc:matches>',
    r'\s*<gls:glossary xmlns:gls="[^"]*">.*?</gls:glossary>',
    r' state="translated" subState="tifa:exact-match"(?=>)',
]


def without_additions(text: str) -> str:
    for pattern in ADDED:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    return text


# Nothing else changes

AWKWARD = """<?xml version="1.0" encoding="UTF-8"?>\r
<!DOCTYPE x:xliff [<!ENTITY park "公园">]>\r
<?tool keep="this"?>\r
<!-- <trans-unit><source>我们修建公园。</source></trans-unit> -->\r
<x:xliff version='1.2'\txmlns:x="urn:oasis:names:tc:xliff:document:1.2" xmlns:t='urn:tool'>\r
<x:file  original = "a>b" source-language='zh-CN' target-language="en-US" datatype="x"><x:body>\r
  <x:trans-unit id="1" t:odd="a &amp; &#x4e2d;" >\r
    <x:source>我们修建&park;。</x:source >\r
    <t:data>&#13;<t:source>我们修建公园。</t:source></t:data>\r
  </x:trans-unit>\r
  <x:trans-unit id='2'><x:source><![CDATA[我们修建]]>公<!-- in -->园。</x:source></x:trans-unit>\r
  <x:trans-unit id="3"><x:source>我们<x:g id="1">修建<x:x id="2"/></x:g>公园。</x:source>\r
  \t<x:note>kept</x:note></x:trans-unit>\r
  <x:trans-unit id="4"><x:source>到2035年建成网络强国。</x:source></x:trans-unit>\r
  <x:trans-unit id="5"><x:source/><x:target/></x:trans-unit>\r
</x:body></x:file></x:xliff>\r
\r
<!-- end -->"""


def test_every_other_byte_of_an_awkward_file_stays() -> None:
    done = fill(AWKWARD)
    text = done.data.decode()
    assert without_additions(text) == AWKWARD
    assert "\n" not in text.replace("\r\n", "")
    root = etree.fromstring(done.data)
    names = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    targets = root.xpath("//x:trans-unit/x:target", namespaces=names)
    assert [(t.getparent().get("id"), t.text) for t in targets] == [
        ("1", "We build parks & <gardens>."),
        ("2", "We build parks & <gardens>."),
        ("5", None),
    ]
    candidates = root.xpath("//x:alt-trans/x:target", namespaces=names)
    assert [(t.getparent().getparent().get("id"), t.text) for t in candidates] == [
        ("1", "Machine parks."),
        ("2", "Machine parks."),
        ("3", "We build parks & <gardens>."),
        ("3", "Machine parks."),
        ("4", "Done by 2020."),
        ("4", "Done by 2035."),
    ]
    assert (done.segments, done.filled, done.candidates, done.terms) == (5, 2, 2, 1)


@pytest.mark.parametrize(
    ("codec", "mark", "declared"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16LE"),
        ("gb18030", b"", "GB18030"),
        ("gb2312", b"", "GB2312"),
        ("big5", b"", "Big5"),
    ],
)
def test_encodings_stay(codec: str, mark: bytes, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\r\n'
    source = "公 園" if codec == "big5" else "我们修建公园。"
    original = xliff12(unit12(source), head=head)
    data = mark + original.encode(codec)
    done = fill(data).data
    assert done.startswith(mark)
    assert without_additions(done[len(mark) :].decode(codec)) == original
    assert etree.fromstring(done) is not None


def test_what_an_encoding_lacks_becomes_a_reference() -> None:
    original = xliff12(
        unit12("&#25105;&#20204;&#20462;&#24314;&#20844;&#22253;&#12290;")
        + unit12("&#21040;2035&#24180;&#24314;&#25104;&#32593;&#32476;&#24378;&#22269;&#12290;"),
        head='<?xml version="1.0" encoding="US-ASCII"?>',
    )
    done = fill(original.encode("ascii")).data
    assert without_additions(done.decode("ascii")) == original
    notes = etree.fromstring(done).findall(".//{*}note")
    assert "网络强国 = strong cyber country" in [note.text for note in notes]


PIECES = st.sampled_from(
    [
        *("我们修建公园。", "我们修建公园", "到2021年建成网络强国。", "公 園", "other"),
        *(
            "&amp;",
            "&#20844;",
            "<![CDATA[<]]>",
            "<!-- < -->",
            "<?p i?>",
            '<x id="1"/>',
            " ",
            "\r\n",
        ),
    ]
)
TARGETS = st.sampled_from(["", "<target>done</target>", "\n<note>n</note>", "<!-- c -->", "\r\n  "])
UNITS = st.lists(st.tuples(st.lists(PIECES, max_size=4).map("".join), TARGETS), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    UNITS, st.sampled_from(["", "\n", "\r\n\t"]), st.sampled_from(["utf-8", "utf-16", "gb18030"])
)
def test_taking_the_additions_away_gives_the_file(
    units: list[tuple[str, str]], space: str, codec: str
) -> None:
    original = xliff12(
        space.join(unit12(space + source, rest) for source, rest in units),
        head=f'<?xml version="1.0" encoding="{codec}"?>',
    )
    data = original.encode(codec)
    done = fill(data).data
    assert without_additions(done.decode(codec)) == original
    texts = ["".join(s.itertext()) for s in etree.fromstring(data).iter("{*}source")]
    filled = etree.fromstring(done)
    kept = [u.find("{*}source") for u in filled.iter("{*}trans-unit")]
    assert ["".join(s.itertext()) for s in kept if s is not None] == texts
    # The order that the schema demands: source, target, then the rest.
    for unit in filled.iter("{*}trans-unit"):
        names = [etree.QName(c).localname for c in unit if isinstance(c.tag, str)]
        assert names[0] == "source"
        assert "target" not in names[2:]
    assert fill(done).data == done


# What is added to version 1.2


def targets(data: bytes) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (t.text, t.get("state"), t.get("state-qualifier"))
        for t in etree.fromstring(data).iterfind(".//{*}trans-unit/{*}target")
    ]


@pytest.mark.parametrize("target", ["", "<target/>", "<target></target>", "<target> \n</target>"])
def test_an_empty_target_is_filled_and_marked(target: str) -> None:
    done = fill(xliff12(unit12("我们修建公园。", target)))
    assert targets(done.data) == [
        ("We build parks & <gardens>.", "needs-review-translation", "exact-match")
    ]


def test_the_attributes_of_an_empty_target_stay() -> None:
    done = fill(xliff12(unit12("我们修建公园。", '<target xml:lang="en-GB" state="new"/>')))
    (target,) = etree.fromstring(done.data).iterfind(".//{*}trans-unit/{*}target")
    assert target.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert target.get("state") == "needs-review-translation"


@pytest.mark.parametrize(
    ("rest", "attributes"),
    [
        ("<target>Done.</target>", ""),
        ('<target state="final">我们修建公园</target>', ""),
        ('<target><x id="1"/></target>', ""),
        ("", ' translate="no"'),
        ("", ' approved="yes"'),
    ],
)
def test_what_is_done_or_closed_is_left_alone(rest: str, attributes: str) -> None:
    original = xliff12(unit12("我们修建公园。", rest, attributes))
    assert fill(original).data.decode() == original


def test_a_closed_group_is_left_alone_but_for_what_it_opens() -> None:
    original = xliff12(
        f'<group translate="no">{unit12("我们修建公园。")}'
        f"{unit12('我们修建公园。', '', ' translate=' + chr(34) + 'yes' + chr(34))}</group>"
    )
    done = fill(original)
    assert done.segments == 1
    assert len(targets(done.data)) == 1


@pytest.mark.parametrize(
    "target", ["<target>我们修建公园。</target>", '<target state="new">x</target>']
)
def test_a_target_that_is_only_a_draft_stays_beside_candidates(target: str) -> None:
    done = fill(xliff12(unit12("我们修建公园。", target)))
    assert target in done.data.decode()
    assert (done.filled, done.candidates) == (0, 1)


def test_a_source_with_codes_gets_candidates_only() -> None:
    done = fill(xliff12(unit12('我们<bpt id="1">&lt;b></bpt>修建<ept id="1">&lt;/b></ept>公园。')))
    assert targets(done.data) == []
    qualities = [a.get("match-quality") for a in etree.fromstring(done.data).iter("{*}alt-trans")]
    assert qualities == ["100%", "90%"]


def test_the_segments_of_a_segmented_unit_have_their_own_candidates() -> None:
    segmented = (
        '<seg-source><mrk mtype="seg" mid="a">我们修建公园。</mrk>'
        '<mrk mtype="seg" mid="b">到2021年建成网络强国。</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="a"/><mrk mtype="seg" mid="b"/></target>'
    )
    original = xliff12(unit12("我们修建公园。到2021年建成网络强国。", segmented))
    done = fill(original)
    found = [
        (a.get("mid"), a.findtext("{*}target"))
        for a in etree.fromstring(done.data).iter("{*}alt-trans")
    ]
    assert found == [
        ("a", "We build parks & <gardens>."),
        ("a", "Machine parks."),
        ("b", "Done by 2020."),
        ("b", "Done by 2021."),
    ]
    assert segmented in done.data.decode()


def test_a_proposal_is_marked_as_one() -> None:
    done = fill(xliff12(unit12("到2021年建成网络强国。")))
    match, proposal = etree.fromstring(done.data).iter("{*}alt-trans")
    assert (match.get("origin"), proposal.get("origin")) == ("plan", "tifa proposal")
    assert proposal.findtext("{*}note") == "proposed: 2020 → 2021"
    assert targets(done.data) == []


def test_the_edges_of_a_source_are_those_of_its_target() -> None:
    done = fill(xliff12(unit12("  我们修建公园。\n")))
    assert targets(done.data)[0][0] == "  We build parks & <gardens>.\n"


def test_a_file_that_names_no_target_language_is_given_one() -> None:
    done = fill(xliff12(unit12("我们修建公园。"), attributes=""))
    file = etree.fromstring(done.data).find("{*}file")
    assert file is not None
    assert file.get("target-language") == "en-US"
    # Not if nothing was found for it.
    nothing = xliff12(unit12("天气"), attributes="")
    assert fill(nothing).data.decode() == nothing


def test_version_1_0_has_no_namespace() -> None:
    original = (
        xliff12(unit12("我们修建公园。"))
        .replace(' xmlns="urn:oasis:names:tc:xliff:document:1.2"', "")
        .replace('"1.2"', '"1.0"')
    )
    done = fill(original)
    assert without_additions(done.data.decode()) == original
    assert done.filled == 1


def test_the_same_file_gives_the_same_bytes() -> None:
    assert fill(AWKWARD).data == fill(AWKWARD).data


# What is added to version 2

UNIT2 = (
    '<unit id="u1">\n  <notes><note>kept</note></notes>\n'
    '  <segment id="s1"><source>我们修建公园。</source></segment>\n'
    "  <ignorable><source> </source></ignorable>\n"
    "  <segment><source>到2021年建成网络强国。</source></segment>\n"
    '  <segment id="tifa-s1"><source>我们<pc id="1">修建</pc>公园。</source></segment>\n</unit>'
)


def test_version_2() -> None:
    original = xliff2(UNIT2)
    done = fill(original)
    text = done.data.decode()
    assert (done.segments, done.filled, done.candidates, done.terms) == (3, 1, 2, 1)
    stripped = without_additions(text).replace(' id="tifa-s2"', "")
    assert (
        stripped.replace("<target>We build parks &amp; &lt;gardens&gt;.</target>", "") == original
    )
    root = etree.fromstring(done.data)
    names = {
        "x": "urn:oasis:names:tc:xliff:document:2.0",
        "m": "urn:oasis:names:tc:xliff:matches:2.0",
        "g": "urn:oasis:names:tc:xliff:glossary:2.0",
    }
    found = [
        (m.get("ref"), m.get("type"), m.get("matchQuality"), m.findtext("x:target", None, names))
        for m in root.iterfind(".//m:match", names)
    ]
    assert found == [
        ("#s1", "tm", "90", "Machine parks."),
        ("#tifa-s2", "tm", "91", "Done by 2020."),
        ("#tifa-s2", "am", "91", "Done by 2021."),
        ("#tifa-s1", "tm", "100", "We build parks & <gardens>."),
        ("#tifa-s1", "tm", "90", "Machine parks."),
    ]
    assert root.findtext(".//g:glossEntry/g:translation", None, names) == "strong cyber country"
    segments = root.findall(".//x:segment", names)
    assert [s.get("state") for s in segments] == ["translated", None, None]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert fill(done.data).data == done.data


def test_modules_that_are_there_are_added_to() -> None:
    there = (
        '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match id="tifa-m1" ref="#s1">'
        "<source>a</source><target>Machine parks.</target></m:match></m:matches>"
        '<g:glossary xmlns:g="urn:oasis:names:tc:xliff:glossary:2.0"><g:glossEntry><g:term>网络强国'
        "</g:term><g:translation>x</g:translation></g:glossEntry></g:glossary>"
    )
    done = fill(xliff2(UNIT2.replace("<notes>", there + "<notes>")))
    root = etree.fromstring(done.data)
    assert len(root.findall(".//{urn:oasis:names:tc:xliff:matches:2.0}matches")) == 1
    assert len(root.findall(".//{urn:oasis:names:tc:xliff:matches:2.0}match")) == 5
    assert len(root.findall(".//{urn:oasis:names:tc:xliff:glossary:2.0}glossEntry")) == 1
    assert fill(done.data).data == done.data


def test_version_2_says_its_target_language_only_where_it_must() -> None:
    done = fill(xliff2(UNIT2, attributes=""))
    assert etree.fromstring(done.data).get("trgLang") == "en-US"
    empty = xliff2('<unit id="u"><segment><source>天气</source></segment></unit>', attributes="")
    assert fill(empty).data.decode() == empty


@pytest.mark.parametrize(
    "segment",
    [
        '<segment state="final"><source>我们修建公园。</source><target>Done.</target></segment>',
        "<segment><source>我们修建公园。</source><target>Done.</target></segment>",
    ],
)
def test_version_2_leaves_what_is_done_alone(segment: str) -> None:
    original = xliff2(f'<unit id="u">{segment}</unit>')
    assert fill(original).data.decode() == original
    closed = xliff2(f'<unit id="u" translate="no">{segment}</unit>'.replace("Done.", ""))
    assert fill(closed).data.decode() == closed


@pytest.mark.parametrize("target", ["<target/>", "<target></target>"])
def test_version_2_fills_an_empty_target(target: str) -> None:
    segment = f'<segment state="initial"><source>我们修建公园。</source>{target}</segment>'
    unit = f'<unit id="u">{segment}</unit>'
    (filled,) = etree.fromstring(fill(xliff2(unit)).data).iter("{*}segment")
    assert (filled.get("state"), filled.get("subState")) == ("translated", "tifa:exact-match")
    assert filled.findtext("{*}target") == "We build parks & <gardens>."


# What is refused


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<html/>", "root element is <html>"),
        (b"plain text", "not well-formed"),
        (b'<xliff version="3.0"/>', "version '3.0'"),
        (b"<xliff/>", "version ''"),
        (b'<xliff version="1.2"><file>', "not well-formed"),
        ('<?xml version="1.0" encoding="ascii"?><xliff>中</xliff>'.encode("gbk"), "unchanged"),
        (b"\xff\xfe<\0x\0\0", "unchanged"),
        (
            b'<!DOCTYPE xliff [<!ENTITY e "<g/>">]><xliff version="1.2">&e;</xliff>',
            "elements in an entity",
        ),
        (b'<xliff version="1.2">' + b"<g>" * 200 + b"</g>" * 200 + b"</xliff>", "too deep"),
        (
            xliff12(unit12("公园")).replace('source-language="zh-CN"', "").encode(),
            "which language its source is in",
        ),
    ],
)
def test_what_is_no_xliff_is_refused_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(what)) as caught:
        fill(data)
    assert str(caught.value).startswith("file.xlf:")
    assert "\n" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(AWKWARD.encode()) - 1), st.binary(max_size=3))
def test_a_damaged_file_is_refused_or_filled(place: int, noise: bytes) -> None:
    data = AWKWARD.encode()
    with contextlib.suppress(BadInputError):
        fill(data[:place] + noise + data[place + len(noise) :])


def test_a_bomb_is_refused() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{previous};" * 20}">'
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(BadInputError):
        fill(f"<!DOCTYPE xliff [{entities}]>" + xliff12(unit12("&i;")))
