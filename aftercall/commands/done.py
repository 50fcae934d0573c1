"""``aftercall done``: a call was made, though no memo says so."""

import click

from aftercall.desk.app import App


@click.command()
@click.argument("call", metavar="ID", nargs=-1, required=True)
@click.pass_obj
def command(app: App, call: tuple[str, ...]) -> None:
    """Tick off a promised call that was made.

    ID is a piece of the memo's id, as `due` shows it, or the name of the contact:

        aftercall done 7f3a

        aftercall done Dana Whitfield

    You need it only for a call without a memo: confirming a memo about the contact ticks off what was promised to them
    before. Exit code 2 where more than one call fits, 3 where none does.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import call_for
    from aftercall.desk.next_step_left import next_step_left
    from aftercall.desk.words import call_with

    with app.past_memos() as store:
        follow_up = store.calls.close(call_for(store, " ".join(call), app.say), "done")
        calendars_are_stale(app)
        app.say(f"Done: {call_with(follow_up)}.")
        app.say(next_step_left(store, follow_up, app.settings.buried_after))
