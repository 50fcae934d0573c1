"""Talks by another name: "she wants to hear from me", "we'll pick this up again", "I'll catch her"."""

from collections.abc import Sequence

_CONVERSATION = frozenset("again where conversation discussion thread talk chat".split())
# "I'll catch you Monday", "I'll get him Thursday"; not "get her the price".
_REACHED = frozenset("him her them you".split())
_NOT_REACHED = frozenset("up the a an to some that this those out in on off back over his her their my our".split())
WORDS = frozenset(
    "hear word catch catching pick picking continue resume continuing resuming connect connecting reached reach check "
    "checking touch get getting come coming".split()
)
_SOMEBODY = frozenset("me us".split())


def talk_by_another_name(word: str, before: Sequence[str], after: Sequence[str], third: bool) -> str:
    """How the word at hand stands to a talk: "call", "weak", "other" where others will have to act, "" if it is none.

    `before` and `after` are the words around it in its clause; `third` tells that somebody else acts.
    """
    last, following = before[-1] if before else "", after[0] if after else ""
    match word:
        case "hear":
            back = following == "back" and "wants" in before
            return "call" if back or (following == "from" and not _SOMEBODY.isdisjoint(after[1:2])) else ""
        case "word":
            theirs = third and ("having" in before or (following == "with" and _SOMEBODY.isdisjoint(after[1:2])))
            kind = "other" if theirs else "call"
            return kind if last == "another" or (last in {"a", "quick"} and following != "in") else ""
        case "catch" | "catching":
            return "call" if following in _REACHED else ""
        case "pick" | "picking":
            back = after[:3] in (["this", "back", "up"], ["things", "back", "up"], ["it", "back", "up"])
            return "call" if back or ("up" in after[:3] and not _CONVERSATION.isdisjoint(after)) else ""
        case "continue" | "resume" | "continuing" | "resuming" | "connect" | "connecting":
            return "call" if not third and _goes_on(word, before, after) else ""
        case "reached" | "reach" if last == "best":
            return "call"
        case "check" | "checking":
            return "call" if following == "back" and after[1:2] != ["on"] else ""
        case "touch":
            return ("other" if third else "weak") if last == "in" else ""
        case "get" | "getting" | "come" | "coming":
            return _back_to(word, after, third)
        case _:
            return ""


def _goes_on(word: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """ "We'll connect with him", "continue the conversation", "we'll resume"."""
    if word.startswith("connect"):
        return _ours(before) and (not after or after[0] in {"with", "by", "on", "again", "over"})
    return not _CONVERSATION.isdisjoint(after[:4]) or _ours(before)


def _ours(before: Sequence[str]) -> bool:
    return not {"we", "we'll", "we're", "let's"}.isdisjoint(before)


def _back_to(word: str, after: Sequence[str], third: bool) -> str:
    if after[:2] == ["back", "to"]:
        return "other" if third else "weak"
    reached = word.startswith("get") and after[:1] and after[0] in _REACHED
    return "weak" if reached and _NOT_REACHED.isdisjoint(after[1:4]) else ""
