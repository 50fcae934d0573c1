"""Find what is done in a clause: a talk with the account, or something else; when, by whom, and whether at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review.next_call import verbs as w
from review.next_call.clauses import Clause
from review.next_call.idioms import WORDS as IDIOM_WORDS
from review.next_call.idioms import talk_by_another_name
from review.next_call.people import other_party, third_person
from review.next_call.tenses import is_past_call, past_before
from review.next_call.tokens import Token
from review.next_call.words import BRING, CALL_OFF

_SHIFTED = BRING | {"moved", "put"}
_CALLS_REACH = 40
_WITH_ME = frozenset({("me", "and"), ("and", "me"), ("and", "i"), ("i", "and")})


@dataclass(frozen=True, slots=True)
class Act:
    """One act at token `at`. `kind` is call, weak (a meeting, a follow-up) or other; `past` and `negated` say
    that it is over or will not be; `theirs` is a talk between others."""

    at: int
    kind: str
    past: bool = False
    negated: bool = False
    noun: bool = False
    theirs: bool = False


def find_acts(clause: Clause, tokens: Sequence[Token], dates: frozenset[int] = frozenset()) -> list[Act]:
    """Acts in the order said; an unclear one is left out. `dates` are the tokens that name days and times."""
    acts: list[Act] = []
    for at in range(clause.start, clause.end):
        act = _act_at(tokens, at, clause, dates) if at not in dates else None
        if act:
            acts.append(act)
    return acts


def _act_at(tokens: Sequence[Token], at: int, clause: Clause, dates: frozenset[int]) -> Act | None:
    before = [token.word for token in tokens[clause.start : at]]
    return _talk_at(tokens, at, clause, before, dates) or _other_at(tokens, at, clause, before)


def _talk_at(tokens: Sequence[Token], at: int, clause: Clause, before: list[str], dates: frozenset[int]) -> Act | None:
    word, suffix = tokens[at].word.removesuffix("'s"), tokens[at].word.endswith("'s")
    following = "is" if suffix else tokens[at + 1].word if at + 1 < clause.end else ""
    if word in w.PHRASAL:
        tense, particle = w.PHRASAL[word]
        span = [token.word for token in tokens[at + 1 : min(at + 4, clause.end)]]
        if particle in span:
            return _call(tokens, at, at + 1 + span.index(particle), tense, clause, before, dates)
    video = word == "meet" and before[-1:] == ["google"]
    if video or (word in w.TELEPHONES | {"video"} and following in w.CONFERENCES):
        return Act(at, "call", past=past_before(before), negated=_is_negated(before, ()), noun=True)
    if word in w.CALL and following not in w.NOT_A_CALL_AFTER and not _their_phones(word, before):
        return _call(tokens, at, at, w.CALL[word], clause, before, dates)
    if word in w.TELEPHONES and _on_the_phone(before):
        past = bool(w.WAS_ON & set(before)) and not {"will", "want", "i'll", "we'll"} & set(before)
        third = third_person(tokens, clause.start, at)
        # "They'll both be on the line": with us.
        theirs = "be" not in before and _between_others("talk", before, third)
        if theirs or other_party(tokens[at + 1 : clause.end], dates, at + 1, third, noun=True):
            return Act(at, "other", theirs=True)
        return Act(at, "call", past=past, negated=_is_negated(before, ()), noun=True)
    if (word, following) in w.ONE_OF_THEM and _among_calls(tokens, at):
        return Act(at, "call", past=past_before(before), negated=_is_negated(before, ()), noun=True)
    if word in w.GIVEN and before[-1:] not in (["the"], ["and"]):
        return _call(tokens, at, at, "base", clause, before, dates)
    named = _idiom(tokens, at, clause, before)
    if not named:
        return None
    return Act(at, named, past_before(before), _is_negated(before, ()), theirs=named == "other")


def _among_calls(tokens: Sequence[Token], at: int) -> bool:
    """ "Two calls in the diary. A short one with Priya on Friday, then a longer one with the boss."."""
    near = [token.word for token in tokens[max(0, at - _CALLS_REACH) : at]]
    return any(several in w.SEVERAL and named == "calls" for several, named in pairwise(near))


def _other_at(tokens: Sequence[Token], at: int, clause: Clause, before: list[str]) -> Act | None:
    word = tokens[at].word.removesuffix("'s")
    if word in w.CONFERENCES and before[-1:] and before[-1] in w.TELEPHONES | {"video"}:
        return None
    if word in w.WEAK:
        return _weak(tokens, at, clause, before)
    if word in w.STATES:
        being = bool(before) and (before[-1] in w.BEING or before[-1].endswith(("'s", "'re", "'m")))
        return Act(at, "other", past=past_before(before)) if being else None
    # "Okafor Scaffolding" is a name.
    named = tokens[at].text[:1].isupper() and tokens[at - 1].text[:1].isupper() and at > clause.start
    doing = word.endswith("ing") and len(word) > 5 and word not in w.NOT_DOING and not named
    talk = word in w.CALL or word in w.PHRASAL
    if word == "end" and before[-2:] == ["in", "the"]:
        return None
    if word == "forward" and not _SHIFTED.isdisjoint(before[-2:]):
        return None
    return Act(at, "other", past=past_before(before)) if word in w.OTHER or (doing and not talk) else None


def _their_phones(word: str, before: list[str]) -> bool:
    """ "Their phones go live": things, no talk."""
    return word == "phones" and before[-1:] != [] and before[-1] in w.POSSESSIVE


def _idiom(tokens: Sequence[Token], at: int, clause: Clause, before: list[str]) -> str:
    if tokens[at].word not in IDIOM_WORDS:
        return ""
    after = [token.word for token in tokens[at + 1 : min(at + 7, clause.end)]]
    third = third_person(tokens, clause.start, at)
    return talk_by_another_name(tokens[at].word, before, after, third)


def _on_the_phone(before: list[str]) -> bool:
    """ "By phone", "on the phone", "on her mobile", "on the other end of the line"."""
    owned = before[-1:] != [] and before[-1] in {"the", "his", "her", "their"}
    return before[-1:] == ["by"] or (owned and bool({"on", "over"} & set(before[-6:])))


def _call(
    tokens: Sequence[Token],
    at: int,
    last: int,
    tense: str,
    clause: Clause,
    before: list[str],
    dates: frozenset[int],
) -> Act | None:
    noun = _is_noun(tokens[at].word, before)
    if noun and before[-1:] and before[-1] in (w.DEPARTMENTS - {"pricing"}) | {
        "board", "team", "internal", "earnings", "standup", "staff", "judgment", "judgement",
    }:  # fmt: skip
        return Act(at, "other")
    if noun and "theirs" in [token.word for token in tokens[at : clause.end]]:
        return Act(at, "other")
    if before[-2:] == ["on", "call"] or (tokens[at].word in {"call", "calls"} and before[-1:] == ["on"]):
        return None
    third = third_person(tokens, clause.start, at)
    if third and (not {"might", "may"}.isdisjoint(before[-3:]) or _drops_in(tokens, last)):
        return Act(at, "other")
    if _rings_a_bell(tokens, at):
        return None
    if noun and _own_routine(before):
        return Act(at, "other")
    if _ours_call(before):
        return Act(at, "other", theirs=True)
    if _between_others(tokens[at].word, before, third) or (noun and _gives_another(tokens, clause, at)):
        return Act(at, "other", theirs=True)
    if other_party(tokens[last + 1 : clause.end], dates, last + 1, third, noun):
        return Act(at, "other", theirs=True)
    negated = _is_negated(before, tokens[at + 1 : at + 3])
    past = is_past_call(tense, before, noun, [t.word for t in tokens[last + 1 : clause.end]])
    return Act(at, "call", past=past, negated=negated, noun=noun)


def _between_others(word: str, before: list[str], third: bool) -> bool:
    """ "Sam and Jane are talking", "they'll speak": with each other; not "they can talk"."""
    talks = word in {"talk", "speak", "talking", "speaking", "chatting"} or (word == "chat" and "having" in before)
    if not third or not talks or not _WITH_ME.isdisjoint(pairwise(before)):
        return False
    several = {"they're", "they'll"} & set(before) or (
        {"they", "and", "them"} & set(before) and {"are", "will", "would"} & set(before)
    )
    return bool(several) and w.WILLING.isdisjoint(before)


def _gives_another(tokens: Sequence[Token], clause: Clause, at: int) -> bool:
    """ "Lucy is giving the bank a call"; not "I'll give him a call"."""
    given = next((i for i in range(clause.start, at) if tokens[i].word in {"give", "giving", "gives"}), None)
    if given is None or tokens[given + 1].word in {"me", "us", "you"}:
        return False
    return third_person(tokens, clause.start, given)


def _ours_call(before: list[str]) -> bool:
    """ "My boss is calling me", "Jess in our support team will ring": a talk on our side."""
    for at, word in enumerate(before[:-1]):
        if word == "my" and before[at + 1] in w.COLLEAGUES:
            return True
        if word == "our" and before[at - 1 : at] in (["in"], ["from"]) and w.OUR_SIDE & set(before[at + 1 : at + 4]):
            return True
    return False


def _own_routine(before: list[str]) -> bool:
    """ "Their weekly call": a talk among themselves."""
    return before[-1] in w.ROUTINE and not {"our", "we", "we've", "my"} & set(before)


def _drops_in(tokens: Sequence[Token], last: int) -> bool:
    """ "The surveyor is calling round", "the driver will call ahead": no talk that is set."""
    return last + 1 < len(tokens) and tokens[last + 1].word in {"ahead", "round", "around"}


def _rings_a_bell(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].word.startswith("r") and [token.word for token in tokens[at + 1 : at + 3]] == ["a", "bell"]


def _is_noun(word: str, before: list[str]) -> bool:
    if word not in w.CALL_NOUNS or not before:
        return False
    if before[-1].endswith("'s") and before[-1] not in w.THIRD | w.IMPERSONAL:
        # "Returned Steve's call".
        return True
    if tuple(before[-2:]) in w.TWO_WORD_TALKS:
        return True
    described = {"a", "an", "another", "our", "my", "next"} & set(before[-3:-1])
    return before[-1] in w.NOUN_MARKS or (bool(described) and before[-1] not in w.BEFORE_VERB)


def _is_negated(before: list[str], after: Sequence[Token]) -> bool:
    near = before[-5:]
    if not CALL_OFF.isdisjoint(near[-3:]):
        return True
    if "not" in near and near[near.index("not") :][1:2] == ["only"]:
        return False
    negative = any(word in w.NEGATIONS or word.endswith("n't") for word in near)
    if negative and {"forget", "forgetting", "hesitate", "wait"} & set(near):
        # "Don't forget to call" is a promise.
        return False
    if near[-2:] == ["instead", "of"] or near[-2:] == ["rather", "than"]:
        return True
    return negative


def _weak(tokens: Sequence[Token], at: int, clause: Clause, before: list[str]) -> Act | None:
    word = tokens[at].word
    words = [token.word for token in tokens[at + 1 : clause.end]]
    if word == "follow":
        if words[:1] != ["up"]:
            return None
        word, words = "follow-up", words[1:]
    if word in {"try", "trying"}:
        again = set(words[:3]) & {"him", "her", "them", "again", "back"}
        return Act(at, "call", negated=_is_negated(before, ())) if again and words[:1] != ["to"] else None
    if word in {"chase", "chasing", "reach"} and not set(words[:3]) & {"him", "her", "them", "out", "up"}:
        return None
    if set(words[:6]) & {"email", "e-mail", "mail", "text", "letter", "writing", "message"}:
        return Act(at, "other")
    subject = third_person(tokens, clause.start, at)
    if word in {"meeting", "visit", "conversation", "discussion", "appointment", "meet"}:
        return _meeting(at, before, words, subject)
    return Act(at, "weak", past=past_before(before), negated=_is_negated(before, ()))


def _meeting(at: int, before: list[str], after: list[str], third: bool) -> Act:
    """Theirs is not ours: "their board meeting", "she's meeting the owners"."""
    ours = bool(set(before) & {"our", "we", "we're", "we'll", "us", "let's", "me", "i'm", "i'll", "i", "my"}) or bool(
        {"him", "her", "them", "us", "me"} & set(after[:2])
    )
    theirs = third or before[-1:] in (["board"], ["team"], ["committee"], ["management"], ["sales"], ["staff"])
    kind = "weak" if ours and not theirs else "other"
    return Act(
        at, kind, past=past_before(before) or bool(set(before) & {"had", "last"}), negated=_is_negated(before, ())
    )
