"""Parse XML from strangers: no DTD, no entity, no network."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from glossary.errors import BadInputError

__all__ = ["parse_xml"]


def parse_xml(data: bytes, path: Path) -> etree._Element:
    """Return the root element of an XML file.

    Raises:
        BadInputError: it is not well formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadInputError(
            f"is not well-formed XML: {error.msg}", place=path, line=error.lineno
        ) from error
