"""Real programs read the glossaries that tifa writes; and they notice when a file is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from xliff_schemas import xliff2_schema

from glossary.model import AdministrativeStatus, Concept, Glossary, Term
from tmx import csv_table, omegat, po, tbx2, utx, xliff2

pytestmark = pytest.mark.clients

PREFERRED = AdministrativeStatus.PREFERRED
GLOSSARY = Glossary(
    (
        Concept(
            "c1",
            (
                Term("网络强国", "zh-Hans", status=PREFERRED),
                Term("strong cyber country", "en", status=PREFERRED),
                Term("cyber power", "en", status=AdministrativeStatus.ADMITTED),
                Term("network great power", "en", status=AdministrativeStatus.DEPRECATED),
            ),
            definition="A country that is strong in its networks.",
        ),
        Concept("c2", (Term("#号 & <钉子>", "zh-Hans"), Term('"nail" \\ spirit', "en"))),
    ),
    title="Probe",
)
PAIRS = [
    ("网络强国", "strong cyber country"),
    ("网络强国", "cyber power"),
    ("#号 & <钉子>", '"nail" \\ spirit'),
]


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def read_by_omegat(path: Path) -> list[tuple[str, str]]:
    """Return the pairs that OmegaT's own glossary reader finds in a file."""
    program("omegat")
    jar = Path("/usr/share/omegat/OmegaT.jar")
    if not jar.exists():
        pytest.skip("OmegaT's jar is not where Debian puts it")
    done = subprocess.run(
        [
            program("java"),
            "-Djava.awt.headless=true",
            "-cp",
            f"{jar}:/usr/share/java/*",
            str(Path(__file__).with_name("OmegatGlossary.java")),
            str(path),
            str(path.parent),
            str(path.parent),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line]
    return [(row[0], target) for row in rows for target in row[1].split("|")]


def test_omegat_reads_its_glossary(tmp_path: Path) -> None:
    path = tmp_path / "g.utf8.txt"
    omegat.dump(GLOSSARY, path)
    assert [(source.strip(), target) for source, target in read_by_omegat(path)] == PAIRS
    path.write_text(path.read_text("utf-8").replace("\t", ","), "utf-8")
    assert read_by_omegat(path) == []


def test_omegat_reads_tbx(tmp_path: Path) -> None:
    path = tmp_path / "g.tbx"
    tbx2.dump(GLOSSARY, path)
    assert sorted(read_by_omegat(path)) == sorted(PAIRS)
    path.write_text(path.read_text("utf-8").replace("</tig>", ""), "utf-8")
    assert read_by_omegat(path) == []


LOKALIZE = """[General]
LangCode=zh_CN
SourceLangCode=en_US
TargetLangCode=zh_CN
ProjectID=probe
PoBaseDir=./po
PotBaseDir=./po
GlossaryTbx=./terms.tbx
"""
PROBE = """msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "We speak of a strong cyber country today."
msgstr ""

msgid "We speak of a nail spirit today."
msgstr ""
"""


def inserted_by_lokalize(glossary: Path, folder: Path) -> str:
    """Let Lokalize insert what its glossary pane offers; return the PO file it saved."""
    for name in ("lokalize", "xvfb-run", "dbus-run-session", "qdbus", "xdotool", "openbox"):
        program(name)
    for name in ("po", "home/.config"):
        (folder / name).mkdir(parents=True)
    # Without a name Lokalize asks for one in a dialogue before it does anything.
    (folder / "home" / ".config" / "lokalizerc").write_text(
        "[Identity]\nauthorName=Probe\nauthorLocalizedName=Probe\nauthorEmail=p@localhost\n",
        "utf-8",
    )
    (folder / "home").chmod(0o700)
    (folder / "index.lokalize").write_text(LOKALIZE, "utf-8")
    (folder / "po" / "probe.po").write_text(PROBE, "utf-8")
    shutil.copy(glossary, folder / "terms.tbx")
    script = Path(__file__).with_name("lokalize.sh")
    subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", "bash", str(script), str(folder), "2"],
        capture_output=True,
        timeout=180,
        check=False,
    )
    return (folder / "po" / "probe.po").read_text("utf-8")


