"""Every command in a home that takes nothing more, that may not be written to, or that a later version has written:
what can be read is read, what cannot be done ends with its code, the trouble is told once, and nothing is lost.

The soak does the same on disks that are full and read-only.
"""

import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from cli import AFTERCALL, Done, environment, run

from aftercall.commands import COMMANDS

MEMO: Final = "20261116-164005-0000"
TROUBLE: Final = re.compile(r"limit on the size of files|no permission to write|written by a later version")
NO_SCREEN_AND_NO_SOUND: Final = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "PULSE_SERVER": "unix:/nowhere/at/all"}

Codes = tuple[int, int, int]
"""In a home that is full, one that is read-only, and one of a later version."""

READS: Final[Codes] = (0, 0, 7)
IS_REFUSED: Final[Codes] = (7, 7, 7)
NEEDS_NO_STORE: Final[Codes] = (0, 0, 0)

# MEMO, OTHER, WAITS, SOUND, BOOK, FOLDER and BACKUP stand for ids and files that are there.
TRIES: Final[dict[str, Codes]] = {
    "list": READS,
    "list --json --limit 1000000": READS,
    "show MEMO": READS,
    "search fuel": READS,
    "due --all": READS,
    "brief MEMO": READS,
    "brief MEMO --set budget=40k": IS_REFUSED,
    "stats": READS,
    "contacts list": READS,
    "contacts merges": (3, 3, 7),
    "contacts add Jo": IS_REFUSED,
    "contacts edit 1 --role Buyer": IS_REFUSED,
    "contacts import BOOK": IS_REFUSED,
    "contacts merge 1 2": IS_REFUSED,
    "contacts undo 1": (3, 3, 7),
    "export --to json": READS,
    "export --to csv FOLDER": (7, 0, 7),
    "export --to salesforce --dry-run": READS,
    "export --to salesforce FOLDER": IS_REFUSED,
    "inbox": NEEDS_NO_STORE,
    "status": READS,
    "service status": NEEDS_NO_STORE,
    "when 'next Tuesday'": NEEDS_NO_STORE,
    "when --score": (3, 3, 7),
    "config": NEEDS_NO_STORE,
    "plugins": (3, 3, 3),
    "completion bash": NEEDS_NO_STORE,
    "model list": NEEDS_NO_STORE,
    "calendar status": READS,
    "calendar questions": (3, 3, 7),
    "calendar export -": READS,
    "calendar sync": IS_REFUSED,
    "team status": (3, 3, 7),
    "team sync": IS_REFUSED,
    "team join postgresql://127.0.0.1:1/x": IS_REFUSED,
    "team leave": IS_REFUSED,
    "transcribe": (3, 3, 3),  # before anything can have been recorded
    "record --from SOUND --later": (7, 7, 0),
    "jot words": (7, 7, 0),
    "import SOUND": IS_REFUSED,
    "edit MEMO": (5, 5, 7),
    "edit WAITS": (5, 5, 7),
    "review": (5, 5, 5),
    "done MEMO": IS_REFUSED,
    "snooze MEMO 2031-12-24": IS_REFUSED,
    "cancel MEMO": IS_REFUSED,
    "move MEMO 2": IS_REFUSED,
    "backup FOLDER": IS_REFUSED,
    "restore BACKUP": (1, 1, 1),
    "watch --once": (6, 7, 6),
    "toggle": (1, 1, 1),
    "ring": (0, 7, 7),
    "doctor": IS_REFUSED,
    "doctor --repair": IS_REFUSED,
    "purge --dry-run": READS,
    "delete OTHER --yes": IS_REFUSED,
}


