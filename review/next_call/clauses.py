"""Cut a memo into sentences and clauses, so that a date can be tied to the verb it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from review.next_call.expressions import Expression
from review.next_call.tokens import Token

CONDITION = frozenset("if unless assuming provided suppose should lest".split())
TEMPORAL = frozenset("when once after before until till til whenever while".split())
REASON = frozenset("because since as although though whereas cause cos".split())
RELATIVE = frozenset("which who whose where".split())
_INNER_MARKS = "'-/&#*+"
_LINKS = frozenset("and but so then or otherwise yet plus however else".split())
_OPENERS = CONDITION | TEMPORAL | REASON | RELATIVE | _LINKS

_BEFORE_OPENER = frozenset("even only".split())

SUBJECTS = frozenset("i we you he she they it".split())
# After these "if" asks a question and sets no condition.
_ASKING = frozenset("asked ask asks asking wondered wonders wondering see know check checking hear sure".split())
# "She'd be obliged if I'd phone", "he'd appreciate it if we spoke": a wish, politely put, and no condition.
_WISHING = frozenset(
    "obliged grateful thankful appreciate appreciated glad happy delighted pleased better best".split()
)
# Nobody speaks a longer clause; text without any mark would take long to read.
_LONGEST = 80
_LONGEST_SENTENCE = 400
_FUTURE_SUBJECTS = frozenset(
    "i'll we'll he'll she'll they'll it'll you'll i'd we'd let's i'm we're he's she's they're i've we've".split()
)
_TALKS = frozenset("talk speak call ring phone zoom chat".split())
_AUXILIARIES = frozenset("will shall can could would should need want wants must might may promised".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` to `end` of one sentence; `opener` is the word that ties it to the rest.

    `role` is main, condition ("if he signs"), temporal ("when she's back"), reason or relative.
    """

    index: int
    start: int
    end: int
    sentence: int
    opener: str
    role: str


def split_clauses(tokens: Sequence[Token], expressions: Sequence[Expression]) -> list[Clause]:
    inside = {i for e in expressions for i in range(e.start + 1, e.end)}
    starts = {e.start for e in expressions}
    clauses: list[Clause] = []
    start, sentence, opened = 0, 0, 0
    for at in range(len(tokens)):
        if at in inside:
            continue
        stop = _ends_sentence(tokens, at)
        long = at - start >= _LONGEST
        if not (stop or long or (at > start and _opens_clause(tokens, at, start, starts))):
            continue
        if at > start:
            clauses.append(_clause(tokens, start, at, sentence, clauses))
        start = at
        if stop or at - opened >= _LONGEST_SENTENCE:
            sentence += 1
            start = opened = at + (tokens[at].kind == "STOP")
    if len(tokens) > start:
        clauses.append(_clause(tokens, start, len(tokens), sentence, clauses))
    return clauses


def _ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """A full stop, or a time such as "2 p.m." followed by a new sentence."""
    if tokens[at].kind == "STOP":
        return True
    before = tokens[at - 1] if at else None
    if before is None or before.kind != "AMPM" or not before.text.endswith("."):
        return False
    return tokens[at].text[:1].isupper() and tokens[at].kind == "WORD"


def _opens_clause(tokens: Sequence[Token], at: int, start: int, starts: set[int]) -> bool:
    token, before = tokens[at], tokens[at - 1]
    if token.kind == "COMMA":
        return token.text not in _INNER_MARKS
    if before.kind == "COMMA" and before.text not in _INNER_MARKS and at - 1 == start:
        # The mark has opened the clause already.
        return False
    if token.word in _OPENERS:
        return at not in starts and _opener_opens(tokens, at, starts)
    return _new_subject(tokens, at, start)


