"""``aftercall team``: one book for several reps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.terminal.output import format_options, write_rows

if TYPE_CHECKING:
    from aftercall.desk.rows import Row


@click.group()
def command() -> None:
    """Share memos, contacts and promises with your team.

    What is confirmed goes into a PostgreSQL database of your own.

    Everything works without it as before, and offline. What you keep private, sound, and what waits in the inbox never
    leaves this machine. Exit code 10: the server could not be reached, or would not; what is to go out waits.
    """


@command.command()
@click.argument("address", metavar="URL")
@click.pass_obj
def init(app: App, address: str) -> None:
    """Make or update the tables of a team's book.

    For the administrator of the database.

    URL is postgresql://you@host/database?sslmode=verify-full, without the password, which is looked for in
    AFTERCALL_TEAM_PASSWORD, the keyring, PGPASSWORD and the pgpass file. Who is to be in the team gets a login, and the
    role aftercall_member: docs/team.md.
    """
    from aftercall.desk.team import connect
    from memos.team.address import Address
    from memos.team.book_schema import prepare

    with connect(Address(address)) as server:
        done = prepare(server)
    app.say(f"Done: {', '.join(done)}." if done else "It is up to date; nothing was changed.")


@command.command()
@click.argument("address", metavar="URL")
@click.option("--as", "called", metavar="NAME", help="What your colleagues read; else the setting reader.")
@click.option("--keep-password", is_flag=True, help="Ask for the password, and keep it in the system's keyring.")
@click.pass_obj
def join(app: App, address: str, called: str | None, keep_password: bool) -> None:
    """Come into a team, and share what is here and not private.

    To keep contacts out of it first: aftercall contacts edit NAME --private. URL as for init.
    """
    from aftercall.desk.team import connect, sync
    from aftercall.desk.team import keep_password as keep
    from memos.team.address import Address

    where = Address(address)
    if keep_password:
        keep(where, click.prompt(f"Password of {where.login} at {where.url}", hide_input=True, err=True))
    with app.store() as store:
        with connect(where) as server:
            store.team.join(server, where, called or app.settings.reader)
        with app.status() as status:
            done = sync(app, store, lambda count: status.show(f"{count} …"))
        _say_done(app, done.came, done.went)
        _say_alike(app)


@command.command()
@click.pass_obj
def sync(app: App) -> None:
    """Bring what is here and the team's book together.

    The companion (`aftercall watch`) does so by itself. It can be stopped at any point, and goes on from there.
    """
    from aftercall.desk.team import sync as bring_together

    with app.store() as store, app.status() as status:
        done = bring_together(app, store, lambda count: status.show(f"{count} …"))
    _say_done(app, done.came, done.went)
    if done.erased:
        app.say(f"A colleague has deleted a person, and with them went {len(done.erased)} of your memos about them.")
    if done.came:
        _say_alike(app)


@command.command()
@format_options
@click.pass_obj
def status(app: App, form: str | None) -> None:
    """Show who is in the team, and what waits to go out.

    Also how much of each is known here. Asks nothing of the server.
    """
    from memos.team.errors import NotInATeam

    with app.any_store() as store:
        if store is None:
            raise NotInATeam
        standing = store.team.standing()
    rows: list[Row] = [
        {
            "login": login,
            "name": standing.people.get(login, login),
            "memos": standing.memos.get(login, 0),
            "you": login == standing.login,
            "waiting": standing.waiting if login == standing.login else None,
        }
        for login in sorted({*standing.people, *standing.memos, standing.login})
    ]

    def table(rows: "Sequence[Row]") -> None:
        from aftercall.terminal.output import print_table

        right = {"justify": "right"}
        print_table(
            [("login", {}), ("name", {"ratio": 1}), ("memos", right), ("waiting", right)],
            [(row["login"], row["name"], row["memos"], row["waiting"] or "") for row in rows],
        )

    write_rows(rows, form, table)
    synced = f"{standing.synced_at:%Y-%m-%d %H:%M}" if standing.synced_at else "never"
    app.say(f"{standing.address}; brought together: {synced}; private memos here: {standing.private}.")
    if standing.failure and standing.failing_since:
        app.say(f"Since {standing.failing_since:%Y-%m-%d %H:%M}: {standing.failure}")


@command.command()
@click.option("--only-here", is_flag=True, help="Forget the team on this machine, and tell the server nothing.")
@click.pass_obj
def leave(app: App, only_here: bool) -> None:
    """Leave the team; what is yours stays here.

    What colleagues have said goes from this machine.

    Memos that you have shared stay with the team. The server locks you out at once, in whatever you have open there; an
    administrator can let you in again.
    """
    from aftercall.desk.team import connect
    from memos.team.errors import TeamLockedOut

    with app.store() as store:
        address = store.team.address
        if not only_here:
            with connect(address) as server:
                try:
                    server.leave()
                except TeamLockedOut:
                    app.say("The team had locked you out before.")
        count = store.team.leave()
        store.scrub()
    app.say(f"Left. {count} memos of colleagues were taken off this machine; yours are here.")


def _say_done(app: App, came: int, went: int) -> None:
    app.say(f"Team: {came} came, {went} went." if came or went else "Team: up to date.")


def _say_alike(app: App) -> None:
    """Contacts that may have been made on two laptops: the rep says whether they are one."""
    from aftercall.desk.alike import made_twice

    with app.store() as store:
        pairs = made_twice(store)
    for mine, theirs in pairs[:3]:
        app.say(
            f"{mine.id} {mine.called} and {theirs.id} {theirs.called} may be one. "
            f"Should they be: aftercall contacts merge {mine.id} {theirs.id}"
        )
    if len(pairs) > 3:
        app.say(f"{len(pairs) - 3} more pairs may be one.")
