"""Writes what the code says of itself into README.md and docs/commands.md, between marks that name the part.

`make readme` runs it; a test fails when the pages are not what it would write.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Final

import click

from aftercall.cli import cli
from aftercall.commands import COMMANDS
from aftercall.desk.errors import EXIT_CODES
from aftercall.desk.settings import Settings

HERE: Final = Path(__file__).parent
README: Final = HERE.parent / "README.md"
COMMAND_PAGE: Final = HERE / "commands.md"


def commands() -> str:
    """The list of commands, as ``aftercall --help`` prints it."""
    return _block(cli.get_help(click.Context(cli, info_name="aftercall", max_content_width=100)))


def settings() -> str:
    """The settings as a table. Defaults that differ from system to system are named, not shown."""
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for item in fields(Settings):
        value = item.default
        if value is MISSING:
            # What asks the system has a name of its own; what only makes a list has none.
            asks = item.default_factory.__name__.startswith("_")
            value = None if asks else item.default_factory()
        default = "from the system" if value is None else f"`{json.dumps(value)}`" if value not in ([], {}) else "none"
        rows.append(f"| `{item.name}` | {default} | {item.metadata['help']} |")
    return "\n".join(rows)


def exit_codes() -> str:
    """The exit codes as a table."""
    return "\n".join(["| code | means |", "|---|---|", *(f"| {code} | {text} |" for code, text in EXIT_CODES.items())])


def command_page() -> str:
    """The help of every command."""
    parent = click.Context(cli, info_name="aftercall", max_content_width=100)
    parts = ["# Commands", "", "Made by `make readme` from the program's own help.", ""]
    for name in COMMANDS:
        command = cli.get_command(parent, name)
        assert command is not None
        parts += _help_of(command, click.Context(command, info_name=name, parent=parent, max_content_width=100))
    return "\n".join(parts)


def _help_of(command: click.Command, context: click.Context) -> list[str]:
    parts = [f"## {context.command_path}", "", _block(command.get_help(context)), ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            sub = command.get_command(context, name)
            assert sub is not None
            parts += _help_of(sub, click.Context(sub, info_name=name, parent=context, max_content_width=100))
    return parts


def _block(text: str) -> str:
    return f"```text\n{text}\n```"


PARTS: Final[dict[str, Callable[[], str]]] = {"commands": commands, "settings": settings, "exit codes": exit_codes}


def filled(page: str) -> str:
    """``page`` with each generated part between its marks made anew."""
    for name, make in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            sys.exit(f"README.md has no part marked {name!r}.")
        page = before + begin + make() + end + after
    return page


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
    COMMAND_PAGE.write_text(command_page(), "utf-8")
