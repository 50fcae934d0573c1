"""``aftercall done``: a call was made, though no memo says so."""

import click

from aftercall.app import App


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
    from aftercall.calendars import calendars_are_stale
    from aftercall.shown import call_with
    from aftercall.step import next_step_left
    from aftercall.whom import call_for

    with app.past_memos() as store:
        follow_up = store.calls.close(call_for(store, " ".join(call), app.say), "done")
        calendars_are_stale(app)
        app.say(f"Done: {call_with(follow_up)}.")
        app.say(next_step_left(app, store, follow_up))
