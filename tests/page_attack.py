"""The reading attacked over HTTP by a client that has the cookie: as many requests as asked for, most of them wrong.

``python tests/page_attack.py 100000 [SEED]`` prints what came of it. What must hold is judged from outside, by what was
sent and when, and by what is on the disk; not by what the session says of itself.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

import httpx2
from page_client import Page, Panel, app_at, put_into_inbox
from transcripts import transcript_of

from aftercall.desk.stages import REVIEW
from review.reading import shortest_reading

_SENTENCES: Final = 4
_THREADS: Final = 3
_BURST: Final = 150
"""Requests between two pauses that are long enough for a sentence to be read: without them nothing would ever go on."""

_TOLD_EVERY: Final = 2000
"""Requests between two lines of progress."""

_ACTS: Final = (
    "keep strike editing edit edit back undo fix add look shown word leave discard read record again accept meant none"
    " type new strike:1 strike:2 next answer choose:1 choose:2 choose:reached choose:no_call choose:-1"
    " choose:99999999999 say.again ANSWERED confirm"
).split()

_TEXTS: Final = (
    "",
    " ",
    "x",
    "none",
    "none because they left",
    "tomorrow at ten",
    "discar",
    "\x00",
    "\u202e",
    "é" * 300,
    "'; --",
)


@dataclass
class Told:
    """What was seen of one memo from outside.

    :ivar sent: when the request was made that brought each sentence first, by its number.
    :ivar shown: the same of each text that was up as a sentence.
    :ivar promised: when the request was made that brought first what was promised besides the call; then what that is.
    :ivar went_on: when the question after that was seen first.
    :ivar edits: when an editing was begun, as far as a request can have begun one.
    :ivar lost: when the first request was made whose answer was lost: what it brought may have been sent then.
    """

    memo: str
    words: list[str]
    sent: dict[int, float] = field(default_factory=dict)
    shown: dict[str, float] = field(default_factory=dict)
    promised: tuple[float, str] | None = None
    went_on: float | None = None
    edits: list[float] = field(default_factory=list)
    lost: float = float("inf")


class Attack:
    """Requests at one server until there were enough, and what they brought to light.

    :ivar lost: requests whose connection broke before there was an answer, as it does on a busy machine.
    """

    def __init__(self, home: Path, page: Page, seed: int) -> None:
        self.home, self.page = home, page
        self.random = random.Random(seed)
        self.faults: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.screens: Counter[str] = Counter()
        self.answered = self.lost = 0
        self._lock = Lock()
        self._number = 0
        self._next_memo()

    def _next_memo(self) -> None:
        self._number += 1
        words = [f"Marker{self._number}x{number} wants {number + 2} vans." for number in range(_SENTENCES - 1)]
        words.append(f"I'll send Marker{self._number}x{_SENTENCES - 1} the quote by Friday.")
        memo = put_into_inbox(self.home, transcript_of(*words))
        self.told, self.turn = Told(memo, words), ""

    @property
    def answers(self) -> int:
        """How many requests were answered."""
        return sum(self.statuses.values())

    def run(self, requests: int, tell: Callable[[str], None]) -> None:
        """Have so many requests answered, a burst from several threads and then a pause, again and again."""
        told = 0
        while self.answers < requests and not self.faults:
            burst = min(_BURST, requests - self.answers)
            share = [burst // _THREADS + (number < burst % _THREADS) for number in range(_THREADS)]
            threads = [Thread(target=self._hammer, args=(count, self.random.random())) for count in share]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            asked = time.monotonic()
            try:
                self._go_on()
            except httpx2.TransportError:
                self._note_loss(asked)
            if self.lost > requests:
                self.faults.append("most requests had no answer")
            if self.answers >= told + _TOLD_EVERY:
                told = self.answers
                tell(f"{told} answers, {self.lost} lost, {self.screens['stored and looked at']} memos stored")

    def _hammer(self, count: int, seed: float) -> None:
        chance = random.Random(seed)
        for _ in range(count):
            asked = time.monotonic()
            try:
                self._one(chance)
            except httpx2.TransportError:
                self._note_loss(asked)
            except Exception as error:  # noqa: BLE001  # a thread's last line: what ends it must not pass for no fault
                self.faults.append(f"the attack itself failed: {error!r}")
                return

    def _note_loss(self, asked: float) -> None:
        with self._lock:
            self.lost += 1
            self.told.lost = min(self.told.lost, asked)

    def _one(self, chance: random.Random) -> None:
        memo = self.told.memo
        path = chance.choice(
            (f"/read/{memo}",) * 6
            + (
                f"/read/{memo}/panel",
                f"/read/{memo}/stop",
                "/here",
                "/",
                "/read/new",
                f"/read/{memo}/events",
                f"/read/{memo}/sound/sentence",
                f"/read/{memo[:-1]}",
                "/nothing",
            )
        )
        fields: dict[str, str] = {}
        if chance.random() < 0.9:
            fields["act"] = chance.choice(_ACTS) if chance.random() < 0.95 else chance.choice(_TEXTS)
        if fields.get("act") == "add" and chance.random() < 0.97:
            fields["act"] = "keep"  # or the memo would grow faster than it is read
        if chance.random() < 0.9:
            fields["turn"] = self.turn if chance.random() < 0.7 else f"{chance.getrandbits(64):016x}"
        if chance.random() < 0.5:
            fields["text"] = chance.choice(_TEXTS)
        if chance.random() < 0.1:
            fields["token"] = chance.choice(_TEXTS)
        asked = time.monotonic()
        if fields.get("act") == "editing":
            self.told.edits.append(asked)
        if chance.random() < 0.25:
            answer = self.page.client.get(path, params=fields, headers={"HX-Request": chance.choice(("true", ""))})
        else:
            answer = self.page.post(path, fields, htmx=chance.random() < 0.8)
        self._judge(answer, asked)

    def _go_on(self) -> None:
        """Read what is up as long as it takes, and answer it; begin another memo where this one has ended."""
        asked = time.monotonic()
        answer = self.page.get(f"/read/{self.told.memo}")
        self._judge(answer, asked)
        if answer.status_code == 404:
            self._next_memo()
            return
        panel = self.page.settled(self.told.memo, Panel(answer.text))
        self.turn = panel.turn
        if panel.kind in ("stored", "gone"):
            self._judge_stored()
            self._next_memo()
        elif panel.kind == "sentence":
            time.sleep(shortest_reading(panel.sentence) + 0.03)
            asked = time.monotonic()
            self._judge(self.page.post(f"/read/{self.told.memo}", {"act": "keep", "turn": self.turn}), asked)
        elif panel.kind == "commitments":
            time.sleep(shortest_reading(_promised(panel)) + 0.03)
            self._judge(self.page.post(f"/read/{self.told.memo}", {"act": "accept", "turn": self.turn}), asked)
        elif panel.kind == "call" and panel.element.find_class("sentence"):
            time.sleep(shortest_reading(panel.sentence) + 0.03)
            self.page.post(f"/read/{self.told.memo}", {"act": "meant", "turn": self.turn})

    def _judge(self, answer: Any, asked: float) -> None:
        """What must hold of every answer."""
        with self._lock:
            self.statuses[answer.status_code] += 1
            if answer.status_code >= 500:
                self.faults.append(f"{answer.status_code}: {answer.text[:300]}")
            text = answer.text
            if 'id="panel"' not in text:
                return
            panel = Panel(text)
            self.turn = panel.turn
            self.screens[panel.kind] += 1
            if panel.kind == "sentence":
                self.told.shown.setdefault(panel.sentence, min(asked, self.told.lost))
            if panel.kind == "commitments" and self.told.promised is None:
                self.told.promised = (min(asked, self.told.lost), _promised(panel))
            elif panel.kind in ("call", "stored") and self.told.went_on is None:
                self.told.went_on = time.monotonic()
            draft = app_at(self.home).inbox.notes.read(self.told.memo, REVIEW) or {"sentences": [], "taken_back": []}
            done = len(draft["sentences"]) + len(draft["taken_back"])
            for number in range(_SENTENCES):
                if f"Marker{self._number}x{number} " not in text:
                    continue
                self.told.sent.setdefault(number, min(asked, self.told.lost))
                if panel.kind == "sentence" and done < number:
                    self.faults.append(f"sentence {number} was sent when {done} were answered")
            self._judge_draft(draft["sentences"])
            self.answered = max(self.answered, done)

    def _judge_draft(self, sentences: list[dict[str, Any]]) -> None:
        now = time.monotonic()
        if [one["position"] for one in sentences] != list(range(len(sentences))):
            self.faults.append("sentences were skipped")
        for one in sentences:
            number = self.told.words.index(one["heard"]) if one["heard"] in self.told.words else None
            if number is None:
                continue  # one that was added
            if number not in self.told.sent:
                self.faults.append(f"sentence {number} was answered and never sent")
            elif now - self.told.sent[number] < shortest_reading(one["text"] or one["heard"]):
                self.faults.append(
                    f"sentence {number} was answered {now - self.told.sent[number]:.2f} s after it was sent"
                )
            elif one["action"] == "edit" and not self._can_have_read(one, self.told.sent[number], now):
                self.faults.append(f"sentence {number} was edited to {one['text']!r}, which nobody can have read")
            if one["seconds"] < shortest_reading(one["text"] or one["heard"]):
                self.faults.append(f"sentence {number} was answered after {one['seconds']:.2f} s")

    def _can_have_read(self, one: dict[str, Any], sent: float, now: float) -> bool:
        """Whether what is new in a sentence was typed, or shown, for long enough since it was sent."""
        new = Counter(one["text"].split()) - Counter(one["heard"].split())
        since = [when for when in (*self.told.edits, self.told.shown.get(one["text"], now)) if when >= sent]
        return now - min(since, default=now) >= shortest_reading(" ".join(new.elements()))

    def _judge_stored(self) -> None:
        app = app_at(self.home)
        if not app.is_confirmed(self.told.memo):
            return
        with app.store() as store:
            memo = store.get(self.told.memo)
            kept = store.tasks.of_memos([memo.id])
        self.screens["stored and looked at"] += 1
        heard = [one.heard for one in memo.sentences if one.heard]
        if heard != self.told.words:
            self.faults.append(f"stored without all of its sentences: {heard}")
        if any(one.seconds < shortest_reading(one.text or one.heard) for one in memo.sentences):
            self.faults.append("stored with a sentence that was answered early")
        if kept:
            self.screens["stored with a promise"] += 1
            sent, line = self.told.promised or (float("inf"), "")
            if (self.told.went_on or time.monotonic()) - sent < shortest_reading(line):
                self.faults.append("a promise was kept that nobody can have read")
        if memo.next_call is None and not memo.no_next_call_reason:
            self.faults.append("stored without a next step")


def _promised(panel: Panel) -> str:
    """What is up to be confirmed as promised."""
    return " ".join(line.text_content() for line in panel.element.find_class("said"))


def attack(home: Path, requests: int, seed: int = 1, tell: Callable[[str], None] = lambda line: None) -> Attack:
    """Attack a server at that home.

    :param tell: takes lines of progress.
    """
    with Page(home) as page:
        page.open()
        made = Attack(home, page, seed)
        made.run(requests, tell)
    return made


def main() -> None:
    """Attack with as many requests as asked for, and say what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        requests, *seed = map(int, sys.argv[1:])
        made = attack(Path(folder) / "home", requests, *seed, tell=partial(print, flush=True))
        took = time.monotonic() - began
        print(f"{made.answers} answers in {took:.0f} s, {made.lost} lost: {dict(made.statuses)}")
        print(f"screens: {dict(made.screens)}; faults: {made.faults or 'none'}")
        sys.exit(bool(made.faults))


if __name__ == "__main__":
    main()
