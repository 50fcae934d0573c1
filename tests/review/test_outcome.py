"""What became of a call is read from what was said about this one; where the memo does not say, it is asked."""

from pathlib import Path

import pytest

from memos.outcomes import ATTEMPTS, Outcome, is_talk
from review.outcome import read_outcome, without_the_call

DATA = Path(__file__).parents[1] / "data" / "outcomes"
MEMOS = [tuple(line.split("\t")) for line in (DATA / "memos.tsv").read_text("utf-8").splitlines()]
NO_TALKS = (DATA / "no_talks.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("outcome", "text"), MEMOS)
def test_a_memo_says_what_became_of_its_call(outcome: str, text: str) -> None:
    heard = read_outcome(text)
    if outcome == "unsure":
        assert heard is None or not heard.sure
    else:
        assert heard is not None
        assert (heard.outcome.value, heard.sure) == (outcome, True)
        assert heard.heard in text


@pytest.mark.parametrize("text", NO_TALKS)
def test_where_the_contact_was_not_spoken_with_no_talk_is_offered(text: str) -> None:
    heard = read_outcome(text)
    assert heard is None or not heard.sure or not is_talk(heard.outcome)


def test_every_outcome_is_among_them() -> None:
    assert {outcome for outcome, _ in MEMOS} == {*Outcome, "unsure"}


@pytest.mark.parametrize("text", [text for outcome, text in MEMOS if outcome in ATTEMPTS])
def test_what_follows_a_call_in_vain_makes_no_talk_of_it(text: str) -> None:
    for more in ("He is the head of purchasing.", "I wanted to tell her about the discount.", "If she calls me, good."):
        heard = read_outcome(f"{text} {more}")
        assert heard is None or not heard.sure or heard.outcome in ATTEMPTS


@pytest.mark.parametrize("text", ["", "   ", "...", "\ufdd0", "No.", "?!"])
def test_of_nothing_nothing_is_read(text: str) -> None:
    assert read_outcome(text) is None


def test_what_is_left_of_a_memo_without_who_answered() -> None:
    text = "Got Dana's voicemail, nobody picked up. It was about the vans. I'll try her again Thursday."
    assert without_the_call(text) == "It was about the vans. I'll try her again Thursday."
