"""``aftercall snooze``: a promised call, or something else that was promised, is put off."""

import click

from aftercall.desk.app import App


@click.command()
@click.argument("call", metavar="ID")
@click.argument("when", metavar="WHEN", nargs=-1, required=True)
@click.option("--agreed", is_flag=True, help="They know: the new day was agreed with them.")
@click.pass_obj
def command(app: App, call: str, when: tuple[str, ...], agreed: bool) -> None:
    """Move a promised call, or another promise, to another day.

    Another promise is named by its id with a number, as 7f3a.1.

    ID is a piece of the memo's id, as `due` shows it, or the name of the contact, in quotes if it has more than one
    word. WHEN is ISO or as you would say it:

        aftercall snooze 7f3a tomorrow at ten

        aftercall snooze "Dana Whitfield" next Tuesday

    `due` shows how often a call was put off and since when, and how late it is still counts from the day that the
    contact expects it on, unless you say --agreed. A closed call is opened again, by its id. Exit code 2 for a day that
    is past or not understood, and where more than one call fits; 3 where none does.
    """
    from aftercall.desk.calendars import calendars_are_stale
    from aftercall.desk.lookup import call_for, task_for, team_call_for
    from aftercall.desk.typed_days import time_to_come
    from aftercall.desk.words import call_with, promise_to, short_day, team_call, times
    from memos.models import Promise
    from review.next_call import spell_out

    now = app.now()
    to = time_to_come(" ".join(when), now, app.settings.locale)
    assert to.date is not None
    with app.past_memos() as store:
        if task := task_for(store, call):
            if agreed or to.time:
                raise click.UsageError("What is no call has a day and no time, and --agreed is for calls.")
            moved_task = store.tasks.move(task, to.date)
            if moved_task.sequence == task.sequence:
                app.say(f"Nothing changed: {promise_to(task)}.")
                return
            calendars_are_stale(app)
            app.say(f"Moved: {promise_to(task)}, to {spell_out(to, now.date())}.")
            return
        if theirs := team_call_for(store, call):
            store.team.move(theirs.memo_id, Promise(to.date, to.time, None, to.heard), agreed=agreed)
            whose = team_call(theirs, store.team.names())
            app.say(f"Moved: {whose}, to {spell_out(to, now.date())}. It goes to the team with the next sync.")
            return
        before = call_for(store, call, app.say)
        after = store.calls.move(before, Promise(to.date, to.time, None, to.heard), agreed=agreed)
        [known] = store.calls.details([after.id])
    if after.sequence == before.sequence:
        app.say(f"Nothing changed: {call_with(after)}.")
        return
    calendars_are_stale(app)
    moved = "Moved" if before.state == "open" else "Opened again and moved"
    app.say(f"{moved}: {call_with(before)}, to {spell_out(to, now.date())}.")
    for note in to.notes:
        app.say(f"  {note}")
    for other in to.others:
        app.say(f"  or did you mean {spell_out(other, now.date())}?")
    if after.times_put_off and known.put_off_since:
        since = short_day(known.put_off_since.date(), now.date())
        app.say(f"It was put off {times(after.times_put_off)} since {since}.")
