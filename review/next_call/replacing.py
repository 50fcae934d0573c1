"""Whether a later date takes the place of the one before it."""

from collections.abc import Sequence
from datetime import date

from review.next_call.dated import Dated
from review.next_call.pairs import Pair, between, other_branch, stands_against
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, LEAVES, REPLACES, Row, Verdicts

_BARE = frozenset({"weekday", "day_of_month", "that_weekday"})
_WEEK = 7
_TAKEN = "a later statement replaces it"
_STILL = "it stands beside the later one"
CORRECTIONS = Verdicts(
    Pair,
    (REPLACES, LEAVES),
    Row(
        "moves_another",
        LEAVES,
        _STILL,
        "I'll call him Tuesday. The delivery is delayed to Friday. => 2026-11-24",
        "I'll call him Tuesday. Sorry, Friday. => 2026-11-20",
    ),
    Row(
        "!agreed !event",
        LEAVES,
        _STILL,
        "I'll call him Monday. Actually, if it rains on Tuesday he's free. => 2026-11-23",
        "Ring him at three on Monday, I beg your pardon, at four. => 2026-11-23 16:00",
    ),
    Row(
        "final",
        LEAVES,
        _STILL,
        "Call him Tuesday at two, make that half two, she's got the preacher coming by at two. => 2026-11-24 14:30",
        "Call Monday. Scratch that. Tuesday. => 2026-11-24",
    ),
    Row(
        "!agreed distant",
        LEAVES,
        _STILL,
        "We're set for Friday at nine. I mean ten. He said ten because he drops the kids off at nine. => "
        "2026-11-20 10:00",
        "I'd promised Yusuf a call on Tuesday. He's rung to say the planning's been held up and could I "
        "phone at the end of June instead. => 2027-06-30",
    ),
    Row(
        "!agreed of_event",
        LEAVES,
        _STILL,
        "I'll call him Tuesday at eleven. She'll be at her desk that day. They have a wedding on the 26th. => "
        "2026-11-24 11:00",
        "Ring him at three on Monday, I beg your pardon, at four. => 2026-11-23 16:00",
    ),
    Row(
        "vague !marked !instead_follows",
        LEAVES,
        _STILL,
        "I'll ring her Monday. No hurry on the tiles, in August is fine. => 2026-11-23",
        "I'll ring her Monday, make that in August. => -",
    ),
    Row(
        "other_branch",
        LEAVES,
        _STILL,
        "If it clears tomorrow, we talk Monday. If it gets held, we talk Wednesday instead. => 2026-11-23",
        "Call Monday. Scratch that. Tuesday. => 2026-11-24",
    ),
    Row(
        "close marked",
        REPLACES,
        _TAKEN,
        "I'll call Monday, make that Tuesday. => 2026-11-24",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "instead_follows",
        REPLACES,
        _TAKEN,
        "We'd settled on a call Friday at noon. She's short-handed, so now we talk early next week instead. "
        "=> 2026-11-23",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "no_before",
        REPLACES,
        _TAKEN,
        "I'll call Tuesday at ten. No, eleven o'clock. => 2026-11-24 11:00",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "fragment no_between",
        REPLACES,
        _TAKEN,
        "Call with William on Wednesday at twelve, no, he eats at twelve, half twelve. => 2026-11-25 12:30",
        "I'll speak to him on the 14th, I mean the 16th, the 14th's a Saturday. Around eleven, he said. => "
        "2026-12-16 11:00",
    ),
    Row(
        "confirmed_after",
        REPLACES,
        _TAKEN,
        "Call on Tuesday at three. Wednesday, I mean, Wednesday at three. => 2026-11-25 15:00",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "its_after_said",
        REPLACES,
        _TAKEN,
        "He said we talk on Tuesday, it's Wednesday. => 2026-11-25",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "just_so",
        REPLACES,
        _TAKEN,
        "I'll call on Tuesday, rather, Wednesday. => 2026-11-25",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "same_time_follows",
        REPLACES,
        _TAKEN,
        "A call Monday at two, he has the dentist then, I said Tuesday, same time. => 2026-11-24 14:00",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "then_ends",
        REPLACES,
        _TAKEN,
        "I'll call Monday. Wednesday then. => 2026-11-25",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "shifted",
        REPLACES,
        _TAKEN,
        "Our Friday call slides a week. => 2026-11-27",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "answered",
        REPLACES,
        _TAKEN,
        "I said I'd call Thursday and she said Friday. => 2026-11-20",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "from_to",
        REPLACES,
        _TAKEN,
        "We rescheduled the call from Friday to Tuesday. => 2026-11-24",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "moved_to",
        REPLACES,
        _TAKEN,
        "He wants to push our Monday call to Tuesday. => 2026-11-24",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "!dated",
        LEAVES,
        _STILL,
        "I'll call Tuesday at nine. He's busy on Monday. Call his boss at eleven. => 2026-11-24 09:00",
        "I'll call him Thursday. Thursday's a holiday over there. Friday. => 2026-11-20",
    ),
    Row(
        "branching",
        LEAVES,
        _STILL,
        "I'll call him Monday, no rush, and again on Friday. => 2026-11-23",
        "I'll call him Thursday. Thursday's a holiday over there. Friday. => 2026-11-20",
    ),
    Row(
        "!agreed !contested",
        LEAVES,
        _STILL,
        "Ring Bev on the 20th, no, the 21st, she's off on the 20th. => 2026-11-21",
        "I'll call him Thursday. Thursday's a holiday over there. Friday. => 2026-11-20",
    ),
    Row(
        "contested",
        REPLACES,
        _TAKEN,
        "Next call is Monday. Did I say Monday? Wednesday the 25th. => 2026-11-25",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "against",
        REPLACES,
        _TAKEN,
        "I'll call him Thursday. Thursday's a holiday over there. Friday. => 2026-11-20",
        "He'd rather talk Tuesday than Monday. => 2026-11-24",
    ),
    Row(
        "proposed turns",
        REPLACES,
        _TAKEN,
        "She'd love to talk on Friday but her mother's visiting, so could I ring Thursday next week. => 2026-11-26",
        "Friday at ten I ring Mags. Her boss wants a call as well, but his is the 10th of June. => 2026-11-20 10:00",
    ),
    Row(
        "at_first !counted",
        REPLACES,
        _TAKEN,
        "We'd originally said a call on Monday. The call is on Wednesday. => 2026-11-25",
        "First one's Friday at ten, a call with Jo. Second one's a call on Monday at four. => 2026-11-20 10:00",
    ),
)


