"""Tie every date of a memo to the act it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review.next_call.acts import Act
from review.next_call.clauses import Clause
from review.next_call.expressions import Expression
from review.next_call.guards import word_at
from review.next_call.tokens import Token
from review.next_call.told import CALL, WEAK, Told

# How a mention stands to a call: a talk is set for it; a meeting or follow-up is; it was agreed on, though no
# talk is named; it dates something else; it is a condition; it was turned down; it is over.
LOOSE = "loose"
EVENT = "event"
CONDITION = "condition"
DECLINED = "declined"
PAST = "past"
AGREED = frozenset({CALL, WEAK, LOOSE})

_REFUSED = frozenset("doesn't won't can't cannot isn't wasn't no not out impossible wouldn't couldn't".split())
_REPORTED = frozenset("said told mentioned thought reckoned".split())
_BY_PHONE = 2
_OBJECT = 2
REACH = 60


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

    @property
    def merely_today(self) -> bool:
        """ "Today", "this morning", without an hour: more often told of than agreed on."""
        day = self.expression.day
        return day is not None and (day.meaning, day.which) == ("near", "0") and self.expression.clock is None

    def stand(self, standing: str, why: str) -> None:
        self.standing, self.why = standing, why


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
    elif here.moves and word_at(tokens, expression.start - 1) in {"to", "till", "until", "for"}:
        # "He e-mailed to push it back to Thursday": what is moved stands elsewhere.
        mention.stand("", "")
    elif act is not None:
        _by_act(mention, act, here, reported=here.says(_REPORTED) and tokens[act.at].word.endswith("s"))
    elif here.clause.role == "condition":
        mention.stand(CONDITION, "it is a condition")
    elif here.past and not here.settles:
        mention.stand(PAST, "it tells what happened")
    elif _refused(here, expression, tokens):
        mention.stand(DECLINED, "that day was turned down")
    elif not here.accepts and _names_day(expression, tokens):
        mention.stand(EVENT, "it says what that day is")
        mention.promotable = False
    elif not here.accepts and (here.clause.role != "main" or here.dates_event):
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
    if before[-1:] in (["not"], ["never"], ["forget"], ["isn't"], ["wasn't"]) or before[-2:] in (
        ["instead", "of"],
        ["rather", "than"],
    ):
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
    beyond = [act for act in here.acts if expression.end <= act.at <= expression.end + _BY_PHONE]
    if last.kind == "other" and any(act.kind == CALL and act.noun for act in beyond):
        # "I'll finish up tomorrow by phone."
        return beyond[0]
    calls = [act for act in before if act.kind in {CALL, WEAK}]
    if last.kind == "other" and calls and last.at - calls[-1].at == _OBJECT and tokens[last.at - 1].word == "the":
        # "I'm ringing the surgery a week tomorrow."
        return calls[-1]
    if last.kind == "other" and calls and expression is here.dates[0]:
        # "Call him about the contract on Thursday": the day is the call's, unless the contract "ends" then.
        between = {token.word for token in tokens[calls[-1].at : expression.start]}
        if between & _TOPIC and not between & _HAPPENS:
            return calls[-1]
    return last


_TOPIC = frozenset("about regarding re discuss over confirm for with on back away see review through".split())
_HAPPENS = frozenset("ends expires ending expiring due starts until arrives".split())


def _by_act(mention: Mention, act: Act, here: Told, *, reported: bool) -> None:
    """`reported`: "he said it ends on the 30th", which is still to come."""
    conditional = here.clause.role == "condition"
    if act.kind == "other" and (act.past or (here.past and not reported)):
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
    ahead = (here.settles and not here.past) or any(
        word.endswith("'ll") or word in {"will", "later"} for word in here.words
    )
    return mention.merely_today and not ahead


def _refused(here: Told, expression: Expression, tokens: Sequence[Token]) -> bool:
    after = {token.word for token in tokens[expression.end : min(expression.end + 5, here.clause.end)]} - {"out"}
    before = {token.word for token in tokens[max(here.clause.start, expression.start - 4) : expression.start]}
    until = before & {"until", "till", "til", "before"} and before & {"no", "not", "nothing", "good"}
    return bool(until or (after & _REFUSED) or (before & (_REFUSED - {"no", "out"})))
