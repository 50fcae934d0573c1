"""Past memos found by what a rep types: as it is written, and as it may have been meant."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aftercall.desk.app import App
from memos.search import EVERY_MEMO, Filters, Hit
from memos.spelling import FEW
from memos.store import Store

if TYPE_CHECKING:
    from memos.team.searching import TeamHit


def find(store: Store, query: str, filters: Filters = EVERY_MEMO, limit: int = 20) -> tuple[list[Hit], str]:
    """What matches as it is written, best first, and after it, where that is little, what matches as it may have been
    meant; and a line that says so, empty where nothing was."""
    hits = store.search(query, filters, limit)
    if len(hits) >= min(FEW, limit) or (meant := store.respell(query, filters)) is None:
        return hits, ""
    ids = {hit.memo.id for hit in hits}
    more = [hit for hit in store.search(str(meant.query), meant.filters, limit) if hit.memo.id not in ids]
    instead = ""
    if more:
        written = ", ".join(was for was, _ in meant.changes)
        wording = ", ".join(filter(None, (str(meant.query), spelt_out(meant.filters))))
        few = f"Few memos match {written}; also showing" if hits else f"Nothing matches {written}; showing"
        instead = f"{few} results for: {wording}"
    return [*hits, *more][:limit], instead


def find_in_team(
    app: App, query: str, filters: Filters = EVERY_MEMO, limit: int = 20
) -> "tuple[list[TeamHit], Mapping[str, str]]":
    """What matches in the team's book, found on its server, best first; and what the reps are called, by login.

    :raises NotInATeam, TeamTrouble: there is no team, or its server cannot be asked.
    """
    from aftercall.desk.team import connect
    from memos.query import Query
    from memos.team.searching import search

    with app.past_memos() as store:
        address, names = store.team.address, store.team.names()
    with connect(address) as server:
        server.require_member()
        return search(server, Query.parse(query), filters, limit), names


def spelt_out(filters: Filters) -> str:
    """The names in the filters: "contact Jan Kowalski, company Acme"; empty where there are none."""
    names = (("contact", filters.contact), ("company", filters.company))
    return ", ".join(f"{kind} {name}" for kind, name in names if name)
