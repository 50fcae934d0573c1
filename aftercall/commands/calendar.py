"""``aftercall calendar``: promised calls where the rep's phone shows them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import BadSettings, NothingFound
from aftercall.terminal.output import format_options, print_entry, print_table, write_rows

if TYPE_CHECKING:
    from aftercall.desk.calendar_settings import CalendarSettings
    from aftercall.desk.rows import Row
    from memos.calendar.sync import Answer


@click.group()
def command() -> None:
    """Bring promised calls, and other promises, into your calendar.

    As a folder of events, as one file to subscribe to, and on a CalDAV server, as the settings say. They are brought up
    to date by themselves after each change; these commands are for the rest.
    """


@command.command()
@click.pass_context
def sync(ctx: click.Context) -> None:
    """Bring all calendars up to date, and ask about what was changed there.

    What was moved, deleted or edited on a phone is neither taken over nor written over by itself: at a terminal you are
    asked, elsewhere it is listed. Exit code 9: something waits for the server, or for your answer.
    """
    from aftercall.desk.calendar_words import summary
    from aftercall.desk.calendars import update
    from aftercall.terminal.calendar_questions import asking

    app: App = ctx.obj
    calendars = _calendars(app)
    with app.past_memos() as store:
        done, code = update(store, calendars, asking(), say=app.say)
    if done or not code:
        app.say(summary(done))
    ctx.exit(code)


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), required=False)
@click.pass_context
def export(ctx: click.Context, file: str | None) -> None:
    """Write the folder and the feed of the settings; or all open calls into FILE (- for standard output).

    Nothing goes over the network. Exit code 7: the disk refused.
    """
    from aftercall.desk.calendar_words import summary
    from aftercall.desk.calendars import open_calls_as_calendar, replace_calendar_file, update

    app: App = ctx.obj
    calendars = _calendars(app, required=file is None)
    with app.past_memos() as store:
        if file is None:
            done, code = update(store, calendars, lambda _: None, say=app.say, server=False)
            app.say(summary(done))
            ctx.exit(code)
        content, calls, tasks = open_calls_as_calendar(store, calendars)
    if file == "-":
        click.echo(content, nl=False)
    else:
        replace_calendar_file(Path(file), content)
        todos = f" and {_counted(tasks, 'to-do')}" if tasks else ""
        app.say(f"Calendar: {_counted(calls, 'call')}{todos} in {file}.")


@command.command()
@format_options
@click.pass_obj
def status(app: App, form: str | None) -> None:
    """Show each calendar: when it was last up to date, what waits, and why.

    Asks nothing of a server.
    """
    from aftercall.desk.calendars import state_rows

    calendars = _calendars(app)
    with app.past_memos() as store:
        rows = state_rows(store, calendars)

    def table(rows: "Sequence[Row]") -> None:
        right = {"justify": "right"}
        print_table(
            [("calendar", {}), ("up to date", {}), ("waiting", right), ("asked", right), ("where", {"ratio": 1})],
            [
                (
                    row["id"].split()[0],
                    _minute(row["synced_at"]) or "never",
                    "" if row["waiting"] is None else row["waiting"],
                    row["questions"] or "",
                    row["where"],
                )
                for row in rows
            ],
        )
        for row in rows:
            if row["failure"]:
                click.echo()
                print_entry(f"{row['id'].split()[0]}, since {_minute(row['failing_since'])}")
                app.say(row["failure"])

    write_rows(rows, form, table)


@command.command()
@format_options
@click.pass_obj
def questions(app: App, form: str | None) -> None:
    """List what was changed in a calendar and waits for your answer, as last seen.

    `aftercall calendar sync` asks at a terminal, `aftercall calendar answer` takes the answer anywhere. Exit code 3:
    there is nothing to answer.
    """
    from aftercall.desk.calendar_words import changed_to, when_due
    from aftercall.desk.calendars import open_questions, question_row

    with app.past_memos() as store:
        found = open_questions(store, _calendars(app, required=False))

    def table(rows: "Sequence[Row]") -> None:
        for entry, place, copy in found:
            assert copy.question is not None
            print_entry(
                f"{entry.title}, {when_due(entry)}, {changed_to(copy.question, copy.theirs)}",
                f"{entry.id}  {place}",
            )

    write_rows([question_row(*one) for one in found], form, table)
    if not found:
        raise NothingFound("Nothing in a calendar waits for an answer.")


@command.command()
@click.argument("memo_id", metavar="ID")
@click.argument("answer", type=click.Choice(["mine", "theirs"]))
@click.pass_context
def answer(ctx: click.Context, memo_id: str, answer: "Answer") -> None:
    """Answer what was changed in a calendar about the call that memo ID promised, or a to-do with an id as 7f3a.1.

    `mine` puts it there as it is here, `theirs` takes over what was done there: moved is moved, deleted is
    cancelled, ticked off is done. Exit code 3: nothing is asked about it.
    """
    from aftercall.desk.calendar_words import summary
    from aftercall.desk.calendars import Answering, update
    from aftercall.desk.lookup import task_for

    app: App = ctx.obj
    with app.past_memos() as store:
        task = task_for(store, memo_id)
        about = task.id if task else store.get(memo_id).id
        answering = Answering(about, answer)
        done, code = update(store, _calendars(app, required=False), answering.decide, say=app.say)
    if not answering.answered and code == 0:
        raise NothingFound(f"Nothing in a calendar was changed about what {about} promised.")
    app.say(summary(done))
    ctx.exit(code)


@command.command()
@click.pass_obj
def login(app: App) -> None:
    """Ask for the password of the calendar server, try it, and keep it in the system's keyring.

    It is never written to the settings file. Where there is no keyring, set AFTERCALL_CALDAV_PASSWORD instead.
    """
    from aftercall.desk.calendar_settings import require_keyring
    from memos.calendar.server import CalDavCalendar

    server = _calendars(app, required=False).server
    if server is None or not server.user:
        raise BadSettings(f"Set caldav_url and caldav_user first, in {app.home.config_file}.")
    require_keyring()
    password = click.prompt(f"Password of {server.user} at {server.url}", hide_input=True, err=True)
    address = CalDavCalendar(server.account(password)).find()
    server.keep_password(password)
    app.say(f"Kept. Calls go to {address}: `aftercall calendar sync`")


def _calendars(app: App, *, required: bool = True) -> "CalendarSettings":
    """Those of the settings.

    :raises BadSettings: there is none, and one is required.
    """
    from aftercall.desk.calendar_settings import CalendarSettings

    calendars = CalendarSettings.of(app.settings, app.home)
    if required and not calendars.where:
        raise BadSettings(
            "No calendar is set up. Set calendar_folder, calendar_feed or caldav_url: `aftercall config` shows where."
        )
    return calendars


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _minute(moment: str | None) -> str | None:
    return moment and moment[:16].replace("T", " ")
