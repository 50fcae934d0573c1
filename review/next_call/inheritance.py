"""Give a date without a verb of its own to the talk it belongs to, in its sentence or the ones beside it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.mentions import REACH, Mention, around
from review.next_call.told import Told
from review.next_call.verdicts import CALL, EVENT, LOOSE, OPEN, STANDINGS, Row, Verdicts
from review.next_call.words import AGREED, BOOKED, DIARY, MOVE, MOVED, UNTIL

_MOVING = MOVE | MOVED | {"brought"}
# Enough to take a day for the next call although no talk is named anywhere.
_FIRM = AGREED | BOOKED | DIARY | {"works", "suits"}
_GIVE = frozenset("give wait leave hold".split())
_OURS = frozenset({"ours"})
_WITH_US = frozenset({("with", "us"), ("with", "me")})
_SHORT = 4
_NEAR = 3
_NEAR_SENTENCES = 2


def inherit(mentions: Sequence[Mention], told: Sequence[Told]) -> None:
    """Give every date whose standing is open one, from the clauses around it."""
    for at, mention in enumerate(mentions):
        if mention.standing == OPEN:
            row = INHERITED.of(Neighbours(mention, around(mention, told), mentions[max(0, at - REACH) : at]))
            assert row is not None  # the last row needs nothing
            mention.take(row)


class Neighbours:
    """What is so of a date without a verb of its own, and of the clauses beside it."""

    def __init__(self, mention: Mention, told: Sequence[Told], mentions: Sequence[Mention]) -> None:
        at = next(at for at, one in enumerate(told) if one.clause is mention.clause)
        self._mention, self._mentions, self._here = mention, mentions, told[at]
        self._before, self._after = told[:at], told[at + 1 :]
        self._sentence = mention.clause.sentence
        self._same = [one for one in told if one.clause.sentence == self._sentence and one is not self._here]

    @cached_property
    def tells_of_event(self) -> bool:
        """ "The audit, that's Monday", "the launch, which is the 4th"."""
        told = self._here.words[:2] in ((",", "that's"), (",", "it's"), (",", "which"))
        return told and bool(self._before) and self._before[-1].dates_event

    @cached_property
    def moves_another(self) -> bool:
        return self._here.moves_another

    @cached_property
    def left_until(self) -> bool:
        """ "Give it till Friday"."""
        return self._mention.relation in UNTIL and self._here.says(_GIVE)

    @cached_property
    def limits(self) -> bool:
        return self._mention.relation in UNTIL | {"by", "before"}

    @cached_property
    def accepts(self) -> bool:
        return self._here.accepts

    @cached_property
    def fragment(self) -> bool:
        return self._here.fragment

    @cached_property
    def has_subject(self) -> bool:
        return self._here.has_subject

    @cached_property
    def bare(self) -> bool:
        """The date is all that its clause says."""
        return self._here.content == 0

    @cached_property
    def ours(self) -> bool:
        """ "And with us on Tuesday", "ours is Tuesday"."""
        return self._here.says(_OURS) or any(pair in _WITH_US for pair in pairwise(self._here.words))

    @cached_property
    def talks_near(self) -> bool:
        """A talk, be it theirs, just before."""
        return any(act.theirs or act.kind == CALL for one in self._before[-_NEAR:] for act in one.acts)

    @cached_property
    def concludes(self) -> bool:
        return self._here.clause.opener == "so"

    @cached_property
    def refused_before(self) -> bool:
        """ "Can't speak Wednesday, he's got stocktake, so Thursday."."""
        same = [one for one in self._before[-_NEAR:] if one.clause.sentence == self._sentence and one.dates]
        return any(act.kind == CALL and act.negated for one in same for act in one.acts)

    @cached_property
    def same_day(self) -> bool:
        """ "We made it 1:30 instead. Same day, August 11th."."""
        return bool(self._before) and ("same", "day") in pairwise(self._before[-1].words)

    @cached_property
    def _beside(self) -> list[Told]:
        """The nearest clause of the sentence that says something, before it and then after it."""
        says = [one for one in self._same if not one.fragment]
        at = self._here.clause.index
        return [one for one in says if one.clause.index < at][-1:] + [one for one in says if one.clause.index > at][:1]

    @cached_property
    def something_beside(self) -> bool:
        return bool(self._beside)

    @cached_property
    def talk_beside(self) -> bool:
        undated = [one for one in self._same if one.call and not one.dates]
        return any(one.call and one.clause.role == "main" for one in (*self._beside, *undated))

    @cached_property
    def said_with_it(self) -> bool:
        """ "A quick call with Dana, just her, Monday at nine, so …": as good as said with the talk itself."""
        return self.bare and bool(self._beside) and self._beside[0].call is not None and not self._beside[0].dates

    @cached_property
    def talk_just_before(self) -> bool:
        return any(one.call and self._sentence - one.clause.sentence <= _NEAR_SENTENCES for one in self._before)

    @cached_property
    def talk_before(self) -> bool:
        return any(one.call for one in self._before)

    @cached_property
    def superseded_before(self) -> bool:
        return any(one.superseded for one in self._before)

    @cached_property
    def goes_on(self) -> bool:
        """Right after a day that a talk is set for."""
        return any(
            one.standing == CALL and one.expression.day and 0 <= self._sentence - one.clause.sentence <= 1
            for one in self._mentions
        )

    @cached_property
    def moves(self) -> bool:
        return self._here.says(_MOVING) and "being" not in self._here.words

    @cached_property
    def any_talk_before(self) -> bool:
        """A talk, be it one that will not be, but for one that is over."""
        acts = (act for one in self._before for act in one.acts)
        return any(act.kind == CALL and (act.noun or not act.past) for act in acts)

    @cached_property
    def precise(self) -> bool:
        """Its hour is said, or that it suits."""
        return self._here.accepts or self._mention.expression.clock is not None

    @cached_property
    def undated_talk_after(self) -> bool:
        later = [one for one in self._after if one.call]
        return bool(later) and not any(one.dates for one in later)

    @cached_property
    def opens(self) -> bool:
        """ "Monday at three with Lou.", not "Submission is Monday at three."."""
        return self._mention.expression.start - self._here.clause.start <= 1

    @cached_property
    def settles_shortly(self) -> bool:
        return self._here.settles and self._here.content <= _SHORT

    @cached_property
    def firm(self) -> bool:
        return self._here.says(_FIRM)

    @cached_property
    def for_another(self) -> bool:
        return self._here.for_another

    @cached_property
    def merely_today(self) -> bool:
        return self._mention.merely_today


_ANOTHER = "it dates something else"
_BY_WHEN = "it says by when something else happens"
_BESIDE = "it goes with the talk named beside it"
_BEFORE = "it goes with the talk named before it"
_AFTER = "it goes with the talk named after it"
INHERITED = Verdicts(
    Neighbours,
    STANDINGS,
    Row("tells_of_event", EVENT, _ANOTHER, "", ""),
    Row("moves_another", EVENT, _ANOTHER, "", "", "final"),
    Row("left_until", EVENT, _BY_WHEN, "", ""),
    Row("limits !accepts", EVENT, _BY_WHEN, "", ""),
    Row("ours talks_near", CALL, "it is the talk with us", "", ""),
    Row("!fragment !accepts", EVENT, _ANOTHER, "", "", "final"),
    Row("concludes refused_before", CALL, "it is in the place of the day that does not suit", "", ""),
    Row("same_day", CALL, _BEFORE, "", ""),
    Row("talk_beside said_with_it", CALL, _BESIDE, "", "", "direct"),
    Row("talk_beside", CALL, _BESIDE, "", ""),
    Row("something_beside !accepts", EVENT, _ANOTHER, "", ""),
    Row("talk_just_before", CALL, _BEFORE, "", ""),
    Row("goes_on", CALL, _BEFORE, "", ""),
    Row("moves any_talk_before", CALL, _BEFORE, "", ""),
    Row("superseded_before", CALL, _BEFORE, "", ""),
    Row("accepts talk_before", CALL, _BEFORE, "", ""),
    Row("precise undated_talk_after bare", CALL, _AFTER, "", ""),
    Row("precise undated_talk_after opens", CALL, _AFTER, "", ""),
    Row("undated_talk_after settles_shortly", CALL, _AFTER, "", ""),
    Row("firm !for_another !merely_today", LOOSE, "it was agreed, though no talk is named", "", ""),
    Row("", EVENT, "no talk is named with it", "", ""),
)
