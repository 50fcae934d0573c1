"""The passes over the dates of a memo: each gives back what it finds of them, and one place makes it count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from review.next_call.outcome import Context
from review.next_call.tokens import Token
from review.next_call.told import Told

Date = TypeVar("Date")
# By its place in the memo, each date of which a pass has something to say, as it stands after that.
Found = Mapping[int, Date]


@dataclass(frozen=True, slots=True)
class Story:
    """What a pass reads beside the dates: the words, the clauses with what is done in them, when it was spoken."""

    tokens: Sequence[Token]
    told: Sequence[Told]
    context: Context


def go_over(dates: Sequence[Date], story: Story, *passes: Callable[[Sequence[Date], Story], Found[Date]]) -> list[Date]:
    """`dates` after all `passes`: what a later one finds of a date counts, and none sees what a later one finds."""
    gone_over = list(dates)
    for look in passes:
        found = look(tuple(gone_over), story)
        gone_over = [found.get(at, date) for at, date in enumerate(gone_over)]
    return gone_over


def changed(before: Sequence[Date], after: Sequence[Date]) -> Found[Date]:
    """What a pass found that keeps a list of its own of how the dates stand, since one verdict leads to another."""
    return {at: date for at, (old, date) in enumerate(zip(before, after, strict=True)) if date is not old}
