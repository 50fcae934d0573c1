"""``aftercall cancel``: a promised call will not be made, or something else that was promised not be done."""

import click

from aftercall.desk.app import App


@click.command()
@click.argument("call", metavar="ID", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="Why; the brief shows it.")
@click.option("--for-good", is_flag=True, help="Bring the contact up no more, until you speak with them again.")
@click.pass_obj
def command(app: App, call: tuple[str, ...], reason: str | None, for_good: bool) -> None:
    """Cancel a promised call, or another promise.

    Another promise is named by its id with a number, as 7f3a.1.

    ID is a piece of the memo's id, as `due` shows it, or the name of the contact:

        aftercall cancel 7f3a --reason "they signed elsewhere"

    A contact without a next step comes up as buried in `due` when the setting buried_after has gone by, since a no of
    today is not one for ever. With --for-good they do not; then it does not matter whether a call is open. Exit code 2
    where more than one call or contact fits, 3 where none does.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import call_for, contact_for, task_for, team_call_for
    from aftercall.desk.next_step_left import next_step_left
    from aftercall.desk.team_calls import close_team_call
    from aftercall.desk.words import call_with, promise_to, who

    words = " ".join(call)
    with app.past_memos() as store:
        calendars_are_stale(app)
        if task := task_for(store, words):
            if reason or for_good:
                raise click.UsageError("--reason and --for-good are for calls.")
            app.say(f"Cancelled: {promise_to(store.tasks.close(task, 'cancelled'))}.")
            return
        if not for_good and (theirs := team_call_for(store, words)):
            for line in close_team_call(store, theirs, "cancelled", reason):
                app.say(line)
            return
        if not for_good:
            follow_up = store.calls.close(call_for(store, words, app.say), "cancelled", reason)
            app.say(f"Cancelled: {call_with(follow_up)}.")
            app.say(next_step_left(store, follow_up, app.settings.buried_after))
            return
        contact = contact_for(store, words, app.say)
        for follow_up in store.calls.let_rest(contact.id, reason):
            app.say(f"Cancelled: {call_with(follow_up)}.")
        app.say(f"{who(contact)} will not come up again, until you speak with them.")
