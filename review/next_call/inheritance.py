"""Give a date without a verb of its own to the talk it belongs to, in its sentence or the ones beside it."""

from collections.abc import Sequence

from review.next_call.mentions import REACH, Mention, around
from review.next_call.neighbours import Neighbours
from review.next_call.passes import Found, Story, changed
from review.next_call.verdicts import CALL, EVENT, LOOSE, OPEN, STANDINGS, WHAT_DAY_IT_IS, Row, Verdicts

_ANOTHER = "it dates something else"
_BY_WHEN = "it says by when something else happens"
_BESIDE = "it goes with the talk named beside it"
_BEFORE = "it goes with the talk named before it"
_AFTER = "it goes with the talk named after it"
INHERITED = Verdicts(
    Neighbours,
    STANDINGS,
    Row(
        "tells_of_event",
        EVENT,
        _ANOTHER,
        "Monday at three with Lou. Not the demo, that's on the 28th, just a call between us. => 2026-11-23 15:00",
        "I'll call him, that's on the 28th. => 2026-11-28",
    ),
    Row(
        "moves_another",
        EVENT,
        _ANOTHER,
        "We had a call. The installation's been moved to Monday. => -",
        "We had a call on Friday. It's been moved to Monday. => 2026-11-23",
        "final",
    ),
    Row(
        "left_until",
        EVENT,
        _BY_WHEN,
        "I said I'd call, and he said give it till Monday. => -",
        "She's in my calendar for Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "limits !accepts",
        EVENT,
        _BY_WHEN,
        "I'll ring her. All of it by Friday. => -",
        "I was meant to call her today, she's put me off until Tuesday. => 2026-11-24",
    ),
    Row(
        "taken_up fragment !accepts",
        EVENT,
        WHAT_DAY_IT_IS,
        "Call Tuesday. Busy tomorrow. => 2026-11-24",
        "Call him. Monday. => 2026-11-23",
        "final",
    ),
    Row(
        "ours talks_near",
        CALL,
        "it is the talk with us",
        "She has a call with Siemens on Friday. Ours is Tuesday at ten. => 2026-11-24 10:00",
        "Ours will be shown to them on the 3rd. => -",
    ),
    Row(
        "!fragment !accepts",
        EVENT,
        _ANOTHER,
        "He said call back but he didn't say when. They open at eight on Monday. => -",
        "She's in my calendar for Tuesday at ten. => 2026-11-24 10:00",
        "final",
    ),
    Row(
        "concludes refused_before",
        CALL,
        "it is in the place of the day that does not suit",
        "Can't speak Wednesday, he's got stocktake, so Thursday. => 2026-11-26",
        "He prefers e-mail, so I'll write on Thursday. => -",
    ),
    Row(
        "same_day",
        CALL,
        _BEFORE,
        "We made it half past one instead. Same day, August 11th. => 2027-08-11 13:30",
        "Another day, August 11th. => -",
    ),
    Row(
        "talk_beside said_with_it",
        CALL,
        _BESIDE,
        "Their Zoom with me is on the 30th. But before that I'm calling just Jess, on Tuesday, so she can "
        "tell me. => 2026-11-24",
        "Samples Monday and I'll call the following day. => 2026-11-24",
        "direct",
    ),
    Row(
        "talk_beside",
        CALL,
        _BESIDE,
        "Tuesday with Simone, phone call. => 2026-11-24",
        "The store is nice, open Tuesday at ten. => -",
    ),
    Row(
        "something_beside !accepts",
        EVENT,
        _ANOTHER,
        "I'll call her. She's out, until Thursday, and tests it, Friday. => -",
        "I was meant to call her today, she's put me off until Tuesday. => 2026-11-24",
    ),
    Row(
        "talk_just_before",
        CALL,
        _BEFORE,
        "Dana and Pat both want a call. Pat's is the 29th. => 2026-11-29",
        "Pat's birthday is the 29th. => -",
    ),
    Row(
        "goes_on",
        CALL,
        _BEFORE,
        "I'll call him. He has two shops. One is new. The other is old. Next week suits. Wednesday. => 2026-11-25",
        "The 29th of March. Ten o'clock. => -",
    ),
    Row(
        "moves any_talk_before",
        CALL,
        _BEFORE,
        "The call was last Friday. They moved it to Monday. => 2026-11-23",
        "She's moved it to April 6th. => -",
    ),
    Row(
        "superseded_before",
        CALL,
        _BEFORE,
        "I was meant to call her today, she's put me off until Tuesday. => 2026-11-24",
        "She's put me off until Tuesday. => -",
    ),
    Row(
        "accepts talk_before",
        CALL,
        _BEFORE,
        "I'll call him. He has two shops. One is new. The other is old. Tuesday suits. No action from us. => "
        "2026-11-24",
        "I'll call him. He has two shops. One is new. The other is old. Her birthday, Tuesday. => -",
    ),
    Row(
        "precise undated_talk_after bare",
        CALL,
        _AFTER,
        "She's away. So it's Friday at two. That's when we speak. Nothing to do. => 2026-11-20 14:00",
        "Thursday. She forgot she had an inspection. It's on hold until we talk. => -",
    ),
    Row(
        "precise undated_talk_after opens",
        CALL,
        _AFTER,
        "Then Friday at two it's their CFO. Both on Zoom. => 2026-11-20 14:00",
        "Submission is on 27 August at noon. A telephone call isn't permitted. => -",
    ),
    Row(
        "undated_talk_after settles_shortly",
        CALL,
        _AFTER,
        "She picked Tuesday, at quarter to three. So that's our call about the glassware. => 2026-11-24 14:45",
        "Result Thursday. I call Mr. Lang. => -",
    ),
    Row(
        "firm !for_another !merely_today",
        LOOSE,
        "it was agreed, though no talk is named",
        "She's in my calendar for Tuesday at ten. => 2026-11-24 10:00",
        "We've settled on Friday for the installation, she'll be there. => -",
    ),
)


def inherit(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Give every date whose standing is open one, from the clauses around it and the dates before it."""
    now = list(mentions)
    for at, mention in enumerate(mentions):
        if mention.standing == OPEN:
            row = INHERITED.of(Neighbours(mention, around(mention, story.told), now[max(0, at - REACH) : at]))
            now[at] = mention.stands(EVENT, "no talk is named with it") if row is None else mention.by(row)
    return changed(mentions, now)
