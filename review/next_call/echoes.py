"""Find the event that a later phrase points back to: "one week after the kickoff", "the day he gets back"."""

from collections.abc import Sequence

from review.next_call.tokens import Token

_COMMON = frozenset(
    "that with have will from they this when then call ring phone speak talk them there their what would could should "
    "about just after before once which where said says told going want wants like know over into some been only also "
    "well here your ours mine really still does".split()
)
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "'s", "s")


def stems(tokens: Sequence[Token]) -> frozenset[str]:
    """What is talked about in `tokens`, cut to its stems."""
    words = (token.word for token in tokens if token.kind == "WORD")
    return frozenset(_stem(word) for word in words if len(word) > 3 and word not in _COMMON)


def _stem(word: str) -> str:
    ending = next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) > 3), "")
    return word.removesuffix(ending)
