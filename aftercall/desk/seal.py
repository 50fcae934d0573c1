"""What a rep has answered in a reading, on the disk: bound to what was heard, and to this machine.

A file in the inbox is not as if a person had just read what it says: a sync may have put another version of it there,
another program may have written it. So the answers carry a keyed digest (HMAC-SHA-256, RFC 2104) of themselves, of the
recording and of its whole transcript; the key never leaves this machine. What does not fit is read again.
"""

import hashlib
import hmac
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any, Final

from capture.notes import Notes
from ground.durable import atomic_file, disk_trouble, private_folder
from ground.reader import Senseless, open_regular, parse_json
from transcribe.transcript import Transcript

KEY_FILE: Final = ".review-key"
"""In the user's folder. Its dot keeps it out of backups: whoever has one could not forge answers with it, and after a
restore on another machine what was half read there is read again."""

_KEY_BYTES: Final = 32
_SEAL: Final = "seal"


class SealedNotes:
    """The answers to the sentences of memos, one note for each memo.

    :param kind: of the note.
    :param home: the folder of the key.
    """

    def __init__(self, notes: Notes, kind: str, home: Path) -> None:
        self._notes = notes
        self._kind = kind
        self._key_file = home / KEY_FILE

    def keep(self, recording_id: str, transcript: Transcript, answers: dict[str, Any]) -> None:
        """Write the answers.

        :raises DiskTrouble: the earlier version, if any, is still there.
        """
        key = _read_key(self._key_file) or _new_key(self._key_file)
        # As they will be read: a number that names something is a string then.
        plain = parse_json(json.dumps(answers))
        seal = _digest(key, recording_id, transcript, plain)
        self._notes.keep(recording_id, self._kind, plain | {_SEAL: seal})

    def read(self, recording_id: str, transcript: Transcript) -> dict[str, Any] | None:
        """The answers; None where there are none, or where they were not given here, to just this transcript."""
        note = self._notes.read_or_none(recording_id, self._kind)
        key, seal = _read_key(self._key_file), (note or {}).pop(_SEAL, None)
        if note is None or key is None or not isinstance(seal, str):
            return None
        right = _digest(key, recording_id, transcript, note)
        return note if hmac.compare_digest(seal.encode(errors="replace"), right.encode()) else None


def _digest(key: bytes, recording_id: str, transcript: Transcript, answers: dict[str, Any]) -> str:
    said = json.dumps([recording_id, transcript.to_dict(), answers], sort_keys=True, separators=(",", ":"))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _read_key(path: Path) -> bytes | None:
    """The key; None where there is none, or where somebody else can have read or written it."""
    if path.is_symlink():
        return None  # what it leads to is somebody else's
    try:
        with open_regular(path) as file:
            facts = os.fstat(file.fileno())
            key = file.read(_KEY_BYTES + 1)
    except (Senseless, OSError):
        return None
    if os.name != "nt" and (stat.S_IMODE(facts.st_mode) & 0o077 or facts.st_uid != os.geteuid()):
        return None
    return key if len(key) == _KEY_BYTES else None


def _new_key(path: Path) -> bytes:
    """Make one in place of what is there. What was sealed before is read again.

    :raises DiskTrouble: none was made.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    with disk_trouble("The recording itself is safe."):
        private_folder(path.parent)
        with atomic_file(path) as file:
            file.write(key)
    return key
