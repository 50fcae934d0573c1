"""A second reader orders what is offered, and what stands first is in doubt unless it is probable that it is right."""

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from review.next_call import NextCall, _read_memo, confidence, explain, find_next_call, hour_model
from review.next_call.day_features import MOST_DATES, candidates
from review.next_call.day_model import rank, weights
from review.next_call.decide import decide, decide_by_rules, first_answer_to
from review.next_call.feature_words import spell
from review.next_call.first_answer import BothWeights, probabilities_with_the_rules
from review.next_call.memo import Memo
from review.next_call.second_reader import (
    ANOTHER_DAY,
    ANOTHER_HOUR,
    NO_HOUR_EITHER,
    NOT_OUTRIGHT,
    SURE,
    UNLIKE_A_CALL,
)

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 24)
FRIDAY_WEEK = date(2026, 11, 27)


def memo(text: str) -> Memo:
    return _read_memo(text, WEDNESDAY, "en-US")


def call(text: str) -> NextCall:
    found = find_next_call(text, WEDNESDAY)
    assert found is not None, text
    return found


def test_a_day_of_the_rules_that_it_does_not_believe_in_is_in_doubt_and_another_is_named_and_offered() -> None:
    found = weighed("Good chat. I'll ring her Tuesday. She flies out on Friday.", days={"w-1 on": 30})

    assert (found.date, found.ambiguous) == (TUESDAY, True)
    assert found.notes[-1].startswith(ANOTHER_DAY)
    assert found.others[0].date in {FRIDAY, FRIDAY_WEEK}


def test_what_is_said_in_brief_and_plainly_is_sure() -> None:
    assert not read_with("I'll ring her Tuesday at ten.", {}).ambiguous
    assert read_with("I'll ring her Tuesday at ten. Friday, market day.", {}).ambiguous


def test_a_day_that_the_rules_did_not_decide_for_may_stand_first_and_why_it_is_doubted_is_told() -> None:
    text = "So she'll be at her desk Friday at nine and that's when we go through the numbers."
    assert decide_by_rules(memo(text))[1] is None

    found = read_with(text, {})

    assert (found.date, found.time, found.ambiguous) == (FRIDAY, time(9), True)
    assert NOT_OUTRIGHT in found.notes
    assert not read_with(text, {"first the day": 900}).ambiguous
    (told,) = [one for one in explain(text, WEDNESDAY) if one.chosen]
    assert told.reason == "the words around it speak for it"
    assert told.probability is not None
    assert told.probability > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "I'll ring her Tuesday.",
        "Nothing more to say.",
        "The delivery comes tomorrow.",
    ],
)
def test_it_adds_nothing_where_both_agree(text: str) -> None:
    by_rules, _ = decide_by_rules(memo(text))

    assert find_next_call(text, WEDNESDAY) == by_rules


def test_of_a_day_that_the_rules_only_propose_it_takes_none_and_offers_that_day_first() -> None:
    text = "She's at her desk Friday at nine. Don't call her again."
    by_rules, _ = decide_by_rules(memo(text))
    assert by_rules is not None

    found = call(text)

    assert (found.date, found.ambiguous, found.others[0]) == (None, True, by_rules.others[0])


def test_its_probabilities_are_of_the_days_and_of_none_and_the_rules_count_with_it() -> None:
    ranking = rank(memo("I'll ring her Tuesday. She flies out on Friday."))
    assert ranking is not None
    assert {TUESDAY, FRIDAY, FRIDAY_WEEK, None} <= set(ranking.probabilities)
    assert math.isclose(sum(ranking.probabilities.values()), 1)

    shares = probabilities_with_the_rules(ranking, FRIDAY_WEEK)

    assert math.isclose(sum(shares.values()), 1)
    assert shares[FRIDAY_WEEK] > ranking.probabilities[FRIDAY_WEEK]


def test_the_facts_told_for_a_day_are_those_that_its_rival_has_not() -> None:
    ranking = rank(memo("I'll ring her Tuesday. She flies out on Friday."))
    assert ranking is not None
    likeliest = sorted(ranking.probabilities, key=lambda day: -ranking.probabilities[day])
    first, rival = ranking.of(likeliest[0]), ranking.of(likeliest[1])
    assert first is not None
    assert rival is not None

    assert first.value == TUESDAY
    assert 1 <= len(ranking.facts_for(first)) <= 3
    assert not set(ranking.facts_for(first)) & {spell(name) for name in rival.features}


def test_it_knows_nothing_of_the_verdicts_of_the_rules() -> None:
    text = "I'll ring her Tuesday. She flies out on Friday."
    before, other = memo(text), memo(text)
    other.dated[:] = [
        replace(dated, mention=replace(dated.mention.stands("declined", "for this test"), direct=True, theirs=True))
        for dated in other.dated
    ]

    assert candidates(other)[0].features == candidates(before)[0].features


