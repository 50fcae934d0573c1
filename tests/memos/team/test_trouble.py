"""A server that is gone, old, new, restored, full or read-only: each is one line, and nothing is lost at home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from cutting_proxy import CuttingProxy
from team_machine import book_of, calls_of

from memos.errors import MemosError
from memos.team.address import Address
from memos.team.errors import BadTeamAddress, TeamNotWritable, TeamTooNew, TeamTooOld, TeamUnreachable


def refused(rep, kind: type[MemosError], url: str | None = None) -> str:
    """What a sync says, which is one line."""
    before = (rep.store.count(), rep.store.team.waiting(), calls_of(rep.store))
    with pytest.raises(kind) as caught:
        rep.sync(url)
    assert "\n" not in str(caught.value)
    assert (rep.store.count(), rep.store.team.waiting(), calls_of(rep.store)) == before
    return str(caught.value)


def test_a_server_that_was_gone_for_a_week_gets_all_that_was_done_meanwhile(reps, everybody_syncs, spoken, postgres):
    ana, ben, _ = reps.values()
    everybody_syncs()
    postgres.stop(signal.SIGQUIT)
    try:
        for number in range(1, 6):
            ana.store.confirm(spoken(number, "a"))
        assert "cannot be reached" in refused(ana, TeamUnreachable)
        assert ana.store.team.standing().waiting > 5
    finally:
        postgres.start()
    everybody_syncs()
    assert ana.store.team.standing().failure is None
    assert book_of(ana.store) == book_of(ben.store)
    assert len(ben.store.team.heard(1, most=9)) == 5


def test_a_server_that_was_restored_from_yesterdays_copy_gets_what_it_lacks(
    reps, everybody_syncs, spoken, postgres, book
):
    ana, ben, cara = reps.values()
    ana.store.confirm(spoken(1, "a"))
    ana.store.confirm(spoken(2, "a", text="To be deleted: zirconium."))
    everybody_syncs()
    yesterday = postgres.dump(book)
    ana.store.confirm(spoken(3, "a"))
    ana.store.erase([spoken(2, "a").id])
    ben.store.confirm(spoken(4, "b"))
    everybody_syncs()
    postgres.restore(book, yesterday)
    assert b"zirconium" in postgres.dump(book)
    everybody_syncs()
    assert b"zirconium" not in postgres.dump(book)
    assert book_of(ana.store) == book_of(ben.store) == book_of(cara.store)
    with cara.connect() as server:
        assert dict(server.rows("SELECT key, stamp FROM aftercall.entries")) == {
            key: stamp for key, (_, stamp, _) in book_of(cara.store).items()
        }


def test_a_store_that_was_restored_from_a_copy_goes_on_as_another_device(reps, everybody_syncs, spoken, tmp_path):
    ana, ben, cara = reps.values()
    ana.store.confirm(spoken(1, "a"))
    everybody_syncs()
    copy = tmp_path / "copy.db"
    ana.store.copy_to(copy)
    ana.store.confirm(spoken(2, "a"))
    everybody_syncs()
    restored = type(ana)("ana", tmp_path / "restored", ana.url)
    restored.store.close()
    copy.replace(restored.store.path)
    restored = type(ana)("ana", tmp_path / "restored", ana.url)
    restored.store.confirm(spoken(3, "a"))
    for rep in (restored, ben, cara, restored):
        rep.sync()
    assert book_of(restored.store) == book_of(ben.store) == book_of(cara.store)
    assert {key for key in book_of(ben.store) if key.startswith("memo/")} == {
        f"memo/{spoken(number, 'a').id}" for number in (1, 2, 3)
    }
    restored.store.close()


def test_a_book_of_a_later_version_is_refused(reps, postgres, book):
    postgres.run(book, "INSERT INTO aftercall.migrations VALUES ('t999_flying_cars')")
    assert "t999_flying_cars" in refused(reps["ana"], TeamTooNew)


def test_a_database_without_a_book_is_told(reps, postgres):
    assert "no team's book" in refused(reps["ana"], TeamTooOld, postgres.url(postgres.database(), "ana"))


def test_a_read_only_server_still_tells_what_colleagues_said(reps, everybody_syncs, spoken, postgres, book):
    ana, ben, _ = reps.values()
    ana.store.confirm(spoken(1, "a"))
    ana.sync()
    ben.store.confirm(spoken(2, "b"))
    postgres.run("postgres", f"ALTER DATABASE {book} SET default_transaction_read_only = on")
    with pytest.raises(TeamNotWritable, match="read-only"):
        ben.sync()
    assert {call.author for call in ben.store.team.open_calls()} == {"ana", "ben"}
    assert ben.store.team.waiting() > 0
    postgres.run("postgres", f"ALTER DATABASE {book} RESET default_transaction_read_only")
    everybody_syncs()
    assert book_of(ana.store) == book_of(ben.store)


def test_a_full_server_is_told_and_gets_it_later(reps, everybody_syncs, spoken, postgres, book):
    ana, ben, _ = reps.values()
    # What PostgreSQL itself says of a full disk, from where it writes.
    postgres.run(
        book,
        "CREATE FUNCTION public.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device'; END $$;"
        " CREATE TRIGGER full_disk BEFORE INSERT ON aftercall.entries EXECUTE FUNCTION public.full_disk()",
    )
    ana.store.confirm(spoken(1, "a"))
    assert "no room left" in refused(ana, TeamNotWritable)
    postgres.run(book, "DROP TRIGGER full_disk ON aftercall.entries")
    everybody_syncs()
    assert book_of(ana.store) == book_of(ben.store) != {}


def test_a_way_that_breaks_at_any_piece_is_gone_once_more(reps, spoken, postgres, book):
    ana, ben, _ = reps.values()
    proxy = CuttingProxy(postgres.port)
    url = postgres.url(book, "ana", proxy.port)
    broken = 0
    for pieces in range(0, 30, 2):
        ana.store.confirm(spoken(pieces % 10, f"a{pieces}"))
        proxy.cut_after(pieces)
        try:
            ana.sync(url)
        except TeamUnreachable:
            broken += 1
    proxy.cut_after(None)
    ana.sync(url)
    ben.sync()
    proxy.close()
    assert broken > 5
    assert book_of(ana.store) == book_of(ben.store)
    assert ana.store.team.waiting() == 0


def test_a_sync_that_is_killed_goes_on_from_there(reps, everybody_syncs, spoken, tmp_path):
    ana, ben, _ = reps.values()
    for number in range(60):
        ana.store.confirm(spoken(number % 10, f"a{number}"))
    code = (
        "import sys; from pathlib import Path; from team_reps import Rep; from memos.team import sync; sync.BATCH = 5\n"
        "rep = Rep(sys.argv[1], Path(sys.argv[2]), sys.argv[3]); print('begun', flush=True); rep.sync()"
    )
    for wait in (0.0, 0.02, 0.05, 0.1, 0.2):
        child = subprocess.Popen(
            [sys.executable, "-c", code, "ana", tmp_path, ana.url],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.wait()
        child.stdout.close()
    everybody_syncs()
    assert ana.store.check() == []
    assert book_of(ana.store) == book_of(ben.store)
    assert len([key for key in book_of(ben.store) if key.startswith("memo/")]) == 60


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana@db.example.com/book",
        "postgresql://ana@db.example.com/book?sslmode=require",
        "postgresql://ana@localhost,db.example.com/book",
        "postgresql://ana@localhost/book?host=db.example.com",
        "postgresql://ana@localhost/book?hostaddr=192.0.2.7",
        "postgresql://ana:secret@localhost/book",
        "postgresql://ana@localhost/book?password=secret",
        "mysql://ana@localhost/book",
        "book",
        "postgresql://ana@localhost:port/book",
    ],
)
def test_an_address_that_is_not_to_be_trusted_is_refused(url):
    with pytest.raises(BadTeamAddress):
        Address(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana@db.example.com/book?sslmode=verify-full",
        "postgresql://ana@localhost/book",
        "postgresql://ana@127.0.0.1:5433/book",
        "postgresql://ana@[::1]/book",
        "postgresql:///book?host=/run/postgresql&user=ana",
    ],
)
def test_an_address_that_is_safe_is_taken(url):
    assert Address(url).login == "ana"


def test_a_memo_that_by_chance_has_the_id_of_a_colleagues_stays_here_and_keeps_nothing_from_going(reps, spoken):
    ana, ben, _ = reps.values()
    same = spoken(1, "x")
    ana.store.confirm(same)
    ana.sync()
    ben.store.confirm(spoken(1, "x", text="Of Ben, spoken in the same second."))
    ben.store.confirm(spoken(2, "b"))
    for _ in range(2):
        ben.sync()
        ana.sync()
    assert ben.store.get(same.id).text == "Of Ben, spoken in the same second."
    assert ben.store.team.waiting() == 0
    assert {call.memo_id for call in ana.store.team.open_calls()} == {same.id, spoken(2, "b").id}
    assert ana.store.get(same.id).text == same.text
