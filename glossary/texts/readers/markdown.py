"""Markdown: its text without its marks. Front matter, code blocks and comments are left out."""

from __future__ import annotations

import html
import re

from glossary.model import SegmentRole
from glossary.texts.clean import clean, tidy
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.plain import plain_paragraphs

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|(?=[^\s#]))(?P<text>.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DIRECTIVE = re.compile(r" {0,3}:{3,}")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>\^?)[^\]]+\]:[ \t]*(?P<text>.*)$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_ORDERED = re.compile(r"[ \t]*\d{1,9}[.)][ \t]+\S")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_BLOCK_TAG = re.compile(
    r"</?(?:br|hr|p|div|section|article|h[1-6]|li|ul|ol|tr|td|th|table|blockquote|center)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
# What is inside a line: applied in this order. Bounded, so that no line takes quadratic time.
_INLINE = (
    (re.compile(r"!\[([^\[\]]{0,400})\](?:\([^()\n]{0,2000}\)|\[[^\[\]]{0,200}\])"), r"\1"),
    (re.compile(r"\[\^[^\]\s]{1,100}\]"), ""),
    (re.compile(r"\[([^\[\]]{1,2000})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,2000})\]\[[^\[\]]{0,200}\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][\w-]{0,20}(?:\s[^<>]{0,400})?/?>"), ""),
    (re.compile(r"(?<!\\)(`{1,2})(?!`)([^`\n]{1,2000})\1(?!`)"), r"\2"),
    (re.compile(r"(?<!\\)(\*{1,3}|~~)(?=\S)([^*~\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\\\w])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
# Marks a heading among the lines; cleaned text holds no such character.
_MARK = "\x02"


def read_markdown(text: str) -> list[Paragraph]:
    """Return the paragraphs of a cleaned Markdown text (CommonMark and the usual extensions)."""
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text, count=1))
    lines = _lines(_BLOCK_TAG.sub("\n\n", text).split("\n"))
    paragraphs: list[Paragraph] = []
    for paragraph in plain_paragraphs("\n".join(lines)):
        heading = paragraph.startswith(_MARK)
        # Code spans keep their text; entities are read last, as they may stand for marks.
        plain = tidy(clean(html.unescape(_inline(paragraph.removeprefix(_MARK)))))
        if plain:
            paragraphs.append(Paragraph(plain, SegmentRole.HEADING if heading else None))
    return paragraphs


def _inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _lines(raw: list[str]) -> list[str]:
    """Return the lines of text without block marks, blank lines between what stands apart."""
    lines: list[str] = []
    fence = ""
    for line in raw:
        opening = _FENCE.match(line)
        if fence:
            if opening and opening["fence"].startswith(fence):
                fence = ""
            continue
        if opening:
            fence = opening["fence"]
            lines.append("")
            continue
        _add(lines, line)
    return lines


def _add(lines: list[str], line: str) -> None:
    if quote := _QUOTE.match(line):
        line = line[quote.end() :]
    heading = _HEADING.match(line)
    definition = _DEFINITION.match(line)
    if heading:
        lines += ["", _MARK + heading["text"], ""]
    elif _UNDERLINE.match(line) and lines and lines[-1].strip() and not lines[-1].startswith(_MARK):
        # The line before is a heading, if a blank line stood before it; else this is a rule.
        if len(lines) < 2 or not lines[-2].strip():
            lines[-1] = _MARK + lines[-1].strip()
        lines.append("")
    elif _RULE.match(line) or _DIRECTIVE.match(line) or _TABLE_RULE.match(line):
        lines.append("")
    elif definition:
        lines += ["", definition["text"] if definition["label"] else "", ""]
    elif _TABLE_ROW.match(line):
        for cell in line.strip().strip("|").split("|"):
            lines += ["", cell.strip(), ""]
    elif bullet := _BULLET.match(line):
        lines += ["", line[bullet.end() :]]
    elif _ORDERED.match(line):
        lines += ["", line.strip()]
    else:
        lines.append(line)