def test_a_text_with_more_dates_than_a_memo_has_is_left_to_the_rules() -> None:
    text = "I'll call him Tuesday. " * (MOST_DATES + 1)

    assert rank(memo(text)) is None
    assert call(text).date == TUESDAY
    assert rank(memo(text[: len(text) // 2])) is not None


def test_every_weight_that_is_shipped_can_be_told_in_words_and_they_are_few() -> None:
    for weighed in (weights(), hour_model.weights()):
        assert 100 < len(weighed) <= 3000
        assert all(spell(name) for name in weighed)
        assert len(json.dumps(weighed)) < 80_000


def test_a_week_before_stays_the_first_that_is_offered() -> None:
    found = weighed("I said I'd call him Monday. He's on leave, so he wants Friday at nine instead.", days={}, hours={})

    assert (found.date, found.others[0].date) == (FRIDAY_WEEK, FRIDAY)


TWO_HOURS = "I'll ring her Friday at two. She shuts at five."


def weighed(text: str, days: dict[str, int] | None = None, hours: dict[str, int] | None = None) -> NextCall:
    """The call as it is read with other weights, the shipped ones where none are given, and nothing that makes it
    sure."""
    by = BothWeights(days if days is not None else weights(), hours if hours is not None else hour_model.weights())
    found, _ = decide(memo(text), by, {})
    assert found is not None
    return found


def test_an_hour_that_it_is_surer_of_stands_first_in_doubt_and_that_of_the_rules_is_offered_next() -> None:
    found = weighed(TWO_HOURS, hours={"hour 17": 900})

    assert (found.date, found.time, found.ambiguous) == (FRIDAY, time(17), True)
    assert (found.others[0].date, found.others[0].time) == (FRIDAY, time(14))
    assert found.heard == "Friday at two … five"


@pytest.mark.parametrize(
    ("hours", "note", "other"),
    [
        ({"hour 17": 150}, f"{ANOTHER_HOUR}: 17:00", time(17)),
        ({"none no hour at all": 150}, NO_HOUR_EITHER, None),
    ],
)
def test_an_hour_of_the_rules_that_it_does_not_believe_in_is_in_doubt(
    hours: dict[str, int], note: str, other: time | None
) -> None:
    found = weighed(TWO_HOURS, hours=hours)

    assert (found.time, found.ambiguous) == (time(14), True)
    assert note in found.notes
    assert (found.others[0].date, found.others[0].time) == (FRIDAY, other)


def test_where_it_is_surer_that_there_is_no_call_none_is_taken_and_the_day_of_the_rules_is_offered() -> None:
    found = weighed(TWO_HOURS, days={"none no call at all": 900})

    assert (found.date, found.ambiguous, found.notes) == (None, True, (UNLIKE_A_CALL,))
    assert (found.others[0].date, found.others[0].time) == (FRIDAY, time(14))


def read_with(text: str, sure_by: dict[str, int]) -> NextCall:
    found, _ = decide(memo(text), None, sure_by)
    assert found is not None
    return found


def test_what_stands_first_is_in_doubt_unless_it_is_probable_enough_that_it_is_right() -> None:
    text = "Good chat. The sun was out. I'll ring her Tuesday at ten."
    enough = math.ceil(100 * math.log(SURE / (1 - SURE)))

    assert read_with(text, {"first the day": enough - 2}).ambiguous
    assert not read_with(text, {"first the day": enough + 2}).ambiguous
    assert read_with(text, {"first the day": 900, "first a talk in its clause": -900}).ambiguous


def test_what_may_be_wrong_is_told_only_in_doubt_and_what_else_it_may_be_is_offered_in_either_case() -> None:
    text = "I'll ring her Tuesday. Friday, market day."
    doubted, sure = read_with(text, {}), read_with(text, {"first the day": 900})

    assert "“Friday” may be the day as well" in doubted.notes
    assert sure.notes == ()
    assert sure.others == doubted.others
    assert doubted.others[0].date == FRIDAY


@pytest.mark.parametrize("text", ["I'll call him early next week.", "I'll call him Tuesday or Friday."])
def test_what_the_words_leave_open_stays_in_doubt_however_probable(text: str) -> None:
    assert read_with(text, {"first the day": 900}).ambiguous


def test_that_there_is_no_call_is_in_doubt_too_where_it_is_not_probable_enough() -> None:
    text = "She's at her desk Friday at nine, the fitters come."
    by = BothWeights({"none no call at all": 500}, {})

    assert decide(memo(text), by, {"first no call, though a day may be meant": 900, "first no call": 900}) == (
        None,
        None,
    )
    found, chosen = decide(memo(text), by, {})
    assert found is not None
    assert (found.date, found.ambiguous, chosen) == (None, True, None)
    assert found.others[0].date == FRIDAY


def test_how_probable_it_is_that_it_is_right_is_told_with_what_spoke_for_it_and_against_it() -> None:
    text = "I'll ring her Tuesday. She flies out on Friday."
    (told,) = [one for one in explain(text, WEDNESDAY) if one.chosen]
    answer = first_answer_to(memo(text))
    assert answer is not None

    assert told.right == confidence.confidence(memo(text), answer).probabilities[True]
    assert told.right > SURE
    assert 1 <= len(told.swayed[0]) <= 3
    facts = [spell(name) for name in confidence.candidates(memo(text), answer)[0].features]
    assert {*told.swayed[0], *told.swayed[1]} <= {*facts}
    assert [one.right for one in explain(text, WEDNESDAY) if not one.chosen] == [None]


def test_the_weights_of_confidence_are_few_and_each_can_be_told_in_words() -> None:
    weighed = confidence.weights()

    assert 30 < len(weighed) < 200
    assert all(spell(name) for name in weighed)
    assert len(json.dumps(weighed)) < 10_000
