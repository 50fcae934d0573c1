"""What became of a call is read from what was said about this one; where the memo does not say, it is asked."""

from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.train_outcomes import by_words, fit, hands_of, judge, write
from memos.outcomes import ATTEMPTS, Outcome, is_talk
from review.encoder import begin, encoder
from review.outcome import agreed, decide, read_outcome, without_the_call
from review.outcome_features import features_of, scope_of
from review.outcome_model import model, read_model, weigh

DATA = Path(__file__).parents[1] / "data" / "outcomes"
HANDS = hands_of()
SOME = {hand: memos[:: -(-len(memos) // 60)] for hand, memos in HANDS.items()}
"""Of each hand sixty memos at most, from its begin to its end: each takes the encoder some 0.02 s."""

NO_TALKS = (DATA / "no_talks.txt").read_text("utf-8").splitlines()
UNSURE = (DATA / "unsure.txt").read_text("utf-8").splitlines()


@cache
def scores(text: str) -> list[float]:
    """What the encoder says of a memo, which is asked for by more than one test."""
    return encoder().scores(begin(text)).tolist()


@pytest.mark.parametrize("hand", HANDS)
def test_the_memos_that_it_was_fitted_to_are_read_as_they_are_labelled(hand: str) -> None:
    words = by_words(SOME[hand], model())
    judged = judge(SOME[hand], [agreed(by, scores(text)) for by, (_, text) in zip(words, SOME[hand], strict=True)])
    assert judged["right"] >= 0.85
    assert judged["wrong"] <= 0.02


def test_memos_of_a_hand_that_it_was_not_fitted_to_are_read_too() -> None:
    judged = judge(HANDS["own-e"], by_words(HANDS["own-e"], fit([*HANDS["own-a"], *HANDS["own-b"]], 1500)))
    assert judged["most probable"] >= 0.8
    assert judged["wrong"] <= 0.1


def test_every_outcome_is_among_them() -> None:
    assert {outcome for memos in HANDS.values() for outcome, _ in memos} == set(Outcome)


def test_no_memo_is_there_twice() -> None:
    counts = Counter(text for memos in HANDS.values() for _, text in memos)
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("text", NO_TALKS)
def test_where_the_contact_was_not_spoken_with_no_talk_is_offered(text: str) -> None:
    heard = read_outcome(text)
    assert heard is None or not heard.sure or not is_talk(heard.outcome)


@pytest.mark.parametrize("text", UNSURE)
def test_what_may_as_well_be_something_else_is_asked(text: str) -> None:
    heard = read_outcome(text)
    assert heard is None or not heard.sure


@pytest.mark.parametrize("text", [text for outcome, text in HANDS["own-a"] if outcome in ATTEMPTS])
def test_what_follows_a_call_in_vain_makes_no_talk_of_it(text: str) -> None:
    for more in ("He is the head of purchasing.", "I wanted to tell her about the discount.", "If she calls me, good."):
        heard = read_outcome(f"{text} {more}")
        assert heard is None or not heard.sure or not is_talk(heard.outcome)


@pytest.mark.parametrize("hand", HANDS)
def test_the_words_that_tell_so_are_the_memos_own(hand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.encoder.begin", lambda text: text)
    monkeypatch.setattr("review.encoder.encoder", lambda: SimpleNamespace(scores=scores))
    for _, text in SOME[hand]:
        heard = read_outcome(text)
        assert heard is not None
        assert heard.heard
        assert heard.heard in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was about the vans, the long ones. Got Dana's voicemail. She likes them white.", "voicemail"),
        ("Cooling tower, second quote. Nobody picked up. It is for the north side.", "picked up"),
    ],
)
def test_the_words_that_are_shown_are_those_that_tell_who_answered(text: str, words: str) -> None:
    heard = read_outcome(text)
    assert heard is not None
    assert words in heard.heard


def test_a_talk_is_offered_only_where_hardly_anything_speaks_against_one() -> None:
    rest = dict.fromkeys(Outcome, 0.0)
    assert decide({**rest, Outcome.REACHED: 0.985, Outcome.GATEKEEPER: 0.015}) == (Outcome.REACHED, True)
    assert decide({**rest, Outcome.REACHED: 0.96, Outcome.GATEKEEPER: 0.04}) == (Outcome.REACHED, False)
    assert decide({**rest, Outcome.REACHED: 0.2, Outcome.GATEKEEPER: 0.8}) == (Outcome.GATEKEEPER, True)
    assert decide({**rest, Outcome.REACHED: 0.8, Outcome.THEY_CALLED: 0.2}) == (Outcome.REACHED, True)


def test_what_two_models_make_probable_is_what_both_do() -> None:
    even = dict.fromkeys(Outcome, 1 / len(Outcome))
    assert agreed(even, [0.0] * len(Outcome)) == pytest.approx(even)
    reached = {**dict.fromkeys(Outcome, 0.0), Outcome.REACHED: 1.0}
    for_a_voicemail = [6.0 if outcome is Outcome.VOICEMAIL else 0.0 for outcome in Outcome]
    one_against_the_other = agreed(reached, for_a_voicemail)
    assert decide(one_against_the_other)[1] is False
    assert sum(one_against_the_other.values()) == pytest.approx(1)
    assert agreed(reached, [20.0 * reached[outcome] for outcome in Outcome])[Outcome.REACHED] > 0.99


@pytest.mark.parametrize(
    ("clause", "scope"),
    [
        ("we had a good talk last week", "P"),
        ("she 'd left the company", "P"),
        ("at last he answered", "N"),
        ("he answered", "N"),
        ("i 'll try her again", "F"),
        ("before i ring him", "F"),
    ],
)
def test_a_clause_tells_of_what_was_before_or_is_to_come(clause: str, scope: str) -> None:
    assert scope_of(clause.split()) == scope


def test_what_was_said_of_an_earlier_call_is_weighed_apart() -> None:
    places = features_of("Last week he answered, today it rang.", model().known).places
    assert "P|ANSWERED" in places
    assert "N|ANSWERED" not in places
    assert "N|CALL" in places


def test_the_probabilities_of_a_memo_are_one() -> None:
    assert sum(weigh("Left a message for Otto.").probabilities.values()) == pytest.approx(1)


def test_weights_are_the_same_when_written_and_read(tmp_path: Path) -> None:
    made = fit(HANDS["own-e"], 300)
    write(made, tmp_path / "weights.json")
    assert read_model((tmp_path / "weights.json").read_text("utf-8")) == made


@pytest.mark.parametrize("text", ["", "   ", "...", "\ufdd0", "?!"])
def test_of_nothing_nothing_is_read(text: str) -> None:
    assert read_outcome(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Got Dana's voicemail, nobody picked up. It was about the vans. The white ones.",
            "It was about the vans. The white ones.",
        ),
        (
            "Got Dana's voicemail. I'll try her again on Wednesday about the van.",
            "I'll try her again on Wednesday about the van.",
        ),
        ("Nobody picked up, so I'll try her again. She wanted the van.", "She wanted the van."),
    ],
)
def test_what_is_left_of_a_memo_without_who_answered(text: str, left: str) -> None:
    assert without_the_call(text) == left
