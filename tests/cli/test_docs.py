"""docs/commands.md and the commands say the same."""

import re
import subprocess
import sys
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from glossary.cli.main import VERBS, application

#: Each verb's command, of a class that typer does not name in public, and its section.
Commands = dict[str, tuple[Any, str]]


def section(text: str, verb: str) -> str:
    match = re.search(rf"^## tifa {verb}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"docs/commands.md has no section '## tifa {verb}'"
    return match[1]


@pytest.fixture(scope="module")
def commands(request: pytest.FixtureRequest) -> Commands:
    text = (request.config.rootpath / "docs" / "commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(application(VERBS))
    assert isinstance(group, TyperGroup)
    return {verb: (group.commands[verb], section(text, verb)) for verb in VERBS}


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_documented_and_exists(commands: Commands, verb: str) -> None:
    command, text = commands[verb]
    options = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
    existing = {name for name in options if name.startswith("-")} - {"--help", "-h"}
    table = {
        name
        for row in re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)
        for name in re.findall(r"(?<![\w-])--?[a-z][\w-]*", row)
    }
    assert table == existing


@pytest.mark.parametrize("verb", VERBS)
def test_the_summary_line_is_the_commands_own(commands: Commands, verb: str) -> None:
    command, text = commands[verb]
    assert " ".join(command.help.split("\n\n")[0].split()) in " ".join(text.split())


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_shown_at_work(commands: Commands, verb: str) -> None:
    assert re.search(rf"```\n\$ tifa {verb}\b.*?\n[^$]", commands[verb][1], re.DOTALL)


def test_the_documents_show_real_output(request: pytest.FixtureRequest) -> None:
    root = request.config.rootpath
    documents = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    script = root / "scripts" / "update_docs.py"
    run = subprocess.run(
        [sys.executable, script, "--check", *documents], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
