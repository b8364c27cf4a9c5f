"""The main job from end to end, on the bundled sample and on bad input."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from translate.storage import tbx, tmx

from glossary.cli.main import main
from glossary.model import AdministrativeStatus, Authority
from glossary.termbase import Termbase

OUTPUTS = {
    "termbase.sqlite",
    "memory.tmx",
    "glossary.tbx",
    "glossary.tbx2.tbx",
    "glossary.tsv",
    "glossary.utf8.txt",
    "glossary.pdf",
    "alignment.html",
    "report.md",
}


@pytest.fixture(scope="module")
def sample(request: pytest.FixtureRequest) -> Path:
    return request.config.rootpath / "glossary" / "data" / "sample"


@pytest.fixture(scope="module")
def excerpt(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the beginning of each text of the sample, for tests that build often."""
    folder = tmp_path_factory.mktemp("excerpt")
    for path in sample.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text[: text.index("\n\n", len(text) // 6)])
    return folder


@pytest.fixture(scope="module")
def built(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build") / "out"
    assert main(["build", str(sample / "tifa.toml"), "-o", str(out)]) == 0
    return out


def test_every_file_is_there(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == OUTPUTS


def test_a_second_build_gives_the_same_bytes(built: Path, sample: Path, tmp_path: Path) -> None:
    assert main(["build", str(sample / "tifa.toml"), "-o", str(tmp_path / "out")]) == 0
    for name in sorted(OUTPUTS):
        assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes(), name


def test_machine_renderings_are_kept_apart(built: Path) -> None:
    with Termbase.open(built / "termbase.sqlite", readonly=True) as termbase:
        terms = [term for concept in termbase.concepts() for term in concept.renderings()]
    machine = [term for term in terms if term.authority is Authority.MACHINE]
    assert machine
    assert {term.status for term in machine} == {None}
    preferred = [term for term in terms if term.status is AdministrativeStatus.PREFERRED]
    assert preferred
    assert {term.authority for term in preferred} == {Authority.OFFICIAL}


def test_every_attestation_proves_its_term(built: Path) -> None:
    with Termbase.open(built / "termbase.sqlite", readonly=True) as termbase:
        documents = {
            document.source.id: document
            for bitext in termbase.bitexts()
            for document in bitext.documents
        }
        for concept in termbase.concepts():
            for term in concept.terms:
                assert term.attestations
                for attestation in term.attestations:
                    segment = documents[attestation.source_id].segments[attestation.segment]
                    assert attestation.context == segment.text
                    start, end = attestation.span
                    assert segment.text[start:end] == attestation.surface


def test_translate_toolkit_reads_the_memory_as_it_is(built: Path) -> None:
    raw = etree.parse(built / "memory.tmx")
    units = tmx.tmxfile.parsefile(str(built / "memory.tmx")).units
    segments = [
        ["".join(map(str, seg.itertext())) for seg in tu.iter("seg")] for tu in raw.iter("tu")
    ]
    assert [[unit.source, unit.target] for unit in units] == segments
    assert len({source for source, _ in segments}) == len(segments)


def test_translate_toolkit_reads_the_glossary_as_it_is(built: Path) -> None:
    raw = etree.parse(built / "glossary.tbx2.tbx")
    units = tbx.tbxfile.parsefile(str(built / "glossary.tbx2.tbx")).units
    entries = [
        {
            lang.get("{http://www.w3.org/XML/1998/namespace}lang"): lang.findtext(".//term")
            for lang in entry.iter("langSet")
        }
        for entry in raw.iter("termEntry")
    ]
    assert [(unit.source, unit.target) for unit in units] == [
        (entry["zh-CN"], entry["en-US"]) for entry in entries
    ]


def test_the_omegat_glossary_holds_no_machine_rendering(built: Path) -> None:
    lines = (built / "glossary.utf8.txt").read_text(encoding="utf-8").splitlines()
    renderings = {tuple(line.split("\t")[:2]) for line in lines if not line.startswith("#")}
    with Termbase.open(built / "termbase.sqlite", readonly=True) as termbase:
        for concept in termbase.concepts():
            for term in concept.renderings():
                if term.authority is Authority.MACHINE:
                    assert (concept.head, term.text) not in renderings


def test_language_codes_are_the_users(excerpt: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = [str(excerpt / "essay.zh.txt"), str(excerpt / "official.en.txt")]
    assert main(["build", *arguments, "-o", str(out), "--language", "en=en-GB"]) == 0
    for name in ("memory.tmx", "glossary.tbx", "glossary.tbx2.tbx"):
        codes = set(re.findall(r'xml:lang="([^"]+)"', (out / name).read_text(encoding="utf-8")))
        assert {"zh-CN", "en-GB"} <= codes
        assert "en-US" not in codes


def test_english_renditions_are_compared(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    texts = [
        f"{sample / 'machine.en.txt'}:authority=machine",
        f"{sample / 'official.en.txt'}:authority=official",
    ]
    assert main(["build", *texts, "-o", str(out)]) == 0
    assert {path.name for path in out.iterdir()} == OUTPUTS
    with Termbase.open(out / "termbase.sqlite", readonly=True) as termbase:
        pairs = {
            (left.text.lower(), right.text.lower())
            for concept in termbase.concepts()
            for left in concept.terms
            for right in concept.terms
        }
    assert any("network power" in left and "cyber country" in right for left, right in pairs)


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_simply_work(
    excerpt: Path, tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from glossary.language.script import to_traditional

    chinese = (excerpt / "essay.zh.txt").read_text(encoding="utf-8")
    if encoding == "big5":
        chinese = to_traditional(chinese)
    source = tmp_path / "essay.zh.txt"
    source.write_bytes(chinese.encode(encoding, "replace"))
    out = tmp_path / "out"
    assert main(["build", str(source), str(excerpt / "official.en.txt"), "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    assert ("zh-Hant" if encoding == "big5" else "zh-Hans") in printed


def bad_inputs(folder: Path, sample: Path) -> dict[str, list[str]]:
    official = str(sample / "official.en.txt")
    essay = str(sample / "essay.zh.txt")
    files = {
        "empty": b"",
        "blank": b" \n\n \t\n",
        "binary": bytes(range(256)) * 40,
        "digits": b"1 2 3\n",
        "image": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    cases = {name: [str(folder / name), official] for name in files}
    cases["missing"] = [str(folder / "missing"), official]
    cases["folder"] = [str(folder), official]
    cases["two Chinese texts"] = [essay, f"{essay}:id=copy,language=zh-CN"]
    cases["wrong encoding"] = [f"{essay}:encoding=ascii", official]
    return cases


@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "blank",
        "binary",
        "digits",
        "image",
        "missing",
        "folder",
        "two Chinese texts",
        "wrong encoding",
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    sample: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    arguments = bad_inputs(tmp_path / "in", sample)[name]
    assert main(["build", *arguments, "-o", str(tmp_path / "out" / "new")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("tifa: ")
    assert captured.err.count("\n") == 1
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["essay.zh.txt"],
        ["essay.zh.txt", "official.en.txt:authority=royal"],
        ["essay.zh.txt", "official.en.txt:date=yesterday"],
        ["essay.zh.txt", "official.en.txt:colour=red"],
        ["essay.zh.txt", "official.en.txt", "--language", "en"],
    ],
)
def test_wrong_usage_exits_with_2(
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    monkeypatch.chdir(sample)
    assert main(["build", *arguments, "-o", str(tmp_path / "out")]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("tifa: ")
    assert captured.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_nothing_to_build_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", "-o", "out"]) == 2
    assert "tifa init" in capsys.readouterr().err


def test_an_existing_folder_needs_force(
    built: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.iterdir()}
    assert main(["build", str(sample / "tifa.toml"), "-o", str(built)]) == 3
    assert "--force" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in built.iterdir()} == before


def test_looking_up_what_was_built(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    termbase = ["--termbase", str(built / "termbase.sqlite")]
    for query in ("网络强国", "strong cyber country", "卡勃子", "網絡強國", "wangluo qiangguo"):
        assert main(["lookup", query, "--format", "json", *termbase]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["schema"] == "tifa.lookup/1"
        expected = "卡脖子" if query == "卡勃子" else "网络强国"
        assert expected in answer["concepts"][0]["terms"][0]["text"]
    assert main(["lookup", "quantum chromodynamics", *termbase]) == 1
