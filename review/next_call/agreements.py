"""A day agreed on though no talk is named: "we said Tuesday at half four", "Thursday it is"."""

from collections.abc import Sequence

from review.next_call.agreement_facts import Agreement
from review.next_call.mentions import Mention, around
from review.next_call.passes import Found, Story
from review.next_call.phrases import Phrases
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, EVENT, LOOSE, STANDINGS, WEAK, WHAT_DAY_IT_IS, Row, Verdicts

# Nothing is agreed in a memo that says so.
_CLOSED = Phrases(
    "no-next-step no-follow-up no-action nothing-needed nothing-else-needed nothing-to-do nothing-pending "
    "nothing-agreed nothing-is-pending all-done close-it not-interested not-going-to-chase won't-chase no-need "
    "no-point take-him-off take-her-off take-them-off no-calls not-chasing nothing-else-from no-next-call "
    "nothing-for-me nothing-outstanding doesn't-want-a-follow-up doesn't-want-a-call".split()
)
# Nor is any day that only stands beside a talk, where these are said.
_ENDED = Phrases(
    "no-follow-up no-next-call no-next-step stop-ringing stop-calling not-to-keep-calling not-keep-calling "
    "not-to-call-again not-to-ring-again no-more-business nothing-to-talk-about nothing-we-can-do i'm-done-there "
    "i'll-close-it closing-it close-the-file closing-the-file no-reason-to-ring no-reason-to-call "
    "take-him-off take-her-off take-them-off off-the-list no-date".split()
)
_FRAGMENT_SENTENCES = 2
_NOTHING_AGREED = "nothing was agreed"


def closes(words: Sequence[str]) -> bool:
    """Whether a memo says that nothing more is to come of it."""
    return _CLOSED.within(words) or _ENDED.within(words)


def end_without_a_talk(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Where it is said that no more is to come, set every day aside that only stands beside a talk."""
    if not _ENDED.within([token.word for token in story.tokens]):
        return {}
    beside = {at: one for at, one in enumerate(mentions) if one.standing in AGREED and not one.direct}
    return {at: one.stands(EVENT, _NOTHING_AGREED) for at, one in beside.items()}


def agree_without_a_talk(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Where no talk has a day, let a day stand that was plainly agreed on, and the fragments that carry it on."""
    if any(m.standing in {CALL, WEAK} and m.expression.day for m in mentions):
        return {}
    if _CLOSED.within([token.word for token in story.tokens]):
        loose = {at: one for at, one in enumerate(mentions) if one.standing == LOOSE}
        return {at: one.stands(EVENT, _NOTHING_AGREED) for at, one in loose.items()}
    return _agreed(mentions, story)


def _agreed(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    found: dict[int, Mention] = {}
    last = -1
    for at, mention in enumerate(mentions):
        here = story.told[mention.clause.index]
        if _undecided(mention, here):
            near = last >= 0 and mention.clause.sentence - last <= _FRAGMENT_SENTENCES
            row = AGREEMENTS.of(Agreement(mention, here, around(mention, story.told), story.tokens, near=near))
            if row is not None:
                found[at] = mention.by(row)
        if found.get(at, mention).standing == LOOSE:
            last = mention.clause.sentence
    return found


def _undecided(mention: Mention, here: Told) -> bool:
    """A day in a main clause that does nothing else with it."""
    dated = mention.standing == EVENT and mention.expression.day is not None and not mention.merely_today
    if mention.why == WHAT_DAY_IT_IS:
        return False
    busy = here.acts or here.dates_event or here.for_another or mention.relation
    return dated and here.clause.role == "main" and not busy


_WAS_AGREED = "it was agreed, though no talk is named"
AGREEMENTS = Verdicts(
    Agreement,
    STANDINGS,
    Row("we_said", LOOSE, _WAS_AGREED, "We said Tuesday at ten. => 2026-11-24 10:00", "He's on call on Tuesday. => -"),
    Row(
        "we_are_on !been",
        LOOSE,
        _WAS_AGREED,
        "We're on for Tuesday at ten. => 2026-11-24 10:00",
        "Her sofa was due on the 6th and it's now been put back to the 24th. => -",
    ),
    Row(
        "promised !at_first !of_a_thing",
        LOOSE,
        _WAS_AGREED,
        "I suggested Friday at nine. => 2026-11-20 09:00",
        "He's on call on Tuesday. => -",
    ),
    Row(
        "concludes !done_before",
        LOOSE,
        _WAS_AGREED,
        "So Tuesday. => 2026-11-24",
        "They pay 30 days from invoice, so that's March 10th. => -",
    ),
    Row(
        "rescheduled",
        LOOSE,
        _WAS_AGREED,
        "Rescheduled for Tuesday at ten. => 2026-11-24 10:00",
        "The shop shuts Friday at nine. => -",
    ),
    Row(
        "put_in",
        LOOSE,
        _WAS_AGREED,
        "She's free Friday at ten, he put me in for fifteen minutes. => 2026-11-20 10:00",
        "She's free Friday at ten. => -",
    ),
    Row(
        "offered",
        LOOSE,
        _WAS_AGREED,
        "She's suggested Tuesday at ten. => 2026-11-24 10:00",
        "The shop shuts Friday at nine. => -",
    ),
    Row(
        "with_somebody",
        LOOSE,
        _WAS_AGREED,
        "I'm off Monday, so Wednesday at 10:30 for me and Big Jim on the augers. => 2026-11-25 10:30",
        "The shop shuts Friday at nine. => -",
    ),
    Row(
        "moved_somebody timed",
        LOOSE,
        _WAS_AGREED,
        "I've moved Gordy to Tuesday at eleven. => 2026-11-24 11:00",
        "I've moved Gordy to Tuesday. => -",
    ),
    Row("it_is", LOOSE, _WAS_AGREED, "Thursday it is. => 2026-11-19", "He's on call on Tuesday. => -"),
    Row(
        "quoted",
        LOOSE,
        _WAS_AGREED,
        'Rick said, quote, "Tuesday, ten o\'clock, my direct line." => 2026-11-24 10:00',
        "He's on call on Tuesday. => -",
    ),
    Row(
        "timed bare_fragment !carries_on",
        LOOSE,
        _WAS_AGREED,
        "It's in the calendar, Tuesday at ten. => 2026-11-24 10:00",
        "Board meeting, January 12th, seven p.m. => -",
    ),
    Row(
        "near_another fragment",
        LOOSE,
        _WAS_AGREED,
        "We said next week. Wednesday. => 2026-11-25",
        "Store open Tuesday. => -",
    ),
    Row(
        "near_another settles",
        LOOSE,
        _WAS_AGREED,
        "We said next week. He took Wednesday. => 2026-11-25",
        "The machine's been moved to Monday at ten, he was just letting me know. => -",
    ),
    Row(
        "near_another instead",
        LOOSE,
        _WAS_AGREED,
        "I had Monday at two in the diary and she's just dropped me a text, could I do the next day instead, "
        "same time. => 2026-11-24 14:00",
        "She's content with the 11th instead, in the afternoon. => -",
    ),
)
