"""How a feature of the second reader is told to the rep."""

from typing import Final

_SAID: Final = {
    "in": "“{}” in its clause",
    "in<": "“{}” before it in its clause",
    "in>": "“{}” after it in its clause",
    "act,": "{} with it",
    "pair": "“{}” in its clause",
    "sentence": "“{}” in its sentence",
    "before": "“{}” in the clause before",
    "after": "“{}” in the clause after",
    "memo": "“{}” in the memo",
    "w-1": "“{}” right before it",
    "w-2": "“{}” two words before it",
    "w-3": "“{}” three words before it",
    "w+1": "“{}” right after it",
    "w+2": "“{}” two words after it",
    "w+3": "“{}” three words after it",
    "w-12": "“{}” right before it",
    "w+12": "“{}” right after it",
    "fact": "its clause: {}",
    "relation": "“{}” with it",
    "speaker": "“{}” as who acts",
    "means": "said as {}",
    "role": "a {} clause",
    "opener": "“{}” opens its clause",
    "content": "other words in its clause: {}",
    "act": "in its clause: {}",
    "act-0": "in the clause before: {}",
    "act+0": "in the clause after: {}",
    "act-1": "in the sentence before: {}",
    "act+1": "in the sentence after: {}",
    "who": "who does what in its clause: {}",
    "ahead": "days ahead: {}",
    "place": "{}",
    "beside": "beside {}",
    "read": "read as {}",
    "alternative": "another {} that the words may mean",
    "none": "{}",
    "whole": "the memo as a whole: {}",
    "hour": "the hour {}",
    "from": "{}",
    "first": "{}",
}
_UNSAID: Final = {
    "relation": "no “by”, “until” or the like with it",
    "speaker": "nobody is said to act",
    "opener": "its clause stands by itself",
}


def spell(feature: str) -> str:
    """A feature as the rep reads it: "in call" is “call” in its clause."""
    kind, _, rest = feature.partition(" ")
    rest = rest.removesuffix(", “”")  # no “by”, “until” or the like
    if kind == "read":
        rest = rest.removeprefix("as ")
    return _SAID[kind].format(rest) if rest else _UNSAID[kind]
