"""``aftercall done``: a call was made, though no memo says so; or something else that was promised is done."""

import click

from aftercall.desk.app import App


@click.command()
@click.argument("call", metavar="ID", nargs=-1, required=True)
@click.pass_obj
def command(app: App, call: tuple[str, ...]) -> None:
    """Tick off a promised call that was made, or another promise.

    ID is a piece of the memo's id, as `due` shows it, or the name of the contact:

        aftercall done 7f3a

        aftercall done Dana Whitfield

    What you promised besides calls has an id with a number, as 7f3a.1, and is ticked off by that alone.

    A call that a colleague has promised is ticked off by its id, and your team sees that it was you.

    Of calls you need it only for one without a memo: confirming the memo of a talk with the contact ticks off the call
    that was promised to them before. Exit code 2 where more than one call fits, 3 where none does.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import call_for, task_for, team_call_for
    from aftercall.desk.next_step_left import next_step_left
    from aftercall.desk.team_calls import close_team_call
    from aftercall.desk.words import call_with, promise_to

    words = " ".join(call)
    with app.past_memos() as store:
        if task := task_for(store, words):
            app.say(f"Done: {promise_to(store.tasks.close(task, 'done'))}.")
            calendars_are_stale(app)
            return
        if theirs := team_call_for(store, words):
            for line in close_team_call(store, theirs, "done"):
                app.say(line)
            return
        follow_up = store.calls.close(call_for(store, words, app.say), "done")
        calendars_are_stale(app)
        app.say(f"Done: {call_with(follow_up)}.")
        app.say(next_step_left(store, follow_up, app.settings.buried_after))
