"""The addresses of the page, and what answers each of them."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from aftercall.web import (
    brief_page,
    due_page,
    inbox_page,
    memo_page,
    people_page,
    reading_page,
    recording_page,
    search_page,
    team_page,
    weeks_page,
)
from aftercall.web.guard import Guard
from aftercall.web.house import House
from aftercall.web.pages import HERE, Asked, post


def site(house: House, port: int) -> ASGIApp:
    """All of it, behind its door.

    :param port: on which it is served, which is part of its name.
    """
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=HERE / "static")),
        post("/here", house, _here),
        *inbox_page.routes(house),
        *reading_page.routes(house),
        *recording_page.routes(house),
        *due_page.routes(house),
        *brief_page.routes(house),
        *search_page.routes(house),
        *memo_page.routes(house),
        *people_page.routes(house),
        *weeks_page.routes(house),
        *team_page.routes(house),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={404: _nothing}), house.keys, port)


def _here(asked: Asked) -> Response:
    """A page that is open says so, and which reading is on it."""
    asked.house.seen()
    if (reading := asked.house.reading(asked.form.get("reading", ""))) is not None:
        reading.seen()
    return Response(status_code=204)


async def _nothing(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is nothing here.\n", 404)
