"""The web glossary: whole without scripts, and found in by search in a real browser."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html
from publish_samples import attested, chinese, concept, english, sample_bitext, sample_glossary

from glossary.errors import OutputError, UsageError
from glossary.model import (
    AdministrativeStatus,
    Attestation,
    Authority,
    Concept,
    Glossary,
    Source,
    Term,
)
from glossary.publish.markup import resource
from glossary.publish.site import write_site
from glossary.publish.site.frame import entry_file

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Words of the browser's flags: no network, no profile but a fresh one.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --enable-logging=stderr "
    "--virtual-time-budget=10000 --dump-dom"
).split()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publish") / "site"
    write_site(sample_glossary(), folder)
    return folder


def _pages(folder: Path) -> dict[str, html.HtmlElement]:
    return {
        file.name: html.fromstring(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.html"))
    }


def test_links_scripts_and_styles_lead_to_files_and_anchors_of_the_site(site: Path) -> None:
    pages = _pages(site)
    assert len([name for name in pages if name.startswith("entry-")]) == 3
    for name, page in pages.items():
        for target in page.xpath("//@href | //@src"):
            file, _, anchor = target.partition("#")
            assert (site / (file or name)).is_file(), f"{name} links to {target}"
            if anchor:
                assert pages[file or name].xpath(f'//*[@id="{anchor}"]')


def test_lists_lead_to_every_entry_without_scripts(site: Path) -> None:
    pages = _pages(site)
    letters = pages["index.html"].xpath('//ul[@class="overview"]//a/@href')
    assert letters == ["letter-j.html", "letter-z.html"]
    listed = [link for letter in letters for link in pages[letter].xpath("//main//li/a/@href")]
    assert sorted(listed) == sorted(name for name in pages if name.startswith("entry-"))
    assert pages["index.html"].xpath('//form[@id="search"]/@hidden')
    assert len(pages["table.html"].xpath("//tbody/tr")) == 3


def test_an_entry_shows_renderings_dates_sentences_and_relations(site: Path) -> None:
    first, second, _ = sample_glossary().concepts
    page = _pages(site)[entry_file(first)]
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in page.xpath("//tbody/tr")
    ]
    assert rows == [
        ["strength in transport", "preferred", "official", "", "1"],
        ["transport county", "superseded", "official", "2011 to 2017-10", "0"],
        ["traffic strong county", "machine only", "machine", "", "2"],
    ]
    assert [mark.text for mark in page.xpath("//blockquote//mark")] == [
        "strength in transport",
        "traffic strong county",
        "traffic strong county",
    ]
    [around] = page.xpath('//p[@class="related"]')
    assert around.text_content().split() == ["Part", "of", second.head]
    assert page.xpath('//*[@class="timeline"]//*[contains(@class, "bar superseded")]')


def test_the_chinese_sentence_of_the_same_bead_stands_with_a_rendering(tmp_path: Path) -> None:
    bitext = sample_bitext()
    essay, official, _ = bitext.documents
    zh = dataclasses.replace(attested(essay, 1, "最后一公里"), bead="b#1")
    en = dataclasses.replace(attested(official, 1, "the last mile"), bead="b#1")
    preferred = AdministrativeStatus.PREFERRED
    made = concept(
        chinese("最后一公里", zh), english("the last mile", preferred, Authority.OFFICIAL, en)
    )
    write_site(Glossary((made,), (essay.source, official.source)), tmp_path / "site")
    page = _pages(tmp_path / "site")[entry_file(made)]
    [quote] = page.xpath("//blockquote")
    assert [mark.text for mark in quote.xpath(".//mark")] == ["最后一公里", "the last mile"]
    assert quote.xpath("./p/@lang") == ["zh-Hans", "en"]


def test_citations_without_sentences_are_called_sources(tmp_path: Path) -> None:
    cited = Attestation("book", -1, (0, 0), surface="", context="")
    preferred = AdministrativeStatus.PREFERRED
    made = concept(
        chinese("最后一公里"), english("the last mile", preferred, Authority.OFFICIAL, cited)
    )
    write_site(Glossary((made,), (Source("book", "A Book"),)), tmp_path / "site")
    page = _pages(tmp_path / "site")[entry_file(made)]
    assert page.xpath("//main//h2/text()") == ["Renderings", "Sources"]
    assert page.xpath("//blockquote//cite")[0].text_content() == "A Book"


def _own_words(page: html.HtmlElement) -> str:
    """Return what a page says by itself: its text without terms, sources and titles."""
    for part in page.xpath("//main//*[@lang] | //title | //cite | //a[@class='name'] | //h1"):
        part.drop_tree()
    return str(page.text_content())


def test_a_site_speaks_chinese_or_both_languages(site: Path, tmp_path: Path) -> None:
    first = sample_glossary().concepts[0]
    for language, tag, facts in (("zh", "zh-Hans", "首选"), ("bilingual", "en", "首选 preferred")):
        folder = tmp_path / language
        write_site(sample_glossary(), folder, language=language)
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            path.name for path in site.iterdir()
        )
        pages = _pages(folder)
        assert {page.get("lang") for page in pages.values()} == {tag}
        row = pages[entry_file(first)].xpath("//tbody/tr[1]/td")
        assert row[1].text_content() == facts
        if language == "zh":
            for name, page in pages.items():
                own = _own_words(page)
                assert not re.search(r"[a-z]{3}", own.replace("Daily", "")), name
    with pytest.raises(UsageError, match="unknown interface language 'fr'"):
        write_site(sample_glossary(), tmp_path / "fr", language="fr")


def test_the_same_glossary_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert write_site(sample_glossary(), again) == len(list(site.iterdir()))
    for file in site.iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes()


def test_hostile_values_stay_text_and_never_leave_the_folder(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>"
    source = Source(evil, evil, url="javascript:alert(1)")
    made = Concept("../../" + evil, (Term(evil, "zh-Hans"), Term(evil, "en")), definition=evil)
    write_site(Glossary((made,), (source,), evil), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    for page in _pages(tmp_path / "site").values():
        assert not page.xpath("//script[not(@src)]")
        assert not page.xpath('//@href[starts-with(., "javascript:")]')
    assert "</script" not in (tmp_path / "site" / "search-data.js").read_text(encoding="utf-8")


def test_only_a_site_is_replaced_and_old_entries_go(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(sample_glossary(), folder)
    with pytest.raises(OutputError, match="exists already"):
        write_site(sample_glossary(), folder)
    fewer = dataclasses.replace(sample_glossary(), concepts=sample_glossary().concepts[:1])
    write_site(fewer, folder, force=True)
    assert len(list(folder.glob("entry-*.html"))) == 1
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "diary.txt").write_text("dear diary", encoding="utf-8")
    with pytest.raises(OutputError, match="replaces only its own sites"):
        write_site(sample_glossary(), precious, force=True)
    assert (precious / "diary.txt").exists()
    with pytest.raises(OutputError):
        write_site(sample_glossary(), tmp_path / "no" / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["precious", "site"]


def _browse(folder: Path, page: str, profile: Path) -> html.HtmlElement:
    assert CHROMIUM
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", f"file://{folder}/{page}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in done.stderr, done.stderr
    return html.fromstring(done.stdout)


#: Drives the page as a reader does and leaves what it saw in the page.
PROBE = """
const seen = {};
const input = document.querySelector("#query");
const type = (text) => { input.value = text; input.dispatchEvent(new Event("input")); };
const press = (key, at) => at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const heads = () => [...document.querySelectorAll("#results a")].map((link) => link.textContent);
for (const query of QUERIES) { type(query); seen[query] = heads(); }
type("最后一公里");
seen.hash = decodeURIComponent(location.hash);
press("/", document.body);
seen.slash = document.activeElement === input;
press("ArrowDown", input);
seen.down = document.activeElement.textContent;
press("ArrowUp", document.activeElement);
seen.up = document.activeElement === input;
press("Escape", input);
seen.escape = input.value + heads().length;
const out = document.createElement("pre");
out.id = "seen";
out.textContent = JSON.stringify(seen);
document.body.append(out);
"""

#: A query and the entry that must come first.
QUERIES = {
    "交通强县": "交通强县",
    "最后一公理": "最后一公里",
    "最後一公里": "最后一公里",
    "jiaotong qiangxian": "交通强县",
    "jiao1tong1": "交通强县",
    "zuìhòu yī gōnglǐ": "最后一公里",
    "zhyygl": "最后一公里",
    "jiaotongqiangxain": "交通强县",
    "strenght in transport": "交通强县",
    "last mile": "最后一公里",
    "LAST KILOMET": "最后一公里",
}


@pytest.mark.clients
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_search_finds_chinese_pinyin_traditional_and_english_with_typos(
    site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    probe = PROBE.replace("QUERIES", str(list(QUERIES)))
    (folder / "probe.js").write_text(probe, encoding="utf-8")
    index = folder / "index.html"
    loaded = '<script src="probe.js" defer></script></body>'
    index.write_text(index.read_text(encoding="utf-8").replace("</body>", loaded), encoding="utf-8")
    page = _browse(folder, "index.html", tmp_path / "profile")
    [text] = page.xpath('//*[@id="seen"]')
    seen = json.loads(text.text_content())
    assert {query: seen[query][:1] for query in QUERIES} == {
        query: [head] for query, head in QUERIES.items()
    }
    assert seen["hash"] == "#q=最后一公里"
    assert seen["slash"]
    assert seen["down"] == "最后一公里"
    assert seen["up"]
    assert seen["escape"] == "0"


@pytest.mark.clients
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_search_has_an_address_and_the_table_a_filter(site: Path, tmp_path: Path) -> None:
    page = _browse(site, "index.html#q=last%20mile", tmp_path / "profile")
    assert page.xpath('//*[@id="results"]//a/text()') == ["最后一公里"]
    assert page.xpath('//*[@id="found"]')[0].text_content() == "1 found"
    table = _browse(site, "table.html", tmp_path / "profile")
    assert table.xpath('//*[@id="shown"]')[0].text_content() == "3 of 3"
    assert len(table.xpath("//th/button")) == 7


#: Chooses values in the table's filters and leaves what it then showed in the page.
CHOOSE = """
const shown = () => [...document.querySelectorAll("tbody tr")].filter((row) => !row.hidden);
const seen = [];
for (const [column, value] of CHOICES) {
  const select = document.querySelector(`select[data-column="${column}"]`);
  select.value = value;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  seen.push([shown().length, document.querySelector("#shown").textContent]);
}
document.querySelectorAll("th button")[2].click();
seen.push(shown().map((row) => row.cells[2].textContent));
const out = document.createElement("pre");
out.id = "seen";
out.textContent = JSON.stringify(seen);
document.body.append(out);
"""


@pytest.mark.clients
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_table_is_filtered_by_choices_and_sorted(tmp_path: Path) -> None:
    first, second, third = sample_glossary().concepts
    glossary = dataclasses.replace(
        sample_glossary(),
        concepts=(dataclasses.replace(first, subject_field="economy"), second, third),
    )
    folder = tmp_path / "site"
    write_site(glossary, folder, language="zh")
    choices = [["5", "经济"], ["3", "首选"], ["5", ""]]
    probe = CHOOSE.replace("CHOICES", json.dumps(choices))
    (folder / "probe.js").write_text(probe, encoding="utf-8")
    file = folder / "table.html"
    loaded = '<script src="probe.js" defer></script></body>'
    file.write_text(file.read_text(encoding="utf-8").replace("</body>", loaded), encoding="utf-8")
    page = _browse(folder, "table.html", tmp_path / "profile")
    seen = json.loads(page.xpath('//*[@id="seen"]')[0].text_content())
    assert seen == [
        [1, "共 3 条，显示 1 条"],
        [1, "共 3 条，显示 1 条"],
        [3, "共 3 条，显示 3 条"],
        ["strategy to become strong in transport", "strength in transport", "the last mile"],
    ]


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    """Every text colour of the style sheets against every ground it may stand on."""
    marks = ("preferred", "admitted", "superseded", "deprecated", "machine", "unrated")
    sheets = {
        "site/site.css": (("ink", "quiet", "accent", "link", *marks), ("paper",)),
        "alignment.css": (("ink",), ("paper", "band", "low", "none", "lit", *marks)),
    }
    for name, (texts, grounds) in sheets.items():
        for block in re.findall(r":root \{(.*?)\}", resource(name), re.DOTALL):
            colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
            if "preferred" not in colours:
                continue  # the print style, black on white
            for text in texts:
                for ground in grounds:
                    assert _contrast(colours[text], colours[ground]) >= 4.5, (name, text, ground)


def _contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
