"""What is so of one verb of a clause, each asked once: who acts, whether it is over, whether it will not be."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call import verbs as w
from review.next_call.clauses import Clause
from review.next_call.people import third_person
from review.next_call.tenses import past_before
from review.next_call.tokens import Token
from review.next_call.words import CALL_OFF, CALLED_OFF, NEGATIONS

# "He just cancelled the 8 a.m. call".
_MEETINGS = frozenset("meeting appointment visit conversation".split())
_TAKEN_BACK = frozenset("rescinded withdrawn withdrew retracted".split())
# "A yes or a no by phone".
_AN_ANSWER = frozenset({("a", "no"), ("or", "no")})
_GIVEN_UP = CALL_OFF | CALLED_OFF


class Verb:
    """Token `at` of a clause as what is done there, and what is so of it: who acts, whether it is over, whether not.

    `dates` are the tokens that name days and times.
    """

    def __init__(self, tokens: Sequence[Token], at: int, clause: Clause, dates: frozenset[int]) -> None:
        self.tokens, self.at, self.clause, self.dates = tokens, at, clause, dates
        self.word = tokens[at].word.removesuffix("'s")

    @cached_property
    def before(self) -> list[str]:
        """The words of the clause ahead of it."""
        return [token.word for token in self.tokens[self.clause.start : self.at]]

    @cached_property
    def last(self) -> str:
        """The word just ahead of it; empty where it opens the clause."""
        return self.before[-1] if self.before else ""

    @cached_property
    def after(self) -> list[str]:
        """The words of the clause behind it."""
        return [token.word for token in self.tokens[self.at + 1 : self.clause.end]]

    @cached_property
    def following(self) -> str:
        if self.tokens[self.at].word.endswith("'s"):
            return "is"
        return self.after[0] if self.after else ""

    @cached_property
    def third(self) -> bool:
        """Somebody else than the rep acts."""
        return third_person(self.tokens, self.clause.start, self.at)

    @cached_property
    def noun(self) -> bool:
        return _is_noun(self.tokens[self.at].word, self.before, self.following)

    @cached_property
    def negated(self) -> bool:
        if not _TAKEN_BACK.isdisjoint(self.before):
            return True
        return _is_negated(self.before) or (
            (self.noun or self.word in _MEETINGS) and not _GIVEN_UP.isdisjoint(self.before[-8:])
        )

    @cached_property
    def over(self) -> bool:
        return past_before(self.before)


def _is_noun(word: str, before: list[str], following: str) -> bool:
    if word not in w.CALL_NOUNS:
        return False
    if not before:
        return following == "with"
    if before[-1] in {"from", "after", "am", "pm", "o'clock"}:
        # "Notes from call today", "the 8 a.m. call".
        return True
    if before[-1].endswith("'s") and before[-1] not in w.THIRD | w.IMPERSONAL:
        # "Returned Steve's call".
        return True
    if tuple(before[-2:]) in w.TWO_WORD_TALKS:
        return True
    described = {"a", "an", "another", "our", "my", "next"} & set(before[-3:-1])
    return before[-1] in w.NOUN_MARKS or (bool(described) and before[-1] not in w.BEFORE_VERB)


def _is_negated(before: list[str]) -> bool:
    near = [word for last, word in pairwise(["", *before[-5:]]) if (last, word) not in _AN_ANSWER]
    if not CALL_OFF.isdisjoint(near[-3:]):
        return True
    if "not" in near and near[near.index("not") :][1:2] == ["only"]:
        return False
    negative = any(word in NEGATIONS or word == "doubt" or word.endswith("n't") for word in near)
    if negative and {"forget", "forgetting", "hesitate", "wait"} & set(near):
        # "Don't forget to call" is a promise.
        return False
    if near[-2:] == ["instead", "of"] or near[-2:] == ["rather", "than"]:
        return True
    return negative
