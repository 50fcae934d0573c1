"""Past memos, found as the rep types."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.searching import find
from aftercall.desk.words import day_and_time, who
from aftercall.web.house import House
from aftercall.web.pages import Asked, get
from memos.search import Hit

MOST_HITS: Final = 20

LONGEST_QUERY: Final = 300
"""Characters of what is looked for: more is no search."""


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/search", house, _search)]


def _search(asked: Asked) -> Response:
    query = asked.query("q")[:LONGEST_QUERY]
    hits: list[Hit] = []
    instead, in_a_team = "", False
    with asked.house.app.any_store() as store:
        if store is not None:
            in_a_team = store.team.is_in_one
            hits, instead = find(store, query, limit=MOST_HITS)
    found: dict[str, Any] = {
        "query": query,
        "instead": instead,
        "hits": [_hit(hit) for hit in hits],
        "full": len(hits) == MOST_HITS,
        "new": store is None,
        "in_a_team": in_a_team,
    }
    return asked.part("results.html", **found) if asked.partial else asked.page("search.html", **found)


def _hit(hit: Hit) -> dict[str, Any]:
    memo = hit.memo
    return {
        "id": memo.id,
        "who": who(memo.contact) if memo.contact else "nobody named",
        "when": day_and_time(memo.spoken_at),
        "parts": list(in_parts(hit.snippet, hit.marks)),
        "heard_only": hit.heard_only,
    }


def in_parts(snippet: str, marks: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """An excerpt in pieces, each with whether it is what was looked for."""
    position = 0
    for begin, end in marks:
        yield snippet[position:begin], False
        yield snippet[begin:end], True
        position = end
    yield snippet[position:], False
