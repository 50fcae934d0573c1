"""``aftercall service``: the companion begun with the session."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App

if TYPE_CHECKING:
    from aftercall.desk.service.service import Service


@click.group()
def command() -> None:
    """Have `watch` begin with your session.

    A user unit of systemd, an agent of launchd, a task of the Windows Task Scheduler.
    """


def _service(app: App) -> "Service":
    from aftercall.desk.service.service import service_for

    return service_for(sys.platform, Path.home(), os.environ, app.home.data)


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def install(app: App, yes: bool) -> None:
    """Show what would be installed, and install it.

    It runs `watch --later`: memos are recorded and transcribed, and wait to be read. Exit code 5: you said no.
    """
    from aftercall.desk.service import service as services
    from review.errors import NotConfirmed

    wanted = _service(app)
    encoding = "utf-16" if wanted.content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    click.echo(f"{wanted.path}:\n\n{wanted.content.decode(encoding)}")
    for line in wanted.install:
        click.echo(f"$ {' '.join(line)}")
    if not yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise NotConfirmed("Nothing was installed: there is nobody to ask. With --yes it is.")
        if not click.confirm("Install it?", err=True):
            raise NotConfirmed("Nothing was installed.")
    services.install(wanted)
    app.say("Installed, and begun. `aftercall service status` says how it stands.")


@command.command()
@click.pass_obj
def remove(app: App) -> None:
    """End it, and take away what was installed."""
    from aftercall.desk.errors import NothingFound
    from aftercall.desk.service import service as services

    if not services.remove(_service(app)):
        raise NothingFound("It is not installed.")
    app.say("Removed.")


@command.command()
@click.pass_obj
def status(app: App) -> None:
    """Say whether it is installed and runs, and what it heard, fetched and rang last."""
    from aftercall.desk.companion.last import BEGAN, FETCHED, HEARD, RANG, Last
    from aftercall.desk.service import service as services
    from aftercall.desk.words import day_and_time
    from ground.lock import is_held

    wanted = _service(app)
    installed = wanted.path.exists()
    click.echo(f"installed: {wanted.path if installed else 'no'}")
    if installed:
        click.echo(f"begun by the system: {'yes' if services.is_running(wanted) else 'no'}")
    click.echo(f"watch runs: {'yes' if is_held(app.home.data / 'watch.lock') else 'no'}")
    last = Last(app.home.data, app.now).read()
    for kind, words in {
        BEGAN: "began",
        HEARD: "last heard a hang-up",
        FETCHED: "last fetched a memo",
        RANG: "last rang",
    }.items():
        click.echo(f"{words}: {day_and_time(last[kind]) if kind in last else 'never'}")
