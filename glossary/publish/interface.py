"""The words that a published glossary says by itself, in English, Chinese or both."""

from __future__ import annotations

__all__ = ["INTERFACES", "interface"]

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
    "authority": ("Authority", "权威等级"),
    "also": ("also", "又作"),
    "see": ("see also", "参见"),
    "sources": ("Sources", "资料来源"),
    "attestations": ("attestations", "例证"),
    "concepts": ("concepts", "条"),
    "contents": ("Contents", "目录"),
    "entries": ("Entries", "词条"),
    "how_to_read": ("How to read this glossary", "凡例"),
    "english_index": ("English index", "英文索引"),
    "no_rendering": ("no rendering known", "暂无译法"),
}


def interface(language: str) -> dict[str, str]:
    """Return the words in one of ``INTERFACES``; bilingual ones have both, Chinese first."""
    if language == "bilingual":
        return {key: f"{chinese} {english}" for key, (english, chinese) in _WORDS.items()}
    return {key: pair[language == "zh"] for key, pair in _WORDS.items()}
