"""What waits to be read."""

from typing import Any, Final

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.app import App
from aftercall.desk.reminder import nothing_waits
from aftercall.desk.stages import heard_in
from aftercall.desk.words import long_day
from aftercall.web.house import House
from aftercall.web.pages import Asked, get
from memos.errors import MemosError

_SHOWN: Final = 90
"""Characters of what was heard: enough to know which memo it is. What is to be read is not sent before it is up."""


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/", house, _inbox)]


def _inbox(asked: Asked) -> Response:
    app = asked.house.app
    inbox = app.inbox
    today = app.now().date()
    there = app.home.inbox.is_dir()
    memos: list[dict[str, Any]] = []
    for recording in inbox.recordings() if there else ():
        stage, heard = heard_in(inbox, recording.id)
        memos.append(
            {
                "id": recording.id,
                "spoken": long_day(recording.spoken_at, today),
                "seconds": recording.duration,
                "whom": recording.contact_hint,
                "stage": stage,
                "heard": _beginning(heard),
            }
        )
    going_on = inbox.in_progress() if there else 0
    new = not (memos or going_on or _any_confirmed(app))
    return asked.page("inbox.html", memos=memos, nothing=nothing_waits(going_on), new=new)


def _any_confirmed(app: App) -> bool:
    """Whether a memo is stored. A store that cannot be opened is told of elsewhere: here memos are recorded."""
    try:
        with app.any_store() as store:
            return store is not None and store.count() > 0
    except MemosError:
        return True


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
