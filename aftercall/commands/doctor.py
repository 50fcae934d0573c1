"""``aftercall doctor``: is everything there that a memo needs?"""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from aftercall.desk.app import App

_LISTEN_SECONDS = 2.0

_LITTLE_SPACE = 200 * 1024 * 1024
"""Bytes. An hour of sound takes 115 MB, and twice that while it is finished."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, or what is wrong and which exit code that would be."""

    name: str
    text: str
    exit_code: int = 0


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended. Never deletes anything.")
@click.option("--device", metavar="NAME", help="Look at this microphone instead of the one in the settings.")
@click.pass_context
def command(ctx: click.Context, repair: bool, device: str | None) -> None:
    """Check microphone, weights, disk and database.

    Changes nothing unless told to --repair, which finishes what a crash left, rebuilds the search index, copies what
    can be read of a damaged database into a new one (the old file is kept), and says each thing that it did. Close
    other programs that have the database open before. The exit code is that of the first thing that is wrong; see the
    list of exit codes.
    """
    app: App = ctx.obj
    if repair:
        from aftercall.desk.mending import mend

        mend(app)
    worst = 0
    checks: list[Callable[[], Iterator[Finding]]] = [
        lambda: _disk(app),
        lambda: _inbox(app),
        lambda: _database(app),
        lambda: _sound(app),
        lambda: _weights(app),
        lambda: _microphone(device or app.settings.device or None),
    ]
    for check in checks:
        for finding in check():
            mark = "ok " if finding.exit_code == 0 else "BAD"
            click.echo(f"{mark}  {finding.name:11} {finding.text}")
            worst = worst or finding.exit_code
    ctx.exit(worst)


def _disk(app: App) -> Iterator[Finding]:
    folder = app.home.data
    if not folder.exists():
        yield Finding("folder", f"{folder} will be made when the first memo is recorded")
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        yield Finding("folder", f"{folder} can be read by others (mode {mode:o}); --repair closes it", 7)
    else:
        yield Finding("folder", f"{folder}, readable by you only")
    free = shutil.disk_usage(folder).free
    line = f"{free / 1e9:.1f} GB free"
    yield Finding("disk", line) if free > _LITTLE_SPACE else Finding("disk", f"only {line}", 7)


def _inbox(app: App) -> Iterator[Finding]:
    if not app.home.inbox.is_dir():
        return
    from aftercall.desk.reminder import waiting_line

    inbox = app.inbox
    try:
        waiting = len(inbox.recordings())
    except ValueError as error:
        yield Finding("inbox", f"a file is no sound that can be read ({error}); --repair sets it aside", 7)
        return
    yield Finding("inbox", waiting_line(waiting) if waiting else "empty: every memo is confirmed")
    if unfinished := inbox.in_progress():
        yield Finding("inbox", f"in progress, or cut off and finished by the next command: {unfinished}")


def _database(app: App) -> Iterator[Finding]:
    from memos.errors import MemosError
    from memos.store import Store

    if not app.home.database.exists():
        yield Finding("memos", "none yet")
        return
    try:
        with Store.open(app.home.database, read_only=True) as store:
            problems = store.check()
            count = store.count()
    except MemosError as error:
        yield Finding("memos", str(error), error.exit_code)
        return
    for problem in problems:
        yield Finding("memos", problem, 7)
    if not problems:
        yield Finding("memos", f"{count} stored, the database is sound")


def _sound(app: App) -> Iterator[Finding]:
    from contextlib import nullcontext

    from aftercall.desk.retention import past_sound, sound_without_memo
    from memos.errors import MemosError
    from memos.store import Store

    there = app.home.database.exists()
    try:
        with Store.open(app.home.database, read_only=True) if there else nullcontext() as store:
            alone, past = sound_without_memo(app, store), past_sound(app, store)
    except MemosError:
        return  # of the database, and told there
    if alone:
        yield Finding("sound", f"no memo is stored for {', '.join(alone)}; --repair moves it back to the inbox", 7)
    if past:
        yield Finding("sound", f"{len(past)} files are kept longer than the settings say: aftercall purge removes them")


def _weights(app: App) -> Iterator[Finding]:
    from aftercall.desk.hints import line_of
    from transcribe.errors import TranscribeError
    from transcribe.models import verify_model

    name = app.settings.model
    try:
        state = verify_model(name, app.engine(), app.places, app.settings.models.get(name))
    except TranscribeError as error:
        yield Finding("weights", line_of(error), error.exit_code)
    else:
        yield Finding("weights", f"{name} for {state.engine}, verified ({state.place})")


def _microphone(wanted: str | None) -> Iterator[Finding]:
    from capture.errors import CaptureError
    from capture.level import NO_VOICE
    from capture.microphone import Microphone, find_input, input_devices, named
    from capture.pcm import level_dbfs

    try:
        device = find_input(wanted)
        click.echo(f"Listening to {device.name!r} for {_LISTEN_SECONDS:g} s: say something.", err=True)
        with Microphone(device) as microphone:
            loudest = max(level_dbfs(block) for block in _blocks(microphone.read, _LISTEN_SECONDS))
    except CaptureError as error:
        yield Finding("microphone", str(error), error.exit_code)
    else:
        heard = f"{device.name!r}, loudest {loudest:.0f} dBFS in {_LISTEN_SECONDS:g} s"
        if loudest < NO_VOICE:
            yield Finding("microphone", f"{heard}: too quiet for any voice. Is it muted, or the wrong one?", 6)
        else:
            yield Finding("microphone", heard)
    try:
        yield Finding("inputs", named(input_devices()) or "none")
    except CaptureError:
        return


def _blocks(read: Callable[[float], bytes | None], for_seconds: float) -> Iterator[bytes]:
    from capture.pcm import seconds

    taken = 0
    while seconds(taken) < for_seconds:
        block = read(0.1)
        if block is not None:
            taken += len(block)
            yield block
