"""Past memos, found as the rep types."""

from collections.abc import Iterator
from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.searching import find
from aftercall.desk.words import day_and_time, who
from aftercall.web.house import House
from aftercall.web.pages import Asked, get
from memos.search import Hit

_LIMIT: Final = 20

_LONGEST: Final = 300
"""Characters of what is looked for: more is no search."""


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/search", house, _search)]


def _search(asked: Asked) -> Response:
    query = asked.query("q")[:_LONGEST]
    hits: list[Hit] = []
    instead = ""
    with asked.house.app.any_store() as store:
        if store is not None:
            hits, instead = find(store, query, limit=_LIMIT)
    found: dict[str, Any] = {
        "query": query,
        "instead": instead,
        "hits": [_hit(hit) for hit in hits],
        "full": len(hits) == _LIMIT,
        "new": store is None,
    }
    return asked.part("results.html", **found) if asked.partial else asked.page("search.html", **found)


def _hit(hit: Hit) -> dict[str, Any]:
    memo = hit.memo
    return {
        "id": memo.id,
        "who": who(memo.contact) if memo.contact else "nobody named",
        "when": day_and_time(memo.spoken_at),
        "parts": list(_parts(hit)),
        "heard_only": hit.heard_only,
    }


def _parts(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The excerpt in pieces, each with whether it is what was looked for."""
    position = 0
    for begin, end in hit.marks:
        yield hit.snippet[position:begin], False
        yield hit.snippet[begin:end], True
        position = end
    yield hit.snippet[position:], False
