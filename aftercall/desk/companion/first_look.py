"""The first look into a folder that has been filling for years: all of it, or what comes from now on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capture.folders.ledger import Became, Entry, Ledger, content_of
from capture.folders.look import Version, sound_files


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A folder that is to be looked after, and what is in it already."""

    folder: Path
    device: int
    found: dict[Path, Version]


def first_looks(ledger: Ledger, folders: list[Path], data: Path) -> list[FirstLook]:
    """The folders that were never looked into; those that are not there are left for later.

    :param data: our own folder, which is not looked into.
    """
    looks = []
    for folder in folders:
        try:
            device = folder.stat().st_dev
            if is_first_look(ledger, folder, device):
                looks.append(FirstLook(folder, device, sound_files(folder, data)))
        except OSError:
            continue
    return looks


def is_first_look(ledger: Ledger, folder: Path, device: int) -> bool:
    """Whether ``folder`` was never looked into, or was empty on another disk: the place that one is mounted at."""
    before = ledger.device_of(folder)
    return before is None or (before != device and not ledger.has_files_of(folder))


def leave(ledger: Ledger, look: FirstLook, on_file: Callable[[int], None] = lambda count: None) -> int:
    """Leave what is in the folder where it is, and take what comes from now on; how many files are left.

    :param on_file: told how many of them have been read: each is known by its content, whatever it comes to be called.
    :raises DiskTrouble: nothing was written down.
    """
    entries = []
    for count, (path, version) in enumerate(look.found.items(), start=1):
        try:
            entries.append(Entry(path, version, content_of(path), Became.OLD))
        except OSError:  # it went in between; what cannot be read now is new when it can
            continue
        on_file(count)
    ledger.note(entries)
    ledger.note_folder(look.folder, look.device)
    return len(entries)


def take_all(ledger: Ledger, look: FirstLook) -> None:
    """Fetch what is in the folder as well.

    :raises DiskTrouble: nothing was written down.
    """
    ledger.note_folder(look.folder, look.device)
