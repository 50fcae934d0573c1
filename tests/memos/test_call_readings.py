"""What was offered as the next call is kept with its memo, tells how often it was right, and goes with the memo."""

import datetime as dt
from dataclasses import replace

from memos.call_readings import CallReading, CallScore, OfferedCall
from memos.models import Promise

TUESDAY, FRIDAY = dt.date(2026, 12, 1), dt.date(2026, 12, 4)
OFFERED = (OfferedCall(TUESDAY, dt.time(14, 30), "Tuesday at half two"), OfferedCall(FRIDAY, None, "zebra Friday"))


def memo_of(make_memo, number, reading, call, **changes):
    reason = None if call else "they went with a rival"
    made = make_memo(number, next_call=call, no_next_call_reason=reason, **changes)
    return replace(made, call_reading=reading)


def test_what_was_offered_and_what_was_taken_of_it_are_kept_as_they_were(store, make_memo):
    reading = CallReading(OFFERED, doubtful=True, chosen=2)
    memo = memo_of(make_memo, 1, reading, Promise(FRIDAY, None, None, "zebra Friday"))

    store.confirm(memo)

    assert store.call_reading(memo.id) == reading


def test_a_memo_that_nothing_was_offered_for_says_so_and_one_of_before_says_nothing(store, make_memo):
    nothing, before = memo_of(make_memo, 1, CallReading(), None), memo_of(make_memo, 2, None, None)

    store.confirm(nothing)
    store.confirm(before)

    assert store.call_reading(nothing.id) == CallReading()
    assert store.call_reading(before.id) is None
    assert store.call_score().memos == 1


def test_the_score_counts_what_the_rep_took_typed_and_declined(store, make_memo):
    first, second = Promise(TUESDAY, dt.time(14, 30), None, ""), Promise(FRIDAY, None, None, "")
    answers = (
        (CallReading(OFFERED, doubtful=False, chosen=1), first),
        (CallReading(OFFERED, doubtful=True, chosen=2), second),
        (CallReading(OFFERED, doubtful=True), Promise(TUESDAY, dt.time(9), None, "")),
        (CallReading(OFFERED, doubtful=False), None),
        (CallReading(), None),
        (CallReading(), first),
    )
    for number, (reading, call) in enumerate(answers):
        store.confirm(memo_of(make_memo, number, reading, call))

    assert store.call_score() == CallScore(
        memos=6, first=2, first_day=3, among=3, doubtful=2, sure_and_wrong=1, declined=1
    )


def test_it_goes_with_its_memo_and_leaves_no_word_in_the_file(store, path, make_memo):
    memo = memo_of(make_memo, 1, CallReading(OFFERED), Promise(TUESDAY, None, None, ""))
    store.confirm(memo)
    assert any(b"zebra Friday" in file.read_bytes() for file in path.parent.iterdir())

    store.erase([memo.id])

    assert store.call_score() == CallScore()
    assert not any(b"zebra Friday" in file.read_bytes() for file in path.parent.iterdir())
