"""Calls with another account, told in passing: "Harlan I'm calling tomorrow, that's in his own notes"."""

from collections.abc import Iterable, Sequence

from review.next_call.mentions import Mention
from review.next_call.passes import Found, Story
from review.next_call.phrases import Phrases
from review.next_call.told import Told
from review.next_call.verdicts import CALL, EVENT

_ELSEWHERE = Phrases(
    "separate-thing separate-memo separate-note separate-matter separate-account separate-deal different-account "
    "another-account other-account own-note own-notes own-memo own-file own-record unrelated not-this-account "
    "nothing-to-do-with-this nothing-to-do-with-that that-goes-in that's-in-his that's-in-her that's-in-their".split()
)
_THIS_ONE = Phrases("for-this-one this-memo-is-for this-one-is-for this-note-is-for".split())


def leave_to_other_memos(mentions: Sequence[Mention], story: Story) -> Found[Mention]:
    """Set aside the talks of a sentence that is said to belong elsewhere, where another sentence has one as well."""
    words = [token.word for token in story.tokens]
    elsewhere = _sentences(_ELSEWHERE.found(words), story.told) - _sentences(_THIS_ONE.found(words), story.told)
    talks = {at: one for at, one in enumerate(mentions) if one.standing == CALL}
    theirs = {at: one for at, one in talks.items() if one.clause.sentence in elsewhere}
    if len(theirs) == len(talks):
        return {}
    return {at: one.stands(EVENT, "that call belongs to another memo", final=True) for at, one in theirs.items()}


def _sentences(marked: Iterable[int], told: Sequence[Told]) -> set[int]:
    """The sentences that these tokens stand in."""
    return {one.clause.sentence for at in marked for one in told if one.clause.start <= at < one.clause.end}
