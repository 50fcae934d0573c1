"""The reading of one memo: the page, what the rep does on it, and its sound."""

from starlette.responses import Response
from starlette.routing import Route

from aftercall.desk.errors import NothingFound
from aftercall.desk.words import long_day
from aftercall.web.house import NEW, House
from aftercall.web.pages import Asked, get, post
from aftercall.web.reading import Reading
from aftercall.web.screens import LOOK, Act
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
    name = asked.path("id")
    reading = _going_on(asked) if name == NEW else asked.house.read(name)
    recording = reading.recording
    if name != _name(asked, reading):
        return asked.go(f"/read/{_name(asked, reading)}")
    screen = reading.do(LOOK)
    spoken = long_day(recording.spoken_at, asked.house.app.now().date()) if recording else ""
    whom = recording.contact_hint if recording else ""
    return asked.page("reading.html", screen=screen, id=name, after=asked.house.after(name), spoken=spoken, whom=whom)


def _panel(asked: Asked) -> Response:
    return _show(asked, _going_on(asked), LOOK)


def _act(asked: Asked) -> Response:
    name, _, chosen = asked.form.get("act", "").partition(":")
    text = " ".join(filter(None, (chosen, asked.form.get("text", ""))))  # which one, and what was typed for it
    act = Act(name, asked.form.get("turn", ""), text)
    if name == "look":
        act = LOOK
    return _show(asked, _going_on(asked), act)


def _stop(asked: Asked) -> Response:
    """End what is being recorded; "later": and leave it to be read later."""
    reading = _going_on(asked)
    if asked.form.get("later"):
        reading.leave()
    reading.stop_recording.set()
    return _show(asked, reading, LOOK)


def _show(asked: Asked, reading: Reading, act: Act) -> Response:
    name = _name(asked, reading)
    if name != asked.path("id"):
        return asked.go(f"/read/{name}")  # what was being recorded has its id now
    screen = reading.do(act) if asked.partial or act is not LOOK else None
    after = asked.house.after(name)
    if act.name == "next" and screen and screen.kind == "left" and after:
        return asked.go(f"/read/{after}")
    if screen is None or not asked.partial:
        # A form without our script: what is up is sent, and counts as shown, with the page that it leads to.
        return asked.go(f"/read/{name}")
    return asked.part("panel.html", screen=screen, id=name, after=after)


def _name(asked: Asked, reading: Reading) -> str:
    """The id of its memo, once it has one; until then what it is asked for by, and where it was left to be read later:
    by its id it would be begun anew."""
    return reading.recording.id if reading.recording and not reading.left else asked.path("id")


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
