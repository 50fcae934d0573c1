"""Give a date without a verb of its own to the talk it belongs to, in its sentence or the ones beside it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from review.next_call.mentions import EVENT, LOOSE, REACH, Mention, around, own
from review.next_call.tokens import Token
from review.next_call.told import CALL, Told
from review.next_call.words import AGREED, BOOKED, DIARY, MOVE, MOVED, UNTIL

_MOVING = MOVE | MOVED | {"brought"}
# Enough to take a day for the next call although no talk is named anywhere.
_FIRM = AGREED | BOOKED | DIARY | {"works", "suits"}
_SHORT = 4
_NEAR = 3
_GIVE = frozenset("give wait leave hold".split())


_OURS = frozenset({"ours"})
_WITH_US = frozenset({("with", "us"), ("with", "me")})


def place(told: Sequence[Told], tokens: Sequence[Token]) -> list[Mention]:
    """Every date with its standing, from its own clause first and from its neighbours where that says nothing."""
    mentions = [own(here, expression, tokens) for here in told for expression in here.dates]
    for at, mention in enumerate(mentions):
        if mention.standing == "":
            _inherit(mention, around(mention, told), mentions[max(0, at - REACH) : at])
    return mentions


def _inherit(mention: Mention, told: Sequence[Told], mentions: Sequence[Mention]) -> None:
    """A date without a verb of its own belongs to the call said just before it, or just after it."""
    at = next(at for at, one in enumerate(told) if one.clause is mention.clause)
    here, before = told[at], told[at - 1] if at else None
    if before and here.words[:2] in ((",", "that's"), (",", "it's"), (",", "which")) and before.dates_event:
        mention.stand(EVENT, "it dates something else")
        return
    if here.moves_another:
        mention.stand(EVENT, "it dates something else")
        mention.promotable = False
        return
    lasts = mention.relation in UNTIL and here.says(_GIVE)
    if lasts or (mention.relation in UNTIL | {"by", "before"} and not here.accepts):
        mention.stand(EVENT, "it says by when something else happens")
        return
    if not here.fragment and not here.accepts and not _ours(here):
        mention.stand(EVENT, "it dates something else")
        mention.promotable = not here.has_subject
        return
    if _ours(here) and any(act.theirs or act.kind == CALL for one in told[max(0, at - 3) : at] for act in one.acts):
        mention.stand(CALL, "it is the talk with us")
        return
    if here.clause.opener == "so" and here.content == 0 and _refused_before(here, told[max(0, at - _NEAR) : at]):
        mention.stand(CALL, "it is in the place of the day that does not suit")
        return
    if here.content == 0 and before and ("same", "day") in pairwise(before.words):
        # "We made it 1:30 instead. Same day, August 11th."
        mention.stand(CALL, "it goes with the talk named before it")
        return
    beside = list(_beside(here, told))
    undated = [
        other for other in told if other.clause.sentence == here.clause.sentence and other.call and not other.dates
    ]
    if any(other.call and other.clause.role == "main" for other in (*beside, *undated)):
        mention.stand(CALL, "it goes with the talk named beside it")
        # "A quick call with Dana, just her, Monday at nine, so …": the day is all that its clause says.
        mention.direct = here.content == 0 and bool(beside) and beside[0].call is not None and not beside[0].dates
    elif beside and not here.accepts:
        mention.stand(EVENT, "it dates something else")
    else:
        _from_other_sentences(mention, at, told, mentions)


def _refused_before(here: Told, before: Sequence[Told]) -> bool:
    """ "Can't speak Wednesday, he's got stocktake, so Thursday."."""
    same = [one for one in before if one.clause.sentence == here.clause.sentence and one.dates]
    return any(act.kind == CALL and act.negated for one in same for act in one.acts)


def _ours(here: Told) -> bool:
    """ "And with us on Tuesday", "ours is Tuesday"."""
    return here.says(_OURS) or any(pair in _WITH_US for pair in pairwise(here.words))


def _from_other_sentences(mention: Mention, at: int, told: Sequence[Told], mentions: Sequence[Mention]) -> None:
    here = told[at]
    earlier = [other for other in told[:at] if other.call]
    near = [other for other in earlier if here.clause.sentence - other.clause.sentence <= 2]
    later = [other for other in told[at + 1 :] if other.call]
    precise = here.accepts or mention.expression.clock is not None
    # "Monday at three with Lou.", not "Submission is Monday at three."
    plain = here.content == 0 or mention.expression.start - here.clause.start <= 1
    before = told[:at]
    moved = (
        here.says(_MOVING)
        and "being" not in here.words
        and any(act.kind == CALL and (act.noun or not act.past) for other in before for act in other.acts)
    )
    moved = moved or (here.accepts and any(other.superseded for other in before))
    carried = here.fragment and any(
        m.standing == CALL and m.expression.day and 0 <= here.clause.sentence - m.clause.sentence <= 1 for m in mentions
    )
    if near or carried or moved or (here.accepts and earlier):
        mention.stand(CALL, "it goes with the talk named before it")
    elif (
        precise
        and later
        and not any(other.dates for other in later)
        and (plain or (here.settles and here.content <= _SHORT))
    ):
        mention.stand(CALL, "it goes with the talk named after it")
    elif here.says(_FIRM) and not (here.for_another or mention.merely_today):
        mention.stand(LOOSE, "it was agreed, though no talk is named")
    else:
        mention.stand(EVENT, "no talk is named with it")


def _beside(here: Told, told: Sequence[Told]) -> Iterator[Told]:
    """The nearest clause of the same sentence that says something, before it and then after it."""
    same = [other for other in told if other.clause.sentence == here.clause.sentence and not other.fragment]
    yield from [other for other in same if other.clause.index < here.clause.index][-1:]
    yield from [other for other in same if other.clause.index > here.clause.index][:1]
