"""``aftercall inbox``: what is not confirmed yet."""

from collections.abc import Sequence
from datetime import date, datetime

import click

from aftercall.desk.app import App
from aftercall.desk.rows import Row
from aftercall.desk.words import short_day
from aftercall.terminal.output import format_options, print_entry, write_rows


@click.command()
@format_options
@click.pass_obj
def command(app: App, form: str | None) -> None:
    """List the memos that are not confirmed yet, oldest first."""
    from aftercall.desk.reminder import nothing_waits
    from aftercall.desk.stages import heard_in

    inbox = app.inbox
    rows = []
    for recording in inbox.recordings():
        stage, heard = heard_in(inbox, recording.id)
        rows.append(
            {
                "id": recording.id,
                "spoken_at": recording.spoken_at.isoformat(timespec="seconds"),
                "duration": recording.duration,
                "contact_hint": recording.contact_hint,
                "stage": stage,
                "heard": heard,
            }
        )
    write_rows(rows, form, lambda rows: _entries(rows, app.now().date()))
    if not rows:
        app.say(nothing_waits(inbox.in_progress()))


def _entries(rows: Sequence[Row], today: date) -> None:
    for row in rows:
        spoken = datetime.fromisoformat(row["spoken_at"])
        how_long = f"{row['duration']:.0f} s" if row["duration"] else ""
        whom = f"with {row['contact_hint']}" if row["contact_hint"] else ""
        about = " · ".join(filter(None, (how_long, whom, row["stage"])))
        print_entry(f"{row['id']}  {short_day(spoken.date(), today)} {spoken:%H:%M} · {about}", row["heard"] or "–")
