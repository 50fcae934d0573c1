"""A memo that begins here: spoken into this machine's microphone, typed, or a file that is dropped onto the page."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from aftercall.desk.typed import add_typed
from aftercall.desk.words import recording_in_words
from aftercall.web.house import NEW, House
from aftercall.web.keys import same
from aftercall.web.pages import Asked, Refused, answered, get, post, refused
from aftercall.web.reading import Reading
from aftercall.web.screens import BUSY
from ground.durable import disk_trouble, private_folder
from ground.printable import printable

_MOST_BYTES: Final = 1 << 30
"""Of a file: an hour of uncompressed stereo is two thirds of it."""

_EVERY: Final = 0.1
"""Seconds between two events: as often as a meter is looked at."""

_ALIVE: Final = 2.0
"""Seconds after which a stream without news says that it is there."""


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [
        post("/record", house, _record),
        post("/jot", house, _jot),
        get("/read/{id}/events", house, _events),
        Route("/import", partial(_import, house), methods=["POST"]),
    ]


def _record(asked: Asked) -> Response:
    asked.house.record(printable(asked.form.get("contact", "")).strip() or None)
    return asked.go(f"/read/{NEW}")


def _jot(asked: Asked) -> Response:
    app = asked.house.app
    contact = asked.form.get("contact", "").strip() or None
    recording = add_typed(app.inbox, asked.form.get("text", ""), app.now(), app.settings.language or "en", contact)
    return asked.go(f"/read/{recording.id}")


# -- how a recording stands, as it goes on (HTML, "Server-sent events") --------------------------------------------


def _events(asked: Asked) -> Response:
    reading = asked.house.reading(asked.path("id"))
    return StreamingResponse(_stream(asked.house, reading), media_type="text/event-stream")


def _stream(house: House, reading: Reading | None) -> Iterator[str]:
    """What is seen of a recording, or of what is being written down, until something is asked again. No sentence that
    is to be answered is ever in it."""
    while reading is not None and reading.busy and not house.closing.is_set():
        house.seen()
        screen = reading.screen
        if screen.kind in BUSY:
            if screen.kind == "recording":
                reading.sent(screen)
            yield f"data: {json.dumps({'kind': screen.kind, **screen.facts})}\n\n"
        house.closing.wait(_EVERY)
        if reading.change(screen, _ALIVE) is screen:
            yield ": still here\n\n"
    yield "event: over\ndata: {}\n\n"


# -- files ---------------------------------------------------------------------------------------------------------


async def _import(house: House, request: Request) -> Response:
    """A file as the body of the request, its name and time in headers: it is written down as it comes in."""
    asked = Asked(house, request, {})
    if not same(request.headers.get("x-token", ""), house.keys.form):
        return refused(asked, Refused("That comes from no page of this run. Open the page anew, and try again."))
    with _folder(house) as folder:
        path = folder / _name(request)
        size = 0
        with disk_trouble("Nothing was imported."), path.open("xb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > _MOST_BYTES:
                    return refused(asked, Refused("That file is larger than any memo."))
                await run_in_threadpool(file.write, chunk)
        with suppress(ValueError, OverflowError, OSError):
            changed = int(request.headers.get("x-modified", "")) / 1000
            os.utime(path, (changed, changed))
        return await run_in_threadpool(answered, partial(_take, path), asked)


@contextmanager
def _folder(house: House) -> Iterator[Path]:
    """A folder beside the inbox, on the same disk and as private, which is gone then."""
    folder = Path(tempfile.mkdtemp(prefix="dropped-", dir=private_folder(house.app.home.data)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _name(request: Request) -> str:
    """The file's own name, without any folder in it."""
    name = printable(unquote(request.headers.get("x-name", ""))).replace("\\", "/").rpartition("/")[2].strip(". ")
    return name.encode()[:200].decode("utf-8", "ignore") or "dropped"


def _take(path: Path, asked: Asked) -> Response:
    """:raises NotSound: there is none in it."""
    from capture.decode import import_file

    app = asked.house.app
    missing: list[str] = []
    recording = import_file(
        path, app.inbox, app.settings.max_import_seconds, app.is_confirmed, on_missing=missing.append
    )
    if recording is None:
        asked.house.tell([f"{path.name} was imported before."])
    else:
        damaged = [f"{path.name} is damaged: {what}. The rest of it was taken." for what in missing]
        asked.house.tell([f"{path.name}: {recording_in_words(recording, app.now().date())}", *damaged])
    return Response(status_code=204)
