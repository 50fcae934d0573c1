"""Many reps of one team who sync at the same moment, and what the server does for those who do nothing.

Starts a PostgreSQL of its own, as the tests do. Each rep is a process with a home of its own, and begins at one barrier
with the others; all of them share the processors of this machine with each other and with the server, as fifty laptops
would not. Usage: team_at_once.py [REPS] [MEMOS]: one of them has confirmed so many, which all have before it begins.
"""

from __future__ import annotations

import multiprocessing
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import psutil  # noqa: E402  # after the path
from generate_memos import generate  # noqa: E402
from postgres_server import PostgresServer  # noqa: E402
from team import no_password, timed  # noqa: E402

from memos.models import Contact  # noqa: E402
from memos.store import Store  # noqa: E402
from memos.team import book_schema  # noqa: E402
from memos.team.address import Address  # noqa: E402
from memos.team.server import CHANNEL, Server  # noqa: E402

ROUNDS: Final = 3


def opened(home: Path) -> Store:
    """The store of a rep."""
    return Store.open(home / "memos.db", clock=lambda: datetime.now(UTC))


def sync(store: Store) -> None:
    """As the companion does: with a connection of its own."""
    with Server.connect(store.team.address, no_password) as server:
        store.team.sync(server)


def one_rep(home: Path, barrier: Any, results: Any) -> None:
    """Sync when all others do: each with one contact to send, then once more for what the others have sent."""
    store = opened(home)
    for number in range(ROUNDS):
        store.address_book.add(Contact(0, f"Nobody {home.name} {number}", None, None, None))
        barrier.wait()
        results.put(("each has one contact to send", timed(lambda: sync(store))))
        barrier.wait()
        results.put(("each takes what is left of the others'", timed(lambda: sync(store))))
        barrier.wait()
        results.put(("nothing to do", timed(lambda: sync(store))))
    store.close()


def of_server(postgres: PostgresServer) -> float:
    """Seconds of the processor that went into connections of the server that are closed."""
    times = psutil.Process(postgres.process.pid).cpu_times()
    return float(times.children_user + times.children_system)


def main(reps: int, memos: int) -> None:
    """Fill, and print what was measured."""
    folder = Path(tempfile.mkdtemp(prefix="aftercall-bench-"))
    postgres = PostgresServer()
    try:
        book = postgres.database()
        with Server.connect(Address(postgres.url(book, "boss")), no_password) as server:
            book_schema.prepare(server)
        homes = [folder / f"rep{number}" for number in range(reps)]
        for home in homes:
            postgres.run("postgres", f"CREATE ROLE {home.name} LOGIN IN ROLE aftercall_member")
            home.mkdir()
        generate(homes[0] / "memos.db", memos)
        for home in homes:
            store, address = opened(home), Address(postgres.url(book, home.name))
            with Server.connect(address, no_password) as server:
                store.team.join(server, address, home.name.title())
                store.team.sync(server)
            store.close()
        at_once(homes)
        idle(postgres, book, homes)
    finally:
        postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)


def at_once(homes: list[Path]) -> None:
    """All sync at the same moment."""
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(len(homes)), context.Queue()
    processes = [context.Process(target=one_rep, args=(home, barrier, results)) for home in homes]
    for process in processes:
        process.start()
    took: dict[str, list[float]] = {}
    for _ in range(len(homes) * ROUNDS * 3):
        what, seconds = results.get()
        took.setdefault(what, []).append(seconds)
    for process in processes:
        process.join()
    print(f"load of the machine: {psutil.getloadavg()[0]:.1f}")
    for what, each in took.items():
        print(
            f"{len(homes)} reps at once, {what}: median {statistics.median(each) * 1000:.0f} ms,"
            f" slowest {max(each) * 1000:.0f} ms",
            flush=True,
        )


def idle(postgres: PostgresServer, book: str, homes: list[Path]) -> None:
    """What the server does for each who waits, and what one sync with nothing to do costs it."""
    count = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    stores = [opened(home) for home in homes]
    before, busy = int(postgres.run(book, count)), of_server(postgres)
    alone = [timed(action(store)) for store in stores]
    time.sleep(1)  # until the server has counted
    transactions = (int(postgres.run(book, count)) - before) / len(stores)
    cost = (of_server(postgres) - busy) / len(stores)
    print(
        f"one after the other, with nothing to do: median {statistics.median(alone) * 1000:.0f} ms,"
        f" {transactions:.0f} transactions and {cost * 1000:.1f} ms of CPU of the server each"
    )
    with ExitStack() as stack:
        for store in stores:
            server = stack.enter_context(Server.connect(store.team.address, no_password))
            server.run(f"LISTEN {CHANNEL}")
        waiting = [int(pid) for pid in postgres.run(book, WAITING).split()]
        begin = [sum(psutil.Process(pid).cpu_times()[:2]) for pid in waiting]
        time.sleep(30)
        end = [sum(psutil.Process(pid).cpu_times()[:2]) for pid in waiting]
        memory = statistics.median(psutil.Process(pid).memory_full_info().uss for pid in waiting)
        print(
            f"{len(waiting)} that wait: {(sum(end) - sum(begin)) * 1000:.0f} ms of CPU in 30 s in all,"
            f" {memory / 1e6:.1f} MB each"
        )
    for store in stores:
        store.close()


WAITING: Final = "SELECT pid FROM pg_stat_activity WHERE application_name = 'aftercall' ORDER BY pid"


def action(store: Store) -> Callable[[], None]:
    """What is timed of a store."""
    return lambda: sync(store)


if __name__ == "__main__":
    main(*(int(given) for given in [*sys.argv[1:], *["50", "1000"][len(sys.argv) - 1 :]]))
