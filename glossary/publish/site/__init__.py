"""A glossary as a folder of web pages that open from anywhere, a disk included."""

from glossary.publish.site.writer import write_site

__all__ = ["write_site"]
