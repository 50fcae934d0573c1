"""Writes a small store of each version as SQL, made by the migrations themselves; one that is there is left alone.

To be run once after a migration is added, with the program sqlite3 at hand; what it wrote is committed and never made
again, since it stands for the files that users have.
"""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from memos import schema  # noqa: E402  # after the path

CONTENT: Final = (HERE / "content.sql").read_text("utf-8")


def make(name: str) -> None:
    """Write the store of the version whose last migration is `name`."""
    after = dict(zip(schema.NAMES, [*schema.NAMES[1:], None], strict=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memos.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            first = schema.NAMES[0]
            schema.migrate(conn, stop_before=after[first])
            conn.executescript(CONTENT)
            if name != first:
                schema.migrate(conn, stop_before=after[name])
        dumped = subprocess.run(["sqlite3", path, ".dump"], capture_output=True, check=True)
        (HERE / f"{name}.sql").write_bytes(dumped.stdout)


if __name__ == "__main__":
    for name in schema.NAMES:
        if not (HERE / f"{name}.sql").exists():
            make(name)
