"""Keeps one note beside a recording, as transcribing and reading do.

Usage: note_in_child.py INBOX ID
"""

import sys
from pathlib import Path

from capture.inbox import Inbox
from ground.errors import AftercallError


def main(folder: str, recording_id: str) -> int:
    try:
        Inbox(Path(folder)).notes.keep(recording_id, "transcript", {"text": "What was heard."})
    except AftercallError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
