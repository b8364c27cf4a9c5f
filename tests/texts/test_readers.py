"""Readers: HTML, Word, PDF, TMX and XLIFF, told by content or suffix."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from glossary.errors import BadInputError, MissingExtraError
from glossary.model import SegmentRole
from glossary.texts import parse_request, read_document
from glossary.texts.formats import detect_format
from glossary.texts.readers import read_paragraphs


def _texts(path: Path, fields: str = "") -> list[str]:
    request = parse_request(f"{path}:{fields}" if fields else str(path))
    return [paragraph.text for paragraph in read_paragraphs(path.read_bytes(), request)]


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"%PDF-1.7 x", "a.txt", "pdf"),
        (b"\n<!DOCTYPE html><p>x", "a", "html"),
        (b"<?xml version='1.0'?><!-- x --><html/>", "a.txt", "html"),
        ("<tmx version='1.4'>".encode("utf-16"), "a.xml", "tmx"),
        (b'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx>', "a", "tmx"),
        (b"<xliff version='2.0'>", "a", "xliff"),
        (b"# Title", "a.MD", "markdown"),
        (b"plain", "a", "plain"),
        (b"", "a.txt", "plain"),
        (b"a < b", "a.txt", "plain"),
    ],
)
def test_formats(data: bytes, name: str, form: str) -> None:
    assert detect_format(data, Path(name)) == form


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "save it as .docx"),
        (b"{\\rtf1", "a.rtf", "rich text"),
        (b"PK\x03\x04mimetype", "a.odt", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image"),
        (b"text", "a.pdf", "is not a PDF file"),
        (b"text", "a.docx", "is not a DOCX file"),
    ],
)
def test_foreign_formats_are_refused_with_a_cure(data: bytes, name: str, message: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(message)):
        detect_format(data, Path(name))


# -- HTML ------------------------------------------------------------------------------------------

_PAGE = """<?xml version="1.0"?><!DOCTYPE html><html><head><meta charset="{charset}">
<title>某站</title><style>p {{}}</style></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">要闻</a></div>
<div id="main"><div class="breadcrumb">当前位置：首页</div><h1>河流保护的新办法</h1>
<div class="info">2023-03-02　来源：某某网　作者：方宇</div>
<div class="content"><p>　　保护河流是大家的事。<b>要敢于</b>管理，<i>善于</i>管理。</p>
<p><img src="a.jpg"/><br/>图为巡河员在工作。<!-- x -->方宇摄</p>
<p>　　各地要认真负责，&nbsp;做到有始有终。</p><script>var a = "正文";</script>
<h2>一、总体要求</h2><p>　　到明年，河水变清。</p><p>（责任编辑：沈路）</p></div></div>
<div class="related"><ul><li><a href="1">相关阅读</a></li></ul></div>
<div class="footer">版权所有</div></body></html>"""
_ARTICLE = [
    "河流保护的新办法",
    "2023-03-02\u3000来源：某某网\u3000作者：方宇",
    "保护河流是大家的事。要敢于管理，善于管理。",
    "图为巡河员在工作。方宇摄",
    "各地要认真负责， 做到有始有终。",
    "一、总体要求",
    "到明年，河水变清。",
    "（责任编辑：沈路）",
]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("nonsense", "utf-8"),
        ("utf-8", "utf-16"),
    ],
)
def test_an_article_without_its_page(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(_PAGE.format(charset=charset).encode(encoding))
    assert _texts(path) == _ARTICLE
    roles = {
        segment.text: segment.role.value
        for segment in read_document(parse_request(str(path))).segments
    }
    assert roles["河流保护的新办法"] == roles["一、总体要求"] == "heading"
    assert roles["方宇摄"] == "caption"
    assert roles["（责任编辑：沈路）"] == "metadata"


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<p>One.<p>Two <em>words</em>.", ["One.", "Two words."]),
        ("<html><body>Bare text.<br>Next line.</body></html>", ["Bare text.", "Next line."]),
        ("<table><tr><td>a one</td><td>b two</td></tr></table>", ["a one", "b two"]),
        ("<div>Lead<p>Inner.</p>tail</div>", ["Lead", "Inner.", "tail"]),
        ("<p style='display: none'>Hidden.</p><p>Shown.</p>", ["Shown."]),
        ("<p>字<ruby>漢<rt>hàn</rt></ruby></p>", ["字漢"]),
    ],
)
def test_small_pages(tmp_path: Path, page: str, texts: list[str]) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    assert _texts(path) == texts


def test_deeply_nested_and_empty_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 3000 + "Deep words." + "</div>" * 3000)
    # libxml2 stops at its own depth; what matters is that nothing breaks.
    assert _texts(path) in (["Deep words."], [])
    path.write_text("<html></html>")
    with pytest.raises(BadInputError, match="has no text"):
        read_document(parse_request(str(path)))
    path.write_text("<!-- nothing -->")
    with pytest.raises(BadInputError, match="empty page"):
        read_document(parse_request(str(path)))


# -- Word ------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = (
    f'<w:styles {_W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="C"><w:name w:val="caption"/></w:style></w:styles>'
)
_BODY = """<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>Rivers</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r>
<w:del><w:r><w:delText>never</w:delText></w:r></w:del>
<w:ins><w:r><w:t>always</w:t></w:r></w:ins>
<w:r><w:t xml:space="preserve"> walk</w:t><w:tab/><w:t>on.</w:t>
</w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:br w:type="page"/><w:t>three</w:t></w:r></w:p><w:p/>
<w:p><w:pPr><w:pStyle w:val="C"/></w:pPr>
<w:hyperlink><w:r><w:t>A bridge at dawn.</w:t></w:r></w:hyperlink></w:p>"""
_NOTES = (
    f"<w:footnotes {_W}><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
    "</w:footnotes>"
)


def _word(path: Path, **parts: str) -> Path:
    document = f"<w:document {_W}><w:body>{_BODY}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in {
            "document": document,
            "styles": _STYLES,
            "footnotes": _NOTES,
            **parts,
        }.items():
            package.writestr(f"word/{name}.xml", xml)
    return path


def test_word(tmp_path: Path) -> None:
    path = _word(tmp_path / "a.docx")
    paragraphs = read_paragraphs(path.read_bytes(), parse_request(str(path)))
    assert [(paragraph.text, paragraph.role) for paragraph in paragraphs] == [
        ("Rivers", SegmentRole.HEADING),
        ("We always walk on.", None),
        ("cell", None),
        ("one", None),
        ("two three", None),
        ("A bridge at dawn.", SegmentRole.CAPTION),
        ("A note.", None),
    ]


def test_word_files_saved_by_a_library(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("道路", 1)
    document.add_paragraph("大家都来了。会议开始。")
    document.save(tmp_path / "a.docx")
    read = read_document(parse_request(str(tmp_path / "a.docx")))
    assert [segment.text for segment in read.segments] == ["道路", "大家都来了。", "会议开始。"]


@pytest.mark.parametrize("name", ["document", "styles"])
def test_damaged_word_files(tmp_path: Path, name: str) -> None:
    path = _word(tmp_path / "a.docx", **{name: "<w:x"})
    with pytest.raises(BadInputError, match="not well-formed XML"):
        _texts(path)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(BadInputError, match="damaged"):
        _texts(path)


def test_entities_in_word_files_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document {_W}><w:body><w:p><w:r>'
        "<w:t>text &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "secret" not in "".join(_texts(_word(tmp_path / "a.docx", document=bomb)))


# -- PDF -------------------------------------------------------------------------------------------

_ENGLISH_PARAGRAPHS = [
    "The council has repeatedly underscored that internationalization and reconstruction should go "
    "forward simultaneously, so that comprehensive improvement becomes irreversible.",
    "A short one.",
    "Another responsibility of well-meaning administrators is communication: nobody can be asked "
    "to support what was never explained, and explanations need extraordinary patience.",
    "It was late. They went home through the rain, along the river and over the new bridge, which "
    "had been opened in the spring.",
]
_CHINESE_PARAGRAPHS = [
    "我们要坚持走自己的路，认真总结多年来的经验，把各项工作落到实处，让河水更清、让道路更宽。",
    "要敢于担当。",
    "各地要认真负责，做到件件有着落，事事有回音，第一步任务必须在年底以前全部完成。",
]


def _pdf(path: Path, source: str) -> Path:
    typst = pytest.importorskip("typst")
    fonts = pytest.importorskip("pylopdf_fonts_zh_cn")
    path.write_bytes(
        typst.compile(source.encode(), format="pdf", font_paths=[str(Path(fonts.__file__).parent)])
    )
    return path


def test_pdf_paragraphs_are_rebuilt(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    body = "\n\n".join(_ENGLISH_PARAGRAPHS * 3)
    path = _pdf(
        tmp_path / "a.pdf",
        "#set page(width: 130mm, height: 100mm, header: [River Journal #h(1fr) 2023],"
        " footer: context align(center, counter(page).display()))\n"
        '#set text(lang: "en", hyphenate: true)\n'
        "#set par(justify: true, first-line-indent: 1.5em)\n= Rivers and Roads\n" + body,
    )
    assert _texts(path) == ["Rivers and Roads", *_ENGLISH_PARAGRAPHS * 3]


def test_pdf_paragraphs_parted_by_gaps(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = _pdf(
        tmp_path / "a.pdf",
        "#set page(width: 120mm, height: 200mm)\n#set par(spacing: 1.6em)\n"
        + "\n\n".join(_ENGLISH_PARAGRAPHS),
    )
    assert _texts(path) == _ENGLISH_PARAGRAPHS


def test_chinese_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = _pdf(
        tmp_path / "a.pdf",
        "#set page(width: 100mm, height: 80mm, header: [河流杂志],"
        " footer: context align(center)[— #counter(page).display() —])\n"
        '#set text(lang: "zh", font: "Noto Serif CJK SC")\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true))\n= 河流与道路\n"
        + "\n\n".join(_CHINESE_PARAGRAPHS * 3),
    )
    assert _texts(path) == ["河流与道路", *_CHINESE_PARAGRAPHS * 3]


def test_pdf_without_text_or_damaged(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(BadInputError, match="a scan"):
        _texts(_pdf(tmp_path / "a.pdf", "#rect()"))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    with pytest.raises(BadInputError, match="damaged PDF"):
        _texts(tmp_path / "b.pdf")


def test_a_missing_reader_names_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtraError, match=r"tifa-glossary\[documents\]"):
        _texts(tmp_path / "a.pdf")


# -- TMX and XLIFF ---------------------------------------------------------------------------------

_TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="zh-CN" adminlang="en"
datatype="x" segtype="sentence" o-tmf="x" creationtool="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="zh-CN"><seg>网络<bpt i="1">b</bpt>强国<ept i="1">/b</ept>。</seg></tuv>
<tuv xml:lang="en-US"><seg>Cyber power.</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>道路</seg></tuv><tuv xml:lang="en-US"><seg> The road </seg></tuv>
<tuv xml:lang="en-GB"><seg>Road</seg></tuv></tu></body></tmx>"""
_XLIFF_1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file
source-language="zh-CN" target-language="en-US" original="x" datatype="x"><body><group>
<trans-unit id="1"><source>网络<g id="1">强国</g><x id="2"/>。</source>
<target>Cyber <bpt id="1">b</bpt>power.
</target><alt-trans><source>旧</source><target>Old.</target></alt-trans>
</trans-unit></group></body></file></xliff>"""
_XLIFF_2 = """<xliff version="2.0" srcLang="zh-CN" trgLang="en-US"
xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="1"><unit id="1"><segment>
<source>网络强国。</source>
<target>Cyber <pc id="1">power</pc><ph id="2"/>.</target></segment></unit></file></xliff>"""


@pytest.mark.parametrize(
    ("name", "content", "chinese", "english"),
    [
        ("a.tmx", _TMX, ["网络强国。", "道路"], ["Cyber power.", "The road"]),
        ("a.xlf", _XLIFF_1, ["网络强国。"], ["Cyber power."]),
        ("b.xliff", _XLIFF_2, ["网络强国。"], ["Cyber power."]),
    ],
)
def test_translation_files_give_the_segments_of_a_language(
    tmp_path: Path, name: str, content: str, chinese: list[str], english: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert _texts(path, "language=zh") == chinese
    assert _texts(path, "language=zh-CN") == chinese
    assert _texts(path, "language=en-US") == english
    with pytest.raises(BadInputError, match="does not tell which of its languages"):
        _texts(path)
    with pytest.raises(BadInputError, match="has no segments in zh-Hant: its languages are zh-CN"):
        _texts(path, "language=zh-TW")


def test_damaged_translation_files(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(_XLIFF_1[:200])
    with pytest.raises(BadInputError, match="not well-formed XML"):
        _texts(path, "language=zh")
    path.write_text("<a/>")
    with pytest.raises(BadInputError, match="is not XLIFF"):
        _texts(path, "language=zh")


def test_garbage_never_gives_a_traceback(tmp_path: Path) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("word/document.xml", b"\x00\xff")
    for name, data in {
        "a.docx": package.getvalue(),
        "b.tmx": b"<tmx><body><tu>",
        "c.xlf": b"\xff\xfe<\x00x",
        "d.html": b"\x00\x01\xff" * 31,
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadInputError):
            read_document(parse_request(f"{tmp_path / name}:language=zh"))
