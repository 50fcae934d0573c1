"""A team's book of many memos: how long syncs and searches take, beside the same queries by psql alone.

Starts a PostgreSQL of its own, as the tests do, with made-up memos of several reps (generate_memos.py). Seconds of
the processor are told beside those of the clock, as a busy machine has more of the latter. Usage:
team.py [MEMOS] [REPS] [TIMES]: before the search is measured, each memo is put into the server's book so many times in
all, under other ids and on other days, by the server itself; so a million need no fifty laptops.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import psutil  # noqa: E402  # after the path
from generate_memos import generate  # noqa: E402
from postgres_server import PostgresServer  # noqa: E402

from memos.models import Contact  # noqa: E402
from memos.query import Query  # noqa: E402
from memos.search import EVERY_MEMO, Filters  # noqa: E402
from memos.store import Store  # noqa: E402
from memos.team import book_schema  # noqa: E402
from memos.team.address import Address  # noqa: E402
from memos.team.searching import search  # noqa: E402
from memos.team.server import Server  # noqa: E402

QUERIES: Final = (
    ("two words", "budget quote", "words @@ to_tsquery('aftercall.words', 'budget & quote')"),
    ("a word that most have", "the", "words @@ to_tsquery('aftercall.words', 'the')"),
    ("a phrase", '"before the board"', "words @@ phraseto_tsquery('aftercall.words', 'before the board')"),
    ("a beginning", "contr*", "words @@ to_tsquery('aftercall.words', 'contr:*')"),
    ("not", "budget -quote", "words @@ to_tsquery('aftercall.words', 'budget & !quote')"),
)
TIMES: Final = 7

PROMISED: Final = (
    "SELECT subject, body::json ->> 'text' FROM aftercall.entries WHERE kind = 'memo'"
    " AND body::json -> 'next_call' ->> 0 <= current_date::text ORDER BY body::json -> 'next_call' ->> 0"
)
HEARD: Final = (
    "SELECT author, spoken_at, text FROM aftercall.memos"
    " WHERE contact = (SELECT contact FROM aftercall.memos WHERE next_call LIMIT 1) ORDER BY moment DESC LIMIT 3"
)
BY_CONTACT: Final = (
    "SELECT ts_headline('aftercall.words', text, 'budget') FROM (SELECT * FROM (SELECT * FROM aftercall.memos"
    " WHERE words @@ to_tsquery('aftercall.words', 'budget') AND {since} AND contact IN"
    " (SELECT uid FROM aftercall.contacts WHERE strpos(plain_name, 'dana') > 0) ORDER BY moment DESC LIMIT 3000) AS new"
    " ORDER BY ts_rank_cd(words, to_tsquery('aftercall.words', 'budget')) DESC, moment DESC LIMIT 20) AS best"
)


def no_password() -> None:
    """None is needed."""


def timed(what: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begin = time.perf_counter()
    what()
    return time.perf_counter() - begin


def cpu(postgres: PostgresServer) -> float:
    """Seconds of the processor that went into this program and the connections of the server that are closed."""
    server = psutil.Process(postgres.process.pid).cpu_times()
    return time.process_time() + server.children_user + server.children_system


def median(what: Callable[[], object]) -> float:
    """The median of some runs, in milliseconds."""
    return statistics.median(timed(what) for _ in range(TIMES)) * 1000


# Without the triggers, which would do the same for each row at a time.
MULTIPLY: Final = """
SET session_replication_role = replica;
INSERT INTO aftercall.entries (key, kind, subject, about, author, device, n, stamp, body)
    SELECT 'memo/' || subject || copy, kind, subject || copy, about, author, device, -n * 1000 - copy, stamp, body
    FROM aftercall.entries, generate_series(2, {times}) AS copy WHERE kind = 'memo';
