"""Give each date of a memo its day, in the order of the telling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from review.next_call.dated import Dated
from review.next_call.echoes import stems
from review.next_call.expressions import Expression
from review.next_call.mentions import Mention
from review.next_call.outcome import Context, Outcome, roughly
from review.next_call.passes import Story
from review.next_call.patterns import Phrase
from review.next_call.said_day import MARGIN, read
from review.next_call.tokens import Token
from review.next_call.verdicts import AGREED, CALL, EVENT, PAST, WEAK
from review.next_call.words import BRING, BROUGHT_FORWARD, CORRECTING, STRIKE, UNTIL
from review.next_call.workdays import monday, working_day

_CORRECTS = (
    CORRECTING | STRIKE | frozenset("not make instead gone prefer prefers become became becomes don't middle".split())
)

_CORRECTION_REACH = 8
_ECHO_REACH = 6
_FORETOLD = 2
_SPAN_REACH, _MONTH_REACH, _SOON = 8, 3, 10
# Dates further back are another matter, and would make long texts slow.
_REACH = 40
_LINKS = frozenset("and then so but after before or when".split())
# The day after one of these, in the next sentence, comes after it.
_NEAR_DAYS = frozenset({"weekday", "near", "this_weekday", "next_weekday", "that_weekday"})
_COVERS = frozenset("cover covers covering minding deputising deputizing standing filling forget".split())
# Somebody is away until a day, so what follows comes after it.
_AWAY = frozenset("away off out leave holiday holidays vacation closed travelling traveling pto abroad".split())


def lay_out(mentions: Sequence[Mention], story: Story) -> list[Dated]:
    """Resolve in order: a bare weekday is the first after the last future day of the same story."""
    tokens, context = story.tokens, story.context
    dated: list[Dated] = []
    for at, mention in enumerate(mentions):
        recent = dated[-_REACH:]
        last = _last_future(recent)
        previous = (
            _loose_week(recent, mention)
            or _said_already(recent, mention)
            or (last if _continues(recent, mention, tokens) else _corrected_week(recent, mention, tokens))
        )
        later = mentions[at + 1 : at + _REACH]
        here = replace(context, previous=previous, anchor=_anchor(recent, mention, later, tokens, context) or last)
        outcome = read(_of_month_said(dated[-_MONTH_REACH:], mention), here)
        if outcome is None:
            continue
        dated.append(_on_its_day(mention, outcome, context))
    return dated


def _on_its_day(mention: Mention, outcome: Outcome, context: Context) -> Dated:
    """A talk to come cannot be on a day gone by, nor can what is over be on a day to come."""
    if outcome.gone and mention.standing in {CALL, WEAK}:
        mention = mention.stands(PAST, "that day has gone by")
    elif mention.standing == PAST and mention.expression.day is not None:
        outcome = replace(outcome, gone=True)
    timed = mention.clock_of or mention.expression
    span = (timed.start, timed.end) if mention.clock_of else None
    return Dated(mention, _related(mention, outcome, context), timed.clock, span)


def _anchor(
    recent: Sequence[Dated], mention: Mention, later: Sequence[Mention], tokens: Sequence[Token], context: Context
) -> date | None:
    """The day that `mention` is counted from, where it is named."""
    moved = _last_set(recent, mention, context)
    return moved or _echoed(recent, mention, tokens) or _foretold(later, mention, tokens, context)


def _of_month_said(dated: Sequence[Dated], mention: Mention) -> Expression:
    """ "In January, say the twelfth", "he's back on January fourth, I'll call on the seventh": of the month before.

    Where that was a day, only one that comes soon after it.
    """
    day = mention.expression.day
    if day is None or day.meaning != "day_of_month" or day.which or mention.standing not in {*AGREED, EVENT}:
        return mention.expression
    last = next((one for one in reversed(dated) if _names_the_month(one, mention, day)), None)
    named = last.mention.expression.day if last else None
    if named is None:
        return mention.expression
    month = Phrase("month_day", month=named.month, day=day.day, year=named.year, start=day.start, end=day.end)
    return replace(mention.expression, day=month)


def _names_the_month(last: Dated, mention: Mention, day: Phrase) -> bool:
    """Whether `last` says of which month `day` of `mention` is."""
    named, relation = last.mention.expression.day, last.mention.relation
    if named is None or not named.month or last.outcome.gone or relation == "not":
        return False
    if mention.clause.sentence - last.mention.clause.sentence > 1:
        return False
    wide = mention.standing in {CALL, WEAK} and (named.meaning == "in_month" or relation in UNTIL)
    soon_after = named.day > 0 and 0 < day.day - named.day <= _SOON and not last.mention.ends
    return wide or soon_after or day.day in (named.day, named.second)


def _related(mention: Mention, outcome: Outcome, context: Context) -> Outcome:
    """ "Call after the 3rd", "call before Friday": the working day beside it, the day itself still on offer."""
    if outcome.day is None or mention.standing not in {CALL, WEAK} or mention.relation not in {"after", "before"}:
        return outcome
    if not date.min + MARGIN < outcome.day < date.max - MARGIN:
        return outcome
    step = 1 if mention.relation == "after" else -1
    day = working_day(outcome.day + timedelta(days=step), step)
    return outcome if day < context.today else roughly(day, outcome.day)


def _loose_week(dated: Sequence[Dated], mention: Mention) -> date | None:
    """ "I'll call the week after next. Thursday at ten.": the Thursday of that week, so count from before it; "after
    Easter, Tuesday at nine" is the first one after it."""
    last = next((other for other in reversed(dated) if _stands_ahead(other) or _is_after_a_holiday(other)), None)
    day = mention.expression.day
    if last is None or day is None or day.meaning != "weekday" or last.mention.standing not in AGREED:
        return None
    window = last.outcome.window
    near = mention.clause.sentence - last.mention.clause.sentence <= 1
    narrow = last.outcome.width <= 1 or _is_after_a_holiday(last)
    return window[0] - timedelta(days=1) if window and near and narrow else None


