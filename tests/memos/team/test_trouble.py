"""A server that is gone, old, new, restored, full or read-only: each is one line, and nothing is lost at home."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from cutting_proxy import CuttingProxy
from postgres_server import PostgresServer
from soak.disks import missing_for_mounts, small
from team_checks import book_of, calls_of
from team_reps import Rep, connect, make_book

from memos.errors import MemosError
from memos.models import ConfirmedMemo, ContactRef
from memos.query import Query
from memos.search import Filters
from memos.team import book_schema
from memos.team.address import Address
from memos.team.errors import BadTeamAddress, TeamNotWritable, TeamTooNew, TeamTooOld, TeamUnreachable
from memos.team.searching import search


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


def test_a_book_of_an_earlier_version_is_told_until_its_administrator_brings_it_up_to_date(postgres, spoken, tmp_path):
    book = postgres.database()
    boss = connect(postgres.url(book, "boss"))
    with pytest.MonkeyPatch.context() as then:
        then.setattr(book_schema, "NAMES", book_schema.NAMES[:1])
        then.setattr(book_schema, "_STEPS", book_schema._STEPS[:1])
        assert book_schema.prepare(boss) == ["t001_book"]
        postgres.run("postgres", "GRANT aftercall_member TO ana, ben")
        ana, ben = (Rep(login, tmp_path, postgres.url(book, login)) for login in ("ana", "ben"))
        ana.join()
        ana.store.confirm(spoken(1, "a", contact=ContactRef("Jörg Dana")))
        ana.sync()
    assert "t002_graves" in refused(ana, TeamTooOld)
    assert book_schema.prepare(boss) == ["t002_graves"]
    assert book_schema.prepare(boss) == []
    ben.join()
    ben.sync()
    ana.sync()
    assert book_of(ana.store) == book_of(ben.store) != {}
    with ben.connect() as server:
        [found] = search(server, Query.parse(""), Filters(contact="JORG"), 9)
    assert found.id == spoken(1, "a").id
    for rep in (ana, ben):
        rep.store.close()
    boss.close()


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


own_disk = pytest.mark.skipif(bool(missing_for_mounts()), reason="only root may mount a small file system")


def long_memos(rep: Rep, spoken: Callable[..., ConfirmedMemo], count: int) -> None:
    """Memos for which no room is left in pages that the server has already, as they cannot be compressed."""
    words = random.Random(7)
    for number in range(count):
        text = " ".join(f"{words.getrandbits(64):x}" for _ in range(1500))
        rep.store.confirm(spoken(number % 10, f"a{number}", text=text))


def fill(folder: Path) -> Path:
    """A file that leaves no byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1 << 16)):
            pass
    return filler


@own_disk
def test_a_book_whose_disk_is_full_is_told_in_a_line_and_gets_it_when_there_is_room(
    reps, everybody_syncs, spoken, postgres, book, tmp_path
):
    ana, ben, _ = reps.values()
    ben.store.confirm(spoken(1, "b"))
    ben.sync()
    # Where whoever the server runs as may come to it.
    with tempfile.TemporaryDirectory(prefix="aftercall-disk-") as name, small(Path(name) / "disk", "32m") as disk:
        Path(name).chmod(0o755)
        (disk.folder / "place").mkdir()
        place = postgres.tablespace(disk.folder / "place")
        postgres.run("postgres", f"ALTER DATABASE {book} SET TABLESPACE {place}")
        filler = fill(disk.folder)
        long_memos(ana, spoken, 40)
        assert "no room left" in str(refused_to_write(ana))
        assert [call.author for call in ana.store.team.open_calls() if call.author != "ana"] == ["ben"]
        filler.unlink()
        everybody_syncs()
        assert book_of(ana.store) == book_of(ben.store)
        assert len([key for key in book_of(ben.store) if key.startswith("memo/")]) == 41
        postgres.run("postgres", f"ALTER DATABASE {book} SET TABLESPACE pg_default")
        postgres.run("postgres", f"DROP TABLESPACE {place}")


@own_disk
def test_a_server_that_has_no_room_for_anything_is_told_in_a_line_and_gets_it_when_there_is(spoken, tmp_path):
    with tempfile.TemporaryDirectory(prefix="aftercall-disk-") as name, small(Path(name) / "disk", "160m") as disk:
        Path(name).chmod(0o755)
        postgres = PostgresServer(disk.folder)
        try:
            book = make_book(postgres)
            ana, ben = (Rep(login, tmp_path, postgres.url(book, login)) for login in ("ana", "ben"))
            for rep in (ana, ben):
                rep.join()
            filler = fill(disk.folder)
            long_memos(ana, spoken, 40)
            waiting = ana.store.team.waiting()
            # The server may go down over it, when it cannot write its log: that is a line as well.
            for _ in range(3):
                refused_to_write(ana, TeamNotWritable, TeamUnreachable)
            assert ana.store.count() == 40
            assert ana.store.team.waiting() == waiting
            filler.unlink()
            if postgres.process.poll() is not None:
                postgres.start()
            for rep in (ana, ben, ana):
                rep.sync()
            assert book_of(ana.store) == book_of(ben.store)
            assert len([key for key in book_of(ben.store) if key.startswith("memo/")]) == 40
            for rep in (ana, ben):
                rep.store.close()
        finally:
            postgres.remove()


def refused_to_write(rep: Rep, *kinds: type[MemosError]) -> MemosError:
    """What a sync says that could not write; which is one line, and loses nothing."""
    memos, waiting = rep.store.count(), rep.store.team.waiting()
    with pytest.raises(kinds or TeamNotWritable) as caught:
        rep.sync()
    assert "\n" not in str(caught.value)
    assert (rep.store.count(), rep.store.team.waiting()) == (memos, waiting)
    return caught.value


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
