"""``aftercall jot``: a memo that is typed, when there is no time to speak."""

import sys

import click

from aftercall.commands.contact_options import NUMBER, hint
from aftercall.desk.app import App


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--contact", metavar="NAME", help="Whom the call was with (offered when you read the memo).")
@click.option("--number", type=NUMBER, metavar="NUMBER", help="The number that the call was with.")
@click.pass_obj
def command(app: App, text: tuple[str, ...], contact: str | None, number: str | None) -> None:
    """Put typed words into the inbox.

    They wait there like a spoken memo, to be read and confirmed, and their dates count from now:

        aftercall jot "Dana wants the quote by Friday, call her Monday at ten"

    With - in their place they are read from standard input.
    """
    from aftercall.desk.typed import add_typed

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    recording = add_typed(app.inbox, words, app.now(), app.settings.language or "en", hint(app, contact, number))
    click.echo(recording.id)
