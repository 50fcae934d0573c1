"""A call that a colleague has promised, changed in the team's book, and what is to be told of that."""

from datetime import datetime
from typing import Final, Literal

from aftercall.desk.words import team_call
from memos.models import Promise
from memos.store import Store
from memos.team.views import TeamCall
from review.next_call import NextCall, spell_out

_GOES_OUT: Final = "It goes to the team with the next sync."


def close_team_call(
    store: Store, theirs: TeamCall, state: Literal["done", "cancelled"], reason: str | None = None
) -> list[str]:
    """Close it; the lines that tell of it.

    :raises CallClosed: it is closed already.
    """
    store.team.close(theirs.memo_id, state, reason)
    return [f"{state.capitalize()}: {team_call(theirs, store.team.names())}. {_GOES_OUT}"]


def put_off_team_call(store: Store, theirs: TeamCall, to: NextCall, now: datetime, *, agreed: bool) -> list[str]:
    """Move it; the lines that tell of it."""
    assert to.date is not None
    store.team.move(theirs.memo_id, Promise(to.date, to.time, None, to.heard), agreed=agreed)
    return [f"Moved: {team_call(theirs, store.team.names())}, to {spell_out(to, now.date())}. {_GOES_OUT}"]