def _is_after_a_holiday(dated: Dated) -> bool:
    day = dated.mention.expression.day
    return day is not None and day.meaning == "after_holiday" and not dated.outcome.gone


def _said_already(dated: Sequence[Dated], mention: Mention) -> date | None:
    """ "Wednesday or Friday, so call Wednesday": the same Wednesday again."""
    day = mention.expression.day
    if day is None or day.meaning != "weekday":
        return None
    return next(
        (
            other.outcome.day
            for other in reversed(dated)
            if _stands_ahead(other)
            and mention.clause.sentence - other.mention.clause.sentence <= 2
            and other.mention.expression.day is not None
            and other.mention.expression.day.weekday == day.weekday
        ),
        None,
    )


def _echoed(dated: Sequence[Dated], mention: Mention, tokens: Sequence[Token]) -> date | None:
    """ "One week after kickoff": the day on which that word was said before."""
    named = _counted_from(mention, tokens)
    if not named:
        return None
    days = [other for other in dated if _stands_ahead(other)]
    for at in range(len(days) - 1, -1, -1):
        clause = days[at].mention.clause
        if named & stems(tokens[clause.start : clause.end]):
            # "On the 8th and 9th": the last of its days.
            following = days[at + 1].mention.clause if at + 1 < len(days) else None
            spans = (
                following is not None
                and following.opener == "and"
                and following.end - following.start <= _SPAN_REACH
                and following.index == clause.index + 1
            )
            return days[at + spans].outcome.day
    return None


def _foretold(later: Sequence[Mention], mention: Mention, tokens: Sequence[Token], context: Context) -> date | None:
    """ "Ring her the day after the audit. The audit's on the 19th.": the day that the event is given later."""
    named = _counted_from(mention, tokens)
    for other in later if named else ():
        clause = other.clause
        if other.expression.day is not None and clause.sentence - mention.clause.sentence <= _FORETOLD:
            again = stems(tokens[clause.start : other.expression.start])
            outcome = read(other.expression, context) if named & again else None
            if outcome and outcome.day and not outcome.gone:
                return outcome.day
    return None


def _counted_from(mention: Mention, tokens: Sequence[Token]) -> set[str] | frozenset[str]:
    """The words for what a day is counted from: "the audit" in "two days after the audit"."""
    day = mention.expression.day
    if day is None or not day.counted:
        return frozenset()
    return stems(tokens[day.end : min(day.end + _ECHO_REACH, mention.clause.end)])


