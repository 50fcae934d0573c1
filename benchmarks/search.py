"""Searching 100,000 memos: inside, and as a command; beside the bare `sqlite-utils search` on the same file.

Makes the memos first (two minutes), unless a file with them is given. Inside: the median and the slowest of so many
runs of Store.search, in one process. As a command: from start to end of the process, with its output thrown away.
Memory is the largest resident set. Usage: search.py [FILE [RUNS]]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate_memos import generate  # noqa: E402  # after the path
from memos.search import Filters  # noqa: E402
from memos.store import Store  # noqa: E402

MEMOS: Final = 100_000
BIN: Final = Path(sys.executable).parent

SMALL_PARENT: Final = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

QUERIES: Final[Sequence[tuple[str, str, Filters]]] = (
    ("a word", "budget", Filters()),
    ("a word that all have", "the", Filters()),
    ("two words", "budget price", Filters()),
    ("a phrase", '"last March"', Filters()),
    ("one letter and a star", "a*", Filters()),
    ("two of them", "s* t*", Filters()),
    ("a beginning", "warr*", Filters()),
    ("without a word", "call -budget", Filters()),
    ("a rare word", "korvenben", Filters()),
    ("a word, by contact", "budget", Filters(contact="mary")),
    ("a word, by company", "the", Filters(company="ceramics")),
    ("a word, since a day", "call", Filters(since=date(2026, 1, 1))),
    ("a word, call due", "budget", Filters(due=date(2026, 11, 20))),
    ("no word, without next call", "", Filters(next_call=False)),
)
COMMANDS: Final[Sequence[tuple[str, ...]]] = (
    ("search", "budget", "price"),
    ("search", "the"),
    ("search", "s*", "t*"),
    ("search", "wharehouse", "lihgting"),
    ("search", "budget", "--contact", "mary"),
    ("list",),
    ("list", "--since", "2026-01-01", "--company", "ceramics"),
    ("due", "--until", "2026-11-20"),
)


def main(file: str | None = None, runs: int = 15) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = home / "memos.db"
        if file:
            database.symlink_to(Path(file).absolute())
        else:
            began = time.monotonic()
            generate(database, MEMOS)
            print(f"{MEMOS:,} memos made in {time.monotonic() - began:.0f} s", file=sys.stderr)
        print(
            f"\n| {MEMOS:,} memos, {database.stat().st_size / 1e6:,.0f} MB, inside | median | slowest |\n|---|---|---|"
        )
        with Store.open(database) as store:
            newest = store.list(limit=1)[0].id
            for name, query, filters in QUERIES:
                show(
                    f"{name}: `{query}`",
                    [timed(lambda q=query, f=filters: store.search(q, f)) for _ in range(runs)],
                    1000,
                )
            show(
                "near spellings of two words",
                [timed(lambda: store.respell("wharehouse lihgting")) for _ in range(runs)],
                1000,
            )
        print("\n| as a command | median | slowest | memory |\n|---|---|---|---|")
        environment = os.environ | {"AFTERCALL_HOME": str(home)}
        for command in (*COMMANDS, ("show", newest[-8:])):
            as_command(f"aftercall {' '.join(command)}", [str(BIN / "aftercall"), *command], environment, runs)
        for words in ("budget price", "the"):
            peer = [sys.executable, "-m", "sqlite_utils", "search", str(database), "memos_fts", words]
            as_command(f"sqlite-utils search … {words}", [*peer, "--limit", "20", "-c", "text"], environment, runs)


def timed(run: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def show(name: str, taken: Sequence[float], scale: int) -> None:
    """A row of the first table, in milliseconds."""
    print(f"| {name} | {statistics.median(taken) * scale:.0f} ms | {max(taken) * scale:.0f} ms |")


def as_command(name: str, command: list[str], environment: dict[str, str], runs: int) -> None:
    """A row of the second table."""
    taken = [timed(lambda: run_quietly(command, environment)) for _ in range(runs)]
    # A process passes the memory of its parent off as its own: one that is small itself has to start it.
    through = [sys.executable, "-c", SMALL_PARENT, *command]
    largest = int(subprocess.run(through, env=environment, capture_output=True, check=True).stdout)
    megabytes = largest / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"| `{name}` | {statistics.median(taken):.2f} s | {max(taken):.2f} s | {megabytes:.0f} MB |")


def run_quietly(command: list[str], environment: dict[str, str]) -> None:
    """Run a command that must not fail, and throw away what it prints."""
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(*arguments[:1], *map(int, arguments[1:2]))
