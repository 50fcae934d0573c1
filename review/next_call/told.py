"""What a clause tells: its acts, its dates, whether it is over, and whether it agrees on anything."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from review.next_call.acts import Act, find_acts
from review.next_call.clauses import Clause
from review.next_call.expressions import Expression
from review.next_call.tenses import is_past
from review.next_call.things import PERSONS, acts, is_named, tells_of_it, thing_acts
from review.next_call.tokens import Token
from review.next_call.verbs import ASKS
from review.next_call.verbs import WEAK as WEAK_WORDS
from review.next_call.verdicts import CALL, WEAK
from review.next_call.words import AGREED, BOOKED, CALLED_OFF, CARRIED, DIARY, MOVE, MOVED, MOVING, SPOKEN_OF

_EVENT_NOUNS = frozenset(
    "contract renewal delivery warranty leave board demo holiday vacation meeting deadline expiry expiration "
    "install installation launch shutdown audit inspection tender decision lease agreement event training "
    "shipment trial pilot conference exhibition wedding surgery move budget season invoice payment order "
    "maternity paternity closing completion survey visit appointment stocktake review cutover show "
    "presentation interview hearing vote".split()
)
# What settles a day though the verb is past: "we agreed Thursday", "she said the 4th".
_SETTLED = (AGREED | BOOKED | DIARY | SPOKEN_OF | MOVED | CARRIED) | frozenset(
    "made invite invited invitation accepts accepted landed ended took happy picked kept".split()
)
_PLANNED = frozenset("supposed meant going planned planning due hoping".split())
_WHOSE = frozenset("the our his her their a an".split())
_DIARIES = frozenset("calendar diary books line list schedule mobile cell same dot".split())
_MOVED_THINGS = frozenset("it call back our chat".split())
_WENT_WITH = frozenset(
    {
        ("got", "down"),
        ("him", "down"),
        ("her", "down"),
        ("me", "down"),
        ("it", "down"),
        ("went", "with"),
        ("went", "for"),
        ("going", "with"),
        ("gone", "for"),
        ("gone", "with"),
        ("gave", "me"),
        ("came", "out"),
        ("came", "down"),
        ("came", "to"),
        ("back", "with"),
        ("finished", "up"),
        ("wound", "up"),
        ("okay", "with"),
        ("ok", "with"),
        ("fine", "with"),
    }
)
_ACCEPTED = _SETTLED | frozenset(
    "works suits good fine perfect okay ok wants prefers prefer best better easiest free available make say one "
    "instead".split()
)
_GETS = frozenset("gets get being".split())
_POINTING = frozenset("it's that's".split())
_HAPPENING = frozenset("being a an the his her their ready done".split())
_BY_THEN = frozenset({("by", "then")})
# "…, he says, …" interrupts and says nothing of its own.
_REPORTING = frozenset("says said say reckons thinks".split())
_ASIDES = frozenset("mean meant know think guess believe reckon".split())
_FILLERS = frozenset(
    "um uh er erm and but so well like say maybe probably yeah yes okay ok right then or just about again at on in "
    "the a an for to of with by it is him her them me us same sorry no ideally please first thing hopefully perhaps "
    "around roughly i mean actually".split()
)


@dataclass(frozen=True)
class Told:
    """A clause with its acts and dates; `words` are those outside the dates, `within` those inside them."""

    clause: Clause
    acts: tuple[Act, ...]
    words: tuple[str, ...]
    past: bool
    dates: tuple[Expression, ...]
    within: frozenset[str] = frozenset()

    @cached_property
    def call(self) -> Act | None:
        """The talk to come that this clause names, if it is not ruled out."""
        ahead = [act for act in self.acts if act.kind in {CALL, WEAK} and not act.past]
        return ahead[-1] if ahead and not ahead[-1].negated else None

    def says(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)

    @cached_property
    def superseded(self) -> bool:
        """ "I was supposed to ring him": a plan that something else takes the place of."""
        planned = self.says(_PLANNED) and any(act.kind == CALL and act.past for act in self.acts)
        return planned or (self.says(CALLED_OFF) and any(act.kind == CALL and act.negated for act in self.acts))

    @cached_property
    def fragment(self) -> bool:
        """Too little to stand alone, so it carries on what was said beside it."""
        if len(self.words) <= 4 and self.says(_REPORTING) and self.has_subject:
            return True
        alone = not (self.acts or self.past or self.has_subject or self.of_a_thing)
        return alone and self.content <= 2

    @cached_property
    def has_subject(self) -> bool:
        """Whether somebody is said to do something; "I mean" and "you know" are no doings."""
        pairs = zip(self.words, (*self.words, "")[1:], strict=True)
        return any(word.partition("'")[0] in PERSONS and following not in _ASIDES for word, following in pairs)

    @cached_property
    def of_a_thing(self) -> bool:
        """ "Vet's there Friday", "her dock reopens", "the price goes up": something else than a talk is spoken of."""
        if self.call is not None:
            return False
        brief = bool(self.dates) and self.content > 1 and not self.settles
        return any(acts(self.words, at) or thing_acts(self.words, at, brief=brief) for at in range(len(self.words)))

    @cached_property
    def tells_what_is(self) -> bool:
        """ "Hip op's the nineteenth", "boats come in Monday": a verb of its own, of whatever it may be."""
        return any(is_named(word) for word in self.words) or tells_of_it(self.words)

    @cached_property
    def speaker(self) -> str:
        """The first person that acts in it: i, he, she, they, we; empty where none does."""
        return next((bare for word in self.words if (bare := word.partition("'")[0]) in PERSONS - {"you", "who"}), "")

    @cached_property
    def moves(self) -> bool:
        """ "He wants to push it to Tuesday", "can we move our call": an appointment is shifted."""
        return any(
            word in MOVE | MOVING and not _MOVED_THINGS.isdisjoint(self.words[at + 1 : at + 4])
            for at, word in enumerate(self.words)
        )

    @cached_property
    def moves_another(self) -> bool:
        """ "The delivery is delayed to Friday": what is shifted is no talk."""
        moved = next((at for at, word in enumerate(self.words) if word in MOVED), 0)
        named = [word.removesuffix("'s") for word in self.words[:moved]]
        talk = not WEAK_WORDS.isdisjoint(named) or any(act.kind == CALL for act in self.acts)
        return not _EVENT_NOUNS.isdisjoint(named) and not talk

    @cached_property
    def gives_day(self) -> bool:
        """ "I gave him Friday at ten"; not "I gave him a ring"."""
        given = zip(self.words, (*self.words[1:], ""), (*self.words[2:], "", ""), strict=False)
        return any(
            verb == "gave" and whom in {"him", "her", "them"} and what not in _WHOSE | {"my"}
            for verb, whom, what in given
        )

    @cached_property
    def settles(self) -> bool:
        """A day was agreed on, though the verb is past."""
        if self.gives_day:
            return True
        if any(one in _GETS and other in BOOKED for one, other in pairwise(self.words)):
            return False  # "ours gets fixed tomorrow"
        asked = any(one == "did" and other in ASKS for one, other in pairwise(self.words))
        return asked or self.says(_SETTLED) or self.moves or any(pair in _WENT_WITH for pair in pairwise(self.words))

    @cached_property
    def for_another(self) -> bool:
        """ "Friday for the fitter", "booked on our course": it is set for something else than a talk."""
        if ("me", "and") in pairwise(self.words):
            return False  # "Wednesday at 10:30 for me and Big Jim on the augers"
        return any(
            link in {"for", "with", "on"} and owner in _WHOSE and thing not in _DIARIES
            for link, owner, thing in zip(self.words, self.words[1:], self.words[2:], strict=False)
        )

    @cached_property
    def accepts(self) -> bool:
        offered = "do" in self.words and self.says(frozenset({"can", "could"}))
        concludes = self.clause.opener == "so" and self.content <= 1 and not self.acts
        return (
            offered
            or concludes
            or self._suits
            or (self.says(_POINTING) and not self._tells_what_happens)
            or "then" in self.within
            or ("then" in self._after_opener and not _BY_THEN.intersection(pairwise(self.words)))
            or self.words[-2:] in (("it", "is"), ("to", "be"))
        )

    @cached_property
    def _suits(self) -> bool:
        """ "Tuesday works", "she said the 4th"; not "I told her the price goes up on the 4th"."""
        if self.says(_ACCEPTED - SPOKEN_OF):
            return True
        return (self.settles or self.says(SPOKEN_OF)) and not (self.says(SPOKEN_OF) and self.of_a_thing)

    @cached_property
    def _after_opener(self) -> tuple[str, ...]:
        """ "Wednesday then", not "then Wednesday's clean-up"."""
        return self.words[1:] if self.words[:1] == ("then",) and self.content else self.words

    @cached_property
    def _tells_what_happens(self) -> bool:
        """ "It's being done on the 6th", "on Friday it's a local feast"; not "it's Friday"."""
        return any(word in _POINTING and what in _HAPPENING for word, what in pairwise(self.words))

    @cached_property
    def dates_event(self) -> bool:
        # "To move it to Friday" is no move of theirs.
        return self.says(_EVENT_NOUNS - {"move"}) or ("move" in self.words and not self.moves)

    @cached_property
    def content(self) -> int:
        return sum(word not in _FILLERS and word.isalpha() for word in self.words)


def tell(clauses: Sequence[Clause], tokens: Sequence[Token], expressions: Sequence[Expression]) -> list[Told]:
    told = []
    starts = [expression.start for expression in expressions]
    for clause in clauses:
        first = bisect_left(starts, clause.start)
        dates = tuple(expressions[first : bisect_left(starts, clause.end)])
        inside = frozenset(i for e in dates for i in range(e.start, e.end))
        within = frozenset(tokens[i].word for i in inside)
        acts = tuple(find_acts(clause, tokens, inside))
        words = tuple(t.word for i, t in enumerate(tokens[clause.start : clause.end], clause.start) if i not in inside)
        told.append(Told(clause, acts, words, is_past(clause, tokens, inside), dates, within))
    return told
