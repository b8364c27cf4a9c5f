"""The words that a published glossary says by itself, in English, Chinese or both."""

from __future__ import annotations

__all__ = ["INTERFACES", "explanations", "interface", "page_language", "subject"]

#: Interface languages of published glossaries.
INTERFACES = ("en", "zh", "bilingual")

# English, Chinese and, where one after the other would not do, both.
_WORDS: dict[str, tuple[str, str] | tuple[str, str, str]] = {
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
    # Of sites.
    "search": ("Search", "检索"),
    "search_hint": ("Chinese, pinyin, initials or English", "汉字、拼音、拼音首字母或英文"),
    "found": ("{} found", "找到 {} 条"),
    "found_best": ("the best {} found", "找到的前 {} 条"),
    "table": ("Table", "总表"),
    "filter": ("Filter", "筛选"),
    "any": ("any", "不限"),
    "shown": ("{} of {}", "共 {1} 条，显示 {0} 条", "{} / {}"),
    "skip": ("Skip to content", "跳到正文"),
    "site": ("Site", "本站"),
    "letters": ("Letters", "字母"),
    "by_letter": (
        "concepts, by the pinyin of their first character:",
        "条，按首字拼音排列：",
    ),
    "term": ("Term", "词条"),
    "pinyin": ("Pinyin", "拼音"),
    "form": ("Form", "写法"),
    "rendering": ("Rendering", "译法"),
    "first_rendering": ("First rendering", "首列译法"),
    "status": ("Status", "地位"),
    "authority": ("Authority", "权威等级"),
    "dates": ("Dates", "起讫"),
    "subject": ("Subject", "领域"),
    "attested": ("Attested", "例证数"),
    "also_written": ("Also written", "异写"),
    "renderings": ("Renderings", "译法"),
    "from_to": ("{} to {}", "{} 至 {}", "{}–{}"),
    "since": ("since {}", "{} 起", "{}–"),
    "until": ("until {}", "至 {}", "–{}"),
    "timeline": ("Timeline", "时间线"),
    "timeline_says": (
        "Timeline of the renderings; the dates are in the list above and in the sentences below",
        "各译法的时间线；日期见上表和下列例句",
    ),
    "sentences": ("Sentences", "例句"),
    "more": ("and {} more.", "另有 {} 例。"),
    "source": ("Source:", "出处："),
    "related": ("Related", "相关词条"),
    "see_also": ("See also", "参见"),
    "part_of": ("Part of", "见于"),
    "contains": ("Contains", "包含"),
    "neighbours": ("Neighbours", "前后词条"),
    "whole_letter": ("all of this letter", "本部全部词条"),
    "kind-term": ("term", "术语"),
    "kind-name": ("name", "专名"),
    "kind-phrase": ("phrase", "短语"),
}

#: Chinese names of the subject fields of the core glossary; others stand as they are.
_SUBJECTS = {
    "party-theory": "党的理论",
    "party-building": "党的建设",
    "politics": "政治",
    "state-organs": "机构",
    "law": "法律",
    "economy": "经济",
    "finance": "财政金融",
    "agriculture": "农业农村",
    "society": "社会",
    "culture": "文化",
    "history": "历史",
    "ideology": "意识形态",
    "cyber": "网络",
    "science-technology": "科技",
    "ecology": "生态",
    "foreign-policy": "外交",
    "defence": "国防",
    "hong-kong-taiwan": "港澳台",
    "ethnic-religious": "民族宗教",
    "numeral-formula": "数字提法",
    "slogan": "口号",
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
        "A number after a rendering (×3) says how often the sources attest it.",
        "译法后的数字（×3）表示资料中出现的次数。",
    ),
)

# What it says of indexes, if it has them.
_RENDERING_INDEX = (
    "The English index leads from every rendering to the page of its entry.",
    "由英文索引可自译法查得词条所在页。",
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
        return {
            key: words[2] if len(words) == 3 else f"{words[1]} {words[0]}"
            for key, words in _WORDS.items()
        }
    return {key: words[language == "zh"] for key, words in _WORDS.items()}


def subject(field: str, language: str) -> str:
    """Return the name of a subject field in an interface language."""
    chinese = _SUBJECTS.get(field)
    if chinese is None or language == "en":
        return field
    return chinese if language == "zh" else f"{chinese} {field}"


def page_language(language: str) -> str:
    """Return the BCP 47 tag of an interface language: of bilingual pages, the one more read."""
    return "zh-Hans" if language == "zh" else "en"


def explanations(
    language: str, *, renderings: bool = False, characters: bool = False
) -> list[dict[str, str]]:
    """Return the paragraphs on how to read a glossary: ``mark``, ``language``, ``text``, ``of``.

    In bilingual books each Chinese paragraph comes before its English one; only the first of the
    two bears the ``mark``, both are ``of`` it.

    Args:
        language: one of ``INTERFACES``.
        renderings: whether the glossary has an index of renderings to be explained.
        characters: whether it has indexes of characters to be explained.
    """
    paragraphs: list[dict[str, str]] = []
    told = ((renderings, _RENDERING_INDEX), (characters, _CHARACTER_INDEXES))
    indexes = [("", *words) for has_one, words in told if has_one]
    for mark, english, chinese in (*_EXPLANATIONS, *indexes):
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
