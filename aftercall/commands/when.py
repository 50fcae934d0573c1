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
@click.argument("text", nargs=-1)
@click.option("--spoken-at", type=MOMENT, help="When it was said, as ISO 8601. Default: now.")
@click.option(
    "--explain", "explained", is_flag=True, help="Each date found, what it means, and why it is the one or not."
)
@click.option("--score", "scored", is_flag=True, help="How often what was offered was right, over your own memos.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(
    app: App, text: tuple[str, ...], spoken_at: datetime | None, explained: bool, scored: bool, as_json: bool
) -> None:
    """Say which next call is read from TEXT, or score the reading.

    Nothing is stored. For example:

        aftercall when "I'll call her next Tuesday at half past two"

    With --json and --explain the dates found stand under "dates". With --score, without TEXT: how often the first
    reading was what you confirmed, and how often it was among those offered. Exit code 3 where TEXT holds no next
    call, or no memo says what was offered.
    """
    if bool(text) == scored:
        raise click.UsageError("Give a text to read, or --score, and not both.")
    if scored:
        _score(app, as_json)
        return
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


def _score(app: App, as_json: bool) -> None:
    from dataclasses import asdict

    with app.past_memos() as store:
        score = store.call_score()
    if as_json:
        write_json(asdict(score))
    elif score.memos:
        click.echo(f"Over {score.memos} memos:" if score.memos > 1 else "Over one memo:")
        for count, what in (
            (score.first, "the first reading was right"),
            (score.first_day, "its day was"),
            (score.among, "one of those offered was"),
            (score.doubtful, "it was shown as in doubt"),
            (score.sure_and_wrong, "it was shown as sure, and was not right"),
            (score.declined, "a day was offered, and none set"),
        ):
            click.echo(f"  {count:5} {count / score.memos:6.1%}  {what}")
    if not score.memos:
        raise NothingFound("No memo says yet what was offered.")


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
        if one.probability is not None:
            facts = f", for it: {printable('; '.join(one.weighed))}" if one.weighed and one.probability >= 0.01 else ""
            click.echo(f"    second reader: {one.probability:.0%}{facts}")
        if one.right is not None:
            speaks_for, against = (printable("; ".join(facts)) for facts in one.swayed)
            told = f", for it: {speaks_for}" * bool(speaks_for) + f", against it: {against}" * bool(against)
            click.echo(f"    right as it stands: {one.right:.0%}{told}")
