"""What is so of a date in its own clause."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.acts import Act
from review.next_call.around import word_at
from review.next_call.clauses import Clause
from review.next_call.expressions import Expression
from review.next_call.mentions import Mention
from review.next_call.phrases import Phrases
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import CALL, WEAK
from review.next_call.words import AGREED, BOOKED, UNTIL

_REFUSED = frozenset("doesn't won't can't cannot isn't wasn't no not impossible wouldn't couldn't".split())
_REPORTED = frozenset("said told mentioned thought reckoned".split())
_TOPIC = frozenset("about regarding re discuss over confirm for with on back away see review through".split())
_HAPPENS = frozenset("ends expires ending expiring due starts arrives".split())
_LINKS = UNTIL | frozenset("before by after since from".split())
_HOW = frozenset("good great nice quick long decent brief short lovely productive".split())
_HAD = frozenset("had i'd we'd he'd she'd they'd were was".split())
_PLANNED = BOOKED | AGREED | {"supposed", "meant", "due", "planned"}
# A talk that was planned did not come about.
_FAILED = Phrases(
    "didn't-pick didn't-answer didn't-show didn't-call didn't-ring didn't-happen didn't-turn didn't-come never-picked "
    "never-answered never-showed never-called never-rang never-happened never-came no-show no-showed no-answer "
    "wasn't-there weren't-there wasn't-in wasn't-around stood-me stood-us cut-the-call cut-me hung-up missed-it "
    "missed-the-call missed-our-call forgot-about-it he-forgot she-forgot they-forgot".split()
)
# A talk that was planned came about.
_HAPPENED = Phrases(
    "and-we-did and-he-did and-she-did and-they-did which-did did-happen which-happened i-did and-he-answered "
    "and-she-answered and-they-answered he-picked-up she-picked-up they-picked-up and-he-rang and-she-rang "
    "and-he-called and-she-called and-we-spoke and-we-talked went-ahead".split()
)
_FAILED_REACH = 12
# "Any day but Wednesday", "except for Monday".
_NOT_THAT = (
    ["instead", "of"], ["rather", "than"], ["day", "but"], ["days", "but"], ["anytime", "but"], ["time", "but"],
    ["except", "for"], ["apart", "from"], ["other", "than"],
)  # fmt: skip
_BY_PHONE = 2
_OBJECT = 2


class OwnClause:
    """What is so of a date in its clause; of its act, where it has one."""

    def __init__(self, mention: Mention, here: Told, tokens: Sequence[Token]) -> None:
        self._mention, self._here, self._tokens = mention, here, tokens
        self._expression = mention.expression
        self._act = _act_of(here, mention.expression, tokens)

    @cached_property
    def has_act(self) -> bool:
        return self._act is not None

    @cached_property
    def other(self) -> bool:
        """Something else than a talk with the account."""
        return self._act is not None and self._act.kind == "other"

    @cached_property
    def theirs(self) -> bool:
        return self._act is not None and self._act.theirs

    @cached_property
    def call(self) -> bool:
        return self._act is not None and self._act.kind == CALL

    @cached_property
    def noun(self) -> bool:
        return self._act is not None and self._act.noun

    @cached_property
    def over(self) -> bool:
        return self._act is not None and self._act.past

    @cached_property
    def negated(self) -> bool:
        return self._act is not None and self._act.negated

    @cached_property
    def reported(self) -> bool:
        """ "He said it ends on the 30th", which is still to come."""
        act = self._act
        return act is not None and self._here.says(_REPORTED) and self._tokens[act.at].word.endswith("s")

    @cached_property
    def past(self) -> bool:
        return self._here.past

    @cached_property
    def settles(self) -> bool:
        return self._here.settles

    @cached_property
    def accepts(self) -> bool:
        return self._here.accepts

    @cached_property
    def dates_event(self) -> bool:
        return self._here.dates_event

    @cached_property
    def conditional(self) -> bool:
        return self._here.clause.role == "condition"

    @cached_property
    def main(self) -> bool:
        return self._here.clause.role == "main"

    @cached_property
    def with_a(self) -> bool:
        """ "Was happy with a call on Monday"."""
        return ("with", "a") in pairwise(self._here.words)

    @cached_property
    def held_today(self) -> bool:
        """ "Got to speak with Bob this morning", "good talk with him today": of today, without an hour."""
        act = self._act
        if (
            act is None
            or not self._mention.merely_today
            or any(w.endswith("'ll") or w == "will" for w in self._here.words)
        ):
            return False
        before = [token.word for token in self._tokens[self._here.clause.start : act.at]]
        got = before[-2:] == ["got", "to"] and before[:-2] in ([], ["finally"], ["i", "finally"], ["i"], ["just"])
        talk = before[-1:] != [] and before[-1] in _HOW and all(word in _HOW | {"a", "had", "very"} for word in before)
        return got or talk

    @cached_property
    def fell_through(self) -> bool:
        """ "We had agreed to talk on Monday and he didn't pick up"."""
        planned = self._here.says(_HAD) and self._here.says(_PLANNED)
        following = self._tokens[self._expression.end : self._expression.end + _FAILED_REACH]
        words = [token.word for token in self._tokens[self._here.clause.start : self._here.clause.end]]
        return planned and _FAILED.within([*words, *(token.word for token in following)])

    @cached_property
    def took_place(self) -> bool:
        """ "We'd agreed I'd ring today and I did", "I'd a call at two, which did happen"."""
        words = [token.word for token in self._tokens[self._here.clause.start : self._expression.end]]
        booked = self._here.says(_HAD) and (self._here.says(_PLANNED) or ("down" in words) or self.noun)
        following = self._tokens[self._expression.end : self._expression.end + _FAILED_REACH]
        return booked and _HAPPENED.within([token.word for token in following])

    @cached_property
    def just_now(self) -> bool:
        """ "Just a courtesy call today": no hour and nothing ahead in it."""
        ahead = (self._here.settles and not self._here.past) or any(
            word.endswith("'ll") or word in {"will", "later"} for word in self._here.words
        )
        return self._mention.merely_today and not ahead

    @cached_property
    def said_not(self) -> bool:
        return self._mention.relation == "not"

    @cached_property
    def said_since(self) -> bool:
        return self._mention.relation == "since"

    @cached_property
    def lasts(self) -> bool:
        return self._mention.relation in UNTIL

    @cached_property
    def called_off(self) -> bool:
        """ "The call on Tuesday is off"."""
        end = self._expression.end
        after = [token.word for token in self._tokens[end : min(end + 2, self._here.clause.end)]]
        return after == ["is", "off"] and any(act.kind == CALL for act in self._here.acts)

    @cached_property
    def moved_here(self) -> bool:
        """ "He e-mailed to push it back to Thursday": what is moved stands elsewhere."""
        return self._here.moves and word_at(self._tokens, self._expression.start - 1) in UNTIL | {"to", "for"}

    @cached_property
    def names_day(self) -> bool:
        """ "Friday's Lincoln's birthday", "the 15th is their stocktake": the day is what is talked about."""
        last = self._tokens[self._expression.end - 1]
        following = word_at(self._tokens, self._expression.end)
        return last.word.endswith("'s") or following in {"is", "was", "isn't", "are"}

    @cached_property
    def refused(self) -> bool:
        """ "Friday doesn't suit", "no good till Monday"."""
        start, end, clause = self._expression.start, self._expression.end, self._here.clause
        after = {token.word for token in self._tokens[end : min(end + 5, clause.end)]}
        before = {token.word for token in self._tokens[max(clause.start, start - 4) : start]}
        until = before & (UNTIL | {"before"}) and before & {"no", "not", "nothing", "good"}
        return bool(until or (after & _REFUSED) or (before & (_REFUSED - {"no"})))


def relation(tokens: Sequence[Token], expression: Expression, clause: Clause) -> str:
    if [token.word for token in tokens[max(0, expression.start - 2) : expression.start]] in _NOT_THAT:
        return "not"
    before = [token.word for token in tokens[max(clause.start, expression.start - 3) : expression.start]]
    before = [word for word in before if word not in {"on", "the", "about", "around", "at"}]
    if before[-1:] in (["not"], ["never"], ["forget"], ["isn't"], ["wasn't"], ["except"]) or before[-2:] in _NOT_THAT:
        return "not"
    if expression.clock and expression.clock.start == expression.start:
        return ""
    return before[-1] if before and before[-1] in _LINKS else ""


def _act_of(here: Told, expression: Expression, tokens: Sequence[Token]) -> Act | None:
    """The act that the date belongs to: the last one before it, else the first after it."""
    before = [act for act in here.acts if act.at < expression.start]
    if not before:
        return _first_after(here, expression)
    last = before[-1]
    if last.kind != "other":
        return last
    calls = [act for act in before if act.kind in {CALL, WEAK}]
    about = calls[-1] if calls and _is_about(calls[-1], last, here, expression, tokens) else None
    return _by_phone(here, expression) or about or last


def _first_after(here: Told, expression: Expression) -> Act | None:
    after = [act for act in here.acts if act.at >= expression.end]
    calls = [act for act in after if act.kind in {CALL, WEAK}] if len(here.dates) == 1 else []
    return next(iter(calls or after), None)


def _by_phone(here: Told, expression: Expression) -> Act | None:
    """ "I'll finish up tomorrow by phone."."""
    beyond = [act for act in here.acts if expression.end <= act.at <= expression.end + _BY_PHONE]
    return beyond[0] if any(act.kind == CALL and act.noun for act in beyond) else None


def _is_about(call: Act, last: Act, here: Told, expression: Expression, tokens: Sequence[Token]) -> bool:
    """ "I'm ringing the surgery a week tomorrow." "Call him about the contract on Thursday", unless it "ends" then."""
    if last.at - call.at == _OBJECT and tokens[last.at - 1].word == "the":
        return True
    between = {token.word for token in tokens[call.at : expression.start]}
    return expression is here.dates[0] and bool(between & _TOPIC) and not between & _HAPPENS
