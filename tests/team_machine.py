"""What reps do, in any order, with syncs in between that may be cut; and what must hold when all have synced."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from postgres_server import REPS
from team_checks import Book, all_know_the_same, own_calls_are_told, own_tasks_are_told

from memos import contacts
from memos.errors import MemosError
from memos.models import Commitment, ConfirmedMemo, Contact, ContactRef, Correction, FollowUp, Promise, Sentence
from memos.outcomes import Outcome
from memos.store import Store
from memos.tasks import Task
from memos.team.address import Address
from memos.team.errors import TeamTrouble

PEOPLE = [
    ContactRef("Dana Whitfield", "Brightwater", "+15125550143"),
    ContactRef("Dana Witfield", "Brightwater", "+15125550144"),
    ContactRef("Jan Kowalski", "Fjordline"),
    ContactRef("Mae Ito", None, None, "mae@example.com"),
]
NOBODY = len(PEOPLE)
START = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
WRONG_BY = {"ana": 0, "ben": -60, "cara": 60}
SECRET = "quixotic"
SECRET_NUMBER = "+15125559"

reps = st.sampled_from(REPS)
people = st.integers(0, NOBODY)
some = st.integers(0, 40)


class TeamMachine(RuleBasedStateMachine):
    """Three reps. What the server is, the subclasses say."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(
            tempfile.mkdtemp(prefix="aftercall-team-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        )
        self.time = START
        self.count = 0
        self.stores: dict[str, Store] = {}
        self.confirmed: dict[str, set[str]] = {name: set() for name in REPS}
        self.deleted: set[str] = set()
        self.deleted_people = False
        self.in_private: set[str] = set()

    def connect(self, rep: str, cut: int | None) -> Any:
        raise NotImplementedError

    def address(self, rep: str) -> str:
        return f"postgresql://{rep}@localhost/book"

    def clock_of(self, rep: str) -> dt.datetime:
        self.time += dt.timedelta(seconds=7)
        return self.time + dt.timedelta(minutes=WRONG_BY[rep])

    @initialize()
    def begin(self) -> None:
        for name in REPS:
            home = self.folder / name / "memos.db"
            self.stores[name] = store = Store.open(home, clock=lambda name=name: self.clock_of(name))
            with self.connect(name, None) as server:
                store.team.join(server, Address(self.address(name)), name.title())
        # So that there is something to do something to.
        for number, name in enumerate(REPS):
            self.confirm(name, number, Outcome.REACHED, 3 * number, private=False)
            self.confirm(name, (number + 1) % len(PEOPLE), Outcome.VOICEMAIL, 4, private=number == 0)
        for name in (*REPS, *REPS):
            self.sync(name, None)

    def teardown(self) -> None:
        try:
            if self.stores:
                for _ in range(4):
                    for name in REPS:
                        self.sync(name, None)
                self.check()
        finally:
            for store in self.stores.values():
                store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(
        rep=reps,
        person=people,
        outcome=st.sampled_from([None, *Outcome]),
        days=st.integers(0, 9),
        private=st.booleans(),
    )
    def confirm(self, rep: str, person: int, outcome: Outcome | None, days: int, private: bool) -> None:
        self.count += 1
        spoken_at = self.clock_of(rep)
        memo_id = f"{spoken_at:%Y%m%d-%H%M%S}-{self.count:04x}"
        text = f"Memo {self.count} of {rep}" + (f", {SECRET}." if private else ".")
        contact = None if person == NOBODY else PEOPLE[person]
        if contact and private and self.count % 2:
            contact = replace(contact, phone=f"{SECRET_NUMBER}{self.count:03}")
        self.stores[rep].confirm(
            ConfirmedMemo(
                id=memo_id,
                spoken_at=spoken_at,
                duration=9.0,
                source="test",
                heard=text,
                text=text,
                sentences=(Sentence(0, text, text, "keep", 2.5),),
                language="en",
                engine="e",
                model="m",
                weights_sha256="d0",
                transcript_json="{}",
                contact=contact,
                outcome=outcome,
                confirmed_by=rep,
                confirmed_at=spoken_at,
                reading_seconds=2.5,
                next_call=Promise((START + dt.timedelta(days=days)).date(), None, None, "") if days else None,
                no_next_call_reason=None if days else "no",
                private=private,
                commitments=(
                    Commitment(f"I will send paper {self.count}.", None),
                    Commitment("I will ask.", START.date()),
                ),
            )
        )
        self.confirmed[rep].add(memo_id)

    def one(self, found: list[Any], which: int) -> Any:
        return found[which % len(found)] if found else None

    @rule(rep=reps, which=some)
    def correct(self, rep: str, which: int) -> None:
        if memo := self.one(self.stores[rep].list(), which):
            number = len(self.stores[rep].versions(memo.id))
            text = f"{memo.text} Corrected {number}."
            sentence = Sentence(0, memo.heard, text, "edit", 2.5)
            self.stores[rep].correct(memo.id, Correction(number, (sentence,), rep, self.clock_of(rep), 2.5))

    @rule(rep=reps, which=some, person=some)
    def move_memo(self, rep: str, which: int, person: int) -> None:
        store = self.stores[rep]
        memo, taker = self.one(store.list(), which), self.one(store.contacts(), person)
        if memo and taker:
            with suppress(MemosError):
                store.address_book.move(memo.id, taker)

    @rule(rep=reps, one=some, other=some)
    def merge(self, rep: str, one: int, other: int) -> None:
        found = self.stores[rep].contacts()
        if len(found) > 1 and self.one(found, one) != self.one(found, other):
            self.stores[rep].address_book.merge(self.one(found, one), self.one(found, other))

    @rule(rep=reps, which=some, take=some, shared=st.booleans())
    def split(self, rep: str, which: int, take: int, shared: bool) -> None:
        """A contact of some of the memos about another one, and of one of its numbers, which both may keep."""
        store = self.stores[rep]
        if giver := self.one(store.contacts(), which):
            self.count += 1
            about = [memo.id for memo in store.list() if memo.contact and memo.contact.id == giver.id]
            numbers = contacts.values_of(giver, "phone")
            number = self.one(numbers, take)
            hidden = store.address_book.is_private(giver.id) or (number or "").startswith(SECRET_NUMBER)
            new = Contact(0, f"Sam {SECRET if hidden else 'Quick'} {self.count}", giver.company, number, None)
            store.address_book.split(giver, new, [number] if shared else [], about[: take % (len(about) + 1)])

    @rule(rep=reps)
    def undo_merge(self, rep: str) -> None:
        with suppress(MemosError):
            self.stores[rep].address_book.undo_merge()

    @rule(rep=reps, which=some)
    def undo_a_colleagues_merge(self, rep: str, which: int) -> None:
        for name in (*REPS, rep):  # else there seldom is one
            self.sync(name, None)
        book = self.stores[rep].address_book
        if merge := self.one([each for each in book.merges() if each.made_by and not each.undone_at], which):
            with suppress(MemosError):
                book.undo_merge(merge.id)

    @rule(rep=reps, which=some)
    def change_number(self, rep: str, which: int) -> None:
        self.count += 1
        if contact := self.one(self.stores[rep].contacts(), which):
            number = f"+151255501{self.count % 100:02}"
            self.stores[rep].address_book.change(contact.id, lambda before: replace(before, phone=number))

    @rule(rep=reps, which=some)
    def delete_memo(self, rep: str, which: int) -> None:
        if memo := self.one(self.stores[rep].list(), which):
            self.stores[rep].erase([memo.id])
            self.deleted.add(memo.id)

    @rule(rep=reps, which=some, sure=st.integers(0, 3))
    def delete_person(self, rep: str, which: int, sure: int) -> None:
        contact = self.one(self.stores[rep].contacts(), which)
        if contact and not sure:
            self.stores[rep].erase_contact(contact.id)
            self.deleted_people = True

    @rule(rep=reps, which=some, days=st.integers(1, 20), agreed=st.booleans())
    def snooze(self, rep: str, which: int, days: int, agreed: bool) -> None:
        to = Promise((START + dt.timedelta(days=days)).date(), None, None, "")
        store = self.stores[rep]
        if call := self.one(store.due(), which):
            self.note_private(store, call.follow_up)
            store.calls.move(call.follow_up, to, agreed=agreed)

    def note_private(self, store: Store, promise: FollowUp | Task) -> None:
        """What is done to a promise while its contact is private is said to nobody, then and later."""
        if promise.contact and store.address_book.is_private(promise.contact.id):
            self.in_private.add(promise.memo_id)

    @rule(rep=reps, which=some, days=st.integers(0, 20))
    def change_a_colleagues(self, rep: str, which: int, days: int) -> None:
        store = self.stores[rep]
        theirs = [call for call in store.team.open_calls() if call.author != rep]
        if call := self.one(theirs, which):
            if days:
                store.team.move(call.memo_id, Promise((START + dt.timedelta(days=days)).date(), None, None, ""))
            else:
                store.team.close(call.memo_id, "done")

    @rule(rep=reps, which=some, state=st.sampled_from(["done", "cancelled"]))
    def close(self, rep: str, which: int, state: Any) -> None:
        if call := self.one(self.stores[rep].due(), which):
            self.note_private(self.stores[rep], call.follow_up)
            self.stores[rep].calls.close(call.follow_up, state)

    @rule(rep=reps, which=some, days=st.integers(-2, 9))
    def task(self, rep: str, which: int, days: int) -> None:
        """Ticked off, given up, or put off to another day."""
        tasks = self.stores[rep].tasks
        if task := self.one(tasks.all(), which):
            self.note_private(self.stores[rep], task)
            with suppress(MemosError):
                if days < 0:
                    tasks.close(task, "done" if days == -1 else "cancelled")
                else:
                    tasks.move(task, (START + dt.timedelta(days=days)).date())

    @rule(rep=reps, which=some, answer=st.sampled_from(["40k", "50k", ""]))
    def answer(self, rep: str, which: int, answer: str) -> None:
        if contact := self.one(self.stores[rep].contacts(), which):
            self.stores[rep].calls.answer(contact.id, "budget", answer)

    @rule(rep=reps, cut=st.none() | st.integers(0, 12))
    def sync(self, rep: str, cut: int | None) -> None:
        try:
            with self.connect(rep, cut) as server:
                self.stores[rep].team.sync(server)
        except TeamTrouble:
            assert cut is not None

    def check(self) -> None:
        """All books are equal, on the server as well; nothing is lost, and nothing private is there."""
        server = self.server_book()
        all_know_the_same(self.stores.values(), server)
        assert SECRET not in repr(server)
        assert SECRET_NUMBER not in repr(server)
        for rep, store in self.stores.items():
            there = {memo.id for memo in store.list()}
            assert there <= self.confirmed[rep] - self.deleted
            if not self.deleted_people:
                assert there == self.confirmed[rep] - self.deleted
            assert store.check() == []
            own_calls_are_told(store, self.in_private)
            own_tasks_are_told(store, self.deleted, self.in_private)

    def server_book(self) -> Book:
        raise NotImplementedError