def contests(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> bool:
    """ "Friday. He's away on Friday.": the same day again, as something that stands in its way."""
    if here.mention.expression.day is None or here.outcome.day != last.outcome.day:
        return False
    words = between(last, here, tokens)
    agreed = here.mention.standing in AGREED
    again = agreed and here.mention.clause.sentence != last.mention.clause.sentence  # "So April 1st."
    return not again and (stands_against(words) or (not agreed and told[here.mention.clause.index].has_subject))


def corrects(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token], *, contested: bool) -> bool:
    """Whether `here` takes the place of `last`; `contested` tells that something stands in the way of `last`."""
    row = CORRECTIONS.of(Pair(last, here, told, tokens, contested=contested))
    return row is not None and row.verdict == REPLACES


def restates(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> bool:
    """ "Wednesday … Wednesday of next week": the fuller wording of the same day."""
    words = between(last, here, tokens)
    first, second = last.mention.expression.day, here.mention.expression.day
    if first is None or second is None or other_branch(last.mention, here.mention, words, told):
        return False
    if first.meaning == "weekday" and second.exact:
        return _spells_out(here, first.weekday, told[here.mention.clause.index], words)
    if last.outcome.window and here.outcome.day and second.meaning == "weekday":
        return _in_week(last, here, last.outcome.window)
    if _names_that_day(last, here, told):
        return True
    fuller = first.meaning in _BARE and second.weekday >= 0 and second.meaning not in _BARE
    return fuller and here.outcome.day is not None and _is_on(last, here.outcome.day.weekday())


def _names_that_day(last: Dated, here: Dated, told: Sequence[Told]) -> bool:
    """ "Half past three that day, I'll ring. The 27th."."""
    first, second = last.mention.expression.day, here.mention.expression.day
    near = here.mention.clause.sentence - last.mention.clause.sentence <= 1
    named = first is not None and first.meaning == "anchor" and second is not None and second.exact
    return named and near and told[here.mention.clause.index].content == 0


def _spells_out(here: Dated, weekday: int, told: Told, words: Sequence[str]) -> bool:
    """ "One o'clock Wednesday. The 22nd, not this Wednesday." "Call me Wednesday. That's December 1st."."""
    spelt_out = told.words[:1] == ("that's",) and told.content == 0
    return (spelt_out or len(words) <= 1) and _is_on(here, weekday)


def _is_on(dated: Dated, weekday: int) -> bool:
    return dated.outcome.day is not None and dated.outcome.day.weekday() == weekday


def _in_week(last: Dated, here: Dated, window: tuple[date, date]) -> bool:
    """ "I'll call next week. Tuesday at ten."."""
    near = here.mention.clause.sentence - last.mention.clause.sentence <= 1 and last.outcome.width <= _WEEK
    return near and here.outcome.day is not None and window[0] <= here.outcome.day <= window[1]
