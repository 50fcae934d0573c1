"""What a crash left behind, finished at the start of a command and told of."""

from aftercall.desk.app import App
from aftercall.desk.hints import line_of
from aftercall.desk.words import recording_in_words
from capture.notes import SET_ASIDE
from capture.replacements import archive_replacements, recover_replacements
from ground.errors import AftercallError


def recover(app: App) -> None:
    """Finish what a crash left behind, and say so."""
    if not app.home.inbox.is_dir():
        return
    for line in recover_replacements(app.home.inbox):
        app.say(line)
    recovery = app.inbox.recover()
    for recording in recovery.recovered:
        described = recording_in_words(recording, app.now().date())
        app.say(f"Recovered a recording that was cut off: {described}. `aftercall review` goes on with it.")
    for path in recovery.set_aside:
        what = "sound" if path.suffix == ".wav" else "note" if path.suffix == ".json" else "recording"
        app.say(f"{path.name} is no {what} that can be read; it was moved to {path.parent / SET_ASIDE}.")
    for line in recovery.trouble:
        app.say(line)
    _archive_confirmed(app)


def _archive_confirmed(app: App) -> None:
    """Tidy away recordings whose memo was stored just before something went wrong.

    A store or a disk in trouble is only told of: it must not keep the rep from speaking the next memo.
    """
    try:
        for recording_id in app.confirmed_among(app.inbox.ids()):
            archive_replacements(app.home.inbox, recording_id, app.home.audio)
            app.inbox.archive(recording_id, app.home.audio)
    except (AftercallError, OSError) as error:
        line = line_of(error)
        app.told.add(line)
        app.say(line)
