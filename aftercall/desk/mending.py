"""What a repair does: each thing is told in a line, and nothing is deleted."""

import stat

from aftercall.desk.app import App
from aftercall.desk.folders import HAS_MODES, open_to_others, private_folders
from aftercall.desk.hints import line_of
from aftercall.desk.recovery import recover
from aftercall.desk.retention import sound_without_memo
from capture.notes import is_file
from ground.durable import disk_trouble


def mend(app: App) -> None:
    """Finish what crashes left, close folders and files to others, mend the store, bring lost sound back.

    A store that cannot be mended stays as it is, and that is told.

    :raises CaptureError: the disk refused.
    """
    recover(app)
    with disk_trouble("Nothing was changed."):
        _close_to_others(app)
    if app.home.database.exists():
        from memos.database import BUSY_SECONDS
        from memos.errors import MemosError
        from memos.repair import repair

        try:
            for line in repair(app.home.database, app.now(), BUSY_SECONDS):
                app.say(f"memos: {line}.")
        except MemosError as error:
            if (line := line_of(error)) not in app.told:
                app.say(line)
            return  # which sound has a memo is not known then
    _bring_sound_back(app)


def _close_to_others(app: App) -> None:
    home = app.home
    if not HAS_MODES:
        return
    for path in (*private_folders(home), *filter(is_file, home.data.glob(f"{home.database.name}*"))):
        if open_to_others(path):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)
            app.say(f"{path} is now readable by you only.")
    for path in (home.models, *home.models.glob("numba/**/")):
        if path.is_dir() and open_to_others(path) & 0o022:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o755)
            app.say(f"{path} can now be written to by you only.")


def _bring_sound_back(app: App) -> None:
    """Sound without a memo is one that was lost with a damaged or an older database: it can be heard and read anew."""
    with app.any_store() as store:
        alone = sound_without_memo(app.home, store)
    for memo_id in alone:
        app.inbox.take_back(memo_id, app.home.audio)
        app.say(f"{memo_id}: its sound was kept, its memo is not there; moved back to the inbox, to be read again.")
    recover(app)  # which sets aside what is no sound after all
