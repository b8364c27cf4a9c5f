"""What to build, from a command line or a project file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import UsageError
from glossary.texts import TextRequest, parse_request, unique_requests
from glossary.texts.project import PROJECT_FILE, load_project
from tmx.languages import EXCHANGE_TAGS, is_wellformed

__all__ = ["BuildRequest"]


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """The texts of a build and what the user says of the result.

    Attributes:
        languages: exchange codes that replace the default ones.
    """

    texts: tuple[TextRequest, ...]
    title: str
    languages: Mapping[str, str]

    @classmethod
    def from_arguments(
        cls, arguments: Sequence[str], *, title: str = "", languages: Sequence[str] = ()
    ) -> BuildRequest:
        """Return the request of a command line.

        Args:
            arguments: texts with what they are, or one project file, or nothing for the project
                file of the current folder.
            title: overrides the project's.
            languages: ``TAG=CODE``, overriding the project's.

        Raises:
            UsageError: nothing to build, or an argument cannot be understood.
            BadInputError: the project file is faulty.
        """
        codes = dict(_language(text) for text in languages)
        if not arguments and not Path(PROJECT_FILE).exists():
            raise UsageError(
                f"no texts, and no {PROJECT_FILE} in this folder",
                cure="name a Chinese text and its English renditions, or run tifa init",
            )
        if not arguments or (len(arguments) == 1 and _is_project(arguments[0])):
            project = load_project(Path(arguments[0] if arguments else PROJECT_FILE))
            return cls(project.texts, title or project.title, {**dict(project.languages), **codes})
        if len(arguments) == 1:
            raise UsageError(
                "one text alone cannot be aligned",
                place=arguments[0],
                cure="name a Chinese text and its English renditions, or a project file",
            )
        return cls(unique_requests(map(parse_request, arguments)), title, codes)


def _is_project(argument: str) -> bool:
    path = Path(argument)
    return path.suffix.lower() == ".toml" or path.is_dir()


def _language(text: str) -> tuple[str, str]:
    tag, _, code = text.partition("=")
    if tag not in EXCHANGE_TAGS or not is_wellformed(code):
        raise UsageError(
            f"--language {text!r} is not TAG=CODE",
            cure=f"TAG is {', '.join(EXCHANGE_TAGS)}; write for example en=en-GB",
        )
    return tag, code
