"""A backup made, and brought back: the archive with the store, the inbox, the sound and the settings in it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import IO, BinaryIO, Final

from aftercall.desk import archive
from aftercall.desk.app import App
from aftercall.desk.errors import BadBackup, BadSettings, FrontDoorError, NotEmpty, NothingFound
from aftercall.desk.settings import reaching_out
from aftercall.desk.staging import staging
from ground.durable import atomic_file, disk_trouble, private_folder, sync_folder
from ground.reader import Senseless, open_regular
from memos.check import require_ours
from memos.errors import StoreDamaged
from memos.store import Store

_NOT_TAKEN: Final = f"{archive.CONFIG}.from-backup"
"""Where settings go that are not to hold, in the user's folder."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    :ivar memos: how many are in the database that is in place now.
    :ivar manifest: what the backup says of itself.
    """

    memos: int
    manifest: archive.Manifest


def back_up(app: App, file: Path) -> archive.Manifest:
    """Write everything into ``file``, read it back and compare.

    :raises NothingFound: there is nothing yet.
    :raises FrontDoorError, DiskTrouble: it cannot be there, or the database is not sound; nothing was written.
    """
    if not app.home.data.is_dir():
        raise NothingFound("There is nothing to back up yet.")
    if file.exists():
        raise FrontDoorError(f"{file} exists already and was left as it is. Give another name.")
    if file.absolute().is_relative_to(app.home.data.absolute()):
        raise FrontDoorError(f"{app.home.data} is what is backed up; keep the backup elsewhere. Nothing was written.")
    if not file.parent.is_dir():
        raise FrontDoorError(f"There is no folder {file.parent}. Nothing was written.")
    with staging(app.home.data) as folder, app.status() as status:
        copy = folder / archive.DATABASE
        foreign: list[str] = []

        def snapshot() -> tuple[Path, int]:
            status.show("copying the database …", now=True)
            with app.store() as store:
                store.copy_to(copy)
            with Store.open(copy, read_only=True) as store:
                if faults := store.check():
                    raise FrontDoorError(
                        f"The database is not sound, so no backup was made: {faults[0]}. See: aftercall doctor"
                    )
                count = store.count()
                foreign.extend(store.foreign())
            status.show("packing …", now=True)
            return copy, count

        status.show("packing the inbox …", now=True)
        about = archive.Manifest(app.now(), version("aftercall"), 0, {})
        with disk_trouble(f"No backup was made; {file} does not exist."), atomic_file(file) as opened:
            written = archive.write(opened, app.home.data, app.home.config_file, snapshot, about)
            opened.flush()
            status.show("reading it back …", now=True)
            compared = archive.compare_with_disk(opened)
    for path in written.left_out:
        app.say(f"{path} is no file, or a link to none, and was left out.")
    if foreign:
        app.say(f"The database holds what aftercall did not make, and `restore` refuses that: {', '.join(foreign)}.")
    return replace(compared, left_out=written.left_out)


def restore(app: App, file: Path, take_settings: Callable[[Mapping[str, object]], bool]) -> Restored:
    """Take everything out of the backup ``file``, to where it came from; what is kept as it is instead is said.

    :param take_settings: whether to take settings over that reach out of the folder; it is given those.
    :raises NotEmpty: there is something already.
    :raises BadBackup, MemosError: it is none, or damaged; nothing was restored.
    """
    _refuse_unless_empty(app)
    with staging(app.home.data) as folder, app.status() as status:
        status.show("unpacking …", now=True)

        def target(name: str) -> IO[bytes]:
            path = folder / name
            private_folder(path.parent)
            path.touch(mode=0o600)
            return path.open("wb")

        with disk_trouble("Nothing was restored."), _opened(file) as opened:
            manifest = archive.unpack(opened, target, shutil.disk_usage(folder).free)
        status.show("checking the database …", now=True)
        count = _checked(folder / archive.DATABASE)
        status.clear()
        settings = folder / archive.CONFIG
        if settings.exists() and not app.home.config_file.exists() and not _settings_hold(app, settings, take_settings):
            settings.rename(folder / _NOT_TAKEN)
        with disk_trouble("It was restored in part; move aside what is there and try again."):
            _put_in_place(app, folder)
    return Restored(count, manifest)


def _opened(file: Path) -> BinaryIO:
    try:
        return open_regular(file)
    except Senseless as error:
        raise BadBackup(f"That is no backup of aftercall ({error}). Nothing was changed.") from error


def _checked(database: Path) -> int:
    """How many memos are in an unpacked database, which is one of ours, sound, and of this version afterwards.

    It is looked at before it is opened: what is in its schema would run with the first memo, or with a migration.
    """
    try:
        require_ours(database)
        with Store.open(database) as store:
            faults = store.check()
            count = store.count()
    except StoreDamaged as error:
        raise BadBackup(f"The database in the backup is not sound: {error.detail}. Nothing was restored.") from error
    if faults:
        raise BadBackup(f"The database in the backup is not sound: {faults[0]}. Nothing was restored.")
    return count


def _settings_hold(app: App, file: Path, take: Callable[[Mapping[str, object]], bool]) -> bool:
    """Whether the settings of a backup are to hold. They may be somebody else's, and the next memo would obey them."""
    try:
        found = reaching_out(file)
    except BadSettings as error:
        app.say(f"The settings in the backup make no sense: {error}")
        found, hold = {}, False
    else:
        hold = not found or take(found)
    if not hold:
        app.say(f"The settings in the backup were not taken over; they are in {app.home.data / _NOT_TAKEN}.")
    elif found:
        app.say("The settings in the backup were taken over.")
    return hold


def _refuse_unless_empty(app: App) -> None:
    """Settings may be there, and what a failed command left."""
    for path in sorted(app.home.data.glob("[!.]*")):
        empty = path.is_dir() and not any(path.iterdir())
        if not empty and path.name not in archive.NOT_OURS | {archive.CONFIG}:
            raise NotEmpty(f"{path} exists already, and nothing is overwritten. Move {app.home.data} aside first.")


def _put_in_place(app: App, folder: Path) -> None:
    """The database last: with it, the store is there."""
    for inner in folder.rglob("*/"):
        sync_folder(inner)
    database = folder / archive.DATABASE
    for path in sorted(folder.iterdir(), key=lambda path: path == database):
        target = app.home.config_file if path.name == archive.CONFIG else app.home.data / path.name
        if target.is_file():
            app.say(f"{target} was kept as it is; the one in the backup was left out.")
            continue
        if target.is_symlink() and target.is_dir():  # to another disk, for one: it is to go there
            shutil.copytree(path, target, dirs_exist_ok=True)
            sync_folder(target)
            continue
        if target.is_dir():
            target.rmdir()  # it is empty, as was looked before
        private_folder(target.parent)
        path.rename(target)
    sync_folder(app.home.data)
