"""What is kept on the disk, for how long, and how it is removed: the files of memos. The rows are the store's."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aftercall.desk.home import Home
from capture.notes import DISCARDED
from capture.recording import is_id
from capture.replacements import REPLACEMENTS_SUFFIX
from ground.durable import disk_trouble, sync_folder
from ground.lock import LOCK_SUFFIX

if TYPE_CHECKING:
    from memos.store import Store

NO_PROMISE: Final = (
    "What no program can promise: backups, snapshots of the file system, blocks that an SSD has put aside, and what "
    "was synced to a calendar or sent to a CRM before are not touched."
)

DAMAGED: Final = "memos.db.damaged-"
"""How the name begins of a database that `doctor --repair` has set aside."""

_FAILURE_LOG: Final = "last-failure.txt"


def past_sound(home: Home, store: "Store | None", keep_days: int | None, now: datetime) -> list[Path]:
    """The sound that is kept no longer, by name.

    That of memos confirmed more than `keep_days` ago (None: it is kept for ever), and of those thrown away as long ago.
    Sound whose memo is not stored is never among it.
    """
    if keep_days is None:
        return []
    before = now - timedelta(days=keep_days)
    ids = {path.stem for path in home.audio.glob("*.wav") if is_id(path.stem)}
    confirmed = store.confirmed_at(ids) if store else {}
    past = files_of(home.audio, [memo_id for memo_id, moment in confirmed.items() if moment < before])
    return past + sorted(_thrown_away(home.inbox / DISCARDED, before))


def _thrown_away(folder: Path, before: datetime) -> Iterator[Path]:
    """Everything of the memos that were moved to `folder` before that moment."""
    for path in folder.glob("*"):
        facts = path.lstat()
        # A move changes ctime on every system but Windows, where that is the time of the recording.
        if not stat.S_ISDIR(facts.st_mode) and max(facts.st_mtime, facts.st_ctime) < before.timestamp():
            yield path


def sound_without_memo(home: Home, store: "Store | None") -> list[str]:
    """The ids of sound in audio/ whose memo is not stored, in order."""
    ids = {path.stem for path in home.audio.glob("*.wav") if is_id(path.stem)}
    return sorted(ids - (store.confirmed_at(ids) if store else {}).keys())


def files_of(data: Path, ids: Collection[str]) -> list[Path]:
    """Every file below `data` that bears the id of one of these memos in its name, or in that of its folder."""
    files = (Path(folder) / name for folder, _, names in os.walk(data) for name in names if _is_kept(name))
    return sorted(file for file in files if any(memo_id in str(file.relative_to(data)) for memo_id in ids))


def _is_kept(name: str) -> bool:
    """A lock says that a memo is at work, and goes with its holder."""
    return not name.endswith(LOCK_SUFFIX)


def ids_of_files(data: Path) -> set[str]:
    """The ids of all memos that have a file below `data`."""
    found = {name[: len("20261121-164005-7f3a")] for _, _, names in os.walk(data) for name in names}
    return {name for name in found if is_id(name)}


def erase_files(data: Path, files: Iterable[Path]) -> None:
    """Remove files, and with them the log of the last failure, which may quote what was in them.

    :raises DiskTrouble: some may be left; to be called again.
    """
    with disk_trouble("Some files are left; try again."):
        there = [path for path in (*files, data / _FAILURE_LOG) if path.exists()]
        for path in there:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in there}:
            if folder.suffix == REPLACEMENTS_SUFFIX and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent  # noqa: PLW2901 - the one that is left
            sync_folder(folder)


def damaged_copies(data: Path) -> list[Path]:
    """Databases that a repair has set aside, without their logs; they hold every memo of their time."""
    return sorted(data.glob(f"{DAMAGED}*[0-9]"))
