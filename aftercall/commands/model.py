"""``aftercall model``: the Whisper weights."""

from collections.abc import Sequence

import click

from aftercall.desk.app import App
from aftercall.desk.rows import Row
from aftercall.terminal.output import format_options, print_table, write_rows


@click.group()
def command() -> None:
    """List, install and verify Whisper's weights."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that are not on this machine.")
@format_options
@click.pass_obj
def list_models(app: App, everything: bool, form: str | None) -> None:
    """List the models on this machine, for each engine that is installed."""
    from transcribe import models

    states = models.list_models(app.places, app.settings.models)
    rows = [
        {
            "id": state.name,
            "engine": state.engine,
            "place": state.place,
            "verified": state.verified,
            "bytes": state.size,
        }
        for state in states
        if everything or state.place
    ]

    def table(rows: Sequence[Row]) -> None:
        marks = {True: "verified", False: "DAMAGED", None: "not here"}
        print_table(
            [("model", {}), ("engine", {}), ("weights", {}), ("MB", {"justify": "right"}), ("where", {"ratio": 1})],
            [
                (
                    row["id"],
                    row["engine"],
                    marks[row["verified"]],
                    f"{(row['bytes'] or 0) / 1e6:.0f}",
                    row["place"] or "",
                )
                for row in rows
            ],
        )

    write_rows(rows, form, table)


@command.command()
@click.argument("name", metavar="MODEL")
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.pass_obj
def install(app: App, name: str, engine: str | None) -> None:
    """Make MODEL ready for use: from what is installed, or else downloaded from its publisher."""
    from transcribe import models

    weights = models.install_model(
        name, app.engine(engine), app.places, app.settings.models.get(name), lambda step: app.say(f"{step} …")
    )
    app.say(f"{name} is ready for {app.engine(engine)}, verified ({weights.place}).")


@command.command()
@click.argument("name", metavar="MODEL")
@click.option("--engine", metavar="NAME", help="openai-whisper or faster-whisper.")
@click.pass_obj
def verify(app: App, name: str, engine: str | None) -> None:
    """Check MODEL's weights against their pinned SHA-256. Exit code 8: none here, or they differ."""
    from transcribe import models

    state = models.verify_model(name, app.engine(engine), app.places, app.settings.models.get(name))
    app.say(f"{name} for {state.engine} is verified ({state.place}).")
