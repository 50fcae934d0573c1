"""After a call was closed by hand: is there a next step?"""

from aftercall.desk.app import App
from aftercall.desk.words import call_with, who
from memos.models import FollowUp
from memos.store import Store


def next_step_left(app: App, store: Store, closed: FollowUp) -> str:
    """A line that says what is still open with the contact of a call that was closed, or that nothing is."""
    if closed.contact is None:
        return "Nobody was named in that memo, so nothing else will remind you of it."
    still_open = store.calls.of_contact(closed.contact.id)
    if still_open:
        return f"Still open: {call_with(still_open[0])}."
    after = f"{app.settings.buried_after:g}"
    return (
        f"{who(closed.contact)} has no next step now, and comes up as buried in {after} days. "
        "If you spoke, say what was agreed: `aftercall`, or `aftercall jot`."
    )
