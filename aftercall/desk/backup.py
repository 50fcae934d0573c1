"""A backup made, and brought back: the archive with the store, the inbox, the sound and the settings in it."""

from importlib.metadata import version
from pathlib import Path
from typing import IO

from aftercall.desk import archive
from aftercall.desk.app import App
from aftercall.desk.errors import BadBackup, FrontDoorError, NotEmpty, NothingFound
from aftercall.desk.staging import staging
from ground.durable import atomic_file, disk_trouble, private_folder, sync_folder
from memos.store import Store


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
            status.show("packing …", now=True)
            return copy, count

        status.show("packing the inbox …", now=True)
        about = archive.Manifest(app.now(), version("aftercall"), 0, {})
        with disk_trouble(f"No backup was made; {file} does not exist."), atomic_file(file) as opened:
            archive.write(opened, app.home.data, app.home.config_file, snapshot, about)
            opened.flush()
            status.show("reading it back …", now=True)
            return archive.compare_with_disk(opened)


def restore(app: App, file: Path) -> archive.Manifest:
    """Take everything out of the backup ``file``, to where it came from; what is kept as it is instead is said.

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

        with disk_trouble("Nothing was restored."), file.open("rb") as opened:
            manifest = archive.unpack(opened, target)
        status.show("checking the database …", now=True)
        with Store.open(folder / archive.DATABASE) as store:
            if faults := store.check():
                raise BadBackup(f"The database in the backup is not sound: {faults[0]}. Nothing was restored.")
        with disk_trouble("It was restored in part; move aside what is there and try again."):
            _put_in_place(app, folder)
    return manifest


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
        if target.is_dir():
            target.rmdir()  # it is empty, as was looked before
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(target)
    sync_folder(app.home.data)
