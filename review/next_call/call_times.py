"""The time of the call, where it is said with its day or apart from it."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from review.next_call.clocks import Clock, in_part
from review.next_call.dated import Dated
from review.next_call.memo import Memo
from review.next_call.verdicts import AGREED, CALL, EVENT
from review.next_call.words import UNTIL

# "He's there at five", "she's back at two".
_THERE = frozenset("there open back home out here".split())
_EVENING = frozenset("evening evenings dinner".split())
# "Her flight's at one", "the truck comes at two".
_OWNERS = frozenset("his her their the".split())
_THEY_DO = frozenset("comes closes opens starts arrives leaves lands goes finishes picks gets ends begins".split())
_LIKES = frozenset("likes asks suggests".split())
_SETTLED_REACH, _BEFORE_REACH = 4, 2
_LASTS_ON = frozenset("to latest".split())
_LOOSE_HOURS = frozenset("first end close cob eod".split())
_PART_REACH = 8
_THIRD = frozenset("he's she's they're he she they".split())


def clock_of(memo: Memo, chosen: Dated) -> tuple[Clock | None, tuple[int, int] | None]:
    """The time of the call with the tokens that say it where they stand apart from its day."""
    clock, span = chosen.clock, chosen.clock_span
    if chosen.mention.expression.day is not None and (clock is None or chosen.inherited):
        return _clock_apart(memo, chosen) or _clock_elsewhere(memo, chosen) or (clock, span)
    if clock is not None and (concluded := _concluded(memo, chosen)):
        return concluded
    if clock is not None and _is_loose(memo, clock) and (exact := _exact_after(memo, chosen)):
        return exact
    if clock is not None and not chosen.mention.direct:
        # "He's free over lunch on Wednesday, so I'm ringing him then, at 1:15."
        return _own_clock(memo, chosen) or (clock, span)
    return clock, span


def _is_loose(memo: Memo, clock: Clock) -> bool:
    """ "First thing", "end of day"."""
    return memo.tokens[clock.start].word in _LOOSE_HOURS


def _exact_after(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "First thing Monday, like 8:30", "call me first thing, so I said seven thirty": the last hour of the sentence
    that we said, or that stands right behind."""
    found = None
    for dated in memo.dated:
        clock, apart = dated.mention.expression.clock, dated.span[0] - chosen.span[1]
        same = dated.mention.clause.sentence == chosen.mention.clause.sentence and dated.mention.expression.day is None
        said = [token.word for token in memo.tokens[max(0, dated.span[0] - 2) : dated.span[0]]]
        if clock and same and apart >= 0 and (apart <= 2 or said in (["i", "said"], ["we", "said"])):
            found = clock, dated.span
    return found


