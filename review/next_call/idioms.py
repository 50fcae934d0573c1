"""Talks by another name: "she wants to hear from me", "we'll pick this up again", "I'll catch her"."""

from collections.abc import Callable, Sequence

from review.next_call.verb_facts import Verb

_CONVERSATION = frozenset("again conversation discussion thread".split())
# "I'll catch you Monday", "I'll get him Thursday"; not "get her the price".
_REACHED = frozenset("him her them you".split())
_NOT_REACHED = frozenset(
    "straight right sorted done ready "
    "up the a an to some that this those out in on off back over his her their my our".split()
)
_REACH = 6
_OWNERS = frozenset("my our his their a the new main".split())
_SOMEBODY = frozenset("me us".split())
_TRIES = frozenset("have give".split())
_COUNTED_TRIES = frozenset("next another second third fourth last".split())
_WE_ARE = frozenset("i'm we're".split())
_WE = frozenset("we we'll we're let's".split())


def talk_by_another_name(verb: Verb) -> str:
    """How the word stands to a talk: "call", "weak", "other" where others will have to act, "" if it is none."""
    return _KINDS[verb.tokens[verb.at].word](verb, verb.after[:_REACH])


def _hear(verb: Verb, after: Sequence[str]) -> str:
    back = after[:1] == ["back"] and "wants" in verb.before
    out = after[1:2] == ["out"] and not (_REACHED | _SOMEBODY).isdisjoint(after[:1])  # "she'll hear me out Thursday"
    return "call" if back or out or (after[:1] == ["from"] and not _SOMEBODY.isdisjoint(after[1:2])) else ""


def _word(verb: Verb, after: Sequence[str]) -> str:
    """ "A quick word with Dana"; not "a word in his ear"."""
    if verb.last != "another" and (verb.last not in {"a", "quick"} or after[:1] == ["in"]):
        return ""
    with_another = after[:1] == ["with"] and _SOMEBODY.isdisjoint(after[1:2])
    return "other" if verb.third and ("having" in verb.before or with_another) else "call"


def _catch(_verb: Verb, after: Sequence[str]) -> str:
    return "call" if not (_REACHED | _SOMEBODY).isdisjoint(after[:1]) else ""


def _pick(_verb: Verb, after: Sequence[str]) -> str:
    """ "Pick this back up", "pick up where we left off"."""
    back = after[:3] in (["this", "back", "up"], ["things", "back", "up"], ["it", "back", "up"])
    return "call" if back or ("up" in after[:3] and not _CONVERSATION.isdisjoint(after)) else ""


def _resume(verb: Verb, after: Sequence[str]) -> str:
    """ "Continue the conversation", "we'll resume"."""
    goes_on = not _CONVERSATION.isdisjoint(after[:4]) or not _WE.isdisjoint(verb.before)
    return "call" if goes_on and not verb.third else ""


def _connect(verb: Verb, after: Sequence[str]) -> str:
    """ "We'll connect with him", "let's connect Friday"; not "connect the printer"."""
    alone = verb.at + 1 in verb.dates or not after or after[0] in {"with", "by", "on", "again", "over", "up", "at"}
    ours = not _WE.isdisjoint(verb.before) or after[:1] == ["with"]
    return "call" if ours and alone and not verb.third else ""


def _contact(verb: Verb, after: Sequence[str]) -> str:
    """ "I'll contact him"; not "my contact", "his contact details"."""
    reached = after[:1] != [] and (after[0] in _REACHED | _SOMEBODY or _is_named(verb))
    if not reached or verb.last in _OWNERS:
        return ""
    return "other" if verb.third and after[0] not in _SOMEBODY else "weak"


def _retry(verb: Verb, after: Sequence[str]) -> str:
    """ "Left a message, will retry Friday"; not "retry the order"."""
    return "weak" if verb.at + 1 in verb.dates or not after or after[0] in _REACHED | {"on", "at", "in"} else ""


