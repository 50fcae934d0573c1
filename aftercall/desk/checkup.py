"""Is everything there that a memo needs? Looks, and changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

from aftercall.desk.app import App
from aftercall.desk.folders import HAS_MODES, what_is_wrong, why_no_memo_fits
from aftercall.desk.hints import line_of
from aftercall.desk.reminder import waiting_line
from aftercall.desk.retention import past_sound, sound_without_memo
from ground.disk import nearest, reason_of, room, why_not_written

_LISTEN_SECONDS: Final = 2.0

_LITTLE_SPACE: Final = 200 * 1024 * 1024
"""Bytes. An hour of sound takes 115 MB, and twice that while it is finished."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, or what is wrong and which exit code that would be."""

    name: str
    text: str
    exit_code: int = 0


def findings(app: App, device: str | None) -> Iterator[Finding]:
    """Look at disk, inbox, store, sound, language, weights and microphone, in this order, each when it is asked for.

    :param device: the microphone to look at; None: that of the settings.
    """
    yield from _disk(app)
    yield from _inbox(app)
    yield from _database(app)
    yield from _sound(app)
    yield from _language(app)
    yield from _weights(app)
    yield from _microphone(device or app.settings.device or None, app.say)


def _disk(app: App) -> Iterator[Finding]:
    folder = app.home.data
    wrong = list(what_is_wrong(app.home))
    if wrong:
        yield from (Finding("folder", line, 7) for line in wrong)
    elif not folder.exists():
        yield Finding("folder", f"{folder} will be made when the first memo is recorded")
    else:
        yield Finding("folder", f"{folder}, readable by you only" if HAS_MODES else str(folder))
    free = room(folder)
    line = f"{free / 1e9:.1f} GB free"
    if why := why_no_memo_fits(app.home):
        yield Finding("disk", why, 7)
    else:
        yield Finding("disk", line) if free > _LITTLE_SPACE else Finding("disk", f"only {line}", 7)


def _inbox(app: App) -> Iterator[Finding]:
    if not app.home.inbox.is_dir():
        return
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
            foreign = store.foreign()
    except MemosError as error:
        yield Finding("memos", line_of(error), error.exit_code)
        return
    for problem in problems:
        yield Finding("memos", problem, 7)
    if foreign:
        # A trigger may store other words than those that were confirmed.
        code = 7 if any(what.startswith("trigger ") for what in foreign) else 0
        yield Finding("memos", f"others than aftercall have put into the database: {', '.join(foreign)}", code)
    if not problems:
        yield Finding("memos", f"{count} stored, the database is sound")


def _sound(app: App) -> Iterator[Finding]:
    from memos.errors import MemosError
    from memos.store import Store

    there = app.home.database.exists()
    try:
        with Store.open(app.home.database, read_only=True) if there else nullcontext() as store:
            alone = sound_without_memo(app.home, store)
            past = past_sound(app.home, store, app.settings.keep_audio_days, app.now())
    except MemosError:
        return  # of the database, and told there
    if alone:
        yield Finding("sound", f"no memo is stored for {', '.join(alone)}; --repair moves it back to the inbox", 7)
    if past:
        yield Finding("sound", f"{len(past)} files are kept longer than the settings say: aftercall purge removes them")


def _language(app: App) -> Iterator[Finding]:
    from transcribe.errors import TranscribeError
    from transcribe.languages import require_language

    language, model = app.settings.language, app.settings.model
    try:
        require_language(model, language or None)
    except TranscribeError as error:
        yield Finding("language", line_of(error), error.exit_code)
    else:
        yield Finding("language", f"{language}, which {model} knows" if language else "detected in each memo")


def _weights(app: App) -> Iterator[Finding]:
    from transcribe.errors import TranscribeError
    from transcribe.models import verify_model

    name = app.settings.model
    try:
        state = verify_model(name, app.engine(), app.places, app.settings.models.get(name))
    except TranscribeError as error:
        yield Finding("weights", line_of(error), error.exit_code)
        return
    free = room(app.home.models)
    why = why_not_written(nearest(app.home.models)) if state.to_write else None
    if why:
        yield Finding("weights", f"{name} has to be made ready in {app.home.models}, and {reason_of(why)}", 7)
    elif state.to_write > free:
        needs = f"{state.to_write / 1e6:.0f} MB in {app.home.models}, and there are {free / 1e6:.0f}"
        yield Finding("weights", f"{name} has to be made ready, which takes {needs}", 7)
    else:
        yield Finding("weights", f"{name} for {state.engine}, verified ({state.place})")


def _microphone(wanted: str | None, say: Callable[[str], None]) -> Iterator[Finding]:
    from capture.errors import CaptureError
    from capture.level import NO_VOICE
    from capture.microphone import Microphone, find_input, input_devices, named
    from capture.pcm import level_dbfs

    try:
        device = find_input(wanted)
        say(f"Listening to {device.name!r} for {_LISTEN_SECONDS:g} s: say something.")
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
