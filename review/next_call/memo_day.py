"""What day it is, told in passing: "It's Thursday, I'm in a garage", "Monday, early.". No day of a call."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import dropwhile
from typing import Final

from review.next_call.clocks import Clock
from review.next_call.meanings import resolve
from review.next_call.mentions import Mention
from review.next_call.outcome import Context
from review.next_call.passes import Found, Story
from review.next_call.patterns import Phrase
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verbs import CALL as CALL_WORDS
from review.next_call.verdicts import AGREED, PAST

_LEADS: Final = frozenset("and so but since as because well ok okay right um uh now hello hi hey gday g'day".split())
_IT_IS: Final = (["it's"], ["it", "is"], ["it's", "only"], ["it's", "just"])
_TIMES: Final = frozenset("early late morning afternoon evening dinner night".split())
_LUNCH: Final = frozenset("lunch lunchtime".split())
# A day agreed so shortly before is what "it's Wednesday" puts right.
_JUST_BEFORE: Final = 2
_LATELY: Final = timedelta(hours=1)
_SOON: Final = timedelta(minutes=5)


def set_the_memos_day_aside(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Where the day of the memo itself is named as what day it is, it is over as far as calls go."""
    named = {
        at: mention
        for at, mention in enumerate(mentions)
        if mention.expression.day is not None
        and _is_today(mention.expression.day, story.context)
        and (
            mention.expression.day.meaning == "holiday"
            or _says_what_day_it_is(mention, mentions[:at], story.tokens)
            or _opens_the_memo(mention, story)
        )
    }
    return {at: mention.stands(PAST, "it tells what day it is", final=True) for at, mention in named.items()}


def _is_today(day: Phrase, context: Context) -> bool:
    today = context.today
    if day.meaning == "holiday":
        feast = resolve(day, context)
        return feast is not None and feast.day == today
    if day.meaning == "weekday":
        return day.weekday == today.weekday()
    month = day.month or today.month
    return (
        day.meaning in {"day_of_month", "month_day"} and not day.year and (month, day.day) == (today.month, today.day)
    )


def _says_what_day_it_is(mention: Mention, before: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """ "It's Friday and he's got a line out the door", "so that's, today's Thursday"."""
    following = tokens[mention.expression.end].word if mention.expression.end < len(tokens) else ""
    if mention.expression.clock is not None or following in {"then", "next"}:
        return False
    words = _led_by(mention, tokens)
    sentence = mention.clause.sentence
    put_right = any(one.standing in AGREED and sentence - one.clause.sentence <= _JUST_BEFORE for one in before[-2:])
    same = any(one.clause.sentence == sentence for one in before[-1:])
    named = words[-1:] == ["today's"] or words[-2:] == ["today", "is"]
    return named or (words in _IT_IS and not put_right and not same)


def _led_by(mention: Mention, tokens: Sequence[Token]) -> list[str]:
    """The words of the clause ahead of the day, without those that only lead to them."""
    words = [token.word for token in tokens[mention.clause.start : mention.expression.start] if token.kind != "COMMA"]
    words = list(dropwhile(_LEADS.__contains__, words))
    return words[:-1] if words[-1:] == ["the"] else words


def _opens_the_memo(mention: Mention, story: Story) -> bool:
    """ "Monday, early. Cyrus, over at …", "Friday lunch. Talked to …": the heading of a note; "Monday, three o'clock,
    robot again", when it is three."""
    told, tokens = story.told, story.tokens
    start, clock = mention.expression.start, mention.expression.clock
    if mention.clause.sentence or any(token.word not in _LEADS and token.kind != "COMMA" for token in tokens[:start]):
        return False
    heads = clock is None or tokens[clock.start].word in _LUNCH or _is_now(clock, story.context)
    first = [one for one in told if one.clause.sentence == 0]
    alone = sum(len(one.dates) for one in first) == 1 and len(told) > len(first)
    return heads and alone and _heads(tokens, mention.expression.end) and not _looks_ahead(first, tokens)


def _is_now(clock: Clock, context: Context) -> bool:
    """Whether it is that hour, or was within the last."""
    now = context.now
    return now - _LATELY <= datetime.combine(now.date(), clock.at) <= now + _SOON


def _heads(tokens: Sequence[Token], end: int) -> bool:
    return end >= len(tokens) or tokens[end].kind in {"STOP", "COMMA"} or tokens[end].word in _TIMES


def _looks_ahead(first: Sequence[Told], tokens: Sequence[Token]) -> bool:
    """ "Monday, I'll call him"; not "Thursday, last calls of the year"."""
    talks = [one.call for one in first if one.call is not None and not one.call.noun]
    return any(CALL_WORDS.get(tokens[act.at].word) != "present" for act in talks)
