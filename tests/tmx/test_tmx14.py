"""TMX: what is written is valid, is read back equal, and is what other readers see."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
from pathlib import Path

import exchange_strategies as strategies
import pytest
from corpora import shared_dir
from hypothesis import given, settings
from lxml import etree
from translate.storage.tmx import tmxfile

from glossary.errors import BadInputError, OutputError
from glossary.model import Inline, Memory, TranslationUnit, Variant
from tmx import tmx14
from tmx.memory_writer import tmx_date

BODY = (
    '<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" '
    'o-tmf="t" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>{}</body></tmx>'
)
UNIT = (
    '<tu tuid="1"><tuv xml:lang="zh-CN"><seg>网络强国</seg></tuv>'
    '<tuv xml:lang="en-US"><seg>a strong cyber country</seg></tuv></tu>'
)


def pair(source: str, target: str, **kwargs: object) -> TranslationUnit:
    return TranslationUnit(
        (Variant("zh-CN", (source,)), Variant("en-US", (target,))),
        **kwargs,  # type: ignore[arg-type]
    )


def written(memory: Memory) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.tmx")
        tmx14.dump(memory, path)
        return path.read_bytes()


def from_bytes(data: bytes, name: str = "m.tmx") -> Memory:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return tmx14.load(path)


@given(strategies.memory)
@settings(max_examples=80, deadline=None)
def test_a_memory_is_read_back_equal(memory: Memory) -> None:
    assert from_bytes(written(memory)) == memory


@given(strategies.any_text, strategies.any_text, strategies.any_text)
@settings(max_examples=80, deadline=None)
def test_any_text_gives_wellformed_xml_that_translate_toolkit_reads(
    source: str, target: str, note: str
) -> None:
    memory = Memory((pair(source, target, notes=(note,), tuid="1"),), "zh-CN")
    data = written(memory)
    legal = [strategies.legal(text) for text in (source, target, note)]
    store = tmxfile.parsestring(data)
    assert len(store.units) == 1
    assert [store.units[0].source, store.units[0].target] == legal[:2]
    assert from_bytes(data).units[0].notes == (legal[2],)


@pytest.fixture(scope="module")
def schemas() -> tuple[etree.DTD, etree.XMLSchema]:
    folder = shared_dir() / "schemas" / "tmx"
    with (folder / "tmx14.dtd").open("rb") as stream:
        dtd = etree.DTD(stream)
    return dtd, etree.XMLSchema(etree.parse(folder / "tmx14-omegat.xsd"))


@pytest.mark.shared
@given(memory=strategies.memory)
@settings(max_examples=50, deadline=None)
def test_every_memory_is_valid(schemas: tuple[etree.DTD, etree.XMLSchema], memory: Memory) -> None:
    tree = etree.fromstring(written(memory)).getroottree()
    for schema in schemas:
        assert schema.validate(tree), schema.error_log


@pytest.mark.shared
def test_the_schema_gate_refuses_a_broken_file(
    schemas: tuple[etree.DTD, etree.XMLSchema],
) -> None:
    broken = written(Memory((pair("甲", "a"),), "zh-CN")).replace(b'"zh-CN"><seg', b'"zh_CN"><seg')
    assert not schemas[1].validate(etree.fromstring(broken).getroottree())


def test_header_has_the_seven_required_attributes_and_the_real_source_language() -> None:
    data = written(Memory((pair("甲", "a"),), ""))
    root = etree.fromstring(data)
    header = root.find("header")
    assert header is not None
    assert {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    } <= set(header.attrib)
    assert header.get("srclang") == "zh-CN"
    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' in data


def test_notes_and_props_stand_before_the_variants() -> None:
    unit = pair("甲", "a", notes=("n",), props=(("x-p", "v"),))
    tags = [
        child.tag for child in etree.fromstring(written(Memory((unit,), "zh-CN"))).iter("tu", "*")
    ]
    assert tags[tags.index("tu") + 1 : tags.index("tuv")] == ["note", "prop"]


def test_the_same_memory_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory((pair("甲", "a"),), "zh-CN")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert written(memory) == written(memory)
    assert b"creationdate" not in written(memory)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1683244800")
    assert b'creationdate="20230505T000000Z"' in written(memory)


def test_what_tmx_cannot_carry_is_reported(tmp_path: Path) -> None:
    unit = TranslationUnit(
        (Variant("zh-CN", ("甲\x00",)), Variant("en-US", ("a",))),
        attributes=(("creationdate", "yesterday"), ("changedate", "2023-05-05"), ("colour", "red")),
    )
    report = tmx14.dump(Memory((unit, TranslationUnit(())), "zh-CN"), tmp_path / "m.tmx")
    assert report.units == 1
    assert {loss.what: loss.count for loss in report.losses} == {
        "creationdate that is not a date": 1,
        "attribute colour, which TMX does not have here": 1,
        "texts with characters that XML forbids, removed": 1,
        "units without any variant, left out": 1,
    }
    (read,) = tmx14.load(tmp_path / "m.tmx").units
    assert read.attributes == (("changedate", "20230505T000000Z"),)
    assert read.variants[0].content == ("甲",)


def test_source_first_moves_the_source_variant_only_when_asked(tmp_path: Path) -> None:
    unit = TranslationUnit((Variant("en-US", ("a",)), Variant("ZH-CN", ("甲",))))
    memory = Memory((unit,), "zh-CN")
    path = tmp_path / "m.tmx"
    tmx14.dump(memory, path)
    assert [v.language for v in tmx14.load(path).units[0].variants] == ["en-US", "ZH-CN"]
    tmx14.dump(memory, path, source_first=True)
    assert [v.language for v in tmx14.load(path).units[0].variants] == ["ZH-CN", "en-US"]


def test_languages_are_changed_everywhere(tmp_path: Path) -> None:
    unit = TranslationUnit((Variant("zh-Hans", ("甲",)), Variant("en", ("a",))))
    path = tmp_path / "m.tmx"
    tmx14.dump(Memory((unit,), "zh-Hans"), path, languages={"zh-Hans": "zh-CN", "en": "en-GB"})
    memory = tmx14.load(path)
    assert memory.source_language == "zh-CN"
    assert [v.language for v in memory.units[0].variants] == ["zh-CN", "en-GB"]


def test_a_stream_is_converted_without_a_list(tmp_path: Path) -> None:
    source, target = tmp_path / "a.tmx", tmp_path / "b.tmx"
    memory = Memory(tuple(pair(f"甲{n}", f"a{n}") for n in range(3000)), "zh-CN")
    tmx14.dump(memory, source)
    stream = tmx14.iter_load(source)
    assert tmx14.dump(stream.header, target, units=stream).units == 3000
    assert target.read_bytes() == source.read_bytes()


def test_writing_fails_whole(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        tmx14.dump(Memory((), "en"), tmp_path / "missing" / "m.tmx")

    def units() -> object:
        yield pair("甲", "a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        tmx14.dump(Memory((), "en"), tmp_path / "m.tmx", units=units())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "20230101T000000Z"),
        ("2023-05", "20230501T000000Z"),
        ("2023-05-05", "20230505T000000Z"),
        ("20230505", "20230505T000000Z"),
        ("20230505T101112Z", "20230505T101112Z"),
        ("2023-05-05T10:11:12+08:00", "20230505T021112Z"),
        ("2023-02-30", None),
        ("２０２３", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_tmx_date(text: str, date: str | None) -> None:
    assert tmx_date(text) == date


class TestEncodings:
    text = '<?xml version="1.0" encoding="{}"?>\n' + BODY.format(UNIT)

    @pytest.mark.parametrize(
        ("label", "codec"),
        [
            ("UTF-8", "utf-8"),
            ("UTF-8", "utf-8-sig"),
            ("UTF-16", "utf-16"),
            ("UTF-16", "utf-16-le"),
            ("UTF-16", "utf-16-be"),
            ("UTF-16BE", "utf-16-be"),
            ("UTF-32", "utf-32"),
            ("GB2312", "gbk"),
            ("GB18030", "gb18030"),
            ("Big5", "big5hkscs"),
            ("UTF-16", "utf-8"),
            ("no-such-code", "utf-8"),
            ("hex", "utf-8"),
        ],
    )
    def test_declared_or_marked(self, label: str, codec: str) -> None:
        text = self.text.replace("网络强国", "網路") if codec == "big5hkscs" else self.text
        memory = from_bytes(text.format(label).encode(codec))
        expected = "網路" if codec == "big5hkscs" else "网络强国"
        assert memory.units[0].variants[0].text == expected

    def test_single_byte_encoding(self) -> None:
        data = '<?xml version="1.0" encoding="windows-1252"?>' + BODY.format(
            '<tu><tuv xml:lang="fr"><seg>été “x”</seg></tuv></tu>'
        )
        assert from_bytes(data.encode("cp1252")).units[0].variants[0].text == "été “x”"

    def test_wrong_encoding_is_one_line_with_a_cure(self) -> None:
        with pytest.raises(BadInputError, match=r"is not valid gb18030 near byte \d+ \(correct"):
            from_bytes(self.text.format("GB18030").encode("utf-8").replace("国".encode(), b"\xff"))


class TestPacking:
    data = BODY.format(UNIT).encode()

    def test_gzip(self) -> None:
        assert len(from_bytes(gzip.compress(self.data), "m.tmx.gz").units) == 1

    def test_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "m.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("../../etc/evil.tmx", self.data)
            archive.writestr("readme.txt", "x")
        assert len(tmx14.load(path).units) == 1
        assert list(tmp_path.iterdir()) == [path]

    def test_zip_with_two_memories_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "m.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.tmx", self.data)
            archive.writestr("b.tmx", self.data)
        with pytest.raises(BadInputError, match="holds 2 files"):
            tmx14.load(path)

    @pytest.mark.parametrize("cut", [3, 10, 60])
    def test_damaged_archives(self, cut: int) -> None:
        with pytest.raises(BadInputError, match=r"damaged|well-formed|empty"):
            from_bytes(gzip.compress(self.data)[:cut])

    def test_bombs_are_refused(self) -> None:
        bomb = gzip.compress(self.data[:-20] + b" " * (80 << 20))
        with pytest.raises(BadInputError, match=r"out of proportion|no unit ends"):
            from_bytes(bomb)


class TestForeignMarkup:
    def test_bound_prefix_is_kept_with_its_declaration(self) -> None:
        data = BODY.replace("<tmx ", '<tmx xmlns:t="urn:t" ').format(
            '<tu><tuv xml:lang="en"><seg>a<t:x t:y="1"/>b</seg></tuv></tu>'
        )
        memory = from_bytes(data.encode())
        inline = Inline("t:x", (("t:y", "1"), ("xmlns:t", "urn:t")))
        assert memory.units[0].variants[0].content == ("a", inline, "b")
        again = written(memory)
        assert from_bytes(again).units == memory.units
        assert etree.fromstring(again).find(".//{urn:t}x") is not None

    def test_unbound_prefix_is_read_around(self) -> None:
        data = BODY.format('<tu><tuv xml:lang="en"><seg>a<t5:n id="1"/>b</seg></tuv></tu>')
        memory = from_bytes(data.encode())
        assert memory.units[0].variants[0].content == ("a", Inline("t5:n", (("id", "1"),)), "b")
        again = written(memory)
        assert from_bytes(again).units == memory.units
        etree.fromstring(again)

    def test_elements_outside_segments_that_tmx_does_not_know_are_passed_over(self) -> None:
        data = BODY.format("<x><tu/><seg>no</seg></x>" + UNIT + "<tu/>")
        assert len(from_bytes(data.encode()).units) == 1

    def test_old_language_attribute_and_undeclared_entities(self) -> None:
        data = '<!DOCTYPE tmx SYSTEM "tmx11.dtd">' + BODY.format(
            '<tu><tuv lang="EN"><seg>caf&eacute; &unknown;</seg></tuv></tu>'
        )
        (variant,) = from_bytes(data.encode()).units[0].variants
        assert (variant.language, variant.text, variant.attributes) == ("EN", "café &unknown;", ())


class TestBadInput:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", r"m\.tmx: the file is empty \("),
            (b"no xml", r"m\.tmx:1: is not well-formed XML: .*\(repair"),
            (
                b"<tmx><body>\n<tu></body></tmx>",
                r"m\.tmx:2: is not well-formed XML: mismatched tag",
            ),
            (b"<TAGTABLE/>", r"m\.tmx:1: is not a TMX file: its root element is <TAGTABLE>"),
            (b"\x00\x01\x02\x03" * 30, r"m\.tmx"),
            (b"<!--", r"m\.tmx:1: is not well-formed"),
        ],
    )
    def test_one_line_with_place_and_cure(self, data: bytes, message: str) -> None:
        with pytest.raises(BadInputError, match=message) as caught:
            from_bytes(data)
        assert "\n" not in str(caught.value)
        assert caught.value.cure

    def test_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(BadInputError, match="cannot be read: No such file"):
            tmx14.load(tmp_path / "none.tmx")

    def test_units_before_the_fault_are_yielded_first(self, tmp_path: Path) -> None:
        path = tmp_path / "m.tmx"
        path.write_text(BODY.format(UNIT * 2000).replace("</body>", "<oops></body>"), "utf-8")
        stream = tmx14.iter_load(path)
        assert next(stream).tuid == "1"
        with pytest.raises(BadInputError):
            list(stream)

    def test_depth_is_limited(self) -> None:
        deep = "<hi>" * 200 + "</hi>" * 200
        with pytest.raises(BadInputError, match="nested deeper than 100"):
            from_bytes(BODY.format(f'<tu><tuv xml:lang="en"><seg>{deep}</seg></tuv></tu>').encode())

    def test_a_segment_without_end_is_refused(self) -> None:
        data = BODY.format(f'<tu><tuv xml:lang="en"><seg>{"x" * (17 << 20)}</seg></tuv></tu>')
        with pytest.raises(BadInputError, match="no unit ends within 16 MiB"):
            from_bytes(data.encode())

    def test_entities_cannot_explode_or_reach_outside(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret", "utf-8")
        entities = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom" * 100}">' for n in range(9)
        )
        unit = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'
        with pytest.raises(BadInputError, match="amplification"):
            from_bytes(f"<!DOCTYPE tmx [{entities}]>{BODY.format(unit.format('&e8;'))}".encode())
        outside = f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{tmp_path / "secret.txt"}">]>'
        memory = from_bytes((outside + BODY.format(unit.format("a&x;b"))).encode())
        assert "secret" not in memory.units[0].variants[0].text
