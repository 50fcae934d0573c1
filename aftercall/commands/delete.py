"""``aftercall delete``: memos, or a person, with every trace."""

import sys

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError


@click.command()
@click.argument("memo_ids", metavar="[ID]...", nargs=-1)
@click.option("--contact", metavar="NAME", help="Everything about this contact: their record and all their memos.")
@click.option("--yes", is_flag=True, help="Do not ask. Needed where there is no terminal.")
@click.pass_obj
def command(app: App, memo_ids: tuple[str, ...], contact: str | None, yes: bool) -> None:
    """Delete memos for good, with every trace.

    Sound, text, what was heard, the promised call, the words in the search index and in the write-ahead log. A memo
    that is not confirmed yet can be deleted as well. ID may be shortened as in `show`. Shows what it would delete and
    asks first. There is no way back but a backup.
    """
    from aftercall.desk.deleting import delete, everything_about, in_words, memos_with

    if bool(memo_ids) == bool(contact):
        raise click.UsageError("Name either memos or --contact.")
    with app.any_store() as store:
        doomed = everything_about(store, contact) if contact else memos_with(app, store, memo_ids)
        app.say("To be deleted for good:")
        for line in in_words(store, doomed):
            app.say(f"  {line}")
        if not yes:
            _make_sure()
        delete(app, store, doomed)


def _make_sure() -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask at: --yes deletes without asking.")
    if not click.confirm("Delete?", default=False, err=True):
        raise FrontDoorError("Nothing was deleted.")