def _corrected_week(dated: Sequence[Dated], mention: Mention, tokens: Sequence[Token]) -> date | None:
    """ "Wednesday of next week, or rather Thursday": the Thursday of that same week, so count from its Sunday."""
    ahead = [other for other in reversed(dated) if _stands_ahead(other)]
    agreed = [other for other in ahead if other.mention.standing in AGREED]
    for last, sentences in [(other, 1) for other in ahead[:1]] + [(other, 2) for other in agreed[:1]]:
        day = last.mention.expression.day
        if day is None or last.outcome.day is None or day.meaning in {"weekday", "near", "this_weekday"}:
            continue
        if mention.clause.sentence - last.mention.clause.sentence > sentences:
            continue
        latest = ahead[0].mention.expression.end
        between = tokens[latest : mention.expression.start]
        if len(between) <= _CORRECTION_REACH and any(token.word in _CORRECTS for token in between):
            return monday(last.outcome.day) - timedelta(days=1)
    return None


def _stands_ahead(dated: Dated) -> bool:
    """A day to come that the story goes through; one that was turned down is none."""
    said = dated.mention.expression.day is not None and dated.outcome.day is not None
    return said and not dated.outcome.gone and dated.mention.relation != "not"


def _last_future(dated: Sequence[Dated]) -> date | None:
    return next((d.outcome.day for d in reversed(dated) if _stands_ahead(d)), None)


def _last_set(dated: Sequence[Dated], mention: Mention, context: Context) -> date | None:
    """ "Pushed it back a week": the day that the talk was set for, be it told as what was."""
    if mention.expression.day is None or mention.expression.day.meaning != "shift":
        return None
    days = (d.outcome.day for d in reversed(dated) if d.mention.expression.day is not None)
    return next((day for day in days if day is not None and day >= context.today), None)


def _continues(dated: Sequence[Dated], mention: Mention, tokens: Sequence[Token]) -> bool:
    """Same sentence, or the one before with a near day, and no correction in between."""
    last = next((d for d in reversed(dated) if _stands_ahead(d)), None)
    if last is None or last.mention.expression.day is None:
        return False
    words = _words_since(dated, last, mention, tokens)
    if _starts_anew(words) or "before" in (last.mention.relation, last.mention.clause.opener):
        # "I'll catch her before she leaves on Friday, so Thursday."
        return False
    clause = last.mention.clause
    away = not _AWAY.isdisjoint(token.word for token in tokens[clause.start : clause.end]) and "before" not in words
    if away and not _COVERS.isdisjoint(words):
        # "Niamh is on leave till the 15th. Fintan's minding things, he's ringing me on Monday."
        return False
    apart = mention.clause.sentence - clause.sentence
    if apart == 0:
        return not _apart_in_a_list(last, mention, words)
    return apart == 1 and (away or (last.mention.expression.day.meaning in _NEAR_DAYS and not last.mention.theirs))


def _words_since(dated: Sequence[Dated], last: Dated, mention: Mention, tokens: Sequence[Token]) -> set[str]:
    """ "Thursday at noon, no, Thursday she's at the races, so it's Wednesday": from where the day was first said."""
    sentence = last.mention.clause.sentence
    alike = [d for d in dated if d.outcome.day == last.outcome.day and d.mention.clause.sentence == sentence]
    first = next(filter(_stands_ahead, alike))
    return {token.word for token in tokens[first.mention.expression.end : mention.expression.start]}


def _starts_anew(between: set[str]) -> bool:
    """A correction stands between the two days, or the call is brought forward."""
    forward = bool(between & BROUGHT_FORWARD) or ("forward" in between and not BRING.isdisjoint(between))
    ahead = {"but", "first"} <= between  # "lunch with the team Tuesday, but first I call her Monday"
    return forward or ahead or (bool(between & _CORRECTS) and "if" not in between)


def _apart_in_a_list(last: Dated, mention: Mention, between: set[str]) -> bool:
    """ "Ollie starts on the 1st, Jaz has his interview on Tuesday": side by side, neither after the other."""
    day, before = mention.expression.day, last.mention.expression.day
    weekday = day is not None and day.meaning == "weekday"
    if weekday and last.outcome.day and day and last.outcome.day.weekday() == day.weekday:
        return False  # "the 24th, it's a Saturday"
    return weekday and before is not None and before.exact and between.isdisjoint(_LINKS)
