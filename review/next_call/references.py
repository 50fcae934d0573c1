"""Calls dated by something else: "when he's back on Tuesday", "I'll call her then", "the day after she's back"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from review.next_call.clauses import Clause
from review.next_call.echoes import stems
from review.next_call.mentions import Mention
from review.next_call.passes import Found, Story, changed
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, CONDITION, EVENT, PAST

_WHEN_THAT_HAPPENS = "the talk is set for when that happens"
_TAIL = 9
_ECHO_SENTENCES = 3
_WAITS = frozenset("give leave wait".split())
_ONCE = frozenset("when once after whenever".split())


def follow_references(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Give the dates of events to the calls that point at them, where those name no day of their own."""
    now = list(mentions)
    by_sentence: dict[int, list[int]] = {}
    for at, mention in enumerate(mentions):
        by_sentence.setdefault(mention.clause.sentence, []).append(at)
    for here in story.told:
        if here.call is not None and not any(e.day for e in here.dates):
            _point(here, now, by_sentence, story)
    return changed(mentions, now)


def _point(here: Told, now: list[Mention], by_sentence: Mapping[int, Sequence[int]], story: Story) -> None:
    """Let the call of `here` take the date in `now` that it points at, if there is one."""
    sentence = here.clause.sentence
    for at in by_sentence.get(sentence, ()):
        if _ends_where_i_call(here, now[at]):
            now[at] = replace(now[at].stands(CALL, _WHEN_THAT_HAPPENS), relation="", direct=True)
    near = {
        at: now[at] for which in range(sentence - _ECHO_SENTENCES, sentence + 1) for at in by_sentence.get(which, ())
    }
    dates = list(near.values())
    if here.clause.role != "main" or _dated_beside(here, dates):
        return
    found = _pointed_at(here, dates, story)
    clock = next((e for e in here.dates if e.clock), None)
    for at, mention in near.items():
        if mention is found:
            relation = _relation(here, mention, dates, story)
            now[at] = replace(mention.stands(CALL, _WHEN_THAT_HAPPENS), clock_of=clock, relation=relation)


def _pointed_at(here: Told, dates: Sequence[Mention], story: Story) -> Mention | None:
    once = _when_clause(here, dates, story.told)
    return once or _then(here, dates, story.tokens) or _echoed(here, dates, story.tokens)


def _relation(here: Told, found: Mention, dates: Sequence[Mention], story: Story) -> str:
    """ "After he's back on Tuesday I'll call": the day after."""
    after = found.clause.role == "temporal" and found.clause.opener == "after"
    return "after" if after and found is _when_clause(here, dates, story.told) else found.relation


def _dated_beside(here: Told, mentions: Sequence[Mention]) -> bool:
    return any(
        m.standing in AGREED and m.expression.day and m.clause.sentence == here.clause.sentence for m in mentions
    )


def _when_clause(here: Told, mentions: Sequence[Mention], told: Sequence[Told]) -> Mention | None:
    """ "When he's back on Tuesday I'll call him", either way round."""
    same = (mention for mention in mentions if mention.clause.sentence == here.clause.sentence)
    return next((mention for mention in same if _is_when(mention, here, told)), None)


def _is_when(mention: Mention, here: Told, told: Sequence[Told]) -> bool:
    clause = mention.clause
    if mention.standing == CONDITION:
        # "If it's still there on Monday I'm to call her at ten."
        return mention.expression.day is not None and not mention.relation and bool(here.dates)
    if mention.standing != EVENT:
        return False
    if clause.opener == "which" and clause.index:
        # "When he's back, which is Monday, I'll call."
        named = told[clause.index - 1].clause
        return named.sentence == clause.sentence and _is_once(named)
    return _is_once(clause)


def _ends_where_i_call(here: Told, mention: Mention) -> bool:
    """ "She wants nothing from me before Wednesday at nine, when I call."."""
    words = [word for word in here.words if word != ","]
    when = words[:2] in (["when", "i"], ["when", "i'll"], ["when", "we"], ["when", "we'll"])
    return when and mention.expression.day is not None and mention.expression.end == here.clause.start


def _is_once(clause: Clause) -> bool:
    return clause.role == "temporal" and clause.opener in _ONCE


def _echoed(here: Told, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Mention | None:
    """ "He's back on Monday. I'll call the day he gets back.": the event is named again, without its date."""
    call = here.call
    assert call is not None
    tail = [i for i in range(call.at, min(len(tokens), here.clause.end + _TAIL)) if tokens[i].kind != "STOP"]
    points = next((i for i in tail if _points(tokens, i)), None)
    if points is None:
        return None
    named = stems(tokens[points : points + _TAIL])
    return next(
        (
            m
            for m in reversed(mentions)
            if m.expression.day
            and m.standing == EVENT
            and m.expression.start < call.at
            and here.clause.sentence - m.clause.sentence <= _ECHO_SENTENCES
            and named & stems(tokens[m.clause.start : m.clause.end])
        ),
        None,
    )


def _points(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return tokens[at].word in {"when", "once"} or (
        tokens[at].word == "the" and following in {"day", "morning", "afternoon", "minute", "moment"}
    )


def _then(here: Told, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Mention | None:
    """ "She's back on Monday. I'll call her then." And "I'll give him a week and call." """
    call = here.call
    assert call is not None
    then_after, then = _says_then(here, call.at, tokens)
    if not then and here.clause.opener != "and":
        return None
    before = [
        m
        for m in mentions
        if m.expression.day
        and m.expression.start < call.at
        and here.clause.sentence - m.clause.sentence <= then_after
        and m.standing != PAST
        and (then or tokens[m.expression.start].word in _WAITS)
    ]
    return before[-1] if before else None


def _says_then(here: Told, call_at: int, tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether "then" is said after the call, and whether it is said at all."""
    after = "then" in (token.word for token in tokens[call_at : here.clause.end])
    first = [token.word for token in tokens[here.clause.start : here.clause.start + 5]]
    # "He's around Monday morning, so that's when I call."
    pointed = ("that's", "when") in pairwise(first) or ("that's", "the", "day") in zip(
        first, first[1:], first[2:], strict=False
    )
    return after, after or "then" in first[:3] or pointed
