"""The tables of a team's book, made and brought up to date by its administrator."""

from __future__ import annotations

from collections.abc import Sequence

from memos.team.errors import TeamRefused, TeamTooNew
from memos.team.migrations import t001_book, t002_graves
from memos.team.server import Server

_STEPS = (t001_book, t002_graves)

NAMES: Sequence[str] = tuple(step.__name__.rpartition(".")[2] for step in _STEPS)

_OLDEST = 140000

# Roles belong to the whole server: another book there may have made it. The lock keeps two administrators apart.
_FIRST = """
SELECT pg_advisory_xact_lock(hashtext('aftercall'));
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'aftercall_member') THEN
        CREATE ROLE aftercall_member NOLOGIN;
    END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS aftercall;
CREATE TABLE IF NOT EXISTS aftercall.migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


def prepare(server: Server) -> list[str]:
    """Make the book, or bring it up to date, in one transaction; the names of the migrations that were run.

    Raises TeamRefused where the server or the login will not do, TeamTooNew where a later version has been there.
    """
    [(version, encoding)] = server.rows(
        "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')"
    )
    if version < _OLDEST:
        raise TeamRefused(f"PostgreSQL {version // 10000} is too old for a team's book: it takes 14 or later")
    if encoding != "UTF8":
        raise TeamRefused(
            f"the database is encoded in {encoding}: a team's book needs one in UTF8; nothing was changed"
        )
    with server.transaction():
        server.run(_FIRST)
        there = {name for (name,) in server.rows("SELECT name FROM aftercall.migrations")}
        if unknown := sorted(there - set(NAMES)):
            raise TeamTooNew(
                f"the team's book was made by a later version (it has {', '.join(unknown)}); nothing was changed"
            )
        done = []
        for name, step in zip(NAMES, _STEPS, strict=True):
            if name not in there:
                server.run(step.SQL)
                server.run("INSERT INTO aftercall.migrations (name) VALUES (%s)", [name])
                done.append(name)
    return done
