"""The reading of one memo: the page, what the rep does on it, and its sound."""

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.errors import NothingFound
from aftercall.desk.words import long_day
from aftercall.web.house import House
from aftercall.web.pages import Asked, get, post
from aftercall.web.reading import Reading
from aftercall.web.screens import LOOK, Act, Screen
from aftercall.web.waveform import as_wav, cut


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [
        get("/read/{id}", house, _page),
        get("/read/{id}/panel", house, _panel),
        get("/read/{id}/sound/{what}", house, _sound),
        post("/read/{id}", house, _act),
        post("/read/{id}/stop", house, _stop),
    ]


def _page(asked: Asked) -> Response:
    reading = asked.house.read(asked.path("id"))
    screen = reading.do(LOOK)
    recording = reading.recording
    spoken = long_day(recording.spoken_at, asked.house.app.now().date())
    return asked.page("reading.html", screen=screen, id=recording.id, spoken=spoken, whom=recording.contact_hint)


def _panel(asked: Asked) -> Response:
    return _show(asked, _going_on(asked), LOOK)


def _act(asked: Asked) -> Response:
    name, _, chosen = asked.form.get("act", "").partition(":")
    act = Act(name, asked.form.get("turn", ""), asked.form.get("text", chosen))
    if name == "look":
        act = LOOK
    return _show(asked, _going_on(asked), act)


def _stop(asked: Asked) -> Response:
    """End what is being recorded within the reading."""
    reading = _going_on(asked)
    reading.stop_recording.set()
    return _show(asked, reading, LOOK)


def _show(asked: Asked, reading: Reading, act: Act) -> Response:
    if not asked.partial:
        # A form without our script: what is up is sent, and counts as shown, with the page that it leads to.
        if act is not LOOK:
            reading.do(act)
        return asked.go(f"/read/{reading.recording.id}")
    screen: Screen = reading.do(act)
    return asked.part("panel.html", screen=screen, id=reading.recording.id)


def _going_on(asked: Asked) -> Reading:
    reading = asked.house.reading(asked.path("id"))
    if reading is None:
        raise NothingFound("This memo is not being read here any more: open it again. What you answered is kept.")
    return reading


def _sound(asked: Asked) -> Response:
    reading = _going_on(asked)
    stretch = reading.sound(asked.query("turn"), asked.path("what"))
    pcm = cut(reading.wav(stretch), stretch.start, stretch.end) if stretch else b""
    if not pcm:
        raise NothingFound("There is no sound to this.")
    return Response(as_wav(pcm), media_type="audio/wav")
