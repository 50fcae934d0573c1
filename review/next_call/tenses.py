"""Whether what is told is over, or still to come."""

from collections.abc import Sequence
from itertools import pairwise

from review.next_call import verbs as w
from review.next_call.clauses import Clause
from review.next_call.tokens import Token
from review.next_call.words import AGREED, BOOKED, CARRIED, DIARY, MOVED, SPOKEN_OF

_BOOKED = (AGREED | BOOKED | DIARY | SPOKEN_OF | MOVED | CARRIED) | {"down", "diarised", "landed", "kept"}

_HELD_BEFORE = frozenset("last today's missed earlier previous first cold this off good great nice decent long".split())
_TO_HAVE = frozenset("have get jump hop do got schedule book for will".split())
# "It was great to talk to her".
_PLEASED = frozenset("great good nice lovely pleasure wonderful super brilliant".split())
_LEADS = frozenset("it it's that was were really very so well okay ok and always a anyway right yeah".split())
_ARTICLES = frozenset("a an the his her their my our".split())
# "She's after a buzz Friday": she wants one.
_ARE = frozenset("is are i'm we're they're".split())
_RAN = frozenset("went was ended lasted dropped ran started".split())


def is_past(clause: Clause, tokens: Sequence[Token], dates: frozenset[int] = frozenset()) -> bool:
    """Whether the clause tells what happened: a past verb, and nothing that points ahead.

    What stands within a date does not count ("the day after the governors have met"); `dates` are its tokens.
    """
    words = [tokens[at].word for at in range(clause.start, clause.end) if at not in dates]
    # "A call on June 2 to see how the sample washed": the question is of another time than the call.
    words = words[: next((at for at, word in enumerate(words) if at and word in w.ASKED_AFTER), len(words))]
    if any(word in w.FUTURE or word.endswith("'ll") for word in words):
        return False
    if any(_would(words, i) for i in range(len(words))):
        return False
    return any(_past_verb(word) and not _only_looks_past(words, i) for i, word in enumerate(words))


def _only_looks_past(words: list[str], at: int) -> bool:
    """ "He's got the dentist", "gets fitted", "a retired judge"."""
    described = at > 0 and words[at - 1] in _ARTICLES and at + 1 < len(words) and words[at].endswith("ed")
    return described or _has_got(words, at) or _is_passive(words, at)


def _would(words: list[str], at: int) -> bool:
    """ "He said I'd ring": ahead of the telling; not "she'd seen it"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in {"i'd", "we'd"} and not (
        _past_verb(following) or following in {"been", "had", "rung", "seen", "a"}
    )


def _is_passive(words: list[str], at: int) -> bool:
    """ "Is being installed", "gets fitted": not over yet, for all its form."""
    before = words[at - 1] if at else ""
    named = before.endswith("'s") and before not in w.THIRD | {"it's", "that's", "there's"}
    return (named or not w.PASSIVE.isdisjoint(words[max(0, at - 2) : at])) and words[at] not in w.IRREGULAR_PAST


def _has_got(words: list[str], at: int) -> bool:
    """ "He's got the dentist": present, for all its form."""
    before = words[at - 1] if at else ""
    return words[at] == "got" and (before.endswith(("'s", "'ve")) or before in {"have", "has"})


def _past_verb(word: str) -> bool:
    return word in w.IRREGULAR_PAST or (len(word) > 4 and word.endswith("ed") and word not in w.NOT_PAST)


def past_before(before: list[str]) -> bool:
    return bool(set(before[-4:]) & w.PAST_AUX)


def is_past_call(tense: str, before: list[str], noun: bool, after: list[str]) -> bool:
    """Whether a talk is over; `tense` is that of the word that names it, which may be a `noun`."""
    near = before[-6:]
    if noun:
        return not _is_to_come(before, after) and _was_held(before, after)
    if tense == "past":
        # "He'd rather I called on Monday": the talk is to come.
        return not {"rather", "sooner"} & set(near) and not (
            near[-1:] in (["be"], ["get"], ["being"]) or near[-2:] == ["to", "be"]
        )
    if tense == "ing":
        return bool(set(near[-3:]) & {"was", "were", "been", "after", "from", "started", "kept", "stopped", "enjoyed"})
    return _was_going(near) or _did(near[-3:]) or _was_done(before)


def _is_to_come(before: list[str], after: list[str]) -> bool:
    """ "The call is booked", "she was happy with a call", "the next call"."""
    if after[:1] == ["is"] and "this" not in before[-6:]:
        return True
    content = before[-2:] == ["with", "a"] and not w.CONTENT.isdisjoint(before)
    booked = not _BOOKED.isdisjoint(before) or not (_BOOKED - {"said", "told"}).isdisjoint(after[:4])
    return (
        content or booked or ("did" in before and not _did(before)) or not {"next", "another"}.isdisjoint(before[-3:])
    )


def _was_held(before: list[str], after: list[str]) -> bool:
    """ "After our call", "last week's call", "the call went well"."""
    near = before[-6:]
    if not _HELD_BEFORE.isdisjoint(near[-3:]) and _TO_HAVE.isdisjoint(near):
        return True
    sought = any(word == "after" and (last.endswith("'s") or last in _ARE) for last, word in pairwise(near))
    held = set(near) & w.HELD - {"after" if ("after", "that") in pairwise(near) or sought else ""}
    if held or _did(near):
        return {"will", "wants", "want", "going"}.isdisjoint(before)
    return not _RAN.isdisjoint(after[:3])


def _was_done(before: list[str]) -> bool:
    """ "Great to talk with him", "managed to speak to Bob", "was able to talk": of the talk just held."""
    if before[-1:] != ["to"]:
        return False
    if before[-2:-1] == ["managed"] or before[-3:-1] in (["was", "able"], ["finally", "got"], ["were", "able"]):
        return True
    return before[-2:-1] != [] and before[-2] in _PLEASED and all(word in _LEADS for word in before[:-2])


def _did(near: list[str]) -> bool:
    """ "Did call"; in "did ask me to call" the call is still to come."""
    return "did" in near and w.ASKS.isdisjoint(near[near.index("did") :])


def _was_going(near: list[str]) -> bool:
    """ "Was going to call", "were supposed to speak": a plan that is no longer one."""
    return bool(set(near) & {"was", "were", "had"}) and bool(
        set(near) & {"going", "supposed", "meant", "planned", "planning", "due", "hoping"}
    )
