"""What is so of a day that nothing is said to happen on."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.expressions import Expression
from review.next_call.mentions import Mention
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.words import AT_FIRST, BOOKED, CARRIED, MOVE, MOVED, MOVING

_WE = frozenset("we we're we've we'd we'll".split())
_WE_DO = frozenset("said doing made landed got put".split())
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
        ("what", "she"),
        ("what", "he"),
        ("what", "they"),
    }
)
_I = frozenset("i i've i'd i'm".split())
_I_DO = frozenset("gave told promised said got put have suggested offered".split())
_QUOTES = frozenset('"“')
_RESCHEDULED = frozenset("reschedule rescheduled".split())
_MOVED_IT = frozenset((verb, "it") for verb in MOVE | MOVED | MOVING)
_PUT_ME = frozenset((verb, whom) for verb in BOOKED | {"put"} for whom in ("me", "us"))
_INSTEAD = frozenset({"instead"})
_SAME_TIME = frozenset({("same", "time"), ("same", "hour")})
_GIVE_ME = frozenset((verb, whom) for verb in ("gave", "give", "given", "gives", "offered") for whom in ("me", "us"))
_OFFERS = frozenset("suggested suggests offered proposed".split())
_BESIDE = 4
_WITH_REACH = 5
_BRIEF = 2


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
    def of_a_thing(self) -> bool:
        """ "I told her the price goes up on the 15th"."""
        return self._here.of_a_thing

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
        words = self._tokens[self._here.clause.start : self._mention.expression.start]
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
        said = [word for word in self._here.words if word != ","][:1] == [
            "said"
        ] and not self._here.has_subject  # "Said Friday at nine"
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
