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
    from aftercall.desk.putting_off import put_off, put_off_task
    from aftercall.desk.team_calls import put_off_team_call
    from aftercall.desk.typed_days import time_to_come

    now = app.now()
    to = time_to_come(" ".join(when), now, app.settings.locale)
    with app.past_memos() as store:
        if task := task_for(store, call):
            if agreed:
                raise click.UsageError("--agreed is for calls.")
            lines = put_off_task(store, task, to, now)
        elif theirs := team_call_for(store, call):
            lines = put_off_team_call(store, theirs, to, now, agreed=agreed)
        else:
            lines = put_off(store, call_for(store, call, app.say), to, now, agreed=agreed)
        calendars_are_stale(app)
        for line in lines:
            app.say(line)
