"""The schemas of XLIFF 2.0 that the shared folder holds, as one."""

from __future__ import annotations

import re
from pathlib import Path

from corpora import shared_dir
from lxml import etree

__all__ = ["xliff2_schema"]


def xliff2_schema(folder: Path) -> etree.XMLSchema:
    """Return the schema of the core with the glossary module; parts are written to ``folder``.

    Other modules are let pass, as the core asks (it looks at elements of other names laxly).
    """
    schemas = shared_dir() / "schemas"
    core = (schemas / "xliff" / "xliff_core_2.0.xsd").read_text("utf-8")
    location = (schemas / "tmx" / "xml.xsd").as_uri()
    core = re.sub(
        r'(<xs:import namespace="http://www.w3.org/XML/1998/namespace")[^>]*>',
        rf'\1 schemaLocation="{location}"/>',
        core,
        count=1,
    )
    core = core.replace("</xs:import>", "", 1) if "</xs:import>" in core else core
    (folder / "core.xsd").write_text(core, "utf-8")
    (folder / "all.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0" schemaLocation="core.xsd"/>'
        '<xs:import namespace="urn:oasis:names:tc:xliff:glossary:2.0" '
        f'schemaLocation="{(schemas / "xliff" / "glossary.xsd").as_uri()}"/></xs:schema>',
        "utf-8",
    )
    return etree.XMLSchema(etree.parse(folder / "all.xsd"))
