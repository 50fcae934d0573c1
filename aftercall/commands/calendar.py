"""``aftercall calendar``: promised calls where the rep's phone shows them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import BadSettings, FrontDoorError, NothingFound
from aftercall.terminal.output import Row, format_options, print_entry, print_table, write_rows

if TYPE_CHECKING:
    from memos.calendar.sync import Answer, Question


@click.group()
def command() -> None:
    """Bring the calls you promised into your calendar.

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
    from aftercall.desk.calendars import update
    from aftercall.terminal.calendar_questions import asking, summary

    app: App = ctx.obj
    _refuse_none(app)
    with app.past_memos() as store:
        done, code = update(app, store, asking())
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
    from aftercall.desk.calendars import style_of, update, zone_of
    from aftercall.desk.export.destination import write_files
    from aftercall.terminal.calendar_questions import summary
    from ground.durable import disk_trouble
    from memos.calendar.feed import feed

    app: App = ctx.obj
    if file is None:
        _refuse_none(app)
        with app.past_memos() as store:
            done, code = update(app, store, lambda _: None, server=False)
        app.say(summary(done))
        ctx.exit(code)
    style = style_of(app)
    with app.past_memos() as store:
        wanted = [one for one in store.calendar.wanted(style, zone_of(app)) if not one.call.closed]
    if file == "-":
        click.echo(feed(wanted, style), nl=False)
    else:
        path = Path(file)
        with disk_trouble("Nothing was written."):
            if path.exists() and not path.read_bytes().startswith(b"BEGIN:VCALENDAR"):
                raise FrontDoorError(f"{file} is no calendar and was left as it is. Give another name.")
        write_files({path: feed(wanted, style).decode()})
        app.say(f"Calendar: {len(wanted)} call{'' if len(wanted) == 1 else 's'} in {file}.")


@command.command()
@format_options
@click.pass_obj
def status(app: App, form: str | None) -> None:
    """Show each calendar: when it was last up to date, what waits, and why.

    Asks nothing of a server.
    """
    from aftercall.desk.calendars import FEED, places_of, style_of, zone_of
    from memos.calendar.book import PlaceState

    _refuse_none(app)
    with app.past_memos() as store:
        book = store.calendar
        states, wanted = book.states(), book.wanted(style_of(app), zone_of(app))
        asked = Counter(place for place, _ in book.questions())
        waiting = {key: None if key == FEED else book.waiting(key, wanted) for key in places_of(app)}
    rows: list[Row] = []
    for key, where in places_of(app).items():
        state = states.get(key, PlaceState())
        rows.append(
            {
                "id": key,
                "where": where,
                "synced_at": state.synced_at.isoformat(timespec="seconds") if state.synced_at else None,
                "waiting": waiting[key],
                "questions": asked[key],
                "failing_since": state.failing_since.isoformat(timespec="seconds") if state.failing_since else None,
                "failure": state.failure,
            }
        )

    def table(rows: Sequence[Row]) -> None:
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
    from aftercall.desk.calendars import style_of, zone_of
    from aftercall.desk.words import clock_time, day
    from aftercall.terminal.calendar_questions import changed_to

    with app.past_memos() as store:
        calls = {one.call.uid: one.call for one in store.calendar.wanted(style_of(app), zone_of(app))}
        open_ones = [(calls[copy.uid], place, copy) for place, copy in store.calendar.questions() if copy.uid in calls]
    rows: list[Row] = [
        {
            "id": call.memo_id,
            "calendar": place,
            "call": call.title,
            "due": call.date.isoformat(),
            "time": clock_time(call.time),
            "change": copy.question,
            "theirs": copy.theirs.isoformat() if copy.theirs else None,
        }
        for call, place, copy in open_ones
    ]

    def table(rows: Sequence[Row]) -> None:
        for call, place, copy in open_ones:
            assert copy.question is not None
            print_entry(
                f"{call.title}, {day(call.date, call.time)}, {changed_to(copy.question, copy.theirs)}",
                f"{call.memo_id}  {place}",
            )

    write_rows(rows, form, table)
    if not rows:
        raise NothingFound("Nothing in a calendar waits for an answer.")


@command.command()
@click.argument("memo_id", metavar="ID")
@click.argument("answer", type=click.Choice(["mine", "theirs"]))
@click.pass_context
def answer(ctx: click.Context, memo_id: str, answer: "Answer") -> None:
    """Answer what was changed in a calendar about the call that memo ID promised.

    `mine` puts the call there as it is here, `theirs` takes over what was done there: moved is moved, deleted is
    cancelled. Exit code 3: nothing is asked about that call.
    """
    from aftercall.desk.calendars import update
    from aftercall.terminal.calendar_questions import summary

    app: App = ctx.obj
    answered = False

    def decide(question: "Question") -> "Answer | None":
        nonlocal answered
        if question.call.memo_id != memo.id:
            return None
        answered = True
        return answer

    with app.past_memos() as store:
        memo = store.get(memo_id)
        done, code = update(app, store, decide)
    if not answered and code == 0:
        raise NothingFound(f"Nothing in a calendar was changed about the call that {memo.id} promised.")
    app.say(summary(done))
    ctx.exit(code)


@command.command()
@click.pass_obj
def login(app: App) -> None:
    """Ask for the password of the calendar server, try it, and keep it in the system's keyring.

    It is never written to the settings file. Where there is no keyring, set AFTERCALL_CALDAV_PASSWORD instead.
    """
    from aftercall.desk.calendars import PASSWORD_VARIABLE, account_of, keyring_service
    from memos.calendar.server import CalDavCalendar
    from memos.errors import CalendarExtraMissing

    settings = app.settings
    if not (settings.caldav_url and settings.caldav_user):
        raise BadSettings(f"Set caldav_url and caldav_user first, in {app.home.config_file}.")
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise CalendarExtraMissing from error
    password = click.prompt(f"Password of {settings.caldav_user} at {settings.caldav_url}", hide_input=True, err=True)
    address = CalDavCalendar(account_of(app, password)).find()
    try:
        keyring.set_password(keyring_service(app), settings.caldav_user, password)
    except KeyringError as error:
        raise FrontDoorError(
            f"The password is right, but there is no keyring to keep it in ({error}). Set {PASSWORD_VARIABLE} instead."
        ) from error
    app.say(f"Kept. Calls go to {address}: `aftercall calendar sync`")


def _refuse_none(app: App) -> None:
    from aftercall.desk.calendars import places_of

    if not places_of(app):
        raise BadSettings(
            "No calendar is set up. Set calendar_folder, calendar_feed or caldav_url: `aftercall config` shows where."
        )


def _minute(moment: str | None) -> str | None:
    return moment and moment[:16].replace("T", " ")
