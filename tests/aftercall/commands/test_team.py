"""A team of two at the command line, with a real server."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli import one_line, run
from postgres_server import PostgresServer
from talks import DANA, talk

from memos.models import ContactRef
from memos.team import book_schema

Fill = Callable[..., None]


class Team(dict[str, Path]):
    """The homes of Ana and Ben, who are in one team, and of Cara, who is in none yet."""

    def __init__(self, postgres: PostgresServer, folder: Path) -> None:
        super().__init__({name: folder / name for name in ("ana", "ben", "cara")})
        self.book = postgres.database()
        self._postgres = postgres

    def url(self, login: str) -> str:
        return self._postgres.url(self.book, login)


@pytest.fixture
def team(postgres: PostgresServer, tmp_path: Path, fill: Fill) -> Team:
    homes = Team(postgres, tmp_path)
    made = run("team", "init", homes.url("boss"), home=tmp_path / "boss")
    assert (made.code, made.lines) == (0, [f"Done: {', '.join(book_schema.NAMES)}."])
    postgres.run("postgres", "GRANT aftercall_member TO ana, ben, cara")
    fill(homes["ana"], talk(3, DANA, "Dana asked for the quote on the zeppelin.", due_in=-1, end="0001"))
    fill(homes["ben"], talk(9, None, "Nobody in particular.", end="0002"))
    for name in ("ana", "ben"):
        joined = run("team", "join", homes.url(name), "--as", name.title(), home=homes[name])
        assert joined.code == 0, joined.err
    run("team", "sync", home=homes["ana"])
    return homes


def rows(home: Path, *command: str) -> list[dict[str, Any]]:
    done = run(*command, "--json", home=home)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert isinstance(found, list)
    return found


def test_each_row_of_the_team_says_whose(team: Team) -> None:
    due = rows(team["ben"], "due", "--team", "--all")
    assert [(row["rep"], row["id"][-4:]) for row in due] == [("Ana", "0001")]
    found = rows(team["ben"], "search", "--team", "zeppel*")
    assert [(row["rep"], row["contact"]) for row in found] == [("Ana", "Dana Whitfield")]
    assert [row["rep"] for row in rows(team["ben"], "stats", "--team")] == ["Ana", "Ben", "all"]
    assert "Ana" in run("due", "--team", "--all", home=team["ben"]).out
    assert "zeppelin" in run("search", "--team", "zeppelin", home=team["ben"]).out
    assert "Ana" in run("stats", "--team", home=team["ben"]).out


def test_a_brief_says_what_a_colleague_heard(team: Team) -> None:
    told = run("brief", "Dana Whitfield", home=team["ben"])
    assert "Ana spoke with them" in told.out
    assert "zeppelin" in told.out
    [heard] = json.loads(run("brief", "Dana Whitfield", "--json", home=team["ben"]).out)["colleagues"]
    assert (heard["rep"], heard["text"]) == ("Ana", "Dana asked for the quote on the zeppelin.")


def test_what_is_found_at_home_is_the_reps_own(team: Team) -> None:
    assert run("search", "zeppelin", home=team["ben"]).code == 3
    assert run("due", home=team["ben"]).code == 3


def test_a_late_call_that_a_colleague_made_is_closed(team: Team, fill: Fill) -> None:
    fill(team["ben"], talk(0, DANA, "Spoke with Dana.", end="0003"))
    for name in ("ben", "ana"):
        run("team", "sync", home=team[name])
    assert run("due", home=team["ana"]).code == 3
    assert "Ben spoke with them" in run("brief", "Dana Whitfield", home=team["ana"]).out


@pytest.mark.parametrize("how", [("done",), ("cancel",), ("snooze", "0001", "in two weeks")])
def test_a_colleagues_call_is_changed_by_its_id_and_says_who_did(team: Team, how: tuple[str, ...]) -> None:
    before = rows(team["ana"], "due", "--all")[0]["due"]
    command = how if len(how) > 1 else (*how, "0001")
    done = run(*command, home=team["ben"])
    assert done.code == 0, done.err
    assert "the call of Ana with Dana Whitfield" in done.err
    for name in ("ben", "ana"):
        run("team", "sync", home=team[name])
    if how[0] == "snooze":
        [call] = rows(team["ana"], "due", "--team", "--all")
        assert (call["rep"], call["changed_by"]) == ("Ana", "Ben")
        assert rows(team["ana"], "due", "--all")[0]["due"] == call["due"] != before
    else:
        assert run("due", "--all", home=team["ana"]).code == 3


def test_a_private_contact_stays_here(team: Team, fill: Fill) -> None:
    assert run("contacts", "add", "Secret Person", home=team["ben"]).code == 0
    assert run("contacts", "edit", "Secret Person", "--private", home=team["ben"]).code == 0
    run("contacts", "edit", "Secret Person", "--phone", "+1 512 555 0177", home=team["ben"])
    for name in ("ben", "ana"):
        run("team", "sync", home=team[name])
    assert "Dana" in run("contacts", "list", home=team["ana"]).out
    assert "0177" not in run("contacts", "list", home=team["ana"]).out


def test_who_leaves_keeps_what_is_theirs_and_nothing_else(team: Team) -> None:
    left = run("team", "leave", home=team["ben"])
    assert left.lines == ["Left. 1 memos of colleagues were taken off this machine; yours are here."]
    assert run("list", "--ids", home=team["ben"]).out.strip().endswith("0002")
    assert b"zeppelin" not in (team["ben"] / "memos.db").read_bytes()
    assert run("team", "sync", home=team["ben"]).code == 3
    run("team", "sync", home=team["ana"])
    assert {row["login"]: row["memos"] for row in rows(team["ana"], "team", "status")} == {"ana": 1, "ben": 1}


def test_what_is_wrong_is_one_line_with_an_exit_code(team: Team, tmp_path: Path) -> None:
    for address, words, code in (
        ("postgresql://ana@db.example.com/book", "sslmode=verify-full", 2),
        ("postgresql://ana:secret@localhost/book", "holds a password", 2),
        ("https://example.com", "no address", 2),
        ("postgresql://ana@127.0.0.1:1/book", "cannot be reached", 10),
    ):
        done = run("team", "join", address, home=tmp_path / "nobody")
        assert (done.code, len(done.lines)) == (code, 1), done.err
        assert words in done.err
        assert "secret" not in done.err
    assert run("team", "status", home=tmp_path / "nobody").code == 3
    again = run("team", "join", team.url("cara"), home=team["ana"])
    assert (again.code, "in the team at" in again.err) == (2, True)


def test_a_password_that_is_asked_for_and_not_known_is_said_with_where_to_put_it(
    postgres: PostgresServer, team: Team, tmp_path: Path
) -> None:
    rules = postgres.data / "pg_hba.conf"
    before = rules.read_text()
    postgres.run("postgres", "CREATE ROLE dora LOGIN PASSWORD 'correct horse' IN ROLE aftercall_member")
    rules.write_text("host all dora all scram-sha-256\n" + before)
    postgres.stop()
    postgres.start()
    for password, code, words in (
        ("", 10, "asks for a password, and none is known; nothing was changed; put it into AFTERCALL_TEAM_PASSWORD"),
        ("wrong", 10, "does not let this login in"),
        ("correct horse", 0, ""),
    ):
        joined = run("team", "join", team.url("dora"), home=tmp_path / "dora", AFTERCALL_TEAM_PASSWORD=password)
        assert (joined.code, len(joined.lines)) == (code, 1), joined.err
        assert words in joined.err


def test_the_password_is_never_in_the_settings_or_the_store(team: Team) -> None:
    done = run("team", "sync", home=team["ana"], AFTERCALL_TEAM_PASSWORD="correct horse")
    assert done.code == 0, done.err
    for path in team["ana"].rglob("*"):
        if path.is_file():
            assert b"correct horse" not in path.read_bytes()


def test_a_colleagues_merge_is_told_with_whose_it_is_and_undone_by_its_number(team: Team, fill: Fill) -> None:
    fill(team["ana"], talk(4, ContactRef("Dana Witfield", "Brightwater"), "The same Dana.", end="0003"))
    assert run("contacts", "merge", "Dana Whitfield", "Dana Witfield", home=team["ana"]).code == 0
    for name in ("ana", "ben"):
        assert run("team", "sync", home=team[name]).code == 0
    listed = run("contacts", "merges", home=team["ben"])
    assert listed.code == 0
    assert "Dana Witfield (Brightwater) into Dana Whitfield (Brightwater) by Ana nothing of yours" in one_line(
        listed.out
    )
    undone = run("contacts", "undo", home=team["ben"])
    assert (undone.code, undone.out) == (3, "")
    assert "nothing that was made here is left to undo; a colleague's merge is undone by its number" in one_line(
        undone.err
    )
    [row] = json.loads(run("contacts", "merges", "--json", home=team["ben"]).out)
    assert row["made_by"] == "Ana"
    assert "by Ana" not in run("contacts", "merges", home=team["ana"]).out
    assert run("contacts", "undo", str(row["id"]), home=team["ben"]).code == 0
    for name in ("ben", "ana"):
        assert run("team", "sync", home=team[name]).code == 0
    assert "undone" in run("contacts", "merges", home=team["ana"]).out
    shown = run("contacts", "show", "Dana Whitfield", home=team["ana"])
    assert (shown.code, "Witfield" in shown.out) == (0, False)
