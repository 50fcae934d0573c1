"""``aftercall inbox``: what is not confirmed yet."""

from collections.abc import Sequence

import click

from aftercall.app import App
from aftercall.output import Row, format_options, print_table, write_rows


@click.command()
@format_options
@click.pass_obj
def command(app: App, form: str | None) -> None:
    """List the memos that are not confirmed yet, oldest first."""
    from aftercall.notes import stage_of
    from aftercall.pipeline import kept_transcript

    inbox = app.inbox
    rows = []
    for recording in inbox.recordings():
        transcript = kept_transcript(app, recording)
        rows.append(
            {
                "id": recording.id,
                "spoken_at": recording.spoken_at.isoformat(timespec="seconds"),
                "duration": recording.duration,
                "contact_hint": recording.contact_hint,
                "stage": stage_of(inbox, recording.id),
                "heard": transcript.text if transcript else "",
            }
        )
    write_rows(rows, form, _table)
    if not rows:
        app.say("The inbox is empty: every memo is confirmed.")


def _table(rows: Sequence[Row]) -> None:
    print_table(
        [
            ("id", {"no_wrap": True}),
            ("spoken", {}),
            ("s", {"justify": "right"}),
            ("with", {}),
            ("stage", {}),
            ("heard", {"no_wrap": True, "overflow": "ellipsis", "ratio": 1}),
        ],
        [
            (
                row["id"],
                row["spoken_at"][:16].replace("T", " "),
                f"{row['duration']:.0f}",
                row["contact_hint"] or "–",
                row["stage"],
                row["heard"] or "–",
            )
            for row in rows
        ],
    )
