"""``aftercall export``: memos and calls for other programs."""

from datetime import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.desk.export import CRMS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aftercall.desk.export.crm import Activity
    from aftercall.desk.export.hand_out import Exporter


@click.command()
@click.option("--to", "form", required=True, metavar="FORMAT", help=f"{', '.join(FORMATS)}, or what a plugin adds.")
@click.argument(
    "destination", metavar="[FILE|FOLDER|-]", required=False, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--dry-run", is_flag=True, help="Show what would go out; write nothing, note nothing.")
@click.option("--bom", is_flag=True, help="csv: a byte order mark first, by which Excel knows that it is UTF-8.")
@click.option("--again", is_flag=True, help="CRMs: also what went out before.")
@click.pass_obj
def command(app: App, form: str, destination: Path | None, dry_run: bool, bom: bool, again: bool) -> None:
    """Hand out memos, contacts and promised calls to other programs.

    json is all of it; csv a row per memo with its contact and call, or with a FOLDER also contacts and calls. Both go
    to standard output unless FILE or FOLDER is given.

    hubspot, salesforce and pipedrive write import files, one for notes and one for tasks (the open calls), into a
    FOLDER, or as FILE-notes.csv and FILE-tasks.csv. What went out is kept, so that nothing goes out twice; a memo that
    was corrected, or a call that was moved, goes out again and says what it replaces. docs/export.md says how to import
    them. Exit code 3: there is nothing new.

    No file is overwritten, and only you can read them. What is exported is out of reach of `delete`.
    """
    if again and form not in CRMS:
        raise click.UsageError("--again is for CRMs; the other formats always have everything.")
    if bom and form != "csv":
        raise click.UsageError("--bom is for csv.")
    if form not in CRMS:
        _everything(app, form, destination, dry_run=dry_run, bom=bom)
        return
    if str(destination) == "-" or (destination is None and not dry_run):
        raise click.UsageError(f"{form} needs a FOLDER, or a FILE after which two are named.")
    _to_crm(app, form, None if dry_run else destination, again=again)


def _everything(app: App, form: str, destination: Path | None, *, dry_run: bool, bom: bool) -> None:
    from aftercall.desk.export.destination import destinations, write_files
    from aftercall.desk.export.everything import counted, everything
    from aftercall.desk.export.hand_out import texts_of
    from aftercall.terminal.output import write_data

    exporter = None if form in FORMATS else _exporter(form)
    file = None if destination is None or str(destination) == "-" else destination
    with app.past_memos() as store:
        data = everything(store, app.home.audio, app.now())
        if dry_run:
            app.say(f"Would write {counted(data)}.")
            return
        only_memos = file is None or not file.is_dir()
        texts = texts_of(store, data, form, exporter, app.home.audio, only_memos=only_memos)
        mark = ["\ufeff"] if bom else []
        if file is None:
            for piece in chain.from_iterable(chain(mark, text) for text in texts.values()):
                write_data(piece)
            return
        paths = destinations(file, list(texts) or ["memos"], f".{form}" if form in FORMATS else "", app.now())
        if not texts:
            raise NothingFound("There is no memo to be exported yet. No file was written.")
        write_files({paths[name]: chain(mark, text) for name, text in texts.items()})
        _told(app, list(paths.values()), counted(data))


def _told(app: App, paths: "Sequence[Path]", what: str) -> None:
    for path in paths:
        click.echo(path)
    app.say(f"{what}; only you can read {'it' if len(paths) == 1 else 'them'}.")


def _exporter(form: str) -> "Exporter":
    from aftercall.plugins import exports

    plugged = exports()
    if form not in plugged:
        raise click.BadParameter(f"{form!r} is none of {', '.join([*FORMATS, *sorted(plugged)])}.", param_hint="--to")
    return plugged[form]


def _to_crm(app: App, crm: str, destination: Path | None, *, again: bool) -> None:
    """Without a destination only show what would go out."""
    from aftercall.desk.calendar_settings import CalendarSettings
    from aftercall.desk.export.crm import When
    from aftercall.desk.export.hand_out import hand_out

    when = When(CalendarSettings.of(app.settings, app.home).zone, time.fromisoformat(app.settings.work_start))
    with app.past_memos() as store:
        out = hand_out(store, crm, destination, when, app.now(), again=again)
        if destination is None and out.out:
            _show(out.activities(store))
    if out.why_refused:
        app.say(f"{out.why_refused} `aftercall contacts edit` adds one.")
    if not out.out:
        raise NothingFound(f"Nothing new for {out.target.label} since the last export; --again repeats all of it.")
    for path in out.files:
        click.echo(path)
    app.say(out.summary(would=destination is None))


def _show(activities: "Iterable[Activity]") -> None:
    from aftercall.desk.words import day
    from aftercall.terminal.output import print_long_table

    print_long_table(
        [
            ("memo", {"width": 20, "no_wrap": True}),
            ("as", {"width": 4}),
            ("went out", {"width": 15}),
            ("what", {"ratio": 1}),
        ],
        ((one.memo.id, one.kind, day(one.before.date()) if one.before else "", one.subject) for one in activities),
    )
