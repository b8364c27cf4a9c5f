"""A translation held against a termbase."""

from glossary.check.checking import check
from glossary.check.findings import Checked, Code, Finding, Report, Severity, Usage

__all__ = ["Checked", "Code", "Finding", "Report", "Severity", "Usage", "check"]
