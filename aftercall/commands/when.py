"""``aftercall when``: which next call would be read from these words."""

import json
from datetime import datetime

import click

from aftercall.app import App
from aftercall.errors import NothingFound
from aftercall.types import MOMENT


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--spoken-at", type=MOMENT, help="When it was said, as ISO 8601. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(app: App, text: tuple[str, ...], spoken_at: datetime | None, as_json: bool) -> None:
    """Say which next call would be read from TEXT.

    Nothing is stored. For example:

        aftercall when "I'll call her next Tuesday at half past two"

    Exit code 3 where TEXT holds no next call.
    """
    from review.next_call import find_next_call, spell_out, to_json

    moment = spoken_at or app.now()
    found = find_next_call(" ".join(text), moment, locale=app.settings.locale)
    if as_json:
        click.echo(json.dumps(to_json(found), ensure_ascii=False))
    elif found is not None:
        day = spell_out(found, moment.date()) if found.date else "no day"
        click.echo(f"{day}, heard: “{found.heard}”" + (" (ambiguous)" if found.ambiguous else ""))
        for note in found.notes:
            click.echo(f"  {note}")
        for other in found.others:
            click.echo(f"  or {spell_out(other, moment.date())}")
    if found is None:
        raise NothingFound("No next call in these words.")
