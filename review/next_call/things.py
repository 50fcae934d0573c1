"""Whether a clause speaks of something else than a talk: "Vet's there Friday", "her dock reopens"."""

from collections.abc import Sequence
from typing import Final

PERSONS: Final = frozenset("i you he she we they who".split())
_IS: Final = frozenset("is are come comes goes runs opens".split())
_POINTERS: Final = frozenset("it that there what let here".split())
_BEING_SO: Final = frozenset("there in at on ready free open shut closed got been here around".split())
_WHOSE: Final = frozenset("the his her their my our".split())
_TALKS: Final = frozenset(
    "call calls chat talk callback zoom phone one next best first last time day slot morning afternoon evening week "
    "earliest only easiest".split()
)
_DO: Final = frozenset("is are was were will has have had get".split())
_SAYS_WHICH: Final = frozenset("that which this".split())
_SUITS: Final = frozenset("says depends needs".split())
_SHORT: Final = 3


def is_named(word: str) -> bool:
    """ "Vet's", "op's"; not "he's", "that's"."""
    bare, _, suffix = word.partition("'")
    return suffix == "s" and bare not in PERSONS | _POINTERS


def tells_of_it(words: Sequence[str]) -> bool:
    """ "Boats come in Monday", "Friday is market day", "it sails on the 3rd"; not "that is Friday", "the call is"."""
    pairs = zip(("", *words), words, strict=False)
    return any((verb in _IS and last not in _SAYS_WHICH) or (last == "it" and _is_verb(verb)) for last, verb in pairs)


def acts(words: Sequence[str], at: int) -> bool:
    """ "Vet's there", "the insurance guy's coming", "it sails"; not "it works for her"."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "it":
        return _is_verb(following) and following not in _SUITS
    return is_named(words[at]) and (following in _BEING_SO or following.endswith("ing"))


def thing_acts(words: Sequence[str], at: int, *, brief: bool) -> bool:
    """ "Her dock reopens", "the price goes up"; "the pallets enter", where `brief` says that little else is said.

    What stands behind an "and" acts together with what was named before it: "call with him and his brother is …".
    """
    if words[at] not in _WHOSE or at + 2 >= len(words) or words[at + 1] in _TALKS or words[:at] == ("and",):
        return False
    return words[at + 2] in _DO or _is_verb(words[at + 2]) or brief


def _is_verb(word: str) -> bool:
    """ "Reopens", "goes"; not "boss", "this"."""
    return len(word) > _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "'s"))
