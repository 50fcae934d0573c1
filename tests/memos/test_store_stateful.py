"""Whatever is confirmed, corrected, put off, merged, deleted, copied, mended or cut off, in any order, the store holds
what a plain dict would.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from memos.errors import AlreadyConfirmed, CallClosed, CannotMerge, CorrectedMeanwhile, NotFound
from memos.models import ConfirmedMemo, ContactRef, Correction, Promise, Sentence
from memos.repair import repair
from memos.search import Filters
from memos.store import Store

# Thousands of commits, each synced: where memory passes for a disk, a failure is made small in seconds.
IN_MEMORY = Path("/dev/shm")
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
NAMES = ["Anna Lee", "anna  lee", "Bo Berg", "Carla Fuchs"]
WORDS = ["budget", "warehouse", "zebra", "Zürich", "fifty", "pilot"]


def key(name: str) -> str:
    return " ".join(name.casefold().split())


class StoreMachine(RuleBasedStateMachine):
    """The model: memos by id; who each is about; when each promised call is due, and which of them are open.

    `moved` says of a call that was moved by hand as of when that was: what was spoken before does not close it.

    `bearer` says who goes by a name: a merged contact's names are the kept one's. A contact is called by its own name.
    """

    make_memo = staticmethod(lambda *_, **__: None)
    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="stateful-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        self.path = self.folder / "home" / "memos.db"
        self.memos: dict[str, ConfirmedMemo] = {}
        self.versions: dict[str, int] = {}
        self.about: dict[str, str] = {}
        self.due_on: dict[str, dt.date] = {}
        self.open_calls: set[str] = set()
        self.moved: dict[str, dt.datetime] = {}
        self.bearer: dict[str, str] = {}
        self.merges: list[tuple[str, str, set[str], set[str]]] = []

    @initialize()
    def open(self) -> None:
        self.store = Store.open(self.path, clock=lambda: NOW)

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @property
    def people(self) -> set[str]:
        return {name for name, bearer in self.bearer.items() if name == bearer}

    def contact(self, name):
        [found] = [contact for contact in self.store.contacts() if key(contact.name) == name]
        return found

    def forget(self, memo_id):
        del self.memos[memo_id], self.versions[memo_id]
        self.about.pop(memo_id, None)
        self.due_on.pop(memo_id, None)
        self.open_calls.discard(memo_id)

    @rule(
        target=ids,
        number=st.integers(0, 30),
        words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
        name=st.none() | st.sampled_from(NAMES),
        agreed=st.booleans(),
    )
    def confirm(self, number, words, name, agreed):
        memo = self.make_memo(
            number,
            text=" ".join(words),
            heard=" ".join(words),
            contact=ContactRef(name) if name else None,
            **({} if agreed else {"next_call": None, "no_next_call_reason": "none"}),
        )
        before = self.memos.get(memo.id)
        if before is None:
            assert self.store.confirm(memo) is True
            self.memos[memo.id] = memo
            self.versions[memo.id] = 1
            later = set()
            if name:
                self.about[memo.id] = self.bearer.setdefault(key(name), key(name))
                same = {other for other, bearer in self.about.items() if bearer == self.about[memo.id]}
                since = {other: self.moved.get(other, self.memos[other].spoken_at) for other in same}
                self.open_calls -= {other for other in same if since[other] < memo.spoken_at}
                later = {other for other in same if self.memos[other].spoken_at > memo.spoken_at}
            if agreed:
                self.due_on[memo.id] = memo.next_call.date
                if not later:
                    self.open_calls.add(memo.id)
        elif (before.text, before.next_call) == (memo.text, memo.next_call):
            assert self.store.confirm(memo) is False
        else:
            with pytest.raises(AlreadyConfirmed):
                self.store.confirm(memo)
        return memo.id

    @rule(memo_id=ids, words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), stale=st.booleans())
    def correct(self, memo_id, words, stale):
        text = " ".join(words)
        before = self.memos.get(memo_id)
        sentences = (Sentence(0, "heard", text, "edit", 1.5),)
        correction = Correction(self.versions.get(memo_id, 1) - stale, sentences, "rep", NOW, 3.0)
        if before is None:
            with pytest.raises(NotFound):
                self.store.correct(memo_id, correction)
        elif text == before.text:
            assert self.store.correct(memo_id, correction) is False
        elif stale:
            with pytest.raises(CorrectedMeanwhile):
                self.store.correct(memo_id, correction)
        else:
            assert self.store.correct(memo_id, correction) is True
            self.memos[memo_id] = replace(before, text=text, sentences=sentences)
            self.versions[memo_id] += 1

    @rule(memo_id=ids, day=st.dates(dt.date(2026, 11, 1), dt.date(2027, 3, 1)), agreed=st.booleans())
    def call_at_another_time(self, memo_id, day, agreed):
        for follow_up in self.store.calls.with_id_like(memo_id):
            moved = self.store.calls.move(follow_up, Promise(day, None, "America/New_York", "then"), agreed=agreed)
            assert (moved.due_date, moved.state) == (day, "open")
            self.due_on[memo_id] = day
            self.open_calls.add(memo_id)
            same = {other for other, bearer in self.about.items() if bearer == self.about.get(memo_id)}
            self.moved[memo_id] = max(NOW, *(self.memos[other].spoken_at for other in {*same, memo_id}))

    @rule(memo_id=ids, state=st.sampled_from(["done", "cancelled"]))
    def close_call(self, memo_id, state):
        found = self.store.calls.with_id_like(memo_id)
        assert [follow_up.memo_id for follow_up in found] == [memo_id] * (memo_id in self.due_on)
        for follow_up in found:
            if memo_id in self.open_calls:
                assert self.store.calls.close(follow_up, state).state == state
                self.open_calls.discard(memo_id)
            else:
                with pytest.raises(CallClosed):
                    self.store.calls.close(follow_up, state)

    @rule(kept=st.sampled_from(NAMES), merged=st.sampled_from(NAMES))
    def merge(self, kept, merged):
        kept, merged = key(kept), key(merged)
        if not {kept, merged} <= self.people:
            return
        book = self.store.address_book
        if kept == merged:
            with pytest.raises(CannotMerge):
                book.merge(self.contact(kept), self.contact(merged))
            return
        book.merge(self.contact(kept), self.contact(merged))
        names = {name for name, bearer in self.bearer.items() if bearer == merged}
        memos = {memo_id for memo_id, bearer in self.about.items() if bearer == merged}
        self.bearer |= dict.fromkeys(names, kept)
        self.about |= dict.fromkeys(memos, kept)
        self.merges.append((kept, merged, names, memos))

    @rule()
    def undo_merge(self):
        if not self.merges:
            with pytest.raises(NotFound):
                self.store.address_book.undo_merge()
            return
        self.store.address_book.undo_merge()
        _, merged, names, memos = self.merges.pop()
        self.bearer |= dict.fromkeys(names, merged)
        self.about |= dict.fromkeys(memos & self.about.keys(), merged)

    @rule(memo_ids=st.lists(ids, max_size=3))
    def erase(self, memo_ids):
        self.store.erase(memo_ids)
        for memo_id in set(memo_ids) & self.memos.keys():
            self.forget(memo_id)

    @rule(name=st.sampled_from(NAMES))
    def erase_contact(self, name):
        if (name := key(name)) not in self.people:
            return
        contact = self.contact(name)
        about = {memo_id for memo_id, bearer in self.about.items() if bearer == name}
        assert set(self.store.ids_about(contact.id)) == about
        self.store.erase_contact(contact.id)
        for memo_id in about:
            self.forget(memo_id)
        gone = {name} | {merged for _, merged, _, _ in self.merges if self.bearer[merged] == name}
        self.merges = [merge for merge in self.merges if not {merge[0], merge[1]} & gone]
        self.bearer = {spelt: bearer for spelt, bearer in self.bearer.items() if bearer != name}

    @rule()
    def close_and_open_again(self):
        self.store.close()
        self.open()

    @rule()
    def lose_power(self):
        """The files as they are, taken to another place without a word to SQLite: what was acknowledged is in them."""
        after = self.folder / "after" / "memos.db"
        after.parent.mkdir()
        for suffix in ("", "-wal"):
            if (file := self.path.with_name(self.path.name + suffix)).exists():
                shutil.copyfile(file, after.with_name(after.name + suffix))
        self.store.close()
        shutil.rmtree(self.path.parent)
        after.parent.rename(self.path.parent)
        self.open()

    @rule()
    def fail_in_the_middle(self):
        """An error in the middle of confirming leaves nothing of it."""

        def clock():
            raise KeyboardInterrupt

        with Store.open(self.path, clock=clock) as other, pytest.raises(KeyboardInterrupt):
            other.confirm(self.make_memo(99, contact=ContactRef("Nobody Ever")))

    @rule()
    def copy_and_go_on_with_the_copy(self):
        copy = self.folder / "copy.db"
        self.store.copy_to(copy)
        self.store.close()
        shutil.rmtree(self.path.parent)
        self.path.parent.mkdir()
        copy.rename(self.path)
        self.open()

    @rule()
    def mend_what_is_sound(self):
        self.store.close()
        assert repair(self.path, NOW, busy_seconds=1) == []
        self.open()

    @rule(memo_id=ids)
    def get(self, memo_id):
        if memo_id in self.memos:
            assert self.store.get(memo_id).text == self.memos[memo_id].text
        else:
            with pytest.raises(NotFound):
                self.store.get(memo_id)

    @rule(word=st.sampled_from(WORDS), unwanted=st.sampled_from(WORDS), name=st.none() | st.sampled_from(NAMES))
    def search(self, word, unwanted, name):
        found = {hit.memo.id for hit in self.store.search(f"{word} -{unwanted}", Filters(contact=name), limit=None)}
        bearer = self.bearer.get(key(name)) if name else None
        assert found == {
            memo.id
            for memo in self.memos.values()
            if word in f"{memo.text} {memo.heard}".split()
            and unwanted not in memo.text.split()
            and (not name or (bearer and self.about.get(memo.id) == bearer))
        }

    @invariant()
    def holds_what_the_model_holds(self):
        newest_first = sorted(self.memos.values(), key=lambda memo: memo.spoken_at, reverse=True)
        listed = self.store.list()
        assert [memo.id for memo in listed] == [memo.id for memo in newest_first]
        for stored, memo in zip(listed, newest_first, strict=True):
            assert (stored.text, stored.sentences, stored.next_call) == (memo.text, memo.sentences, memo.next_call)
            assert (key(stored.contact.name) if stored.contact else None) == self.about.get(memo.id)
        assert {call.memo.id: call.follow_up.due_date for call in self.store.due()} == {
            memo_id: self.due_on[memo_id] for memo_id in self.open_calls
        }
        assert {key(contact.name) for contact in self.store.contacts()} == self.people
        assert self.store.check() == []


def test_the_store_holds_what_a_dict_would_whatever_happens(make_memo):
    class Machine(StoreMachine):
        pass

    Machine.make_memo = staticmethod(make_memo)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
