"""A correction keeps what a memo said before, who said so, and how long it was read."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from memos.errors import CorrectedMeanwhile, NotFound
from memos.models import Correction, Sentence

LATER = dt.datetime.fromisoformat("2026-11-30T08:00:00-05:00")


@pytest.fixture
def stored(store, make_memo):
    store.confirm(make_memo(0))
    return store.get(make_memo(0).id)


def correction(text, corrects=1, heard="Memo 0"):
    return Correction(corrects, (Sentence(0, heard, text, "edit", 4.0),), "Bo", LATER, 4.0)


def test_a_memo_that_was_never_corrected_has_one_version(store, stored):
    [version] = store.versions(stored.id)
    assert (version.number, version.text, version.sentences) == (1, stored.text, stored.sentences)
    assert (version.confirmed_by, version.confirmed_at) == (stored.confirmed_by, stored.confirmed_at)


def test_a_correction_is_in_force_and_what_was_before_is_kept(store, stored):
    assert store.correct(stored.id, correction("New words.")) is True

    memo = store.get(stored.id)
    assert (memo.text, memo.confirmed_by, memo.confirmed_at) == ("New words.", "Bo", LATER)
    assert memo.sentences == (Sentence(0, "Memo 0", "New words.", "edit", 4.0),)
    assert (memo.heard, memo.next_call, memo.contact) == (stored.heard, stored.next_call, stored.contact)
    first, second = store.versions(stored.id)
    assert (first.text, first.sentences, first.confirmed_by) == (stored.text, stored.sentences, stored.confirmed_by)
    assert (second.number, second.text) == (2, "New words.")
    assert store.check() == []


def test_every_correction_is_a_version(store, stored):
    for number in range(1, 4):
        store.correct(stored.id, correction(f"Words {number}.", corrects=number))
    assert [version.text for version in store.versions(stored.id)] == [
        stored.text, "Words 1.", "Words 2.", "Words 3."
    ]  # fmt: skip


def test_the_same_words_again_change_nothing(store, stored):
    assert store.correct(stored.id, correction(stored.text)) is False
    store.correct(stored.id, correction("New words."))
    assert store.correct(stored.id, correction("New words.")) is False
    assert len(store.versions(stored.id)) == 2


def test_of_two_corrections_at_once_the_second_is_refused(store, stored):
    store.correct(stored.id, correction("One."))
    with pytest.raises(CorrectedMeanwhile):
        store.correct(stored.id, correction("Two."))
    assert store.get(stored.id).text == "One."


def test_a_correction_is_searched_and_the_old_words_no_longer(store, stored):
    store.correct(stored.id, correction("About zeppelins."))
    assert [hit.memo.id for hit in store.search("zeppelin")] == [stored.id]
    assert not [hit for hit in store.search(stored.text.split()[-1].strip(".")) if not hit.heard_only]


def test_what_is_not_stored_cannot_be_corrected(store):
    with pytest.raises(NotFound):
        store.correct("20261121-164005-7f3a", correction("Words."))


def test_a_memo_that_is_deleted_takes_its_versions_along(store, stored):
    store.correct(stored.id, correction("New words."))
    with sqlite3.connect(store.path) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("DELETE FROM memos")
        assert conn.execute("SELECT count(*) FROM memo_versions").fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM memo_version_sentences").fetchone() == (0,)


@pytest.mark.parametrize("fault", [{"sentences": ()}, {"confirmed_at": LATER.replace(tzinfo=None)}])
def test_a_correction_has_words_and_a_time_with_its_zone(fault):
    fields = {
        "corrects": 1,
        "sentences": (Sentence(0, "a", "a", "keep", 1.0),),
        "confirmed_by": "Bo",
        "confirmed_at": LATER,
        "reading_seconds": 1.0,
    }
    with pytest.raises(ValueError):
        Correction(**(fields | fault))
