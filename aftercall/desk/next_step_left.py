"""After a call was closed by hand: is there a next step?"""

from aftercall.desk.words import call_with
from memos.models import FollowUp
from memos.store import Store


def next_step_left(store: Store, closed: FollowUp, buried_after_days: float) -> str:
    """A line that says what is still open with the contact of a call that was closed, or that nothing is."""
    if closed.contact is None:
        return "Nobody was named in that memo, so nothing else will remind you of it."
    still_open = store.calls.of_contact(closed.contact.id)
    if still_open:
        return f"Still open: {call_with(still_open[0])}."
    return (
        f"{closed.contact.called} has no next step now, and comes up as buried in {buried_after_days:g} days. "
        "If you spoke, say what was agreed: `aftercall`, or `aftercall jot`."
    )
