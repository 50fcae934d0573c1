"""Whose the folders are that memos lie in, who else may look into them, and whether they take what a memo needs."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from aftercall.desk.home import Home
from ground.disk import could_not_write, nearest
from ground.durable import sync_file

HAS_MODES: Final = os.name == "posix"
"""On Windows who may read a file is said in lists that Python does not show, and its mode says nothing."""

_TRIAL_BYTES: Final = 1 << 20
"""Half a minute of sound."""


def private_folders(home: Home) -> list[Path]:
    """The folders that nobody else is to look into, as far as there are any."""
    return [path for path in (home.data, home.inbox, home.audio, home.calendar) if path.is_dir()]


def open_to_others(path: Path) -> int:
    """The bits of its mode that let others in; 0 where there are none, or no modes."""
    return stat.S_IMODE(path.stat().st_mode) & 0o077 if HAS_MODES else 0


def what_is_wrong(home: Home) -> Iterator[str]:
    """A line for each folder that is somebody else's, lies where somebody else may replace it, or is open to others."""
    if not HAS_MODES:
        return
    for folder in private_folders(home):
        if whose := _somebody_else(folder):
            yield f"{folder} belongs to {whose}, who can read what is in it, and change it"
        elif open_to_others(folder):
            mode = stat.S_IMODE(folder.stat().st_mode)
            yield f"{folder} can be read by others (mode {mode:o}); --repair closes it"
        if folder.is_symlink() and (whose := _somebody_else(folder.resolve().parent)):
            yield f"{folder} is a link into a folder of {whose}, who can put another in its place"
    if home.models.is_dir() and home.models.stat().st_mode & 0o022:
        yield f"{home.models} can be written to by others, and what is in it is run; --repair closes it"


def _somebody_else(folder: Path) -> str | None:
    """Whose folder it is, where it is neither the user's nor the system's."""
    owner = folder.stat().st_uid
    if owner in (os.geteuid(), 0):
        return None
    import pwd

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"user {owner}"


def why_no_memo_fits(home: Home) -> str | None:
    """What the disk has against a memo, found by writing as much as a short one takes; None where it takes it.

    Nothing of it stays.
    """
    for folder in (home.data, home.inbox):
        where = nearest(folder)
        try:
            with tempfile.TemporaryFile(dir=where) as file:
                file.write(bytes(_TRIAL_BYTES))
                file.flush()
                sync_file(file.fileno())
        except OSError as error:
            error.filename = error.filename or where
            return str(could_not_write(error, "No memo can be recorded."))
    if home.database.exists() and not os.access(home.database, os.W_OK):
        return f"{home.database} cannot be written to. No memo can be stored."
    return None
