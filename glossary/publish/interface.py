"""The words that a published glossary says by itself, in English, Chinese or both."""

from __future__ import annotations

__all__ = ["INTERFACES", "explanations", "interface"]

#: Interface languages of published glossaries.
INTERFACES = ("en", "zh", "bilingual")

_WORDS: dict[str, tuple[str, str]] = {
    "default_title": ("Glossary", "词汇表"),
    "preferred": ("preferred", "首选"),
    "admitted": ("admitted", "可用"),
    "superseded": ("superseded", "已被取代"),
    "deprecated": ("deprecated", "不宜使用"),
    "machine": ("machine only", "仅见于机器翻译"),
    "unrated": ("unrated", "未评定"),
    "by-official": ("official", "官方"),
    "by-semi-official": ("semi-official", "半官方"),
    "by-unofficial": ("unofficial", "非官方"),
    "by-machine": ("machine", "机器"),
    "also": ("also", "又作"),
    "see": ("see also", "参见"),
    "sources": ("Sources", "资料来源"),
    "attestations": ("attestations", "例证"),
    "concepts": ("concepts", "条"),
    "contents": ("Contents", "目录"),
    "entries": ("Entries", "词条"),
    "how_to_read": ("How to read this glossary", "凡例"),
    "english_index": ("English index", "英文索引"),
    "strokes_index": ("Index by strokes", "笔画检字表"),
    "radicals_index": ("Index by radicals", "部首检字表"),
    "strokes": ("strokes", "画"),
    "unlisted": ("other characters", "其他"),
    "no_rendering": ("no rendering known", "暂无译法"),
}

# What the front matter explains: key of the mark (or "" for running text), English, Chinese.
_EXPLANATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "",
        "Entries stand as in a Chinese dictionary: character by character, by syllable and then "
        "by tone; figures come first. Heads that are not Chinese stand under their first letter. "
        "Pinyin is divided into words and gives the tones of the dictionary.",
        "词条按汉语词典次序排列：逐字先比音节，再比声调；数字开头者居前。非汉语词条按首字母归部。"
        "拼音分词连写，标本调。",
    ),
    (
        "preferred",
        "The rendering to use: the one of the highest authority.",
        "首先应当采用的译法，权威等级最高。",
    ),
    (
        "admitted",
        "Valid beside the preferred rendering.",
        "可与首选译法并用。",
    ),
    (
        "superseded",
        "Once the form in force, replaced since; the dates say from when to when.",
        "曾经通行、后被取代的译法；日期为通行起讫。",
    ),
    (
        "deprecated",
        "Not to be used; the note says why.",
        "不宜使用，原因见附注。",
    ),
    (
        "machine",
        "Found in machine translations only; shown so that it is recognised, never recommended.",
        "仅见于机器翻译，列出以便识别，不作推荐。",
    ),
    (
        "unrated",
        "Nobody has judged it yet.",
        "尚无人评定。",
    ),
    (
        "",
        "A number after a rendering (×3) says how often the sources attest it. The index leads "
        "from every rendering to the page of its entry.",
        "译法后的数字（×3）表示资料中出现的次数。由书末索引可自译法查得词条所在页。",
    ),
)

_CHARACTER_INDEXES = (
    "The indexes by strokes and by radicals lead from the first character of a head to the page "
    "where its entries begin, one page for each reading. Strokes are counted as in mainland China; "
    "the radicals are those of Kangxi as Unicode numbers them.",
    "由笔画检字表和部首检字表可自首字查得所领词条的起始页，多音字按读音分列。笔画数依大陆规范，"
    "部首依统一码所用的康熙部首。",
)


def interface(language: str) -> dict[str, str]:
    """Return the words in one of ``INTERFACES``; bilingual ones have both, Chinese first."""
    if language == "bilingual":
        return {key: f"{chinese} {english}" for key, (english, chinese) in _WORDS.items()}
    return {key: pair[language == "zh"] for key, pair in _WORDS.items()}


def explanations(language: str, *, characters: bool = False) -> list[dict[str, str]]:
    """Return the paragraphs on how to read a glossary: ``mark``, ``language``, ``text``, ``of``.

    In bilingual books each Chinese paragraph comes before its English one; only the first of the
    two bears the ``mark``, both are ``of`` it.

    Args:
        language: one of ``INTERFACES``.
        characters: whether the glossary has indexes of characters to be explained.
    """
    paragraphs: list[dict[str, str]] = []
    last = (("", *_CHARACTER_INDEXES),) if characters else ()
    for mark, english, chinese in (*_EXPLANATIONS, *last):
        texts = {"zh": chinese, "en": english}
        for place, tongue in enumerate(("zh", "en") if language == "bilingual" else (language,)):
            paragraphs.append(
                {
                    "mark": "" if place else mark,
                    "of": mark,
                    "language": tongue,
                    "text": texts[tongue],
                }
            )
    return paragraphs