@dataclass(frozen=True)
class Refusing:
    """A home with a memo that waits, and how commands are started so that they meet its trouble."""

    home: Path
    waits: str
    started: tuple[str, ...] = ()

    def words(self, tried: str) -> list[str]:
        base = self.home.parent
        stand_for = {
            "MEMO": MEMO,
            "OTHER": "20261117-164005-0001",
            "WAITS": self.waits,
            "SOUND": str(Path(__file__).parents[3] / "samples" / "plain.flac"),
            "BOOK": str(base / "book.csv"),
            "FOLDER": str(base / "out"),
            "BACKUP": str(base / "backup.zip"),
        }
        return [stand_for.get(word, word) for word in shlex.split(tried)]

    def run(self, tried: str) -> Done:
        return run(*self.words(tried), home=self.home, started=self.started, **NO_SCREEN_AND_NO_SOUND)

    def stored(self) -> dict[str, bytes]:
        """The words of all memos, and each file that is nobody's aid."""
        with closing(sqlite3.connect(f"{(self.home / 'memos.db').as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
            words = json.dumps(conn.execute("SELECT id, text FROM memos ORDER BY id").fetchall()).encode()
        files = [path for path in self.home.rglob("*") if path.is_file() and "memos.db" not in path.name]
        return {"memos": words} | {str(path): path.read_bytes() for path in files}


def filled(base: Path, fill: Callable[..., None]) -> Refusing:
    home = base / "home"
    fill(home, 0, 1, 2)
    (home / "audio").mkdir(mode=0o700)
    (home / "audio" / f"{MEMO}.wav").write_bytes(b"sound")
    waits = run("jot", "She liked it.", home=home).out.strip()
    assert run("backup", base / "backup.zip", home=home).code == 0
    (base / "out").mkdir()
    (base / "book.csv").write_text("Name,Phone\nJo Park,512-555-0100\n")
    return Refusing(home, waits)


def that_is_full(home: Refusing) -> Refusing:
    limited = ("bash", "-c", 'ulimit -f 0; trap "" XFSZ; exec "$@"', "-")
    return Refusing(home.home, home.waits, limited)


def that_is_read_only(home: Refusing) -> Refusing:
    for path in (*home.home.rglob("*"), home.home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    # Root may write everywhere, but for the capabilities that let it.
    as_others = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") if os.geteuid() == 0 else ()
    return Refusing(home.home, home.waits, as_others)


def of_a_later_version(home: Refusing) -> Refusing:
    with closing(sqlite3.connect(home.home / "memos.db")) as conn, conn:
        conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('memos', 'm999_tomorrow')")
    return home


MADE: Final = (that_is_full, that_is_read_only, of_a_later_version)


@pytest.fixture(scope="module", params=range(len(MADE)), ids=[made.__name__ for made in MADE])
def which(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def refusing(which: int, tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Iterator[Refusing]:
    made = MADE[which](filled(tmp_path_factory.mktemp("refusing"), fill))
    yield made
    made.home.chmod(0o700)
    for path in made.home.rglob("*"):
        path.chmod(0o700)


@pytest.mark.parametrize("tried", TRIES)
def test_a_command_ends_with_its_code_tells_the_trouble_once_and_loses_nothing(
    refusing: Refusing, which: int, tried: str
) -> None:
    before = refusing.stored()
    done = refusing.run(tried)
    assert done.code == TRIES[tried][which], done.err
    assert not re.search("Traceback|unexpectedly|this memo", done.err)
    # Of these it is said that the memos can be read, and then what else could not be written.
    told = 2 if tried.split()[0] in {"import", "export", "delete"} else 1
    assert sum(bool(TROUBLE.search(line)) for line in done.lines) <= told, done.err
    after = refusing.stored()
    assert after.keys() >= before.keys()
    assert {name: after[name] for name in before} == before


def test_the_page_opens_all_the_same(refusing: Refusing) -> None:
    page = subprocess.Popen(
        [*refusing.started, *AFTERCALL, "page", "--no-browser"],
        env=environment(refusing.home, PYTHONDONTWRITEBYTECODE="1", **NO_SCREEN_AND_NO_SOUND),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with page:
        assert page.stdout is not None
        assert page.stdout.readline().startswith("http://127.0.0.1:")
        page.send_signal(signal.SIGINT)
        _, told = page.communicate(timeout=60)
    assert "Traceback" not in told


def test_no_command_is_left_out() -> None:
    assert {tried.split()[0] for tried in TRIES} | {"page"} == COMMANDS.keys()
