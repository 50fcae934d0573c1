"""Whatever is confirmed, deleted, copied, mended or cut off, in any order, the store holds what a plain dict would."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from memos.errors import AlreadyConfirmed, NotFound
from memos.models import ConfirmedMemo, ContactRef
from memos.repair import repair
from memos.search import Filters
from memos.store import Store

# Thousands of commits, each synced: where memory passes for a disk, a failure is made small in seconds.
IN_MEMORY = Path("/dev/shm")
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
NAMES = ["Anna Lee", "anna  lee", "Bo Berg", "Carla Fuchs"]
WORDS = ["budget", "warehouse", "zebra", "Zürich", "fifty", "pilot"]


class StoreMachine(RuleBasedStateMachine):
    """The model: memos by id, each with the key of its contact; an open promise by the id of its memo."""

    make_memo = staticmethod(lambda *_, **__: None)
    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="stateful-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        self.path = self.folder / "home" / "memos.db"
        self.memos: dict[str, ConfirmedMemo] = {}
        self.promised: set[str] = set()
        self.people: set[str] = set()

    @initialize()
    def open(self) -> None:
        self.store = Store.open(self.path, clock=lambda: NOW)

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def who(self, memo: ConfirmedMemo) -> str | None:
        return " ".join(memo.contact.name.casefold().split()) if memo.contact else None

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
            if name:
                self.people.add(self.who(memo))
                same = {
                    other.id
                    for other in self.memos.values()
                    if self.who(other) == self.who(memo) and other.spoken_at < memo.spoken_at
                }
                self.promised -= same
            if agreed:
                self.promised.add(memo.id)
        elif (before.text, before.next_call) == (memo.text, memo.next_call):
            assert self.store.confirm(memo) is False
        else:
            with pytest.raises(AlreadyConfirmed):
                self.store.confirm(memo)
        return memo.id

    @rule(memo_ids=st.lists(ids, max_size=3))
    def erase(self, memo_ids):
        self.store.erase(memo_ids)
        for memo_id in memo_ids:
            self.memos.pop(memo_id, None)
            self.promised.discard(memo_id)

    @rule(name=st.sampled_from(NAMES))
    def erase_contact(self, name):
        key = " ".join(name.casefold().split())
        found = [contact for contact in self.store.contacts() if contact.name.casefold().split() == key.split()]
        assert len(found) == (key in self.people)
        for contact in found:
            about = {memo.id for memo in self.memos.values() if self.who(memo) == key}
            assert set(self.store.ids_about(contact.id)) == about
            self.store.erase_contact(contact.id)
            self.people.discard(key)
            for memo_id in about:
                del self.memos[memo_id]
            self.promised -= about

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
        key = " ".join(name.casefold().split()) if name else None
        assert found == {
            memo.id
            for memo in self.memos.values()
            if word in memo.text.split() and unwanted not in memo.text.split() and (not name or self.who(memo) == key)
        }

    @invariant()
    def holds_what_the_model_holds(self):
        newest_first = sorted(self.memos.values(), key=lambda memo: memo.spoken_at, reverse=True)
        listed = self.store.list()
        assert [memo.id for memo in listed] == [memo.id for memo in newest_first]
        for stored, memo in zip(listed, newest_first, strict=True):
            assert (stored.text, stored.sentences, stored.next_call) == (memo.text, memo.sentences, memo.next_call)
            assert (stored.contact is None) == (memo.contact is None)
        assert {call.memo.id for call in self.store.due()} == self.promised
        assert {" ".join(contact.name.casefold().split()) for contact in self.store.contacts()} == self.people
        assert self.store.check() == []


def test_the_store_holds_what_a_dict_would_whatever_happens(make_memo):
    class Machine(StoreMachine):
        pass

    Machine.make_memo = staticmethod(make_memo)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
