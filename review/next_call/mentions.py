"""Tie every date of a memo to the act it belongs to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from review.next_call.acts import Act, find_acts, is_past
from review.next_call.clauses import Clause
from review.next_call.expressions import Expression
from review.next_call.tokens import Token

# How a mention stands to a call: a talk is set for it; a meeting or follow-up is; it was agreed on, though no
# talk is named; it dates something else; it is a condition; it was turned down; it is over.
CALL = "call"
WEAK = "weak"
LOOSE = "loose"
EVENT = "event"
CONDITION = "condition"
DECLINED = "declined"
PAST = "past"
AGREED = frozenset({CALL, WEAK, LOOSE})

_EVENT_NOUNS = frozenset(
    "contract renewal delivery warranty leave board demo holiday vacation meeting deadline expiry expiration "
    "install installation launch shutdown audit inspection tender decision lease agreement event training "
    "shipment trial pilot conference exhibition wedding surgery move budget season invoice payment order "
    "maternity paternity closing completion survey visit appointment stocktake review go-live cutover show "
    "presentation interview hearing vote".split()
)
# What settles a day though the verb is past: "we agreed Thursday", "she said the 4th".
_SETTLED = frozenset(
    "agree agrees agreeable agreed booked settled said suggested asked told offered scheduled arranged "
    "fixed made moved pushed "
    "shifted rescheduled changed set confirmed pencilled penciled invite invited invitation accepts "
    "accepted put brought landed ended locked lined "
    "bumped postponed switched slipped delayed took requested proposed happy".split()
)
_PLANNED = frozenset("supposed meant going planned planning due hoping".split())
_WHOSE = frozenset("the our his her their a an".split())
_DIARIES = frozenset("calendar diary books phone line board list schedule mobile cell call chat same dot".split())
_MOVED_THINGS = frozenset("it call back our chat".split())
_WENT_WITH = frozenset(
    {
        ("put", "down"),
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
    }
)
_MOVING = frozenset("push move shift reschedule change bump postpone".split())
_ACCEPTED = _SETTLED | frozenset(
    "works suits good fine perfect okay ok diary calendar wants prefers best better easiest free "
    "available make say on-for it's that's then one instead".split()
)
_REFUSED = frozenset("doesn't won't can't cannot isn't wasn't no not out impossible wouldn't couldn't".split())
_PERSONS = frozenset("i you he she we they who".split())
# "…, he says, …" interrupts and says nothing of its own.
_REPORTING = frozenset("says said say reckons thinks".split())
_ASIDES = frozenset("mean meant know think guess believe suppose reckon".split())
REACH = 60
_FILLERS = frozenset(
    "um uh er erm well so like say maybe probably yeah yes okay ok right then and but or just about again at "
    "on in the a an for to of with by it is it's that's him her them me us same sorry no sometime ideally "
    "please first thing i.e hopefully perhaps around roughly i mean actually let's".split()
)


@dataclass(slots=True)
class Mention:
    """A date expression in its clause, with its standing while the memo is weighed; `why` is for the rep.

    `clock_of` is the time of a call that points at this date from another clause.
    """

    expression: Expression
    clause: Clause
    standing: str
    why: str
    relation: str = ""
    clock_of: Expression | None = None
    direct: bool = False
    promotable: bool = True
    theirs: bool = False

    def stand(self, standing: str, why: str) -> None:
        self.standing, self.why = standing, why


@dataclass(frozen=True)
class Told:
    """A clause with its acts and dates; `words` are those outside the dates."""

    clause: Clause
    acts: tuple[Act, ...]
    words: tuple[str, ...]
    past: bool
    dates: tuple[Expression, ...]

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
        return self.says(_PLANNED) and any(act.kind == CALL and act.past for act in self.acts)

    @cached_property
    def fragment(self) -> bool:
        """Too little to stand alone, so it carries on what was said beside it."""
        if len(self.words) <= 4 and self.says(_REPORTING) and self.has_subject and not self.dates:
            return True
        return not self.acts and not self.past and not self.has_subject and self.content <= 2

    @cached_property
    def has_subject(self) -> bool:
        """Whether somebody is said to do something; "I mean" and "you know" are no doings."""
        pairs = zip(self.words, (*self.words, "")[1:], strict=True)
        return any(word.partition("'")[0] in _PERSONS and following not in _ASIDES for word, following in pairs)

    @cached_property
    def moves(self) -> bool:
        """ "He wants to push it to Tuesday", "can we move our call": an appointment is shifted."""
        return any(
            word in _MOVING and not _MOVED_THINGS.isdisjoint(self.words[at + 1 : at + 4])
            for at, word in enumerate(self.words)
        )

    @cached_property
    def settles(self) -> bool:
        """A day was agreed on, though the verb is past."""
        return self.says(_SETTLED) or self.moves or any(pair in _WENT_WITH for pair in pairwise(self.words))

    @cached_property
    def for_another(self) -> bool:
        """ "Friday for the fitter", "booked on our course": it is set for something else than a talk."""
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
            or self.settles
            or self.says(_ACCEPTED)
            or self.words[-2:] in (("it", "is"), ("to", "be"))
        )

    @cached_property
    def dates_event(self) -> bool:
        return self.says(_EVENT_NOUNS)

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
        acts = tuple(find_acts(clause, tokens, inside))
        words = tuple(t.word for i, t in enumerate(tokens[clause.start : clause.end], clause.start) if i not in inside)
        told.append(Told(clause, acts, words, is_past(clause, tokens), dates))
    return told


def around(mention: Mention, told: Sequence[Told]) -> Sequence[Told]:
    """The clauses near a date; what is further off is another matter, and would make long texts slow."""
    at = mention.clause.index
    return told[max(0, at - REACH) : at + REACH]


def own(here: Told, expression: Expression, tokens: Sequence[Token]) -> Mention:
    relation = _relation(tokens, expression, here.clause)
    mention = Mention(expression, here.clause, "", "", relation)
    act = _act_of(here, expression, tokens)
    if _called_off(here, expression, tokens):
        mention.stand(DECLINED, "the call was called off")
    elif relation in {"not", "since"}:
        mention.stand(DECLINED, f"said with “{relation}”")
    elif here.moves and tokens[expression.start - 1].word in {"to", "till", "until", "for"}:
        # "He e-mailed to push it back to Thursday": what is moved stands elsewhere.
        mention.stand("", "")
    elif act is not None:
        _by_act(mention, act, here)
    elif here.clause.role == "condition":
        mention.stand(CONDITION, "it is a condition")
    elif here.past and not here.settles:
        mention.stand(PAST, "it tells what happened")
    elif _refused(here, expression, tokens):
        mention.stand(DECLINED, "that day was turned down")
    elif not here.accepts and _names_day(expression, tokens):
        mention.stand(EVENT, "it says what that day is")
        mention.promotable = False
    elif not here.accepts and (here.clause.role != "main" or here.says(_EVENT_NOUNS)):
        mention.stand(EVENT, "it dates something else")
    return mention


def _called_off(here: Told, expression: Expression, tokens: Sequence[Token]) -> bool:
    """ "The call on Tuesday is off"."""
    after = [token.word for token in tokens[expression.end : min(expression.end + 2, here.clause.end)]]
    return after == ["is", "off"] and any(act.kind == CALL for act in here.acts)


def _names_day(expression: Expression, tokens: Sequence[Token]) -> bool:
    """ "Friday's Lincoln's birthday", "the 15th is their stocktake": the day is what is talked about."""
    last = tokens[expression.end - 1]
    following = tokens[expression.end].word if expression.end < len(tokens) else ""
    return last.word.endswith("'s") or following in {"is", "was", "isn't", "are"}


def _relation(tokens: Sequence[Token], expression: Expression, clause: Clause) -> str:
    before = [token.word for token in tokens[max(clause.start, expression.start - 3) : expression.start]]
    before = [word for word in before if word not in {"on", "the", "about", "around", "at"}]
    if before[-1:] in (["not"], ["never"]) or before[-2:] in (["instead", "of"], ["rather", "than"]):
        return "not"
    if expression.clock and expression.clock.start == expression.start:
        return ""
    links = {"before", "by", "after", "until", "till", "til", "since", "from"}
    return before[-1] if before and before[-1] in links else ""


def _act_of(here: Told, expression: Expression, tokens: Sequence[Token]) -> Act | None:
    """The act that the date belongs to: the last one before it, else the first after it."""
    before = [act for act in here.acts if act.at < expression.start]
    if not before:
        after = [act for act in here.acts if act.at >= expression.end]
        calls = [act for act in after if act.kind in {CALL, WEAK}] if len(here.dates) == 1 else []
        return next(iter(calls or after), None)
    last = before[-1]
    calls = [act for act in before if act.kind in {CALL, WEAK}]
    if last.kind == "other" and calls and expression is here.dates[0]:
        # "Call him about the contract on Thursday": the day is the call's, unless the contract "ends" then.
        between = {token.word for token in tokens[calls[-1].at : expression.start]}
        if between & _TOPIC and not between & _HAPPENS:
            return calls[-1]
    return last


_TOPIC = frozenset("about regarding re discuss over confirm for with on back away see review through".split())
_HAPPENS = frozenset("ends expires ending expiring due starts until arrives".split())


def _by_act(mention: Mention, act: Act, here: Told) -> None:
    conditional = here.clause.role == "condition"
    if act.kind == "other" and (act.past or here.past):
        mention.stand(PAST, "it tells what happened")
    elif act.past or (here.past and act.noun and not here.settles and ("with", "a") not in pairwise(here.words)):
        mention.stand(PAST, "that talk is over")
    elif act.noun and _just_now(mention, here):
        mention.stand(PAST, "it is the talk just held")
    elif conditional:
        mention.stand(CONDITION, "it is a condition")
    elif act.kind == "other":
        mention.stand(EVENT, "others talk with each other" if act.theirs else "it dates something else")
        mention.theirs = act.theirs
    elif act.negated:
        mention.stand(DECLINED, "there will be no call then")
    elif mention.relation in {"until", "till", "til"}:
        mention.stand(EVENT, "it says how long something lasts")
    else:
        why = "a talk is set for it" if act.kind == CALL else "a meeting or follow-up is set for it"
        mention.stand(CALL if act.kind == CALL else WEAK, why)
        mention.direct = True


def _just_now(mention: Mention, here: Told) -> bool:
    """ "Just a courtesy call today": no hour and nothing ahead in it."""
    day = mention.expression.day
    today = day is not None and (day.meaning, day.which) == ("near", "0")
    ahead = here.says(_SETTLED) or any(word.endswith("'ll") or word in {"will", "later"} for word in here.words)
    return today and mention.expression.clock is None and not ahead


def _refused(here: Told, expression: Expression, tokens: Sequence[Token]) -> bool:
    after = {token.word for token in tokens[expression.end : min(expression.end + 5, here.clause.end)]} - {"out"}
    before = {token.word for token in tokens[max(here.clause.start, expression.start - 4) : expression.start]}
    until = before & {"until", "till", "til", "before"} and before & {"no", "not", "nothing", "good"}
    return bool(until or (after & _REFUSED) or (before & (_REFUSED - {"no", "out"})))
