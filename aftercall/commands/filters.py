"""The options that narrow a list of memos, the same in every command that has them."""

import functools
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from aftercall.commands.types import DAY, OUTCOME, PAST_DAY

if TYPE_CHECKING:
    from memos.outcomes import Outcome

_OPTIONS = (
    click.option("--contact", metavar="NAME", help="Only memos about a contact of that name."),
    click.option("--company", metavar="NAME", help="Only memos about a contact of that company."),
    click.option("--since", type=PAST_DAY, help="Only memos spoken on that day or later (ISO, or in words)."),
    click.option("--until", type=PAST_DAY, help="Only memos spoken on that day or earlier."),
    click.option("--due", type=DAY, help="Only memos whose promised call is open, and due on that day or earlier."),
    click.option(
        "--next-call/--no-next-call", default=None, help="Only memos in which a next call was agreed, or none was."
    ),
    click.option(
        "--outcome",
        "outcomes",
        type=OUTCOME,
        multiple=True,
        help="Only memos of calls of which this became: reached, they-called, voicemail, no-answer, gatekeeper, "
        "wrong-number or no-call. May be given more than once.",
    ),
    click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most."),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a memo must be, as the parameter ``filters``, and --limit."""

    @functools.wraps(command)
    def with_filters(
        *args: Any,
        contact: str | None,
        company: str | None,
        since: date | None,
        until: date | None,
        due: date | None,
        next_call: bool | None,
        outcomes: tuple["Outcome", ...],
        **others: Any,
    ) -> Any:
        from memos.search import Filters

        return command(*args, filters=Filters(contact, company, since, until, due, next_call, outcomes), **others)

    for option in reversed(_OPTIONS):
        option(with_filters)
    return with_filters
