"""What users say about a text: on the command line and in the project file."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import BadInputError, UsageError
from glossary.model import Authority, Source
from glossary.texts import (
    REQUEST_KEYS,
    TextRequest,
    load_project,
    normalize_language,
    parse_request,
    render_project,
    unique_requests,
    write_project,
)


def test_a_path_alone_is_a_request() -> None:
    request = parse_request("texts/official.en.txt")
    assert request.path == Path("texts/official.en.txt")
    assert request.source == Source(id="official.en")
    assert request.encoding is None


def test_fields_follow_the_path() -> None:
    request = parse_request(
        "a.txt:authority=official,date=2023-05-05,publisher=Qiushi,kind=article,"
        "url=https://example.org/a:b?c=d,encoding=gb18030,language=zh-TW,id=x,licence=CC0"
    )
    assert request == TextRequest(
        Path("a.txt"),
        Source(
            id="x",
            publisher="Qiushi",
            language="zh-Hant",
            date="2023-05-05",
            authority=Authority.OFFICIAL,
            kind="article",
            url="https://example.org/a:b?c=d",
            licence="CC0",
        ),
        "gb18030",
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"One, two: three"', "One, two: three"),
        ("'One, two'", "One, two"),
        ('"He said ""no"", twice"', 'He said "no", twice'),
        ("plain words", "plain words"),
        ('""', ""),
        ("", ""),
        ("a=b", "a=b"),
    ],
)
def test_values_may_be_quoted(written: str, title: str) -> None:
    request = parse_request(f"a.txt:title={written},kind=law")
    assert (request.source.title, request.source.kind) == (title, "law")


@given(st.text(alphabet=string.printable + "，：中文", max_size=30))
def test_any_title_can_be_quoted(title: str) -> None:
    quoted = '"' + title.replace('"', '""') + '"'
    assert parse_request(f"a.txt:title={quoted},kind=x").source.title == title.strip()


def test_paths_may_hold_colons(tmp_path: Path) -> None:
    odd = tmp_path / "a:kind=law.txt"
    odd.write_text("x")
    assert parse_request(str(odd)).path == odd
    assert parse_request(f"{odd}:kind=speech") == TextRequest(
        odd, Source(id="a:kind=law", kind="speech")
    )
    assert parse_request(r"C:\texts\a.txt:kind=law").path == Path(r"C:\texts\a.txt")
    assert parse_request(r"C:\texts\a.txt").path == Path(r"C:\texts\a.txt")


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("a.txt:autority=official", "a.txt: unknown key 'autority' (known are id, title,"),
        ("a.txt:date=2023-13-01", "a.txt: date '2023-13-01' is not a date"),
        ("a.txt:date=May", "a.txt: date 'May' is not a date"),
        ("a.txt:authority=king", "a.txt: unknown authority 'king'; known are machine,"),
        ("a.txt:language=fr", "a.txt: unknown language 'fr'; known are zh,"),
        ("a.txt:kind=a,kind=b", "a.txt: 'kind' is given twice"),
        ("a.txt:title=a, b", "a.txt: 'b' has no value"),
        ('a.txt:title="a', "a.txt: cannot read 'title=\"a'"),
        ("a.txt:id=a+b", "a.txt: id 'a+b' may not hold"),
        (":kind=law", "no file is named"),
        ("", "no file is named"),
    ],
)
def test_slips_are_named(argument: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_request(argument)
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == 2


def test_a_slip_behind_a_file_that_exists_is_no_file_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(UsageError, match="'official' has no value"):
        parse_request(f"{tmp_path / 'a.txt'}:official")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("zh-Hans-TW", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-hk", "zh-Hant"),
        ("cmn-Hant", "zh-Hant"),
        ("en", "en"),
        ("en-GB", "en"),
        (" EN-us ", "en"),
    ],
)
def test_languages_are_normalised(tag: str, language: str) -> None:
    assert normalize_language(tag) == language


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("official.en.txt", "official.en"),
        ("law.v1.2", "law.v1.2"),
        ("001", "001"),
        ("a b+c#d.md", "a-b-c-d"),
        ("求是.zh.DOCX", "求是.zh"),
        ("-", "stdin"),
    ],
)
def test_ids_come_from_file_names(name: str, identifier: str) -> None:
    assert parse_request(name).source.id == identifier


def test_ids_are_made_distinct() -> None:
    requests = [parse_request(path) for path in ("x/zh.txt", "y/zh.txt", "x/en.txt", "z/y/zh.txt")]
    ids = [request.source.id for request in unique_requests(requests)]
    assert ids[:3] == ["x-zh", "y-zh", "en"]
    assert len(set(ids)) == 4


def test_one_memory_gives_two_texts() -> None:
    both = unique_requests([parse_request("m.tmx:language=zh"), parse_request("m.tmx:language=en")])
    assert len({request.source.id for request in both}) == 2


@pytest.mark.parametrize(
    "arguments", [("a.txt", "a.txt"), ("a.txt:id=x", "b.txt:id=x")], ids=["path", "id"]
)
def test_the_same_text_twice_is_refused(arguments: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match=r"twice|two texts have the id"):
        unique_requests([parse_request(argument) for argument in arguments])


@given(
    st.lists(
        st.sampled_from(
            ["a/zh.txt", "b/zh.txt", "zh.md", "c/b/zh.txt", "a-zh", "b-zh.txt", "zh-2"]
        ),
        unique=True,
    )
)
def test_ids_are_always_distinct(paths: list[str]) -> None:
    ids = [request.source.id for request in unique_requests(map(parse_request, paths))]
    assert len(set(ids)) == len(ids)


# -- the project file ------------------------------------------------------------------------------


_LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


@given(
    title=_LINES,
    fields=st.fixed_dictionaries(
        {},
        optional={
            "title": _LINES,
            "publisher": _LINES,
            "kind": _LINES,
            "url": _LINES,
            "licence": _LINES,
            "language": st.sampled_from(["zh-Hans", "zh-Hant", "en", "zh"]),
            "date": st.sampled_from(["2023", "2023-05", "2023-05-05"]),
            "authority": st.sampled_from([authority.label for authority in Authority]),
            "encoding": st.sampled_from(["gb18030", "utf-8"]),
        },
    ),
)
def test_a_rendered_project_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, fields: dict[str, str]
) -> None:
    from glossary.texts import request_from_fields

    folder = tmp_path_factory.mktemp("project")
    requests = (
        request_from_fields(folder / "texts" / "zh.txt", fields),
        request_from_fields(folder / 'en "x".txt', {"id": "e"}),
    )
    write_project(folder / "tifa.toml", requests, title=title)
    project = load_project(folder)
    assert project.title == title
    assert project.texts == requests
    assert dict(project.languages) == {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}


def test_a_template_without_texts_shows_how() -> None:
    text = render_project([])
    for key in ("[[text]]", "path =", "authority", "encoding"):
        assert key in text


def test_dates_need_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "tifa.toml").write_text(
        '[[text]]\npath = "a.txt"\ndate = 2023-05-05\n[[text]]\npath = "b.txt"\ndate = 2023\n'
    )
    texts = load_project(tmp_path / "tifa.toml").texts
    assert [request.source.date for request in texts] == ["2023-05-05", "2023"]
    assert texts[0].path == tmp_path / "a.txt"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "lists no texts"),
        ("title = \n", ":1: is not valid TOML"),
        ("colour = 1", "unknown key 'colour' (known are title, export, text)"),
        ("text = 3", "lists no texts"),
        ("text = [3]", "text 1 is not a table"),
        ("[[text]]", "text 1 has no path"),
        ("[[text]]\npath='a'\nfoo='b'", "text 1: unknown key 'foo' (known are path, id,"),
        ("[[text]]\npath='a'\nkind=1.5", "text 1: kind is not a string"),
        ("[[text]]\npath='a'\n[[text]]\npath='b'\nauthority='x'", "text 2 (b): unknown authority"),
        ("[[text]]\npath='a'\n[export]\nlang='x'", "[export]: unknown key 'lang'"),
        ("[[text]]\npath='a'\n[export.languages]\nfr='fr'", "[export.languages]: unknown key 'fr'"),
        ("[[text]]\npath='a'\n[export.languages]\nen='e n'", "[export.languages]: 'e n' is no"),
        ("[[text]]\npath='a'\n[[text]]\npath='a'", "is named twice"),
        ("[[text]]\npath='a'\nid='x'\n[[text]]\npath='b'\nid='x'", "two texts have the id 'x'"),
    ],
)
def test_faults_of_a_project_file_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "tifa.toml"
    path.write_text(content or "\n", encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        load_project(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_a_missing_project_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"does not exist \(tifa init"):
        load_project(tmp_path / "tifa.toml")


def test_every_key_is_documented_in_the_template() -> None:
    text = render_project([parse_request("a.txt")])
    assert all(f"{key} =" in text for key in REQUEST_KEYS)
