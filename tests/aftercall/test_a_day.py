"""A day in the life of a rep, as docs/a-day.md tells it: at its end nothing waits, and tomorrow's list is right.

Six calls, of which two reach somebody: one as agreed, one whose memo is interrupted; a wrong number, a voicemail after
two weeks of delay, one that nobody picks up, and an assistant.
"""

import json
import time as clock
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from calendar_server import PASSWORD, USER, CalendarServer
from cli import Done, Terminal, hearing, run
from talks import DANA, FIONA, GORDON, now, talk
from virtual_microphone import DEVICE, VirtualMicrophone

from memos.models import ContactRef

LAURA = ContactRef("Laura Bennett", "Hartwell Logistics", "+13125550147")
ADA = ContactRef("Ada Lee", "Acme", "+12125550161")
TOMORROW = {"Dana Whitfield", "Fiona Campbell", "Ada Lee"}
MISSED = {"Dana Whitfield", "Fiona Campbell", "Ada Lee", "Priya Raman"}
PRIYA = ContactRef("Priya Raman", "Bluewater", "+17735550120")


class Day:
    """A home in the morning, with a calendar on a server."""

    def __init__(self, home: Path, server: CalendarServer, microphone: VirtualMicrophone) -> None:
        self.home = home
        self.server = server
        self.microphone = microphone
        account = {"URL": server.calendar, "USER": USER, "PASSWORD": PASSWORD}
        self.surroundings = {f"AFTERCALL_CALDAV_{name}": value for name, value in account.items()}
        self.surroundings |= {"AFTERCALL_REMINDER": "yes"} | hearing(microphone)

    def run(self, *command: str) -> Done:
        return run(*command, home=self.home, **self.surroundings)

    def at_terminal(self, *command: str | Path) -> Terminal:
        return Terminal(*command, home=self.home, surroundings=self.surroundings)

    def due(self, *which: str) -> dict[str, Any]:
        """What is due, by the contact."""
        done = self.run("due", *which, "--json")
        rows = json.loads(done.out or "[]")
        return {row["contact"]["name"]: row for row in rows if row["section"] != "promised"}

    def promised(self) -> list[tuple[str, str]]:
        """What was promised besides calls, and to whom."""
        rows = json.loads(self.run("due", "--all", "--json").out or "[]")
        return [(row["contact"]["name"], row["text"]) for row in rows if row["section"] == "promised"]

    def jot(self, words: str, contact: str) -> str:
        """Type a memo; its id."""
        done = self.run("jot", words, "--contact", contact)
        assert done.code == 0
        return done.out.strip()

    def read_and_answer(self, terminal: Terminal, answer: Callable[[Terminal], None]) -> None:
        """Keep every sentence, take whom is filled in, and `answer` when the next call is."""
        terminal.keep_all()
        terminal.see("contact:")
        terminal.type("\r")
        terminal.see("number to dial:")
        terminal.type("\r")
        answer(terminal)
        terminal.see("Stored. ")


def agree(terminal: Terminal) -> None:
    """Confirm the day that was heard."""
    terminal.offer()
    terminal.type("y")


def set_day(words: str) -> Callable[[Terminal], None]:
    """Say when the next call is, where none was heard."""

    def answer(terminal: Terminal) -> None:
        terminal.see("when[?]")
        terminal.type(f"{words}\r")
        agree(terminal)

    return answer


@pytest.fixture
def day(tmp_path: Path, home: Path, fill: Callable[..., None], virtual_microphone: VirtualMicrophone) -> Iterator[Day]:
    fill(
        home,
        talk(7, LAURA, "Laura wants to see the demo. I'll call her about the demo.", due_in=0, at=time(9), end="1a04"),
        talk(6, GORDON, "Call Gordon about the paper prices.", due_in=0, at=time(11), end="604d"),
        talk(5, FIONA, "Ring Fiona about the audit.", due_in=0, at=time(12), end="f10a"),
        talk(40, DANA, "Dana wants a quote. Call her about the quote.", due_in=-15, at=time(10), end="da7a"),
        talk(120, PRIYA, "Priya has no budget for more licences this year.", end="9417"),
        talk(4, ADA, "Call Ada about the van.", due_in=0, at=time(15), end="0ada"),
    )
    with CalendarServer(tmp_path / "server") as server:
        yield Day(home, server, virtual_microphone)