INSERT INTO aftercall.memos
    (id, author, contact, spoken_at, moment, outcome, next_call, version, text, called, company, words)
    SELECT id || copy, author, contact, to_char(earlier AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS+00:00'), earlier,
        outcome, next_call, version, text, called, company, words
    FROM aftercall.memos, generate_series(2, {times}) AS copy, LATERAL (SELECT moment - copy * interval '11 hours')
        AS other (earlier);
"""


def main(memos: int, reps: int, times: int) -> None:
    """Fill, and print a table."""
    folder = Path(tempfile.mkdtemp(prefix="aftercall-bench-"))
    postgres = PostgresServer()
    try:
        book = postgres.database()
        logins = [f"rep{number}" for number in range(reps)] + ["newcomer"]
        with Server.connect(Address(postgres.url(book, "boss")), no_password) as server:
            book_schema.prepare(server)
        for login in logins:
            postgres.run("postgres", f"CREATE ROLE {login} LOGIN IN ROLE aftercall_member")

        def join(login: str) -> Store:
            path = folder / login / "memos.db"
            store = Store.open(path, clock=lambda: datetime.now(UTC))
            address = Address(postgres.url(book, login))
            with Server.connect(address, no_password) as server:
                store.team.join(server, address, login.title())
            return store

        def sync(store: Store) -> None:
            with Server.connect(store.team.address, no_password) as server:
                store.team.sync(server)

        for number, login in enumerate(logins[:-1]):
            (folder / login).mkdir()
            generate(folder / login / "memos.db", memos // reps, 2026 + number)
            store = join(login)
            if number == 0:
                busy = cpu(postgres)
                seconds = timed(lambda s=store: sync(s))
                print(
                    f"first sync, {memos // reps} memos go: {seconds:.1f} s, {cpu(postgres) - busy:.1f} s of CPU",
                    flush=True,
                )
                first = store
            else:
                sync(store)
                store.close()
                shutil.rmtree(folder / login)
        postgres.run(book, "VACUUM ANALYZE")
        newcomer = join("newcomer")
        busy, seconds = cpu(postgres), timed(lambda: sync(newcomer))
        print(f"first sync, {memos} memos come: {seconds:.1f} s, {cpu(postgres) - busy:.1f} s of CPU", flush=True)
        print(f"sync with nothing to do: {median(lambda: sync(newcomer)):.0f} ms")

        def one_more() -> None:
            newcomer.address_book.add(Contact(0, f"Nobody {time.perf_counter()}", None, None, None))
            sync(newcomer)

        print(f"sync with one contact to send: {median(one_more):.0f} ms")
        sync(first)
        print(f"sync of what another sent: {timed(lambda: sync(first)) * 1000:.0f} ms")
        count = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        before = int(postgres.run(book, count))
        for _ in range(10):
            sync(newcomer)
        time.sleep(1)
        print(f"transactions of an idle sync, every five minutes: {(int(postgres.run(book, count)) - before) / 10:.0f}")
        today = datetime.now(UTC).date()
        at_home(newcomer, postgres, book, today)
        if times > 1:
            seconds = timed(lambda: postgres.run(book, MULTIPLY.format(times=times)))
            postgres.run(book, "VACUUM ANALYZE")
            print(f"{postgres.run(book, 'SELECT count(*) FROM aftercall.memos')} memos in the book, in {seconds:.0f} s")
        print(f"load of the machine: {psutil.getloadavg()[0]:.1f}")
        print(f"{'search':24}{'aftercall':>12}{'psql':>12}{'newest':>12}")
        searches(newcomer, postgres, book)
        print(f"on the server: {postgres.run(book, 'SELECT pg_size_pretty(pg_database_size(current_database()))')}")
        print(f"in the newcomer's memos.db: {newcomer.path.stat().st_size / 1e6:.0f} MB")
    finally:
        postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)


def at_home(newcomer: Store, postgres: PostgresServer, book: str, today: date) -> None:
    """What needs no server; beside it what psql takes for the rows that it is told from."""
    due = newcomer.team.open_calls(today)
    print(f"due --team, at home: {median(lambda: newcomer.team.open_calls(today)):.0f} ms for {len(due)} calls")
    print(f"by psql, what was ever promised until today: {psql(postgres, book, PROMISED):.0f} ms")
    whose = newcomer.team.open_calls(None)[0].memo.contact
    assert whose is not None

    def brief() -> None:
        newcomer.calls.brief(whose.id)
        newcomer.team.heard(whose.id, most=3)
        newcomer.team.brief_readings(whose.id)

    print(
        f"brief, at home: {median(brief):.1f} ms; by psql, the last memos of one: {psql(postgres, book, HEARD):.1f} ms"
    )
    print(f"what colleagues heard of one, at home: {median(lambda: newcomer.team.heard(whose.id, most=3)):.1f} ms")
    print(f"stats --team, at home: {median(lambda: newcomer.team.stats(None, today)):.0f} ms")


def searches(newcomer: Store, postgres: PostgresServer, book: str) -> None:
    """On the server, beside the same queries by psql."""
    with Server.connect(newcomer.team.address, no_password) as server:
        for name, query, where in QUERIES:
            ours = median(lambda q=query: search(server, Query.parse(q), EVERY_MEMO, 20))
            newest = f"SELECT id, moment, words, text FROM aftercall.memos WHERE {where} ORDER BY moment DESC LIMIT"
            asked = where.removeprefix("words @@ ")
            ranked = (
                f"SELECT ts_headline('aftercall.words', text, {asked}) FROM (SELECT * FROM ({newest} 3000) AS new"
                f" ORDER BY ts_rank_cd(words, {asked}) DESC, moment DESC LIMIT 20) AS best"
            )
            theirs, plain = psql(postgres, book, ranked), psql(postgres, book, f"{newest} 20")
            print(f"{name:24}{ours:9.1f} ms{theirs:9.1f} ms{plain:9.1f} ms", flush=True)
        print(f"{postgres.run(book, 'SELECT count(*) FROM aftercall.contacts')} contacts")
        for name, filters, since in (
            ("by contact, since a day", Filters(contact="Dana", since=date(2026, 1, 1)), "moment >= '2026-01-01'"),
            ("by contact", Filters(contact="Dana"), "TRUE"),
        ):
            ours = median(lambda f=filters: search(server, Query.parse("budget"), f, 20))
            theirs = psql(postgres, book, BY_CONTACT.format(since=since))
            print(f"{name:24}{ours:9.1f} ms{theirs:9.1f} ms", flush=True)


def psql(postgres: PostgresServer, book: str, sql: str) -> float:
    """Milliseconds that psql says a query takes, the median, as a member."""
    lines = ["\\timing on", *[f"{sql};"] * TIMES]
    done = subprocess.run(
        ["psql", postgres.url(book, "newcomer"), "-Xq", "-o", "/dev/null"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return statistics.median(float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("Time:"))


if __name__ == "__main__":
    main(*(int(given) for given in [*sys.argv[1:], *["100000", "1", "10"][len(sys.argv) - 1 :]]))
