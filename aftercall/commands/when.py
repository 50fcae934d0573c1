"""``aftercall when``: which next call would be read from these words."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from aftercall.commands.types import MOMENT
from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import write_json

if TYPE_CHECKING:
    from review.next_call import DateFound, NextCall


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--spoken-at", type=MOMENT, help="When it was said, as ISO 8601. Default: now.")
@click.option(
    "--explain", "explained", is_flag=True, help="Each date found, what it means, and why it is the one or not."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(app: App, text: tuple[str, ...], spoken_at: datetime | None, explained: bool, as_json: bool) -> None:
    """Say which next call would be read from TEXT.

    Nothing is stored. For example:

        aftercall when "I'll call her next Tuesday at half past two"

    With --json and --explain the dates found stand under "dates". Exit code 3 where TEXT holds no next call.
    """
    from review.next_call import explain, find_next_call, to_json, to_json_found

    moment = spoken_at or app.now()
    words, locale = " ".join(text), app.settings.locale
    found = find_next_call(words, moment, locale=locale)
    dates = explain(words, moment, locale=locale) if explained else []
    if as_json:
        listed = {"dates": [to_json_found(one) for one in dates]} if explained else {}
        write_json({**to_json(found), **listed}, indent=None)
    else:
        _print(found, dates, moment.date())
    if found is None:
        raise NothingFound("No next call in these words.")


def _print(found: "NextCall | None", dates: list["DateFound"], today: date) -> None:
    from ground.printable import printable
    from review.next_call import ITS_TIME, spell_loosely, spell_out

    if found is not None:
        click.echo(f"{spell_out(found, today)}, heard: “{printable(found.heard)}”" + " (ambiguous)" * found.ambiguous)
        for note in filter(None, (spell_loosely(found), *found.notes)):
            click.echo(f"  {note}")
        for other in found.others:
            heard = f", heard: “{printable(other.heard)}”" if other.heard else ""
            click.echo(f"  or {spell_out(other, today)}{heard}")
    for one in dates:
        verdict = "the next call" if one.chosen or one.reason == ITS_TIME else "not it"
        doubt = " (ambiguous)" if one.ambiguous else ""
        click.echo(f"“{printable(one.heard)}”: {spell_out(one, today)}{doubt}")
        click.echo(f"    {verdict}: {one.reason}")
