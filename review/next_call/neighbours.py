"""What is so of a date without a verb of its own, and of the clauses beside it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.mentions import Mention
from review.next_call.told import Told
from review.next_call.verdicts import CALL
from review.next_call.words import AGREED, BOOKED, DIARY, MOVE, MOVED, UNTIL

_MOVING = MOVE | MOVED
# Enough to take a day for the next call although no talk is named anywhere.
_FIRM = AGREED | BOOKED | DIARY | {"works", "suits"}
_GIVE = frozenset("give wait hold".split())
_OURS = frozenset({"ours"})
_WITH_US = frozenset({("with", "us"), ("with", "me")})
_TAKEN_UP = frozenset("busy dentist doctor off away unavailable vet funeral hospital".split())
_SHORT = 4
_NEAR = 3
_NEAR_SENTENCES = 2


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
        if not (self.bare and self._beside):
            return False
        first, here = self._beside[0], self._here.clause.index
        dated = any(one.day for one in first.dates)
        leads = (
            self._beside[0].clause.index == here + 1 and first.clause.role == "main"
        )  # "then on Thursday I'm calling"
        return first.call is not None and not dated and (first.clause.index < here or leads)

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
    def taken_up(self) -> bool:
        """ "Busy today.", "Dentist tomorrow.": why no call is then."""
        return self._here.says(_TAKEN_UP)

    @cached_property
    def firm(self) -> bool:
        return self._here.says(_FIRM)

    @cached_property
    def for_another(self) -> bool:
        return self._here.for_another

    @cached_property
    def merely_today(self) -> bool:
        return self._mention.merely_today
