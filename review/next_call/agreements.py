"""A day agreed on though no talk is named: "we said Tuesday at half four", "Thursday it is"."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.expressions import Expression
from review.next_call.marks import Marks
from review.next_call.mentions import Mention, around
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, EVENT, LOOSE, STANDINGS, WEAK, WHAT_DAY_IT_IS, Row, Verdicts
from review.next_call.words import AT_FIRST, BOOKED, CARRIED, MOVE, MOVED, MOVING

_WE = frozenset("we we're we've we'd we'll".split())
_WE_DO = frozenset("said set settled doing agreed fixed made landed booked got put".split())
_WE_ARE_ON = frozenset(
    {
        ("we're", "on"),
        ("are", "on"),
        ("going", "for"),
        ("went", "for"),
        ("it's", "now"),
        ("now", "it's"),
        ("down", "for"),
        ("we're", "now"),
        ("let's", "do"),
        ("moved", "me"),
        ("had", "down"),
        ("what", "she"),
        ("what", "he"),
        ("what", "they"),
    }
)
_I = frozenset("i i've i'd i'm".split())
_I_DO = frozenset("gave told promised said got put have suggested offered".split())
# Nothing is agreed in a memo that says so.
_CLOSED = Marks(
    "no-next-step no-follow-up no-action nothing-needed nothing-else-needed nothing-to-do nothing-pending "
    "nothing-agreed nothing-is-pending all-done close-it not-interested not-going-to-chase won't-chase no-need "
    "no-point take-him-off take-her-off take-them-off no-calls not-chasing nothing-else-from no-next-call "
    "nothing-for-me nothing-outstanding doesn't-want-a-follow-up doesn't-want-a-call".split()
)
# Nor is any day that only stands beside a talk, where these are said.
_ENDED = Marks(
    "no-follow-up no-next-call no-next-step stop-ringing stop-calling not-to-keep-calling not-keep-calling "
    "not-to-call-again not-to-ring-again no-more-business nothing-to-talk-about nothing-we-can-do i'm-done-there "
    "i'll-close-it closing-it close-the-file closing-the-file no-reason-to-ring no-reason-to-call "
    "take-him-off take-her-off take-them-off off-the-list no-date".split()
)
_QUOTES = frozenset('"“')
_RESCHEDULED = frozenset("reschedule rescheduled rescheduling".split())
_MOVED_IT = frozenset((verb, "it") for verb in MOVE | MOVED | MOVING)
_PUT_ME = frozenset((verb, whom) for verb in BOOKED | {"put"} for whom in ("me", "us"))
_INSTEAD = frozenset({"instead"})
_SAME_TIME = frozenset({("same", "time"), ("same", "hour")})
_GIVE_ME = frozenset((verb, whom) for verb in ("gave", "give", "given", "gives", "offered") for whom in ("me", "us"))
_OFFERS = frozenset("suggested suggests offered proposed".split())
_BESIDE = 4
_WITH_REACH = 5
_FRAGMENT_SENTENCES = 2
_BRIEF = 2


def closes(words: Sequence[str]) -> bool:
    """Whether a memo says that nothing more is to come of it."""
    return _CLOSED.within(words) or _ENDED.within(words)


def agree_without_a_talk(mentions: Sequence[Mention], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """Where no talk has a day, let a day stand that was plainly agreed on, and the fragments that carry it on."""
    words = [token.word for token in tokens]
    if _ENDED.within(words):
        for mention in mentions:
            if mention.standing in AGREED and not mention.direct:
                mention.stand(EVENT, "nothing was agreed")
    if any(m.standing in {CALL, WEAK} and m.expression.day for m in mentions):
        return
    if _CLOSED.within(words):
        for mention in mentions:
            if mention.standing == LOOSE:
                mention.stand(EVENT, "nothing was agreed")
        return
    last = -1
    for mention in mentions:
        here = told[mention.clause.index]
        if _undecided(mention, here):
            near = last >= 0 and mention.clause.sentence - last <= _FRAGMENT_SENTENCES
            row = AGREEMENTS.of(Agreement(mention, here, around(mention, told), tokens, near=near))
            if row is not None:
                mention.take(row)
        if mention.standing == LOOSE:
            last = mention.clause.sentence


def _undecided(mention: Mention, here: Told) -> bool:
    """A day in a main clause that does nothing else with it."""
    dated = mention.standing == EVENT and mention.expression.day is not None and not mention.merely_today
    if mention.why == WHAT_DAY_IT_IS:
        return False
    busy = here.acts or here.dates_event or here.for_another or mention.relation
    return dated and here.clause.role == "main" and not busy


class Agreement:
    """What is so of a day that nothing is said to happen on."""

    def __init__(
        self, mention: Mention, here: Told, told: Sequence[Told], tokens: Sequence[Token], *, near: bool
    ) -> None:
        self._mention, self._here, self._near, self._tokens = mention, here, near, tokens
        index, sentence = here.clause.index, here.clause.sentence
        self._same = [one for one in told if one.clause.sentence == sentence]
        self._before = [one for one in told if one.clause.sentence == sentence and one.clause.index < index]

    @cached_property
    def we_said(self) -> bool:
        words = self._here.words
        return any(word in _WE and not _WE_DO.isdisjoint(words[at : at + 4]) for at, word in enumerate(words))

    @cached_property
    def we_are_on(self) -> bool:
        return any(pair in _WE_ARE_ON for pair in pairwise(self._here.words))

    @cached_property
    def rescheduled(self) -> bool:
        """ "Rescheduled for Friday at ten", "he asked to move it to Friday": said of appointments, not of machines."""
        same_time = any(("same", "time") in pairwise(one.words) for one in self._same)
        moved = (self.timed or same_time) and any(pair in _MOVED_IT for pair in pairwise(self._here.words))
        named = self._here.says(_RESCHEDULED) or moved
        return named and not self._here.moves_another

    @cached_property
    def put_in(self) -> bool:
        """ "She's free Friday at ten, he put me in for fifteen minutes"."""
        return self._here.accepts and any(pair in _PUT_ME for one in self._same for pair in pairwise(one.words))

    @cached_property
    def been(self) -> bool:
        return "been" in self._here.words

    @cached_property
    def promised(self) -> bool:
        words = self._here.words
        return any(word in _I and not _I_DO.isdisjoint(words[at : at + 3]) for at, word in enumerate(words))

    @cached_property
    def at_first(self) -> bool:
        """ "I'd originally sent an invite for the 27th"."""
        return self._here.says(AT_FIRST)

    @cached_property
    def concludes(self) -> bool:
        """ "So Thursday.", "Monday's out because of the audit, Tuesday then"."""
        if self._here.content > _BRIEF:
            return False
        after = self._tokens[self._mention.expression.end - 1 : self._mention.expression.end + 1]
        then = any(token.word == "then" for token in after) and self._here.clause.role == "main"
        return (self._here.clause.opener == "so" and self._here.accepts) or then

    @cached_property
    def done_before(self) -> bool:
        """ "They pay 30 days from invoice, so that's March 10th.": the day of what is done in the sentence."""
        others = any(act.kind == "other" for one in self._before for act in one.acts)
        return not self.timed and (others or any(not one.fragment for one in self._before))

    @cached_property
    def it_is(self) -> bool:
        """ "Thursday it is."."""
        return ("it", "is") in pairwise(self._here.words)

    @cached_property
    def timed(self) -> bool:
        """An hour is said with it, or just behind it: "Friday, same hour", "Tuesday then, half two"."""
        if self._mention.expression.clock is not None:
            return True
        following = [token.word for token in self._tokens[self._mention.expression.end :][:_BESIDE]]
        same = not _SAME_TIME.isdisjoint(pairwise([word for word in following if word != ","]))
        last = self._mention.expression.end
        return same or any(one.clock and not one.day and 0 <= one.start - last <= _BESIDE for one in self._dates)

    @cached_property
    def _dates(self) -> list[Expression]:
        return [expression for one in self._same for expression in one.dates]

    @cached_property
    def with_somebody(self) -> bool:
        """ "Wednesday at 10:30 for me and Big Jim", "twelve thirty on Monday with Phoebe about the loft"."""
        behind = self._tokens[self._mention.expression.end :][:_WITH_REACH]
        words = [token.word for token in behind if token.kind != "COMMA"]
        me = words[:2] == ["me", "and"] or words[:3] in (["for", "me", "and"], ["with", "me", "and"])
        named = len(behind) > 1 and words[:1] == ["with"] and behind[1].text[:1].isupper()
        opens = self._mention.expression.start - self._here.clause.start <= 1
        return self._mention.expression.clock is not None and (me or (named and opens and not self._before))

    @cached_property
    def moved_somebody(self) -> bool:
        """ "I've moved Gordy to the following Tuesday", "moved Jasper from Wednesday to Friday"."""
        words = [token for token in self._tokens[self._here.clause.start : self._mention.expression.start]]
        moved = next((at for at, token in enumerate(words) if token.word in MOVED | CARRIED), len(words))
        whom = words[moved + 1 : moved + 2]
        somebody = any(token.text[:1].isupper() or token.word in {"him", "her", "them"} for token in whom)
        return somebody and words[-1].word in {"to", "the"} and "to" in {token.word for token in words[-2:]}

    @cached_property
    def offered(self) -> bool:
        """ "He gave me Wednesday at eight", "she's suggested the 20th"."""
        start = self._mention.expression.start
        before = [token.word for token in self._tokens[max(self._here.clause.start, start - 4) : start]]
        given = not _GIVE_ME.isdisjoint(pairwise(before))
        said = [word for word in self._here.words if word != ","][:1] == ["said"] and not self._here.has_subject  # "Said Friday at nine"
        return given or said or (not _OFFERS.isdisjoint(before[-2:]) and self._here.speaker in {"he", "she", "they"})

    @cached_property
    def bare_fragment(self) -> bool:
        return self._here.fragment and self._here.content == 0

    @cached_property
    def quoted(self) -> bool:
        return not _QUOTES.isdisjoint(self._here.words[:2])

    @cached_property
    def carries_on(self) -> bool:
        """ "He came today, Thursday, at eight": the fragment belongs to what was told before it in the sentence."""
        return any(one.past or one.acts or one.has_subject for one in self._before)

    @cached_property
    def near_another(self) -> bool:
        """A day was agreed on just before."""
        return self._near

    @cached_property
    def fragment(self) -> bool:
        return self._here.fragment

    @cached_property
    def settles(self) -> bool:
        return self._here.settles

    @cached_property
    def instead(self) -> bool:
        return self._here.says(_INSTEAD)


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
        "promised !at_first",
        LOOSE,
        _WAS_AGREED,
        "I suggested Friday at nine. => 2026-11-20 09:00",
        "The shop shuts Friday at nine. => -",
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
        "The store opens Tuesday at ten. => -",
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
