"""Paragraphs of plain and Markdown texts."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.model import SegmentRole
from glossary.texts.readers.markdown import read_markdown
from glossary.texts.readers.plain import join_lines, plain_paragraphs

_ENGLISH = [
    "The council met in the old hall by the river. It had not met for seven years, and many of its "
    "members had never seen one another before that long and rainy day.",
    "They spoke of roads, of schools and of the price of grain. Nobody spoke of the bridge, though "
    "it was the reason why they had come, and the reason why so few had come on time.",
    "On the second day the chairman read a letter. It was short.",
    "After that they agreed on a plan to rebuild what the flood had taken, with timber from the "
    "northern forests and stone from the quarry that had been closed since the war.",
]
_CHINESE = [
    "理事会在河边的旧礼堂开会。这是七年来的第一次会议，许多委员此前从未见过面，那天又下着大雨，路上走了很久。",
    "大家谈了道路、学校和粮价。没有人提到那座桥，虽然正是为了它才开这个会，也正是因为它许多人来得晚。",
    "第二天主席读了一封信。信很短。",
    "随后会议通过了重建方案，木材取自北方林场，石料取自战后一直关闭的采石场，工期定为两年半。",
]


def _wrap_chinese(text: str, columns: int) -> list[str]:
    lines = [text[:columns]]
    text = text[columns:]
    while text:
        # A stop may not begin a line.
        take = columns + (text[columns : columns + 1] in "，。、")
        lines.append(text[:take])
        text = text[take:]
    return lines


def test_one_paragraph_a_line() -> None:
    assert plain_paragraphs("\n".join(_CHINESE)) == _CHINESE
    assert plain_paragraphs("\n".join(_ENGLISH)) == _ENGLISH
    assert plain_paragraphs("\n\n".join(_ENGLISH)) == _ENGLISH


def test_short_lines_stay_apart() -> None:
    dialogue = [
        "“你去吗？”",
        "“我去。”",
        "两个人沿着河走了很久，谁也没有再说话。",
        "天快亮了。",
    ] * 5
    assert plain_paragraphs("\n".join(dialogue)) == dialogue
    contents = [
        "Contents",
        "Chapter One The River",
        "Chapter Two The Bridge",
        "Chapter Three Grain",
    ]
    assert plain_paragraphs("\n".join(contents)) == contents


@pytest.mark.parametrize("width", [55, 66, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n \n", "\n\n\n"])
def test_hard_wrapped_english(width: int, between: str) -> None:
    wrapped = ["\n".join(textwrap.wrap(text, width)) for text in _ENGLISH]
    assert plain_paragraphs(between.join(wrapped)) == _ENGLISH


@pytest.mark.parametrize("indent", ["    ", "\t", "  "])
def test_hard_wrapped_and_indented(indent: str) -> None:
    wrapped = ["\n".join(textwrap.wrap(indent + text, 68, expand_tabs=False)) for text in _ENGLISH]
    assert plain_paragraphs("\n".join(wrapped)) == _ENGLISH


@pytest.mark.parametrize("width", [25, 32, 38])
def test_hard_wrapped_chinese(width: int) -> None:
    blank = ["\n".join(_wrap_chinese(text, width)) for text in _CHINESE]
    assert plain_paragraphs("\n\n".join(blank)) == _CHINESE
    indented = ["\n".join(_wrap_chinese("\u3000\u3000" + text, width)) for text in _CHINESE]
    assert plain_paragraphs("\n".join(indented)) == _CHINESE


def test_wrapped_and_long_paragraphs_side_by_side() -> None:
    wrapped = "\n".join(textwrap.wrap(_ENGLISH[0], 70))
    assert plain_paragraphs(f"{wrapped}\n\n{_ENGLISH[1]}\n\n{_CHINESE[0]}") == [
        _ENGLISH[0],
        _ENGLISH[1],
        _CHINESE[0],
    ]


def test_ideographic_indents_and_spaces() -> None:
    assert plain_paragraphs(
        "\u3000\u3000第一条\u3000为了大家。\n\u3000\u3000第二条\u3000\u3000立即施行。"
    ) == [
        "第一条\u3000为了大家。",
        "第二条\u3000立即施行。",
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["我们要", "前进"], "我们要前进"),
        (["we go", "on"], "we go on"),
        (["学习Linux", "系统"], "学习Linux 系统"),
        (["self-", "reliance"], "self-reliance"),
        (["a –", "b"], "a – b"),
        (["他说：“好", "。”大家"], "他说：“好。”大家"),
        (["", "a", ""], "a"),
    ],
)
def test_joining_lines(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


@given(st.text(alphabet="ab，。中文 \u3000\t\n.(1)-", max_size=300))
def test_no_character_is_lost(text: str) -> None:
    joined = "".join(plain_paragraphs(text))
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", text)


def test_a_gigantic_line_is_one_paragraph() -> None:
    text = "我们要走自己的路。" * 300_000
    assert plain_paragraphs(text) == [text]


# -- Markdown --------------------------------------------------------------------------------------


def _markdown(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_markdown(text)]


def test_markdown_blocks() -> None:
    text = """---
title: x
---
<!-- a
note -->

# Title #

Subtitle
--------

First line
goes on.

> Quoted **text**.
> goes on.

- one
- [x] two
1. first
2. second

```python
code
```

| a | b |
|---|---|
| c | d |

***
::: tip Head
Inside.
:::
[ref]: https://example.org
Last<br>line.
"""
    paragraphs = read_markdown(text)
    assert [paragraph.text for paragraph in paragraphs] == [
        "Title", "Subtitle", "First line", "goes on.", "Quoted text.", "goes on.", "one", "two",
        "1. first", "2. second", "a", "b", "c", "d", "Inside.", "Last", "line.",
    ]  # fmt: skip
    assert [p.text for p in paragraphs if p.role is SegmentRole.HEADING] == ["Title", "Subtitle"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a **bold** and *soft* word", "a bold and soft word"),
        ("__b__ and _s_ but snake_case_name", "b and s but snake_case_name"),
        ("`code` and ``more``", "code and more"),
        ("[text](https://example.org/a_b) here", "text here"),
        ("[text][1] and note[^2]", "text and note"),
        ("![alt](x.png) after", "alt after"),
        ("see <https://example.org>", "see https://example.org"),
        (r"\*not soft\*", "*not soft*"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("~~gone~~ x<sup>2</sup>", "gone x2"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("要**坚持**“两个`确立`”。", "要坚持“两个确立”。"),
        ("第一条　【立法】*正文*", "第一条　【立法】正文"),
    ],
)
def test_markdown_inside_a_line(marked: str, plain: str) -> None:
    assert _markdown(marked) == [plain]


@given(st.text(alphabet="*_`[]()!<>#-~\\|:ab \n中", max_size=120))
def test_markdown_never_fails(text: str) -> None:
    for paragraph in _markdown(text):
        assert paragraph == paragraph.strip()
        assert "\x02" not in paragraph


@pytest.mark.parametrize("mark", ["[", "*a", "`", "<", "_a ", "![", "[a](", "> "])
def test_markdown_takes_no_quadratic_time(mark: str) -> None:
    import time

    begin = time.process_time()
    _markdown(mark * 50_000)
    assert time.process_time() - begin < 5
