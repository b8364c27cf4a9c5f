"""Tell running text from its apparatus: headings, captions, bylines and metadata lines.

Roles only mark; no text is dropped. The rules are conservative: a paragraph that reads like running
text stays body, since a body sentence taken for a caption is lost to the aligner, while a caption
taken for body only finds no counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.language.script import HAN
from glossary.model import SegmentRole
from glossary.texts.readers.base import Paragraph

__all__ = ["assign_roles", "header_length", "is_numbered_heading"]

#: Headers, titles and bylines stand among the first paragraphs of a document, …
_TOP = 6
#: … and biographical notes among the last ones.
_BOTTOM = 6

# Display columns (a Han character takes two). Captions of news photographs run to three sentences.
_LONGEST_CAPTION = 420
_LONGEST_NUMBERED_HEADING = 260
_LONGEST_HEADING = 130
_LONGEST_METADATA = 240

_DAY = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},?\s\d{4}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{4})"
)
_TIME = r"(?:\s*T?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"
_DATE_LABEL = (
    r"(?:date|published|updated|posted|发布时间|发布日期|更新时间|时间|日期|發布時間|時間)"
)
_HEADER = re.compile(
    rf"(?:{_DATE_LABEL}\s*[:：]?\s*)?(?<![\d.]){_DAY}{_TIME}?(?:\s*[|｜]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_DATE_ONLY = re.compile(
    rf"[(（\[]?\s*(?:{_DATE_LABEL}\s*[:：]?\s*)?{_DAY}{_TIME}?\s*[)）\]]?[.。]?", re.IGNORECASE
)
_LABEL = (
    r"(?:author|source|editors?|edited by|published|updated|posted|last updated|"
    r"作者|来源|來源|责任编辑|責任編輯|编辑|編輯|责编|審核|审核|校对|监制|发布时间|发布日期|"
    r"更新时间|發布時間|字号|字體|浏览次数|稿源|文章来源|信息来源|原标题|原文链接)"
)
_FIELDS = re.compile(
    rf"{_DAY}{_TIME}?\s*[|｜]?\s*{_LABEL}\s*[:：]|.*[|｜].*{_LABEL}\s*[:：]", re.IGNORECASE
)
_METADATA = (
    _DATE_ONLY,
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(
        r"[(（\[【]?\s*(?:source|editors?|edited by|published|updated|last updated|posted|url|link|"
        r"责任编辑|責任編輯|编辑|編輯|责编|来源|來源|稿源|文章来源|信息来源|发布时间|发布日期|"
        r"更新时间|發布時間|原标题|原文链接|字号|浏览次数)\s*[:：].*",
        re.IGNORECASE,
    ),
    re.compile(
        r"[(（\[]\s*(?:originally (?:appeared|published)|first published|reprinted|原载|原載|"
        r"本文原载|本文来源|转载自|轉載自|选自|据新华社).*[)）\]]\.?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:page\s+\d+(?:\s+of\s+\d+)?|第\s?\d+\s?页(?:\s?共\s?\d+\s?页)?|[-—–·]\s*\d+\s*[-—–·]|\d{1,4})",
        re.IGNORECASE,
    ),
)
_BYLINE_LABEL = re.compile(
    r"[(（]?\s*(?:author|authors|作者|撰文|文\s?[/／])\s*[:：/／]?\s*\S", re.IGNORECASE
)
_AUTHOR_NOTE = re.compile(
    r"[(（](?:作者|本文作者|the (?:author|writer) is)\S?.*[)）]\.?", re.IGNORECASE
)
_BY = re.compile(r"By\s+(?:[A-Z][\w’'.-]*\s?){2,5}(?:and\s+(?:[A-Z][\w’'.-]*\s?){2,4})?")
_REPORTER = re.compile(
    rf"(?:本报|新华社|人民日报)?(?:通讯员|评论员|(?:特约)?记者)[\s\u3000:：]*[{HAN}\s\u3000、]{{2,20}}"
)
# Bare names are taken for names only if they are Chinese ones: "General Program" is a heading.
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i?ang|i?ong|uang|eng|ing|i?an|uan|en|in|un|iao|ao|uai|ai|ei|ui|i?ou|iu|i[ae]|u[aoe]|[aeiouv]))"
)
_PINYIN_NAME = re.compile(
    rf"(?!{_SYLLABLE}$){_SYLLABLE}{{1,2}}\s{_SYLLABLE}(?:-?{_SYLLABLE})?", re.IGNORECASE
)
#: The hundred most frequent family names (2020 national name report), with traditional forms.
_FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    "魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚"
    "邵万钱严覃武戴莫孔向习温庄張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蔣蘇呂盧鐘譚陸賈韋鄒龍賀顧龔萬錢嚴習溫莊"
)
_HAN_NAME = re.compile(rf"[{_FAMILY_NAMES}][\s\u3000]*[{HAN}]{{1,2}}")
_NAMED_AUTHOR = re.compile(
    rf"(?:author|by|作者)\s*[:：]\s*(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+){{1,2}}|[{HAN}]{{2,4}})",
    re.IGNORECASE,
)

_IMAGE_FILE = re.compile(r"[^。！？]{0,120}\.(?:jpe?g|png|gif|bmp|webp|tiff?|svg)", re.IGNORECASE)
_CREDIT_AT_END = re.compile(
    rf"(?:[/／]\s*(?:photo|photography|photos?\s+by\s.{{2,60}})"
    rf"|\bphotos?\s+(?:by|courtesy of|credit:?)\s+.{{2,60}}"
    rf"|[(\[（【](?:photo|photos|image|picture)\b.{{0,60}}[)\]）】]"
    rf"|[(（\[](?:Xinhua|AP|AFP|Reuters|CFP|VCG|IC)\s?[/／].{{2,40}}[)）\]]"
    rf"|[/／]\s?(?:摄|攝|摄影|图|圖|图片)"
    rf"|(?:记者|記者|通讯员)?\s?[{HAN}]{{2,4}}\s?(?:摄|攝)(?:影|影报道)?"
    rf"|[(（](?:新华社|中新社|视觉中国|人民图片|资料图片?|图片来源|图源|供图)[^。]{{0,30}}[)）]"
    rf"|(?:新华社|中新社|人民图片)(?:发|記者|记者)?\s?[(（]?[{HAN}\s]{{0,12}}(?:摄|攝)?[)）]?"
    rf")\s*[.。]?$",
    re.IGNORECASE,
)
_CAPTION_BEGINS = re.compile(
    r"(?:图为|圖為|图片说明|图片来源|圖片來源|图\s?[/／]|资料图|資料圖|[△▲▼]|"
    r"(?:photo|caption|image|pictured?|photograph|file photo|图|圖|图片|摄影|攝影)\s*[:：]|"
    r"file photo\b|photo taken on\b|"
    r"(?:figure|fig\.|table|chart|photo)\s\d[\d\-]*(?:\.\d+)*[.:：]\s)",
    re.IGNORECASE,
)
# "Table 1 Growth by region", but not "Table 1 gives the growth by region."
_LABELLED = re.compile(
    r"(?:(?:图|圖|表)\s?\d[\d.\-－]*[\s\u3000:：]|(?:figure|fig\.|table|chart)\s\d[\d.\-]*\s).*[^。.；;!！?？]",
    re.IGNORECASE,
)
_PICTURE_SHOWS = re.compile(
    r"(?:the (?:picture|photo|photograph|image)s?(?: below| above)? (?:shows?|is|was)\b|"
    r"(?<=[。；）\s])(?:图为|圖為)|"
    r"(?:this|the) (?:photo|picture|image|file photo) (?:taken|released|provided)\b)",
    re.IGNORECASE,
)

_SENTENCE_STOP = re.compile(r"[。！？；]|[.!?;](?=\s|$)")
_HEADING_END = re.compile(r"[。，、；：,;:.!！—…]['\"”’」』)）\]]*$")
_NUMBERED = (
    re.compile(
        r"[一二三四五六七八九十百]{1,4}[、．.]\s?\S|[(（][一二三四五六七八九十百]{1,4}[)）]\s?\S"
    ),
    re.compile(
        r"第\s?[一二三四五六七八九十百\d]{1,5}\s?[编编編章节節部篇讲]分?(?=[\s\u3000]|\S{1,30}$)"
    ),
    re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[、．.]?[\s\u3000]*(?=[^\d\s.,%年月日])"),
    re.compile(r"(?:[IVX]{1,5}|[A-H])[.、]\s?(?=[A-Z\u4e00-\u9fff“\"])"),
    re.compile(
        r"(?:chapter|section|part|appendix|annex|book)\s+(?:[\dIVXLC]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        re.IGNORECASE,
    ),
)
_ARTICLE = re.compile(
    r"(?:article|rule|第\s?[一二三四五六七八九十百千\d]{1,6}\s?条)\s*[\dIVXLC]*", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")


def header_length(text: str, position: int) -> int:
    """Return how many characters of a paragraph are a site's header before the title.

    Args:
        text: a paragraph such as ``date 2023-03-02 Promoting …``.
        position: its index in the document; only the first few can have a header.
    """
    if position >= _TOP or _columns(text) > _LONGEST_CAPTION:
        return 0
    match = _HEADER.match(text)
    if match is None or _metadata(text) or _SENTENCE_STOP.search(text):
        return 0
    rest = text[match.end() :]
    # The title behind the header is a title if it alone would be one.
    return match.end() if len(rest) > 8 and _is_heading(rest) else 0


def assign_roles(paragraphs: Sequence[Paragraph]) -> list[SegmentRole]:
    """Return the role of each paragraph; what a reader knows already stays.

    Signs of captions are image file names, credits ("PHOTO BY", 摄) and openings (图为, "The
    picture shows"); of metadata date, author and source fields, addresses, editors' and reprint
    notes; of bylines names and "Author:"; of headings numbering, or shortness without a full stop.
    """
    authors = {
        match["name"]
        for paragraph in paragraphs
        for match in _NAMED_AUTHOR.finditer(paragraph.text[:300])
    }
    total = len(paragraphs)
    roles: list[SegmentRole] = []
    unnumbered: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        role = paragraph.role
        if role is None:
            role = _apparatus(text, index, total, authors)
        if role is None and is_numbered_heading(text):
            role = SegmentRole.HEADING
        if role is None and _is_heading(text):
            role = SegmentRole.HEADING
            unnumbered.append(index)
        roles.append(role or SegmentRole.BODY)
    # Where most paragraphs look like headings (lists, verse, subtitles), looks tell nothing.
    if len(unnumbered) > max(3, total // 2):
        for index in unnumbered[1:]:
            roles[index] = SegmentRole.BODY
    return roles


def _columns(text: str) -> int:
    """Width of a text where a Han character counts two, up to what the rules ask for."""
    head = text[:600]
    return len(text) + sum(character > "\u2e7f" for character in head)


def _apparatus(text: str, index: int, total: int, authors: set[str]) -> SegmentRole | None:
    columns = _columns(text)
    if columns > _LONGEST_CAPTION:
        return None
    if columns <= _LONGEST_METADATA and _metadata(text):
        return SegmentRole.METADATA
    if _caption(text):
        return SegmentRole.CAPTION
    if _byline(text, index, total, authors):
        return SegmentRole.BYLINE
    return None


def _metadata(text: str) -> bool:
    if any(pattern.fullmatch(text) for pattern in _METADATA):
        return True
    return _FIELDS.match(text) is not None and not re.search("[。！？]", text)


def _caption(text: str) -> bool:
    if _IMAGE_FILE.fullmatch(text) or _CREDIT_AT_END.search(text) or _LABELLED.fullmatch(text):
        return True
    if _CAPTION_BEGINS.match(text):
        # "图1 …" and "Photo: …" with several sentences behind them is text about a picture.
        return len(_SENTENCE_STOP.findall(text)) <= 3
    return _PICTURE_SHOWS.search(text) is not None and len(_SENTENCE_STOP.findall(text)) <= 4


def _byline(text: str, index: int, total: int, authors: set[str]) -> bool:
    if _BYLINE_LABEL.match(text) or _AUTHOR_NOTE.fullmatch(text):
        return True
    if index < _TOP:
        if _BY.fullmatch(text) or _REPORTER.fullmatch(text):
            return True
        # A bare name is a byline below a title, not the title itself.
        if index and (_PINYIN_NAME.fullmatch(text) or _HAN_NAME.fullmatch(text)):
            return True
    if index >= total - _BOTTOM:
        return any(
            text.startswith(
                (f"{author} is ", f"{author}系", f"{author}，系", f"{author}:", f"{author}：")
            )
            for author in authors
        )
    return False


def is_numbered_heading(text: str) -> bool:
    """Return whether a paragraph is a heading by its number and its lack of a full stop."""
    if _columns(text) > _LONGEST_NUMBERED_HEADING or _HEADING_END.search(text):
        return False
    for pattern in _NUMBERED:
        match = pattern.match(text)
        if match is not None:
            return not _SENTENCE_STOP.search(text, match.end()) or text.endswith(("？", "?"))
    return _ARTICLE.fullmatch(text) is not None


def _is_heading(text: str) -> bool:
    if _columns(text) > _LONGEST_HEADING or _HEADING_END.search(text):
        return False
    if _SENTENCE_STOP.search(text) or not _LETTER.search(text):
        return False
    first = text.lstrip("\"'“‘「『《（(【[")[:1]
    # A dash begins the attribution of a quotation; closing marks begin what was cut off.
    return not first.islower() and first not in "—–-，、。；：》」』”）)]"
