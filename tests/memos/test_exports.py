"""The ledger of what was handed out: nothing goes out twice, what changed goes out again."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from memos.exports import Item


@pytest.fixture
def three(store, make_memo):
    """A store with three memos, and an item for each."""
    for number in range(3):
        store.confirm(make_memo(number))
    return store, [Item.of("note", memo.id, memo.text) for memo in store.list()]


def out(handed):
    return [(one.item.memo_id, one.before is not None) for one in handed]


def test_what_was_handed_out_is_not_handed_out_again(three):
    store, notes = three
    written = []
    assert len(store.exports.hand_out("crm", notes, written.extend)) == 3
    assert store.exports.hand_out("crm", notes, written.extend) == []
    assert store.exports.outgoing("crm", notes) == []
    assert [one.item for one in written] == notes


def test_each_target_and_each_kind_is_counted_for_itself(three):
    store, notes = three
    store.exports.hand_out("crm", notes, lambda _: None)
    assert len(store.exports.outgoing("other", notes)) == 3
    assert len(store.exports.outgoing("crm", [Item("task", one.memo_id, one.fingerprint) for one in notes])) == 3


def test_what_changed_goes_out_again_and_says_when_it_did_before(three, clock):
    store, notes = three
    store.exports.hand_out("crm", notes, lambda _: None)
    changed = [Item.of("note", notes[0].memo_id, "other words"), *notes[1:]]
    [again] = store.exports.hand_out("crm", changed, lambda _: None)
    assert (again.item, again.before) == (changed[0], clock())
    assert store.exports.outgoing("crm", changed) == []


def test_all_of_it_goes_out_again_when_that_is_asked_for(three):
    store, notes = three
    store.exports.hand_out("crm", notes[:1], lambda _: None)
    assert out(store.exports.outgoing("crm", notes, again=True)) == [
        (note.memo_id, number == 0) for number, note in enumerate(notes)
    ]


def test_what_could_not_be_written_is_still_to_go_out(three):
    store, notes = three

    def fail(out):
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError, match="no room"):
        store.exports.hand_out("crm", notes, fail)
    assert len(store.exports.outgoing("crm", notes)) == 3


def test_asking_what_would_go_out_notes_nothing(three):
    store, notes = three
    assert store.exports.outgoing("crm", notes) == store.exports.outgoing("crm", notes) != []


def test_a_memo_that_is_deleted_is_gone_from_the_ledger_too(three, path):
    store, notes = three
    store.exports.hand_out("crm", notes, lambda _: None)
    store.erase([notes[0].memo_id])
    with closing(sqlite3.connect(path)) as conn:
        kept = {memo_id for (memo_id,) in conn.execute("SELECT memo_id FROM exports")}
    assert kept == {note.memo_id for note in notes[1:]}
    assert not [file.name for file in path.parent.iterdir() if notes[0].memo_id.encode() in file.read_bytes()]


def test_the_ledger_holds_no_word_of_what_went_out(store, path, make_memo):
    store.confirm(make_memo())
    store.exports.hand_out("crm", [Item.of("note", make_memo().id, "zqwords")], lambda _: None)
    assert not [file.name for file in path.parent.iterdir() if b"zqwords" in file.read_bytes()]
