"""The options that narrow a list of memos, the same in every command that has them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from aftercall.types import PAST_DAY

_Command = TypeVar("_Command", bound=Callable[..., Any])


def filter_options(command: _Command) -> _Command:
    """--contact, --company, --since, --until and --limit."""
    options = [
        click.option("--contact", metavar="NAME", help="Only memos about a contact of that name."),
        click.option("--company", metavar="NAME", help="Only memos about a contact of that company."),
        click.option("--since", type=PAST_DAY, help="Only memos spoken on that day or later (ISO, or in words)."),
        click.option("--until", type=PAST_DAY, help="Only memos spoken on that day or earlier."),
        click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most."),
    ]
    for option in reversed(options):
        command = option(command)
    return command
