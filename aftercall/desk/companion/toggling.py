"""A recording begun or ended from anywhere."""

from aftercall.desk.app import App
from aftercall.desk.companion.begin import RECORD
from aftercall.desk.companion.control import ask
from aftercall.desk.companion.launching import open_terminal
from aftercall.desk.stop_file import end_recording
from memos.hints import parse


def toggle(app: App, whom: str | None) -> str:
    """End the recording that is running, or begin one; what was done, in words.

    :param whom: whom a new one is about, as `memos.hints` writes it.
    :raises NoTerminalProgram: none is running, no companion either, and no terminal can be opened.
    """
    running = app.inbox.being_recorded()
    if running is not None:
        end_recording(app.home.inbox, running.id)
        return "The recording is ended."
    answer = ask(app.home, {"do": RECORD, "whom": whom})
    if answer is not None:
        return "A recording begins." if answer.get("done") else "A recording has just begun."
    said = parse(whom)
    arguments = ["record"]
    if said.words:
        arguments += ["--contact", said.words]
    if said.number:
        arguments += ["--number", said.number]
    open_terminal(arguments)
    return "A recording begins in a new terminal."
