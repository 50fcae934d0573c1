"""The last statement wins: find what a later one takes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from review.next_call.dated import Dated
from review.next_call.passes import Found, Story, changed
from review.next_call.replacing import contests, corrects, restates
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, CALL, DECLINED, EVENT, PAST, WEAK
from review.next_call.words import CALL_OFF, CALLED_OFF, NO_CALL

# What begins with these may as well be said of an e-mail, a price, a delivery.
_OF_ANYTHING = CALLED_OFF | frozenset("no said pulled backed fell fallen".split())
_KEEP = frozenset("don't not never won't".split())
_THE_CALL = frozenset("it that call one . , is really so ring callback chat".split())
_SWITCHED_OFF = frozenset("phone mobile cell line camera".split())
_SOONER = frozenset("earlier sooner before until till".split())
_REACH = 20


def turn_down_by_another_name(dated: Sequence[Dated], story: Story) -> Found[Dated]:
    """ "Tuesday at two, not Monday, it's Presidents Day": nor is that day, by another name."""
    turned_down: set[date | None] = set()
    found = {}
    for at, here in enumerate(dated):
        if here.mention.relation == "not" and here.mention.expression.day is not None:
            turned_down.add(here.outcome.day)
        elif here.outcome.day in turned_down and here.mention.standing in AGREED and not here.mention.direct:
            found[at] = here.stands(DECLINED, "that day was turned down")
    return found


def settle_corrections(dated: Sequence[Dated], story: Story) -> Found[Dated]:
    """Decline every date that a later statement replaces; the later one takes its place."""
    settling = _Settling(dated, story)
    for at in range(len(dated)):
        settling.look_at(at)
    return changed(dated, settling.now)


class _Settling:
    """How the dates stand as far as the memo was read; `live` are the days that nothing has replaced yet."""

    def __init__(self, dated: Sequence[Dated], story: Story) -> None:
        self.now = list(dated)
        self._told, self._tokens = story.told, story.tokens
        self._live: list[int] = []
        self._contested: set[int] = set()

    def look_at(self, at: int) -> None:
        here = self.now[at]
        if self._is_contest(here):
            self._contested.add(self._live[-1])
            if here.clock is None:
                return
        if here.outcome.gone and self._live and _was_then(self.now[self._live[-1]], here, self._told):
            self._put(self._live.pop(), PAST, "that day has gone by")
        if here.outcome.gone or here.mention.standing in {PAST, DECLINED}:
            self._turn_down_time(at)
        elif here.mention.expression.day is None:
            self._correct_time(at)
        else:
            self._take_the_place(at)

    def _put(self, at: int, standing: str, why: str) -> None:
        self.now[at] = self.now[at].stands(standing, why)

    def _is_contest(self, here: Dated) -> bool:
        return bool(self._live) and contests(self.now[self._live[-1]], here, self._told, self._tokens)

    def _take_the_place(self, at: int) -> None:
        for other in self._replaced(self.now[at]):
            self.now[at] = _in_the_place_of(self.now[other], self.now[at], self._told)
            self._put(other, DECLINED, "a later statement replaces it")
            self._live.remove(other)
        if self.now[at].mention.standing in AGREED:
            self._live.append(at)
            del self._live[:-_REACH]

    def _correct_time(self, at: int) -> None:
        """ "Friday at one. Hang on, at two": the day stays."""
        here = self.now[at]
        last = self.now[self._live[-1]] if self._live else None
        if last is None or not corrects(last, here, self._told, self._tokens, contested=False):
            return
        for other in self._live:
            if self.now[other].outcome.day == last.outcome.day:
                self.now[other] = replace(self.now[other], clock=here.mention.expression.clock, clock_span=here.span)
        self._put(at, DECLINED, "it corrects the time said before")

    def _turn_down_time(self, at: int) -> None:
        """ "Monday at nine. No, not nine, leave it till the afternoon.": the day stays."""
        mention = self.now[at].mention
        clock = mention.expression.clock
        if mention.relation != "not" or mention.expression.day is not None or clock is None:
            return
        self._put(at, mention.standing, "that time was turned down")
        for other in self._live:
            said = self.now[other].clock
            if said and said.at == clock.at:
                self.now[other] = replace(self.now[other], clock=None, clock_span=None)

    def _replaced(self, here: Dated) -> list[int]:
        """The earlier days that `here` takes the place of, the latest first."""
        corrected = self._corrected(here)
        if not (corrected or here.mention.standing in AGREED or _spelt_out_alone(here, self._told)):
            return []
        left = [other for other in self._live if other not in corrected]
        return corrected + [one for one in left if restates(self.now[one], here, self._told, self._tokens)]

    def _corrected(self, here: Dated) -> list[int]:
        """The day before `here` that it corrects, wherever that was said, the latest first."""
        rivals = [one for one in self._live if self.now[one].outcome.day != here.outcome.day or here.clock]
        if not rivals:
            return []
        last, contested = self.now[rivals[-1]], rivals[-1] in self._contested
        if last.outcome.day is None or not corrects(last, here, self._told, self._tokens, contested=contested):
            return []
        return [one for one in reversed(self._live) if self.now[one].outcome.day == last.outcome.day]


def _was_then(last: Dated, here: Dated, told: Sequence[Told]) -> bool:
    """ "He said he'd call on Monday. That was last Monday."."""
    days = last.mention.expression.day, here.mention.expression.day
    same = days[0] is not None and days[1] is not None and days[0].weekday == days[1].weekday >= 0
    return same and told[here.mention.clause.index].words[:2] == ("that", "was")


def _spelt_out_alone(here: Dated, told: Sequence[Told]) -> bool:
    """ "Tuesday, Tuesday the 20th"."""
    day = here.mention.expression.day
    exact = day is not None and (day.exact or day.meaning == "weekday_and_day")
    return exact and here.mention.standing == EVENT and told[here.mention.clause.index].content == 0


def _in_the_place_of(last: Dated, here: Dated, told: Sequence[Told]) -> Dated:
    """`here` with what it takes over of `last`: how that stood, and its hour where none is said with the new day."""
    mention = replace(here.mention, direct=here.mention.direct or last.mention.direct)
    if mention.standing not in AGREED:
        in_full = _spelt_out_alone(here, told)
        why = "it says in full what day that is" if in_full else "it corrects the day before it"
        mention = mention.stands(last.mention.standing, why)
    here = replace(here, mention=mention)
    if here.clock is None and last.clock is not None and here.outcome.window is None:
        return replace(here, clock=last.clock, clock_span=last.clock_span or last.span, inherited=True)
    return here


def call_off(dated: Sequence[Dated], story: Story) -> Found[Dated]:
    """ "Call Tuesday. … Cancel the call.": no day that was said before that."""
    words = [token.word for token in story.tokens]
    held, others = _held_by_a_condition(story.told), _of_something_else(story.told)
    off = (at for at in NO_CALL.found(words) if at not in held and _is_of_a_call(words, at, others))
    last = max(off, default=-1)
    before = {
        at: here
        for at, here in enumerate(dated)
        if here.mention.standing in AGREED and here.mention.expression.end <= last
    }
    return {at: here.stands(DECLINED, "the call was called off") for at, here in before.items()}


def _is_of_a_call(words: Sequence[str], at: int, others: frozenset[int]) -> bool:
    """Not "the delivery was cancelled", "her phone is off", "don't forget it"."""
    word = words[at]
    if word in CALL_OFF | {"forget"}:
        return _KEEP.isdisjoint(words[max(0, at - 3) : at])
    if word in {"isn't", "not"} and words[at + 1 : at + 2] in (["needed"], ["necessary"]):
        return at == 0 or words[at - 1] in _THE_CALL
    if word == "no" and not _SOONER.isdisjoint(words[at + 2 : at + 6]):
        return False  # "no point any earlier"
    if word == "is":
        return at == 0 or words[at - 1] not in _SWITCHED_OFF
    return word not in _OF_ANYTHING or at not in others


def _of_something_else(told: Sequence[Told]) -> frozenset[int]:
    """Where "no need", "said no" or "cancelled" is about something else: "no need to e-mail", "the delivery was
    cancelled"."""
    others = [
        one.clause
        for one in told
        if (one.dates_event or any(act.kind == "other" for act in one.acts))
        and not any(act.kind in {CALL, WEAK} for act in one.acts)
    ]
    return frozenset(at for clause in others for at in range(clause.start, clause.end))


def _held_by_a_condition(told: Sequence[Told]) -> set[int]:
    """The tokens that hold on a condition: "If it's ash he'll think about it by himself, so no call."."""
    began: dict[int, int] = {}
    for one in told:
        if one.clause.role == "condition":
            began.setdefault(one.clause.sentence, one.clause.start)
    held = [one.clause for one in told if one.clause.start >= began.get(one.clause.sentence, one.clause.end)]
    return {at for clause in held for at in range(clause.start, clause.end)}


def take_back(dated: Sequence[Dated], story: Story) -> Found[Dated]:
    """ "We had a call set for Monday, but no, not Monday." "So forget Monday. It's Thursday now.": no Monday."""
    agreed: dict[date, list[int]] = {}
    found = {}
    for at, here in enumerate(dated):
        if here.outcome.day is None or here.mention.expression.day is None:
            continue
        if here.mention.standing in AGREED:
            agreed.setdefault(here.outcome.day, []).append(at)
        elif here.mention.relation == "not":
            back = agreed.pop(here.outcome.day, ())
            found.update({other: dated[other].stands(DECLINED, "that day was taken back") for other in back})
    return found