def _opener_opens(tokens: Sequence[Token], at: int, starts: set[int]) -> bool:
    word, before = tokens[at].word, tokens[at - 1].word
    following = tokens[at + 1].kind if at + 1 < len(tokens) else "STOP"
    match word:
        case "before" | "after" | "until" | "till" | "til" | "since":
            return not _leads_to_date(at, starts)
        case "as":
            return before != "soon" and not _leads_to_date(at, starts) and _as_opens(tokens, at)
        case "then":
            return following not in {"STOP", "COMMA"} and before != "and"
        case "so":
            return before not in {"or", "and", "do", "think", "hope"}
        case "should":
            return False
        case "if" if before in _ASKING or _wishes(tokens, at):
            return False
        case "when" | "where" if before in {"is", "was"} or before.endswith("'s"):
            # "Tuesday is when I call": the day is what the sentence is about.
            return False
        case _:
            return before not in {"and", "but", "or", "so", "then", "even", "only"} and (before, word) != ("me", "and")


def _wishes(tokens: Sequence[Token], at: int) -> bool:
    """ "She'd be obliged if I'd ring": we act, and nothing depends on it."""
    before = {token.word for token in tokens[max(0, at - 2) : at]}
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return not before.isdisjoint(_WISHING) and following in {"i", "i'd", "we", "we'd", "you", "you'd"}


def _leads_to_date(at: int, starts: set[int]) -> bool:
    return any(step in starts for step in (at + 1, at + 2))


def _as_opens(tokens: Sequence[Token], at: int) -> bool:
    """ "As soon as she is back", "as he is away"; not "as well", "as a rule"."""
    words = [token.word for token in tokens[at + 1 : at + 3]]
    return words[:2] == ["soon", "as"] or (bool(words) and (words[0] in SUBJECTS or "'" in words[0]))


def _new_subject(tokens: Sequence[Token], at: int, start: int) -> bool:
    """ "If I don't hear by Friday | I'll ring Monday", "if not | I'm ringing Monday": a new subject with its verb, no
    comma between."""
    word = tokens[at].word
    if at - start == 2 and tokens[start].word == "if" and tokens[start + 1].word in {"not", "so", "yes", "no"}:
        return word in SUBJECTS | _FUTURE_SUBJECTS
    if word not in _FUTURE_SUBJECTS:
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        held = word == "we" and following == "have" and at + 2 < len(tokens) and tokens[at + 2].word in {"our", "it"}
        if word not in SUBJECTS or not (held or following in _AUXILIARIES | _TALKS):
            return False
    return at - start >= 3 and tokens[at - 1].word not in _OPENERS | {"that", "said"}


def _clause(tokens: Sequence[Token], start: int, end: int, sentence: int, before: list[Clause]) -> Clause:
    words = [token.word for token in tokens[start:end] if token.kind != "COMMA"]
    opener = _opener(words)
    role = _role(opener)
    last = before[-1] if before else None
    joined = words[:1] in (["and"], ["or"])
    new_subject = not (SUBJECTS | _FUTURE_SUBJECTS).isdisjoint(words[1:2])
    if joined and not opener and not new_subject and last and last.sentence == sentence and last.role != "main":
        # "If he signs and pays …": still the condition, unless somebody new acts.
        opener, role = last.opener, last.role
    link = opener or (words[0] if words and words[0] in _LINKS else "")
    return Clause(len(before), start, end, sentence, link, role)


def _opener(words: Sequence[str]) -> str:
    """The word that makes more than a main clause of it: "when", also in "and only when"; empty where there is none."""
    if words[:2] == ["in", "case"] or words[:1] == ["lest"]:
        return "if"
    if words[:2] == ["as", "soon"]:
        return "when"
    if words[1:2] == ["that"] and words[0] in {"after", "before"}:
        # "After that we've a Zoom on Friday."
        return ""
    head = list(takewhile((_OPENERS | _BEFORE_OPENER).__contains__, words[:4]))
    return next((word for word in reversed(head) if word in CONDITION | TEMPORAL | REASON | RELATIVE), "")


def _role(opener: str) -> str:
    if opener in CONDITION:
        return "condition"
    if opener in TEMPORAL:
        return "temporal"
    if opener in REASON:
        return "reason"
    return "relative" if opener in RELATIVE else "main"
