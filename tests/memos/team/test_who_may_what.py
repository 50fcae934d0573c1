"""Row-level security: each role tried against each table, and what a member may not do."""

from __future__ import annotations

import pytest
from team_reps import Rep, connect

from memos.team.entries import Entry, membership
from memos.team.errors import TeamLockedOut, TeamRefused
from memos.team.server import Server

TABLES = ("members", "devices", "entries", "contacts", "memos")


def tried(server: Server, sql: str) -> int | None:
    """How many rows a statement reads or changes; None where it is refused."""
    try:
        with server.transaction():
            return server.conn.execute(sql).rowcount
    except TeamRefused:
        return None


def test_who_is_no_member_reads_and_changes_nothing_in_any_table(reps, everybody_syncs, postgres, book, spoken):
    reps["ana"].store.confirm(spoken(1, "a"))
    everybody_syncs()
    postgres.run("postgres", "GRANT aftercall_member TO stranger")
    with reps["ana"].connect() as member:
        for table in TABLES:
            assert (tried(member, f"SELECT * FROM aftercall.{table}") or 0) > 0, table
    try:
        with connect(postgres.url(book, "stranger")) as let_in:
            # With the role, but not in the team.
            for table, column in zip(TABLES, ("called", "head", "stamp", "name", "text"), strict=True):
                assert tried(let_in, f"SELECT * FROM aftercall.{table}") == 0, table
                assert not tried(let_in, f"UPDATE aftercall.{table} SET {column} = {column}"), table
                assert not tried(let_in, f"DELETE FROM aftercall.{table}"), table
            assert tried(let_in, "INSERT INTO aftercall.devices VALUES ('d', 'stranger')") is None
            with pytest.raises(TeamLockedOut):
                let_in.require_member()
    finally:
        postgres.run("postgres", "REVOKE aftercall_member FROM stranger")
    with connect(postgres.url(book, "stranger")) as stranger:
        for table in (*TABLES, "migrations"):
            assert tried(stranger, f"SELECT * FROM aftercall.{table}") is None, table
        for function in ("enter('x')", "lock_out('ana')", "let_in('x')", "standing()", "is_member()"):
            assert tried(stranger, f"SELECT aftercall.{function}") is None, function


def test_a_member_changes_what_is_theirs_and_deletes_nothing_by_hand(reps, everybody_syncs, spoken):
    reps["ana"].store.confirm(spoken(1, "a"))
    everybody_syncs()
    with reps["ben"].connect() as ben:
        for table in TABLES:
            assert tried(ben, f"DELETE FROM aftercall.{table}") is None, table
            assert tried(ben, f"TRUNCATE aftercall.{table}") is None, table
        assert tried(ben, "UPDATE aftercall.memos SET text = 'forged'") is None
        assert tried(ben, "UPDATE aftercall.entries SET author = 'ana'") is None
        assert tried(ben, "UPDATE aftercall.entries SET key = 'other'") is None
        assert tried(ben, "UPDATE aftercall.entries SET body = '{}' WHERE kind = 'memo'") == 0
        assert tried(ben, "UPDATE aftercall.members SET left_at = now()") is None
        assert tried(ben, "UPDATE aftercall.devices SET head = 0 WHERE login = 'ana'") == 0
        for function in ("lock_out('ana')", "let_in('ben')"):
            assert tried(ben, f"SELECT aftercall.{function}") is None


def say(rep: Rep, kind: str, key: str, subject: str, **changes: str) -> bool:
    """Whether the server takes an entry from a rep that their program would never make."""
    team = membership(rep.store._conn)
    fields = {"author": rep.name, "device": team.device} | changes
    entry = Entry(key, kind, subject, fields["author"], fields["device"], 999, "2027", {"text": "forged"})
    with rep.connect() as server:
        try:
            server.push(team, [entry])
        except TeamRefused:
            return False
        return bool(server.rows("SELECT 1 FROM aftercall.entries WHERE key = %s AND author = %s", [key, rep.name]))


def test_only_the_author_corrects_or_deletes_a_memo(reps, everybody_syncs, spoken):
    memo = spoken(1, "a")
    reps["ana"].store.confirm(memo)
    everybody_syncs()
    ben = reps["ben"]
    assert not say(ben, "version", f"version/{memo.id}/2", memo.id)
    assert not say(ben, "memo", f"memo/{memo.id}", memo.id)
    assert not say(ben, "gone_memo", f"gone_memo/{memo.id}", memo.id)
    assert not say(ben, "fact", "fact/x", "y", author="ana")
    assert not say(ben, "fact", "fact/x", "y", device=membership(reps["ana"].store._conn).device)
    assert not say(ben, "nonsense", "nonsense/x", "y")
    assert say(reps["ana"], "version", f"version/{memo.id}/2", memo.id)


def test_who_leaves_is_locked_out_at_once_and_their_memos_stay(reps, everybody_syncs, spoken, postgres, book):
    reps["ana"].store.confirm(spoken(1, "a"))
    everybody_syncs()
    with reps["ana"].connect() as open_before:
        assert tried(open_before, "SELECT * FROM aftercall.memos") == 1
        postgres.run(book, "SELECT aftercall.lock_out('ana')")
        assert tried(open_before, "SELECT * FROM aftercall.memos") == 0
        assert not tried(open_before, "INSERT INTO aftercall.devices VALUES ('d', 'ana')")
        assert tried(open_before, "SELECT aftercall.enter('Ana')") == 1
        with pytest.raises(TeamLockedOut):
            open_before.require_member()
    with pytest.raises(TeamLockedOut):
        reps["ana"].sync()
    reps["ana"].store.confirm(spoken(2, "a"))
    with reps["ben"].connect() as ben:
        assert tried(ben, "SELECT * FROM aftercall.memos") == 1
    postgres.run(book, "SELECT aftercall.let_in('ana')")
    assert reps["ana"].sync().went > 0
