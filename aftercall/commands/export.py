"""``aftercall export``: memos and calls for other programs."""

import json
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from aftercall.desk.app import App
from aftercall.desk.errors import FrontDoorError, NothingFound
from aftercall.terminal.output import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aftercall.desk.export.crm import Entry, Target
    from aftercall.plugins import Exporter
    from memos.exports import Outgoing
    from memos.store import Store

_CRMS: Final = ("hubspot", "salesforce", "pipedrive")
FORMATS: Final = ("csv", "json", *_CRMS)
"""What needs no plugin."""

_PLURAL: Final = {"note": "notes", "task": "tasks"}


@click.command()
@click.option("--to", "form", required=True, metavar="FORMAT", help=f"{', '.join(FORMATS)}, or what a plugin adds.")
@click.argument(
    "destination", metavar="[FILE|FOLDER|-]", required=False, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--dry-run", is_flag=True, help="Show what would go out; write nothing, note nothing.")
@click.option("--again", is_flag=True, help="CRMs: also what went out before.")
@click.pass_obj
def command(app: App, form: str, destination: Path | None, dry_run: bool, again: bool) -> None:
    """Hand out memos, contacts and promised calls to other programs.

    json is all of it; csv a row per memo with its contact and call, or with a FOLDER also contacts and calls. Both go
    to standard output unless FILE or FOLDER is given.

    hubspot, salesforce and pipedrive write import files, one for notes and one for tasks (the open calls), into a
    FOLDER, or as FILE-notes.csv and FILE-tasks.csv. What went out is kept, so that nothing goes out twice; a memo that
    was corrected, or a call that was moved, goes out again and says what it replaces. docs/export.md says how to import
    them. Exit code 3: there is nothing new.

    No file is overwritten, and only you can read them. What is exported is out of reach of `delete`.
    """
    if again and form not in _CRMS:
        raise click.UsageError("--again is for CRMs; the other formats always have everything.")
    if form in _CRMS:
        if str(destination) == "-" or (destination is None and not dry_run):
            raise click.UsageError(f"{form} needs a FOLDER, or a FILE after which two are named.")
        with app.past_memos() as store:
            _to_crm(app, store, form, destination, dry_run=dry_run, again=again)
    else:
        _everything(app, form, destination, dry_run=dry_run)


def _everything(app: App, form: str, destination: Path | None, *, dry_run: bool) -> None:
    from aftercall.desk.export.destination import destinations, write_files
    from aftercall.desk.export.everything import everything, tables
    from aftercall.terminal.output import csv_text

    exporter = None if form in FORMATS else _exporter(form)
    with app.past_memos() as store:
        data = everything(store, app.now())
    counted = f"{len(data['memos'])} memos, {len(data['contacts'])} contacts, {len(data['follow_ups'])} promised calls"
    if dry_run:
        app.say(f"Would write {counted}.")
        return
    to_stdout = destination is None or str(destination) == "-"
    if form == "csv":
        found = tables(data)
        if to_stdout or (destination and not destination.is_dir()):
            found = {"memos": found["memos"]}
        texts = {name: csv_text(rows) for name, rows in found.items() if rows}
    elif exporter is None:
        texts = {"everything": json.dumps(data, ensure_ascii=False, indent=2) + "\n"}
    else:
        texts = {form: _made_by(exporter, form, data)}
    if to_stdout or destination is None:
        for text in texts.values():
            click.echo(text, nl=False)
        return
    paths = destinations(destination, list(texts), f".{form}" if form in FORMATS else "", app.now())
    write_files({paths[name]: text for name, text in texts.items()})
    for path in paths.values():
        click.echo(path)
    app.say(f"{counted}; only you can read {'it' if len(paths) == 1 else 'them'}.")


def _exporter(form: str) -> "Exporter":
    from aftercall.plugins import exports

    plugged = exports()
    if form not in plugged:
        raise click.BadParameter(f"{form!r} is none of {', '.join([*FORMATS, *sorted(plugged)])}.", param_hint="--to")
    return plugged[form]


def _made_by(exporter: "Exporter", form: str, data: Row) -> str:
    try:
        text = exporter(data)
    except Exception as error:
        raise FrontDoorError(
            f"The plugin for {form} failed ({type(error).__name__}: {error}). Nothing was written."
        ) from error
    if not isinstance(text, str):
        raise FrontDoorError(f"The plugin for {form} gave no text but a {type(text).__name__}. Nothing was written.")
    return text


def _to_crm(app: App, store: "Store", form: str, destination: Path | None, *, dry_run: bool, again: bool) -> None:
    from aftercall.desk.calendars import zone_of
    from aftercall.desk.export.crm import TARGETS, When, chosen, entries, rows
    from aftercall.desk.export.destination import destinations, write_files
    from aftercall.terminal.output import csv_text

    target, found = TARGETS[form], entries(store)
    takes = [entry for entry in found if target.takes(entry)]
    refused = len(found) - len(takes)
    items = [entry.item for entry in takes]
    when = When(zone_of(app), time.fromisoformat(app.settings.work_start))
    written: list[Path] = []

    def write(out: "Sequence[Outgoing]") -> None:
        texts = {_PLURAL[kind]: csv_text(made) for kind, made in rows(target, chosen(takes, out), when).items()}
        assert destination is not None
        paths = destinations(destination, list(texts), ".csv", app.now(), always_named=True, prefix=form)
        write_files({paths[name]: text for name, text in texts.items()})
        written.extend(paths.values())

    if dry_run:
        out = store.exports.outgoing(form, items, again=again)
        _show(chosen(takes, out))
    else:
        out = store.exports.hand_out(form, items, write, again=again)
    if refused:
        were = "note was" if refused == 1 else "notes were"
        needed = "e-mail address" if target.note_needs == "email" else "name"
        app.say(
            f"{refused} {were} left out: {target.label} takes a note only for a contact that it knows by {needed}. "
            "`aftercall contacts edit` adds one."
        )
    if not out:
        raise NothingFound(f"Nothing new for {target.label} since the last export; --again repeats all of it.")
    for path in written:
        click.echo(path)
    app.say(_summary(target, chosen(takes, out), dry_run=dry_run))


def _summary(target: "Target", out: "Sequence[Entry]", *, dry_run: bool) -> str:
    counted = [
        f"{count} {_PLURAL[kind] if count > 1 else kind}"
        for kind in ("note", "task")
        if (count := sum(entry.kind == kind for entry in out))
    ]
    before = sum(entry.before is not None for entry in out)
    replacing = f", {before} of them in place of what went out before" if before else ""
    said = "would go out" if dry_run else "in import files"
    return f"{target.label}: {' and '.join(counted)} {said}{replacing}."


def _show(entries: "Sequence[Entry]") -> None:
    from aftercall.desk.words import day
    from aftercall.terminal.output import print_table

    if entries:
        print_table(
            [("memo", {"no_wrap": True}), ("as", {}), ("went out", {}), ("what", {"ratio": 1})],
            [
                (entry.memo.id, entry.kind, day(entry.before.date()) if entry.before else "", entry.subject)
                for entry in entries
            ],
        )