def test_lokalize_offers_the_terms_of_tbx(tmp_path: Path) -> None:
    nail = Concept("c2", (Term("钉钉子精神", "zh-Hans"), Term("nail spirit", "en")))
    path = tmp_path / "g.tbx"
    tbx2.dump(Glossary((GLOSSARY.concepts[0], nail)), path)
    saved = inserted_by_lokalize(path, tmp_path / "sound")
    assert 'msgstr "网络强国"' in saved
    assert 'msgstr "钉钉子精神"' in saved
    path.write_text(path.read_text("utf-8").replace("</tig>", ""), "utf-8")
    assert "网络强国" not in inserted_by_lokalize(path, tmp_path / "broken")


def test_gettext_compiles_po(tmp_path: Path) -> None:
    path = tmp_path / "g.po"
    po.dump(GLOSSARY, path)
    check = [program("msgfmt"), "--check-format", "--check-domain", "-o", "/dev/null", str(path)]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0
    # Without its context the second rendering is a duplicate definition.
    path.write_text(re.sub(r"msgctxt .*\n", "", path.read_text("utf-8")), "utf-8")
    assert subprocess.run(check, capture_output=True, check=False).returncode != 0


class TestTranslateToolkit:
    """The library that Weblate's importers and Virtaal read glossaries with."""

    def test_po(self, tmp_path: Path) -> None:
        from translate.storage.pypo import pofile

        po.dump(GLOSSARY, tmp_path / "g.po")
        store = pofile.parsefile(str(tmp_path / "g.po"))
        assert [(u.source, u.target) for u in store.units if u.source] == PAIRS
        assert store.gettargetlanguage() == "en_US"
        path = tmp_path / "g.po"
        path.write_text(path.read_text("utf-8").replace("msgstr", "msgstring"), "utf-8")
        with pytest.raises(ValueError, match="Syntax error"):
            pofile.parsefile(str(path))

    def test_tbx(self, tmp_path: Path) -> None:
        from translate.storage.tbx import tbxfile

        path = tmp_path / "g.tbx"
        tbx2.dump(GLOSSARY, path)
        units = tbxfile.parsefile(str(path)).units
        assert [(u.source, u.target) for u in units] == [PAIRS[0], PAIRS[2]]
        path.write_text(path.read_text("utf-8").replace("</tig>", ""), "utf-8")
        with pytest.raises((etree.XMLSyntaxError, ValueError)):
            tbxfile.parsefile(str(path))

    def test_csv(self, tmp_path: Path) -> None:
        path = tmp_path / "g.csv"
        csv_table.dump(GLOSSARY, path)
        assert PAIRS[0] in self._csv_pairs(path)
        path.write_text(path.read_text("utf-8-sig").replace(",", " "), "utf-8")
        assert PAIRS[0] not in self._csv_pairs(path)

    @staticmethod
    def _csv_pairs(path: Path) -> list[tuple[str, str]]:
        from translate.storage.csvl10n import csvfile

        store = csvfile(fieldnames=["source", "target"])
        store.parse(path.read_bytes().decode("utf-8-sig").encode())
        return [(unit.source, unit.target) for unit in store.units]

    def test_utx(self, tmp_path: Path) -> None:
        from translate.storage.base import ParseError

        path = tmp_path / "g.utx"
        utx.dump(Glossary(GLOSSARY.concepts[:1]), path)
        assert set(PAIRS[:2]) <= set(self._utx_pairs(path))
        path.write_text(path.read_text("utf-8").replace("\t", " "), "utf-8")
        with pytest.raises(ParseError):
            self._utx_pairs(path)

    @staticmethod
    def _utx_pairs(path: Path) -> list[tuple[str, str]]:
        from translate.storage.utx import UtxFile

        return [(unit.source, unit.target) for unit in UtxFile.parsefile(str(path)).units]


@pytest.mark.shared
def test_xliff_is_valid(tmp_path: Path) -> None:
    """Against the schemas of the core and of the glossary module, and their rule on entries."""
    schema = xliff2_schema(tmp_path)
    path = tmp_path / "g.xlf"
    xliff2.dump(GLOSSARY, path)
    tree = etree.parse(path)
    assert schema.validate(tree), schema.error_log
    module = "{urn:oasis:names:tc:xliff:glossary:2.0}"
    for entry in tree.iter(f"{module}glossEntry"):
        assert entry.find(f"{module}translation") is not None or entry.find(f"{module}definition")
    path.write_text(path.read_text("utf-8").replace("gls:term>", "gls:trem>"), "utf-8")
    assert not schema.validate(etree.parse(path))
