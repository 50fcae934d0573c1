"""A day agreed on though no talk is named: "we said Tuesday at half four", "Thursday it is"."""

from collections.abc import Sequence
from itertools import pairwise

from review.next_call.marks import Marks
from review.next_call.mentions import EVENT, LOOSE, Mention, around
from review.next_call.tokens import Token
from review.next_call.told import CALL, WEAK, Told

_WE = frozenset("we we're we've we'd we'll".split())
_WE_DO = frozenset("said set settled doing agreed fixed made landed booked got put".split())
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
        ("had", "down"),
        ("what", "she"),
        ("what", "he"),
        ("what", "they"),
    }
)
_I = frozenset("i i've i'd i'm".split())
_I_DO = frozenset("told promised said got put have suggested offered".split())
_THEY_SAY = frozenset("said says".split())
# Nothing is agreed in a memo that says so.
_CLOSED = Marks(
    "no-next-step no-follow-up no-action nothing-needed nothing-else-needed nothing-to-do nothing-pending "
    "nothing-agreed nothing-is-pending all-done close-it not-interested not-going-to-chase won't-chase no-need "
    "no-point take-him-off take-her-off take-them-off no-calls not-chasing nothing-else-from no-next-call "
    "nothing-for-me nothing-outstanding doesn't-want-a-follow-up doesn't-want-a-call".split()
)
_QUOTES = frozenset('"“')
_INSTEAD = frozenset({"instead"})
_FRAGMENT_SENTENCES = 2


def agree_without_a_talk(mentions: Sequence[Mention], told: Sequence[Told], tokens: Sequence[Token]) -> None:
    """Where no talk has a day, let a day stand that was plainly agreed on, and the fragments that carry it on."""
    if any(m.standing in {CALL, WEAK} and m.expression.day for m in mentions):
        return
    if _CLOSED.within([token.word for token in tokens]):
        for mention in mentions:
            if mention.standing == LOOSE:
                mention.stand(EVENT, "nothing was agreed")
        return
    last = -1
    for mention in mentions:
        here = told[mention.clause.index]
        if mention.standing == LOOSE:
            last = mention.clause.sentence
        if mention.standing != EVENT or mention.expression.day is None or not _free(mention, here):
            continue
        if mention.merely_today:
            continue
        near = last >= 0 and mention.clause.sentence - last <= _FRAGMENT_SENTENCES
        if _agrees(mention, here, around(mention, told)) or (
            near and (here.fragment or here.settles or here.says(_INSTEAD))
        ):
            mention.stand(LOOSE, "it was agreed, though no talk is named")
            last = mention.clause.sentence


def _free(mention: Mention, here: Told) -> bool:
    """The clause does nothing else with its day."""
    return (
        here.clause.role == "main"
        and not here.acts
        and not here.dates_event
        and not here.for_another
        and mention.relation == ""
    )


def _agrees(mention: Mention, here: Told, told: Sequence[Told]) -> bool:
    words = here.words
    said = any(a in _WE and not _WE_DO.isdisjoint(words[i : i + 4]) for i, a in enumerate(words))
    said = said or ("been" not in words and any(pair in _WE_ARE_ON for pair in pairwise(words)))
    promised = any(a in _I and not _I_DO.isdisjoint(words[i : i + 3]) for i, a in enumerate(words))
    so = here.clause.opener == "so" and here.accepts and here.content <= 2
    concludes = (so and not _done_before(mention, here, told)) or ("it", "is") in pairwise(words)
    quoted = not _THEY_SAY.isdisjoint(words) and here.content <= 1 and here.has_subject
    alone = not _QUOTES.isdisjoint(here.words[:2]) or not _carries_on(here, told)
    exact = mention.expression.clock is not None and here.fragment and here.content == 0 and alone
    return said or promised or concludes or quoted or exact


def _done_before(mention: Mention, here: Told, told: Sequence[Told]) -> bool:
    """ "They pay 30 days from invoice, so that's March 10th.": the day of what is done in the sentence."""
    before = [
        one for one in told if one.clause.sentence == here.clause.sentence and one.clause.index < here.clause.index
    ]
    others = any(act.kind == "other" for one in before for act in one.acts)
    return others or (mention.expression.clock is None and any(not one.fragment for one in before))


def _carries_on(here: Told, told: Sequence[Told]) -> bool:
    """ "He came today, Thursday, at eight": the fragment belongs to what was told before it in the sentence."""
    before = [
        one for one in told if one.clause.sentence == here.clause.sentence and one.clause.index < here.clause.index
    ]
    return any(one.past or one.acts or one.has_subject for one in before)
