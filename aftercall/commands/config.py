"""``aftercall config``: where the settings are and what they say."""

from dataclasses import fields

import click

from aftercall.desk.app import App
from aftercall.terminal.output import json_text, write_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(app: App, as_json: bool) -> None:
    """Show where everything is kept, and the settings.

    Each setting comes with where its value is from: the file, an AFTERCALL_* variable, or the default.
    """
    home = app.home
    places = {
        "settings": str(home.config_file),
        "data": str(home.data),
        "inbox": str(home.inbox),
        "memos": str(home.database),
        "sound": str(home.audio),
        "weights": str(home.models),
    }
    values = {
        item.name: {
            "value": _plain(getattr(app.settings, item.name)),
            "from": app.loaded.origins.get(item.name, "default"),
            "help": item.metadata["help"],
        }
        for item in fields(app.settings)
    }
    if as_json:
        write_json({"places": places, "settings": values})
        return
    for name, place in places.items():
        click.echo(f"{name:9} {place}")
    if not home.config_file.exists():
        click.echo("          (there is no settings file yet; the defaults below can be put into it)")
    click.echo()
    for name, item in values.items():
        origin = "" if item["from"] == "default" else f"  [{item['from']}]"
        click.echo(f"# {item['help']}{origin}")
        click.echo(f"{name} = {json_text(item['value'])}")


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: {"path": str(file.path), "sha256": file.sha256} for name, file in value.items()}
    return value
