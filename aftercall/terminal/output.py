"""Lists as tables, JSON, newline-delimited JSON, CSV or ids: the same choice in every command that lists."""

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

import click

from aftercall.desk.export.csv_text import csv_pieces
from aftercall.desk.export.json_text import json_array_pieces
from aftercall.desk.rows import Row
from ground.printable import printable

_AT_ONCE: Final = 100
"""Rows of a long table."""

_Command = TypeVar("_Command", bound=Callable[..., Any])

_FORMATS: Final = {
    "json": "A JSON array.",
    "nl": "JSON, one object a line.",
    "csv": "CSV with a header.",
    "csv-bom": "The same with a byte order mark, by which Excel knows that it is UTF-8.",
    "ids": "The ids alone, one a line.",
}


def format_options(command: _Command) -> _Command:
    """The options --json, --nl, --csv, --csv-bom and --ids, as the parameter ``form`` (None: a table)."""
    for name, explanation in reversed(_FORMATS.items()):
        command = click.option(f"--{name}", "form", flag_value=name, default=None, help=explanation)(command)
    return command


def write_rows(rows: Sequence[Row], form: str | None, table: Callable[[Sequence[Row]], None]) -> None:
    """Write ``rows`` to standard output in the form asked for, or as a table."""
    if form is not None:
        stream_rows(rows, form)
    elif rows:
        table(rows)


def stream_rows(rows: Iterable[Row], form: str) -> None:
    """Write ``rows`` to standard output in the form asked for, each as it is taken."""
    if form == "json":
        for piece in json_array_pieces(rows, ascii_only=not _writes_utf8()):
            click.echo(piece, nl=False)
        click.echo()
    elif form == "nl":
        for row in rows:
            write_json(row, indent=None)
    elif form == "ids":
        for row in rows:
            click.echo(row["id"])
    else:
        pieces = csv_pieces(rows)
        first = next(pieces)
        write_data(f"\ufeff{first}" if first and form == "csv-bom" else first)
        for piece in pieces:
            write_data(piece)


def write_json(value: Any, *, indent: int | None = 2) -> None:
    """Write ``value`` to standard output as :func:`json_text`."""
    click.echo(json_text(value, indent=indent))


def json_text(value: Any, *, indent: int | None = None) -> str:
    """``value`` as JSON: in its own characters where standard output makes UTF-8 of them, else escaped as JSON has it
    (RFC 8259, 8.1)."""
    return json.dumps(value, ensure_ascii=not _writes_utf8(), indent=indent)


def write_data(text: str) -> None:
    """Write a text for another program to standard output: UTF-8, whatever this terminal's encoding is."""
    if sys.stdout.isatty() or _writes_utf8():
        click.echo(text, nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _writes_utf8() -> bool:
    return codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"


def print_long_table(columns: Iterable[tuple[str, dict[str, Any]]], rows: Iterable[Sequence[Any]]) -> None:
    """The same as `print_table`, with the rows taken a screenful or two at a time: not all of them need be in memory.
    Each column says its width, but one that takes the rest."""
    columns = list(columns)
    assert all("width" in style or "ratio" in style for _, style in columns)
    rest = iter(rows)
    headed = True
    while some := list(islice(rest, _AT_ONCE)):
        print_table(columns, some, headed=headed)
        headed = False


def print_table(
    columns: Iterable[tuple[str, dict[str, Any]]], rows: Iterable[Sequence[Any]], *, headed: bool = True
) -> None:
    """Print a table that fits the terminal; ``columns`` are headings with what rich.table takes for each."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    columns = list(columns)
    # A column with a ratio takes what the others leave.
    takes_the_rest = any("ratio" in style for _, style in columns)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=takes_the_rest, show_header=headed)
    for heading, style in columns:
        table.add_column(heading, **style)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else printable(str(cell)) for cell in row))
    console().print(table)


def print_entry(heading: str, *lines: str) -> None:
    """Print an entry of a list: its heading, which is never cut, and lines below it that are, at the edge."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    below = (Text(printable(line), no_wrap=True, overflow="ellipsis") for line in lines)
    console().print(
        Group(Text(printable(heading), style="bold"), *(Padding(line, (0, 0, 0, 2), expand=False) for line in below))
    )


def console() -> Any:
    """Standard output for people: as wide as the terminal, or 120 columns where it is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 120
    return Console(highlight=False, width=width, markup=False, emoji=False)
