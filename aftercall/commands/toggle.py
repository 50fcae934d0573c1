"""``aftercall toggle``: begin a recording, or end the one that is running, from anywhere."""

import click

from aftercall.commands.contact_options import NUMBER, hint
from aftercall.desk.app import App


@click.command()
@click.option("--contact", metavar="NAME", help="Whom the call was with.")
@click.option("--number", type=NUMBER, metavar="NUMBER", help="The number that the call was with.")
@click.pass_obj
def command(app: App, contact: str | None, number: str | None) -> None:
    """Begin a recording, or end the one that is running.

    For a hotkey, a headset's button, a softphone's hook: it needs no terminal. A recording that is running, in whatever
    window, ends as with Enter. Else one begins: with `watch` where that is running, in a new terminal where it is not.
    """
    from aftercall.desk.companion.toggling import toggle

    app.say(toggle(app, hint(app, contact, number)))
