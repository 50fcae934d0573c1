"""What is so of a date and of the one before it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from review.next_call.dated import Dated
from review.next_call.mentions import Mention
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import AGREED, EVENT
from review.next_call.words import AT_FIRST, REPLACING, SPOKEN_OF

# Said between two days nearby, these tell that the first did not suit.
_AGAINST = frozenset(
    "no not can't cannot couldn't won't doesn't isn't gone taken oh hm hmm off closed clash clashes holiday "
    "busy better".split()
)
_PROPOSED = frozenset(
    "wanted asked suggested offered supposed down proposed meant said had thought told love like hoped".split()
)
_SPOKEN = SPOKEN_OF | {"offer", "suggest", "asks", "says", "wanted"}
_ANSWERS = frozenset("said says suggested offered countered came prefers prefer".split())
_SAID = frozenset({"said"})
_BRANCHES = frozenset("if or otherwise unless either also again".split())
_NEAR = 18
_FRAGMENT_REACH = 12
_NEAR_WORDS = 40
_JUST_BEFORE = 4
_FARTHEST = 4 * _NEAR_WORDS
_BRANCH_CLAUSES = 4


class Pair:
    """What is so of a date and of the one before it."""

    def __init__(
        self, last: Dated, here: Dated, told: Sequence[Told], tokens: Sequence[Token], *, contested: bool
    ) -> None:
        self._last, self._mention, self._told, self._tokens = last.mention, here.mention, told, tokens
        self._contested, self._day = contested, here.outcome.day
        self._words = between(last, here, tokens)
        following = tokens[here.mention.expression.end : here.mention.expression.end + 4]
        self._next = [token.word for token in following[:2]]
        self._after = [token.word for token in following if token.kind != "COMMA"]
        self._following = following

    @cached_property
    def _here(self) -> Told:
        return self._told[self._mention.clause.index]

    @cached_property
    def agreed(self) -> bool:
        return self._mention.standing in AGREED

    @cached_property
    def event(self) -> bool:
        return self._mention.standing == EVENT

    @cached_property
    def final(self) -> bool:
        return self._mention.final

    @cached_property
    def distant(self) -> bool:
        """Too far off for a date that no talk is named with; a word that corrects, just before it, reaches further."""
        reaches = self._contested or REPLACING.within(self._words[-_JUST_BEFORE:]) or self._here.settles
        return len(self._words) > (_NEAR_WORDS if reaches else _FRAGMENT_REACH)

    @cached_property
    def vague(self) -> bool:
        """ "In August": no day."""
        return self._mention.expression.day is not None and self._day is None

    @cached_property
    def close(self) -> bool:
        return len(self._words) <= _NEAR_WORDS

    @cached_property
    def moves_another(self) -> bool:
        return self._here.moves_another

    @cached_property
    def of_event(self) -> bool:
        """ "They have a wedding on the 26th": it dates something of theirs."""
        return self._here.dates_event and self._here.has_subject and self._here.call is None and not self._here.moves

    @cached_property
    def other_branch(self) -> bool:
        return other_branch(self._last, self._mention, self._words, self._told)

    @cached_property
    def marked(self) -> bool:
        return REPLACING.within(self._words)

    @cached_property
    def instead_follows(self) -> bool:
        return "instead" in self._after

    @cached_property
    def no_before(self) -> bool:
        """ "Tuesday, no, Wednesday"."""
        return self._words[-1:] in (["no"], ["definitely"])

    @cached_property
    def fragment(self) -> bool:
        """A time of the day alone."""
        return self._mention.expression.day is None and self._here.content == 0

    @cached_property
    def no_between(self) -> bool:
        """ "At twelve, no, he eats at twelve, half twelve."."""
        return "no" in self._words and self._last.clause.sentence == self._mention.clause.sentence

    @cached_property
    def confirmed_after(self) -> bool:
        """ "Wednesday, I mean", "Wednesday it is", "Wednesday really", "Wednesday in the end"."""
        said = self._after[:2] == ["i", "mean"] or self._next == ["it", "is"] or self._after[:3] == ["in", "the", "end"]
        return said or self._after[:1] in (["really"], ["better"], ["sorry"], ["now"])

    @cached_property
    def its_after_said(self) -> bool:
        """ "He said Tuesday, it's Wednesday"."""
        return self._words == ["it's"] and self._told[self._last.clause.index].says(_SAID)

    @cached_property
    def just_so(self) -> bool:
        """ "Tuesday, well, Wednesday"; "Tuesday, rather, Wednesday"."""
        return self._words in (["well"], ["rather"])

    @cached_property
    def same_time_follows(self) -> bool:
        """ "Tuesday, same time", not "his the Thursday after, same time", which is another talk."""
        day = self._mention.expression.day
        named = day is not None and not day.counted
        return self._after[:2] in (["same", "time"], ["same", "hour"]) and named

    @cached_property
    def then_ends(self) -> bool:
        """ "Wednesday then."."""
        said = self._tokens[self._mention.expression.start : self._mention.expression.end]
        if any(token.word == "then" for token in said):
            return True
        return self._after[:1] == ["then"] and len(self._following) > 1 and self._following[1].kind in {"STOP", "COMMA"}

    @cached_property
    def shifted(self) -> bool:
        """ "Our Friday call slides a week"."""
        day = self._mention.expression.day
        return day is not None and day.meaning == "shift"

    @cached_property
    def answered(self) -> bool:
        """ "I said Thursday and she said Friday": said by another."""
        asked, said = self._told[self._last.clause.index], self._here
        return (
            asked.says(_SPOKEN) and said.says(_ANSWERS) and said.content <= 3
            and bool(asked.speaker and said.speaker) and asked.speaker != said.speaker
        )  # fmt: skip

    @cached_property
    def from_to(self) -> bool:
        return self._last.relation == "from" and self._words == ["to"]

    @cached_property
    def moved_to(self) -> bool:
        return self._here.moves and self._tokens[self._mention.expression.start - 1].word == "to"

    @cached_property
    def dated(self) -> bool:
        return self._mention.expression.day is not None

    @cached_property
    def branching(self) -> bool:
        return not _BRANCHES.isdisjoint(self._words)

    @cached_property
    def contested(self) -> bool:
        return self._contested

    @cached_property
    def against(self) -> bool:
        return stands_against(self._words)

    @cached_property
    def proposed(self) -> bool:
        return self._told[self._last.clause.index].says(_PROPOSED)

    @cached_property
    def turns(self) -> bool:
        return "but" in self._words

    @cached_property
    def at_first(self) -> bool:
        return self._told[self._last.clause.index].says(AT_FIRST)

    @cached_property
    def counted(self) -> bool:
        """ "The first one is Tuesday"."""
        said = pairwise(self._told[self._last.clause.index].words)
        return not {("first", "one"), ("first", "one's")}.isdisjoint(said)


def between(last: Dated, here: Dated, tokens: Sequence[Token]) -> list[str]:
    """The words between two dates; of far more than any rule reaches, the last ones."""
    end = here.mention.expression.start
    start = max(last.mention.expression.end, end - _FARTHEST)
    return [token.word for token in tokens[start:end] if token.kind not in {"COMMA", "STOP"}]


def stands_against(words: Sequence[str]) -> bool:
    """Whether the words between two days nearby tell that the first did not suit."""
    return len(words) <= _NEAR and not _AGAINST.isdisjoint(words)


def other_branch(last: Mention, mention: Mention, words: Sequence[str], told: Sequence[Told]) -> bool:
    """ "If they like it we talk Monday. If they hate it we talk Wednesday instead.": both may come to pass."""
    return "if" in words and _conditional(last, told) and _conditional(mention, told)


def _conditional(mention: Mention, told: Sequence[Told]) -> bool:
    at, sentence = mention.clause.index, mention.clause.sentence
    near = told[max(0, at - _BRANCH_CLAUSES) : at + 1]
    return any(one.clause.role == "condition" and one.clause.sentence == sentence for one in near)