def _is_named(verb: Verb) -> bool:
    following = verb.tokens[verb.at + 1]
    return following.kind == "WORD" and following.text[:1].isupper()


def _reach(verb: Verb, _after: Sequence[str]) -> str:
    return "call" if verb.last == "best" else ""


def _check(_verb: Verb, after: Sequence[str]) -> str:
    return "call" if after[:1] == ["back"] and after[1:2] != ["on"] else ""


def _touch(verb: Verb, _after: Sequence[str]) -> str:
    return ("other" if verb.third else "weak") if verb.last == "in" else ""


def _come(verb: Verb, after: Sequence[str]) -> str:
    if after[:2] != ["back", "to"]:
        return ""
    return "other" if verb.third else "weak"


def _back(verb: Verb, after: Sequence[str]) -> str:
    """ "I'm back on to him Friday", "I'm back to her at one"."""
    if verb.last in _WE_ARE and after[:1] == ["to"] and not _REACHED.isdisjoint(after[1:2]):
        return "weak"
    return "call" if after[:2] == ["on", "to"] or after[:1] == ["onto"] else ""


def _go(verb: Verb, after: Sequence[str]) -> str:
    """ "I'll go back to her Thursday", "I'll go again at one", "have another go tomorrow"."""
    if after[:1] == ["again"] or verb.last in {"a", "another"}:
        return _another_go(verb, after)
    return "call" if after[:2] == ["back", "to"] and not verb.third else ""


def _another_go(verb: Verb, after: Sequence[str]) -> str:
    """ "I'll give it another whirl Friday"; not "I'll have a go at it myself"."""
    tried = after[:1] == ["again"] or verb.last == "another" or not _TRIES.isdisjoint(verb.before)
    dated = after[:1] != ["at"] or verb.at + 2 in verb.dates
    return "weak" if tried and dated and not verb.third else ""


def _attempt(verb: Verb, after: Sequence[str]) -> str:
    """ "I'll attempt again at four", "at noon I take the third attempt"; not "they attempt it on Friday"."""
    again = not (_REACHED | {"again"}).isdisjoint(after[:2])
    dated = verb.at + 1 in verb.dates or (after[:1] == ["at"] and verb.at + 2 in verb.dates)
    taken = verb.last in _COUNTED_TRIES and any(at in verb.dates for at in range(verb.clause.start, verb.at))
    return "weak" if (again or dated or taken) and not verb.third else ""


def _be(verb: Verb, after: Sequence[str]) -> str:
    """ "I'll be on to Gráinne"."""
    return "call" if (after[:2] == ["on", "to"] or after[:1] == ["onto"]) and not verb.third else ""


def _get(verb: Verb, after: Sequence[str]) -> str:
    """ "Get back to him", "I'll get him Thursday", "get hold of her"; not "get her the price"."""
    if after[:2] == ["hold", "of"] and len(after) > 2:
        return "call" if after[2] in _REACHED or verb.tokens[verb.at + 3].text[:1].isupper() else ""
    reached = not _REACHED.isdisjoint(after[:1]) and _NOT_REACHED.isdisjoint(after[1:4])
    return _come(verb, after) or ("weak" if reached and after[:2] != ["back", "to"] else "")


_KINDS: dict[str, Callable[[Verb, Sequence[str]], str]] = {
    word: kind
    for kind, words in (
        (_hear, "hear"),
        (_word, "word"),
        (_catch, "catch catching"),
        (_pick, "pick picking"),
        (_resume, "continue resume continuing resuming"),
        (_connect, "connect connecting sync syncing"),
        (_contact, "contact contacting ping pinging"),
        (_retry, "retry retrying"),
        (_reach, "reached reach"),
        (_check, "check checking"),
        (_touch, "touch"),
        (_back, "back"),
        (_get, "get getting"),
        (_come, "come coming"),
        (_go, "go going"),
        (_another_go, "whirl stab crack shot bash"),
        (_attempt, "attempt"),
        (_be, "be"),
    )
    for word in words.split()
}
WORDS = frozenset(_KINDS)