def _concluded(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "I told him Wednesday at one. He can't, do four. So four.": the hour that is concluded."""
    for dated in memo.dated:
        clock, told = dated.mention.expression.clock, memo.told[dated.mention.clause.index]
        apart = told.clause.sentence - chosen.mention.clause.sentence
        alone = clock is not None and dated.mention.expression.day is None and told.words in (("so",), ("okay", "so"))
        if clock and alone and 0 < apart <= _SETTLED_REACH and not _other_day_between(memo, chosen, dated):
            return clock, dated.span
    return None


def in_its_part(memo: Memo, chosen: Dated, clock: Clock, span: tuple[int, int] | None) -> Clock:
    """ "Thursday evening. Say seven.", "evenings only, half seven", "at ten, tonight": the hour of that part."""
    part = chosen.mention.expression.part
    if not clock.bare_hour or part not in {"", "evening", "night"}:
        return clock
    part = part or ("evening" if _said_of_evenings(memo, chosen, span or chosen.span) else "")
    return in_part(clock, part) if part else clock


def _said_of_evenings(memo: Memo, chosen: Dated, span: tuple[int, int]) -> bool:
    """Whether an evening is spoken of beside the day or its hour, in the sentence of the day, and of no other day."""
    first, last = min(chosen.span, span)[0] - _PART_REACH, max(chosen.span, span)[1] + _PART_REACH
    others = {at for one in memo.dated if one is not chosen and one.span != span for at in range(*one.span)}
    near = (at for at in range(max(0, first), min(len(memo.tokens), last)) if memo.tokens[at].word in _EVENING)
    sentence = chosen.mention.clause.sentence
    return any(not {at, at - 1} & others and _sentence_at(memo, at) == sentence for at in near)


def _sentence_at(memo: Memo, at: int) -> int:
    clauses = memo.told
    index = bisect_right(clauses, at, key=lambda one: one.clause.start) - 1
    return clauses[index].clause.sentence if index >= 0 else -1


def _lasts(memo: Memo, at: int) -> bool:
    """ "He's in a meeting till nine"."""
    return at > 0 and memo.tokens[at - 1].word in UNTIL


def _own_clock(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """A time alone, of the talk itself, later in the sentence."""
    for dated in memo.dated:
        mention, clock = dated.mention, dated.mention.expression.clock
        alone = mention.expression.day is None and clock is not None and mention.standing == CALL
        if alone and clock and dated.span > chosen.span and mention.clause.sentence == chosen.mention.clause.sentence:
            return clock, dated.span
    return None


def _clock_apart(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """A time said apart from its day: before or after it in the sentence, or in the sentences after it.

    What was plainly settled ("we said four", "So four.", "Ten o'clock, and ...") goes before what merely stands there.
    """
    beside: tuple[Clock, tuple[int, int]] | None = None
    for dated in memo.dated:
        alone = dated.mention.expression.clock
        if alone and dated.mention.expression.day is None and _is_settled(memo, dated, chosen):
            return alone, dated.span
        if alone and beside is None and _is_time_of(memo, dated, chosen):
            beside = alone, dated.span
        if dated is not chosen and dated.clock and beside is None and _says_day_again(memo, dated, chosen):
            beside = dated.clock, dated.span
    return beside


def _clock_elsewhere(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """A time said before the day, or with another one."""
    return (
        _said_with_the_day_before(memo, chosen)
        or _earlier_clock(memo, chosen)
        or _same_time(memo, chosen)
        or _time_before(memo, chosen)
    )


def _is_settled(memo: Memo, dated: Dated, chosen: Dated) -> bool:
    """ "I put two.", "So four.", "Half nine, she's usually in.": after the day, with no other day between."""
    mention, told = dated.mention, memo.told[dated.mention.clause.index]
    apart = mention.clause.sentence - chosen.mention.clause.sentence
    if not (dated.span > chosen.span and apart <= _SETTLED_REACH and mention.standing in AGREED | {EVENT}):
        return False
    if mention.relation in UNTIL | {"not", "before"} or _other_day_between(memo, chosen, dated):
        return False
    before = [token.word for token in memo.tokens[told.clause.start : dated.mention.expression.start]]
    ours = before[-2:] in (["i", "said"], ["we", "said"], ["i", "put"], ["i", "suggested"], ["agreed", "on"])
    opens = before in ([], ["so"], ["say"], ["at"]) and told.clause.start == _sentence_start(memo, told.clause.sentence)
    return ours or (opens and not told.says(_LASTS_ON))


def _other_day_between(memo: Memo, chosen: Dated, dated: Dated) -> bool:
    return any(
        one.mention.expression.day is not None and one.outcome.day not in (None, chosen.outcome.day)
        for one in memo.dated
        if chosen.span < one.span < dated.span
    )


def _sentence_start(memo: Memo, sentence: int) -> int:
    at = bisect_left(memo.told, sentence, key=lambda one: one.clause.sentence)
    return memo.told[at].clause.start


def _is_time_of(memo: Memo, dated: Dated, chosen: Dated) -> bool:
    """A time alone, in the sentence of the day or the next two."""
    expression, at = dated.mention.expression, chosen.mention.clause.sentence
    standings = AGREED | {EVENT} if chosen.outcome.day else AGREED
    apart = dated.mention.clause.sentence - at
    ours = dated.mention.direct and apart <= _SETTLED_REACH and not _other_day_between(memo, chosen, dated)
    near = (0 <= apart <= 2 or (apart > 0 and ours)) and dated.mention.standing in standings
    return expression.day is None and near and not _lasts(memo, expression.start) and not _is_theirs(memo, dated)


def _is_theirs(memo: Memo, dated: Dated) -> bool:
    """ "He closes at five", "her flight's at one", "he said he's there at five": an hour of theirs."""
    told = memo.told[dated.mention.clause.index]
    if dated.mention.direct or _points_at(memo, dated):
        return False
    before = [token.word for token in memo.tokens[told.clause.start : dated.mention.expression.start]]
    if _of_their_day(before) or any(word.endswith("n't") for word in before):
        return True
    if dated.mention.standing == CALL:
        return False
    acts = bool(told.acts) or told.has_subject or told.tells_what_is or not _THEY_DO.isdisjoint(before)
    return acts and not told.fragment and not told.accepts and not told.says(_LIKES)


def _points_at(memo: Memo, dated: Dated) -> bool:
    """ "She's in at four, that's when I call."."""
    following = memo.told[dated.mention.clause.index + 1 :][:1]
    return any(one.call is not None and one.words[:3] == (",", "that's", "when") for one in following)


def _of_their_day(before: list[str]) -> bool:
    """Whether the words ahead of an hour tell of their day: "he's there at", "her flight's at", "the van comes at"."""
    owned = any(one in _OWNERS and other.endswith("'s") for one, other in pairwise(before))
    there = not _THERE.isdisjoint(before) and not _THIRD.isdisjoint(before)
    return there or owned or not _THEY_DO.isdisjoint(before[-2:-1])


def _said_with_the_day_before(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "He said Thursday at three or Friday. I'll call Thursday.": the hour that the day had just before."""
    for dated in reversed(memo.dated):
        mention, told = dated.mention, memo.told[dated.mention.clause.index]
        apart = chosen.mention.clause.sentence - mention.clause.sentence
        same = dated.span < chosen.span and dated.outcome.day == chosen.outcome.day and chosen.outcome.day is not None
        if same and dated.clock and mention.expression.day and apart <= _BEFORE_REACH and mention.standing == EVENT:
            offered = told.settles and not any(act.kind == "other" for act in told.acts)
            return (dated.clock, dated.span) if offered else None
    return None


def _says_day_again(memo: Memo, dated: Dated, chosen: Dated) -> bool:
    """ "We said Tuesday, Tuesday the 12th, at 9:15."."""
    at, mention = chosen.mention.clause.sentence, dated.mention
    again = mention.clause.sentence in range(at, at + 4) and memo.told[mention.clause.index].content == 0
    same_day = chosen.outcome.day is not None and dated.outcome.day == chosen.outcome.day
    return same_day and (mention.standing in AGREED or again)


def _earlier_clock(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "We looked at Tuesday, that suits us both, at two. So the call is Tuesday.": the time goes with that day."""
    day: Dated | None = None
    for dated in memo.dated:
        if dated is chosen:
            return None
        expression, told = dated.mention.expression, memo.told[dated.mention.clause.index]
        if expression.day is not None:
            day = dated
        elif expression.clock and day and chosen.outcome.day == day.outcome.day and told.fragment:
            near = dated.mention.clause.sentence == day.mention.clause.sentence
            if near and dated.mention.standing in AGREED | {EVENT}:
                return expression.clock, dated.span
    return None


def _time_before(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "Ring at three, no, make it quarter past. It's Tuesday.": the last time of a talk without a day."""
    for dated in reversed(memo.dated):
        expression, near = dated.mention.expression, chosen.mention.clause.sentence - dated.mention.clause.sentence
        alone = expression.day is None and dated.mention.standing == CALL and dated.span < chosen.span
        if alone and dated.clock and near <= 1:
            return dated.clock, dated.clock_span or dated.span
    return None


def _same_time(memo: Memo, chosen: Dated) -> tuple[Clock, tuple[int, int]] | None:
    """ "Tuesday instead, same time"; "at 1:30 instead, same day, August 11th": the last clock time said before."""
    words = [token.word for token in memo.tokens]
    if {("same", "time"), ("same", "hour"), ("same", "day")} & set(pairwise(words)):
        for dated in reversed(memo.dated):
            if dated.clock and dated.span < chosen.span:
                return dated.clock, dated.clock_span or dated.span
    return None