def test_at_its_end_nothing_waits_and_tomorrow_s_list_is_right(day: Day, sample: Callable[[str], Path]) -> None:
    today = now().date()
    tomorrow = today + timedelta(days=1)

    # Morning: the calls stand on the phone; who is to be called, and how a late or buried call is opened.
    assert day.run("calendar", "sync").code == 0
    assert len(day.server.names()) == 5
    morning = day.due("--today")
    assert morning.keys() == {"Laura Bennett", "Gordon Ellis", "Fiona Campbell", "Dana Whitfield", "Ada Lee"}
    assert not morning["Laura Bennett"]["brief_read"]
    assert morning["Laura Bennett"]["opening"]["days_late"] == 0
    assert (
        "sorry that I call later than I said. It was about the quote." in morning["Dana Whitfield"]["opening"]["words"]
    )
    buried = day.due("--buried")
    assert buried.keys() == {"Priya Raman"}
    assert "it has been a long time" in buried["Priya Raman"]["opening"]["words"]

    # Laura, as agreed: her brief is read, the memo is spoken and ends by itself; what else was promised is kept.
    with day.at_terminal("brief", "Laura", "--no-ask") as terminal:
        terminal.see("Laura wants to see the demo")
        assert terminal.end() == 0
    assert day.due("--today")["Laura Bennett"]["brief_read"]
    with day.at_terminal("--from", sample("plain"), "--contact", "Laura Bennett, Hartwell Logistics") as terminal:
        day.read_and_answer(terminal, agree)
        assert terminal.end() == 0
    [(whom, summary)] = day.promised()
    assert whom == "Laura Bennett"
    assert "page summary today" in summary

    # Gordon: while the memo is spoken, the phone rings. One key, and the terminal is there.
    with day.at_terminal("record", "--device", DEVICE, "--contact", "Gordon Ellis, Mapleton Printing") as terminal:
        terminal.see("Speak now")
        player = day.microphone.play(sample("no-next-call"))
        clock.sleep(6)
        terminal.type("l")
        terminal.see("Recorded")
        assert terminal.end() == 0
        player.kill()

    # Fiona: a wrong number. The call stays open, the number is marked, the brief asks for another.
    wrong = day.jot("Wrong number, that was not Fiona at all. I'll call her tomorrow at noon.", "Fiona Campbell")
    with day.at_terminal("review", wrong) as terminal:
        day.read_and_answer(terminal, agree)
        assert terminal.end() == 0
    assert "was wrong on" in day.run("brief", "Fiona").out
    assert day.run("contacts", "edit", "Fiona", "--phone", "+44 20 7946 0999").code == 0
    # Dana, late, and only her voicemail: the delay goes on. The memo is typed, since the office is full of people.
    day.jot("Left Dana a voicemail about the quote. I'll call her again tomorrow at ten.", "Dana Whitfield")
    # Priya, buried, does not pick up; and Ada has an assistant.
    day.jot("Priya did not pick up. I'll try her again in two days.", "Priya Raman, Bluewater")
    words = "Ada's assistant answered, she is in a meeting. I'll call her tomorrow at four in the afternoon."
    day.jot(words, "Ada Lee")
    assert "4 memos wait to be read" in day.run("list", "--ids").err

    # Five o'clock: all that waits is read in one go, the oldest first.
    assert day.run("transcribe").code == 0
    with day.at_terminal("review") as terminal:
        terminal.see("4 memos wait")
        for number, answer in enumerate([set_day("in three days at eleven"), agree, agree, agree], start=1):
            day.read_and_answer(terminal, answer)
            if number < 4:
                terminal.see("Enter next")
                terminal.type("\r")
        assert terminal.end() == 0

    # On the phone: Ada's call is moved, the summary ticked off. Both come back as questions.
    [name] = [name for name in day.server.names() if "0ada" in name]
    day.server.edit(name, (f"{tomorrow:%Y%m%d}T160000", f"{tomorrow:%Y%m%d}T163000"))
    [todo] = [name for name in day.server.names() if "VTODO" in day.server.file(name)]
    day.server.edit(todo, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    with day.at_terminal("calendar", "sync") as terminal:
        terminal.see("Ada Lee .* was moved to .* 16:30, says the calendar server")
        terminal.type("t")
        terminal.see("page summary today.* was ticked off, says the calendar server")
        terminal.type("t")
        assert terminal.end() == 0
    assert day.promised() == []

    assert json.loads(day.run("inbox", "--json").out or "[]") == []
    assert "wait" not in day.run("list", "--ids").err
    assert day.due("--overdue") == day.due("--today") == {}
    tomorrows = json.loads(day.run("due", "--until", tomorrow.isoformat(), "--json").out)
    assert [(row["contact"]["name"], row["due"], row["time"]) for row in tomorrows] == [
        ("Dana Whitfield", tomorrow.isoformat(), "10:00"),
        ("Fiona Campbell", tomorrow.isoformat(), "12:00"),
        ("Ada Lee", tomorrow.isoformat(), "16:30"),
    ]

    # Who was not reached was tried, and no more: as late as before, nothing put off, nothing agreed.
    everything = day.due("--all")
    assert {name: row["attempts"] for name, row in everything.items()} == {
        name: int(name in MISSED) for name in everything
    }
    assert all(row["times_put_off"] == 0 for row in everything.values())
    dana, priya = everything["Dana Whitfield"], everything["Priya Raman"]
    assert dana["agreed_for"] == (today - timedelta(days=15)).isoformat()
    assert dana["opening"]["days_late"] >= 15
    assert "as agreed" not in dana["opening"]["words"]
    assert priya["agreed_for"] is None
    assert date.fromisoformat(priya["last_talk"][:10]) == (now() - timedelta(days=120)).date()
    assert everything["Fiona Campbell"]["contact"]["phone"] == "+442079460999"
    later = {name: date.fromisoformat(row["due"]) for name, row in everything.items() if name not in TOMORROW}
    assert later.keys() == {"Gordon Ellis", "Laura Bennett", "Priya Raman"}
    assert later["Gordon Ellis"] == today + timedelta(days=3)
    assert f"{later['Laura Bennett']:%A}" == "Thursday"
    assert later["Priya Raman"] == today + timedelta(days=2)
    figures = json.loads(day.run("stats", "--since", today.isoformat(), "--json").out)
    assert (figures["calls"], figures["talks"]) == (6, 2)

    # And on the phone stands what stands in the list.
    events = [day.server.event(name) for name in day.server.names() if name != todo]
    held = {str(event["SUMMARY"]): event for event in events if event.get("STATUS") != "CANCELLED"}
    assert held.keys() == {f"Call {name} ({row['contact']['company']})" for name, row in everything.items()}
    assert "+442079460999" in held["Call Fiona Campbell (Thornbury Ceramics)"].to_ical().decode()
    assert str(day.server.todo(todo)["STATUS"]) == "COMPLETED"
