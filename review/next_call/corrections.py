"""The last statement wins: find what a later one takes back."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from review.next_call.mentions import AGREED, DECLINED, EVENT, PAST, Mention
from review.next_call.timeline import Dated
from review.next_call.tokens import Token
from review.next_call.told import CALL, WEAK, Told
from review.next_call.words import CALL_OFF, CALLED_OFF, NO_CALL, REPLACING

# What begins with these may as well be said of an e-mail, a price, a delivery.
_OF_ANYTHING = CALLED_OFF | frozenset("no said pulled backed fell fallen".split())
_KEEP = frozenset("don't not never won't".split())
_SWITCHED_OFF = frozenset("phone mobile cell line camera".split())
# Said between two days nearby, these tell that the first did not suit.
_AGAINST = frozenset(
    "no not can't cannot couldn't won't doesn't isn't gone taken oh hm hmm off closed clash clashes holiday "
    "busy better".split()
)
_PROPOSED = frozenset(
    "wanted asked suggested offered supposed down proposed meant originally said had thought told love like "
    "hoped".split()
)
_SAID = frozenset({"said"})
_AT_FIRST = frozenset("first originally initially".split())
_TURN = frozenset("but can't couldn't".split())
_BRANCHES = frozenset("if or otherwise unless either also again".split())
_BARE = frozenset({"weekday", "day_of_month", "that_weekday"})
_REACH = 20
_NEAR = 18
_FRAGMENT_REACH = 12
_NEAR_WORDS = 40
_JUST_BEFORE = 4
_FARTHEST = 4 * _NEAR_WORDS
_BRANCH_CLAUSES = 4


def settle_corrections(dated: Sequence[Dated], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """Mark as declined every date that a later statement replaces; the later one takes its place."""
    live: list[Dated] = []
    contested: set[Dated] = set()
    for here in dated:
        if live and _contests(live[-1], here, told, tokens):
            contested.add(live[-1])
            if here.clock is None:
                continue
        if here.outcome.gone and live and _was_then(live[-1], here, told):
            live.pop().mention.stand(PAST, "that day has gone by")
        if here.outcome.gone or here.mention.standing in {PAST, DECLINED}:
            _turn_down_time(live, here)
            continue
        if here.mention.expression.day is None:
            _correct_time(live, here, told, tokens)
            continue
        for other in _replaced(live, here, told, tokens, contested):
            _replace(other, here)
            live.remove(other)
        if here.mention.standing in AGREED:
            live.append(here)
            del live[:-_REACH]
    _cancelled(dated, told, tokens)


def _was_then(last: Dated, here: Dated, told: Sequence[Told]) -> bool:
    """ "He said he'd call on Monday. That was last Monday."."""
    days = last.mention.expression.day, here.mention.expression.day
    same = days[0] is not None and days[1] is not None and days[0].weekday == days[1].weekday >= 0
    return same and told[here.mention.clause.index].words[:2] == ("that", "was")


def _correct_time(live: Sequence[Dated], here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """ "Friday at one. Hang on, at two": the day stays."""
    if live and _corrects(live[-1], here, told, tokens, contested=False):
        for other in live:
            if other.outcome.day == live[-1].outcome.day:
                other.clock, other.clock_span = here.mention.expression.clock, here.span
        here.mention.stand(DECLINED, "it corrects the time said before")


def _turn_down_time(live: Sequence[Dated], here: Dated) -> None:
    """ "Monday at nine. No, not nine, leave it till the afternoon.": the day stays."""
    clock = here.mention.expression.clock
    if here.mention.relation == "not" and here.mention.expression.day is None and clock:
        here.mention.why = "that time was turned down"
        for other in live:
            if other.clock and other.clock.at == clock.at:
                other.clock = other.clock_span = None


def _replaced(
    live: Sequence[Dated], here: Dated, told: Sequence[Told], tokens: Sequence[Token], contested: set[Dated]
) -> list[Dated]:
    """The earlier days that `here` takes the place of, the latest first."""
    rivals = [other for other in live if other.outcome.day != here.outcome.day or here.clock]
    day = None
    if rivals and _corrects(rivals[-1], here, told, tokens, rivals[-1] in contested):
        day = rivals[-1].outcome.day
    corrected = [other for other in reversed(live) if day and other.outcome.day == day]
    agreed = bool(corrected) or here.mention.standing in AGREED
    if not agreed:
        return corrected
    return corrected + [other for other in live if other not in corrected and _restates(other, here, told, tokens)]


def _replace(last: Dated, here: Dated) -> None:
    if here.mention.standing not in AGREED:
        here.mention.stand(last.mention.standing, "it corrects the day before it")
    here.mention.direct = here.mention.direct or last.mention.direct
    if here.clock is None and last.clock is not None and here.outcome.window is None:
        here.clock, here.clock_span, here.inherited = last.clock, last.clock_span or last.span, True
    last.mention.stand(DECLINED, "a later statement replaces it")


def _between(last: Dated, here: Dated, tokens: Sequence[Token]) -> list[str]:
    start, end = last.mention.expression.end, here.mention.expression.start
    return [token.word for token in tokens[start:end] if token.kind not in {"COMMA", "STOP"}]


def _contests(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> bool:
    """ "Friday. He's away on Friday.": the same day again, as something that stands in its way."""
    if here.mention.expression.day is None or here.outcome.day != last.outcome.day:
        return False
    words = _between(last, here, tokens)
    against = not _AGAINST.isdisjoint(words) and len(words) <= _NEAR
    return against or (here.mention.standing not in AGREED and told[here.mention.clause.index].has_subject)


def _corrects(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token], contested: bool) -> bool:
    mention = here.mention
    agreed = mention.standing in AGREED
    if not agreed and mention.expression.start - last.mention.expression.end > _FARTHEST:
        return False
    if told[mention.clause.index].moves_another:
        return False
    words = _between(last, here, tokens)
    just_marked = REPLACING.within(words[-_JUST_BEFORE:])
    far = contested or just_marked or told[mention.clause.index].settles
    reach = _NEAR_WORDS if far else _FRAGMENT_REACH
    if not agreed and (mention.standing != EVENT or len(words) > reach or not mention.promotable):
        return False
    if _other_branch(last, mention, words, told):
        return False
    following = tokens[mention.expression.end : mention.expression.end + 4]
    after = [token.word for token in following if token.kind != "COMMA"]
    marked = REPLACING.within(words) or "instead" in after or words[-1:] in (["no"], ["definitely"])
    # "At twelve, no, he eats at twelve, half twelve."
    fragment = mention.expression.day is None and told[mention.clause.index].content == 0
    decisive = (
        (fragment and "no" in words and last.mention.clause.sentence == mention.clause.sentence)
        or after[:2] == ["i", "mean"]
        or [token.word for token in following[:2]] == ["it", "is"]
        or after[:1] in (["really"], ["better"], ["sorry"], ["now"])
        or after[:3] == ["in", "the", "end"]
        or (words == ["it's"] and told[last.mention.clause.index].says(_SAID))
        or words in (["well"], ["rather"])
        or (after[:2] in (["same", "time"], ["same", "hour"]) and _named(mention))
        or (after[:1] == ["then"] and len(following) > 1 and following[1].kind == "STOP")
        or (last.mention.relation == "from" and words == ["to"])
    )
    moved = told[mention.clause.index].moves and tokens[mention.expression.start - 1].word == "to"
    if len(words) <= _NEAR_WORDS and (marked or decisive or moved):
        return True
    if mention.expression.day is None or not _BRANCHES.isdisjoint(words) or not (agreed or contested):
        return False
    if contested or (len(words) <= _NEAR and not _AGAINST.isdisjoint(words)):
        return True
    said = told[last.mention.clause.index]
    counted = not {("first", "one"), ("first", "one's")}.isdisjoint(pairwise(said.words))
    return (said.says(_PROPOSED) and not _TURN.isdisjoint(words)) or (said.says(_AT_FIRST) and not counted)


def _named(mention: Mention) -> bool:
    """ "Tuesday, same time", not "his the Thursday after, same time", which is another talk."""
    day = mention.expression.day
    return day is not None and not day.counted


def _other_branch(last: Dated, mention: Mention, words: Sequence[str], told: Sequence[Told]) -> bool:
    """ "If they like it we talk Monday. If they hate it we talk Wednesday instead.": both may come to pass."""
    return "if" in words and _conditional(last.mention, told) and _conditional(mention, told)


def _conditional(mention: Mention, told: Sequence[Told]) -> bool:
    at, sentence = mention.clause.index, mention.clause.sentence
    near = told[max(0, at - _BRANCH_CLAUSES) : at + 1]
    return any(one.clause.role == "condition" and one.clause.sentence == sentence for one in near)


def _restates(last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token]) -> bool:
    """ "Wednesday … Wednesday of next week": the fuller wording of the same weekday."""
    if _other_branch(last, here.mention, _between(last, here, tokens), told):
        return False
    first, second = last.mention.expression.day, here.mention.expression.day
    if first is not None and second is not None and first.meaning == "weekday" and second.exact:
        # "One o'clock Wednesday. The 22nd, not this Wednesday."
        one = told[here.mention.clause.index]
        spelt_out = one.words[:1] == ("that's",) and one.content == 0  # "Call me Wednesday. That's December 1st."
        near = spelt_out or len(_between(last, here, tokens)) <= 1
        return near and here.outcome.day is not None and here.outcome.day.weekday() == first.weekday
    window = last.outcome.window
    if window and here.outcome.day and second is not None and second.meaning == "weekday":
        # "I'll call next week. Tuesday at ten."
        near = here.mention.clause.sentence - last.mention.clause.sentence <= 1
        return near and window[0] <= here.outcome.day <= window[1] and last.outcome.width <= 7
    bare = first is not None and first.meaning in _BARE
    if first is None or second is None or second.weekday < 0 or not bare or second.meaning in _BARE:
        return False
    days = last.outcome.day, here.outcome.day
    return bool(days[0] and days[1] and days[0].weekday() == days[1].weekday())


def _cancelled(dated: Sequence[Dated], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    words = [token.word for token in tokens]
    passed_over = _held_by_a_condition(told)
    passed_over |= {i for i in _of_something_else(told) if words[i] in _OF_ANYTHING}
    passed_over |= {i for i, word in enumerate(words) if word == "is" and i and words[i - 1] in _SWITCHED_OFF}
    passed_over |= {
        i
        for i, word in enumerate(words)
        if word in CALL_OFF | {"forget"} and not _KEEP.isdisjoint(words[max(0, i - 3) : i])
    }
    last = max((at for at in NO_CALL.found(words) if at not in passed_over), default=-1)
    for here in dated:
        if here.mention.standing in AGREED and here.mention.expression.end <= last:
            here.mention.stand(DECLINED, "the call was called off")
    _taken_back(dated)


def _of_something_else(told: Sequence[Told]) -> frozenset[int]:
    """Where "no need", "said no" or "cancelled" is about something else: "no need to e-mail", "the delivery was
    cancelled"."""
    others = [
        one.clause
        for one in told
        if (one.dates_event or any(act.kind == "other" for act in one.acts))
        and not any(act.kind in {CALL, WEAK} for act in one.acts)
    ]
    return frozenset(at for clause in others for at in range(clause.start, clause.end))


def _held_by_a_condition(told: Sequence[Told]) -> set[int]:
    """The tokens that hold on a condition: "If it's ash he'll think about it by himself, so no call."."""
    began: dict[int, int] = {}
    for one in told:
        if one.clause.role == "condition":
            began.setdefault(one.clause.sentence, one.clause.start)
    held = [one.clause for one in told if one.clause.start >= began.get(one.clause.sentence, one.clause.end)]
    return {at for clause in held for at in range(clause.start, clause.end)}


def _taken_back(dated: Sequence[Dated]) -> None:
    """ "We had a call set for Monday, but no, not Monday." "So forget Monday. It's Thursday now.": no Monday."""
    agreed: dict[date, list[Dated]] = {}
    for here in dated:
        if here.outcome.day is None:
            continue
        if here.mention.standing in AGREED:
            agreed.setdefault(here.outcome.day, []).append(here)
        elif here.mention.relation == "not":
            for other in agreed.pop(here.outcome.day, ()):
                other.mention.stand(DECLINED, "that day was taken back")
