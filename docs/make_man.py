"""Writes the manual pages in docs/man from the program's own help, as docs/commands.md is.

`make readme` runs it; a test fails when the pages are not what it would write.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from aftercall.cli import cli
from aftercall.desk.errors import EXIT_CODES

HERE: Final = Path(__file__).parent / "man"
_MANUAL: Final = "aftercall manual"


def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    return {f"{name.replace(' ', '-')}.1": page for name, page in _pages(cli, None, "aftercall")}


def _pages(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name, parent=parent)
    yield context.command_path, _page(command, context)
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            assert found is not None
            yield from _pages(found, context, sub)


def _page(command: click.Command, context: click.Context) -> str:
    path = context.command_path
    listed = (each for each in command.get_params(context) if isinstance(each, click.Option))
    options = [record for each in listed if (record := each.get_help_record(context))]
    lines = [
        f'.TH "{path.replace(" ", "-").upper()}" 1 "" "" "{_MANUAL}"',
        ".SH NAME",
        f"{_text(path.replace(' ', '-'))} \\- {_text(command.get_short_help_str(limit=200))}",
        ".SH SYNOPSIS",
        f".B {_text(path)}",
        _text(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        *_paragraphs(command.help or ""),
        ".SH OPTIONS",
        *(line for names, what in options for line in (".TP", f".B {_text(names)}", _text(what))),
    ]
    if isinstance(command, click.Group):
        lines.append(".SH COMMANDS")
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            lines += [".TP", f".BR {_text(path.replace(' ', '-'))}-{_text(name)} (1)"]
            lines.append(_text(found.get_short_help_str(limit=200)))
    if context.parent is None:
        lines.append(".SH EXIT STATUS")
        lines += [line for code, what in EXIT_CODES.items() for line in (".TP", f".B {code}", _text(what))]
    else:
        lines += [".SH SEE ALSO", f".BR {_text(context.parent.command_path.replace(' ', '-'))} (1)"]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a help; one that is indented is an example, and stays as it is."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        yield ".PP"
        if paragraph.startswith("    "):
            yield from (".nf", *(_text(line) for line in paragraph.splitlines()), ".fi")
        else:
            yield _text(" ".join(paragraph.split()))


def _text(text: str) -> str:
    """For groff: a backslash and a hyphen stand for themselves, and no line begins a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, page in pages().items():
        (HERE / name).write_text(page, "utf-8")
