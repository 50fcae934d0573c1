"""What replaces sentences of a memo: an inbox of its own beside the memo, ``<id>.again/``.

So a crash in the middle of saying one again leaves what every recording leaves; confirmed, thrown away or set aside the
folder goes where the memo goes.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from capture.inbox import Inbox
from ground.durable import disk_trouble, private_folder, sync_folder

REPLACEMENTS_SUFFIX: Final = ".again"


def replacements_of(inbox: Path, recording_id: str) -> Inbox:
    """Where the replacements for a memo's sentences are; ``inbox`` is the folder of the memo."""
    return Inbox(inbox / f"{recording_id}{REPLACEMENTS_SUFFIX}")


def archive_replacements(inbox: Path, recording_id: str, audio: Path) -> None:
    """Move the replacements of a confirmed memo beside its sound. May be repeated.

    :raises DiskTrouble: they stay in the inbox.
    """
    folder = replacements_of(inbox, recording_id).folder
    with disk_trouble("The memo is stored; what was said again stays in the inbox."):
        if folder.is_dir():
            folder.replace(private_folder(audio) / folder.name)
            sync_folder(audio)


def recover_replacements(inbox: Path) -> Iterator[str]:
    """Finish replacements that a crash cut off, with a line for each that could not be; the review takes them up."""
    for folder in sorted(inbox.glob(f"*{REPLACEMENTS_SUFFIX}")):
        yield from Inbox(folder).recover().trouble
