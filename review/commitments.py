"""What the rep said they would do, found in a memo: "I will send her the quote by Friday"."""

import re
from datetime import datetime
from typing import Final

from memos.models import Commitment
from review.next_call.verbs import CALL, GIVEN, PHRASAL, TELEPHONES
from review.sentences import split_text

# "I" or "we" undertakes something, or a sentence leaves the "I" away, as notes do. What someone else will do, what
# would be done, and what is not done is none.
_UNDERTAKES: Final = re.compile(
    r"\b(?:I|we)(?:['’]ll| will| shall| am going to| are going to|['’](?:m|re) going to| have to| need to| must)"
    r" (?P<will>(?:\w+ly |also |then |just )?[\w-]+)"
    r"|\b(?:I|we) (?:said|told [\w.]+(?: [A-Z]\w+)?|agreed|offered|promised)(?: [\w.]+)?(?: that)?,? (?:I|we)"
    r"(?:['’]d|['’]ll| would| will) (?P<said>[\w-]+)"
    r"|\b(?:I|we) promised\b:?(?: (?:her|him|them))?(?: to)? ?(?P<promised>[\w-]+)"
    r"|^(?:and |also |then )?(?:promised|need|have|must)(?: to)? (?P<need>[\w-]+)"
    r"|^(?:and |also |then )?(?P<bare>send|e-?mail|mail|forward|prepare) \w",
    re.IGNORECASE,
)

# The next call is agreed apart from these; the others only begin a sentence. To talk "to the warehouse" is one.
_NO_UNDERTAKING: Final = (frozenset(CALL) - {"talk"}) | frozenset(
    "not never be see think admit say guess wait hear know leave need want try let catch reach buzz expect".split()
)

# A talk by another name: "touch base", "get him Wednesday", "go back to her", "promised Fiona a call", "follow up".
_WHOM: Final = r"(?:him|her|them|you|[A-Z][a-z]+)"
_TALK: Final = re.compile(
    rf"(?:\w+ ){{0,3}}?(?:a|another|one more) (?:\w+ )?(?:{'|'.join(sorted(GIVEN | {'call', 'ring', 'chat'}))})"
    r"(?=\W*$| (?:with|on|at|in|by|next|this|towards?|about|back|before|after|when|again|to\w*|[A-Z]))"
    r"|(?i:give \w+ the weekend"
    r"|give (?:it|him|her|them)(?= (?:a (?:week|day|bit|while)|some time|until|till|time)\b|\W*$)"
    r"|(?:be|get|keep|stay) in touch|talk (?!to )|talk to (?:him|her|them|you)\b|meet again|follow up\b"
    rf"|(?:get|jump|hop) (?:back )?on the (?:{'|'.join(sorted(TELEPHONES))})\b|bring (?:it|that|this) up\b"
    r"|have (?:\w+(?:ed|en|pt)|had|done|gone|heard|read)\b)"
    rf"|(?:get|go back to|get back to|come back to|get hold of|try) {_WHOM}(?=[ .,;!?]*(?:$|then|again|on|at|next|by"
    r"|tomorrow|today|tonight|this|in|[A-Z]))"
)

# In the mouth of the other one: "he says phone me and I'll tell you".
_ASKED_TO_CALL: Final = re.compile(r"\b(?:call|phone|ring|text|e-?mail) me\b", re.IGNORECASE)
_QUOTES: Final = re.compile(r"\b(?:he|she|they)(?: (?:says|said|goes|say|go)\b|['’]s like\b)", re.IGNORECASE)
_TO_ME: Final = re.compile(r"(?:\w+ ){0,2}you\b", re.IGNORECASE)

# A day beyond these is not the day of the undertaking: "check if we can ship in two weeks", "and call him Monday".
_ANOTHER_MATTER: Final = re.compile(
    r"\b(?:if|whether|when|because|who|which|(?:and|then) (?:call|ring|phone))\b", re.IGNORECASE
)


def find_commitments(text: str, spoken_at: datetime, *, locale: str = "en-US") -> list[Commitment]:
    """The sentences of ``text`` in which the rep undertakes something, in order.

    :param spoken_at: when it was said, with zone: "tomorrow" is counted from there.
    """
    from review.next_call import explain

    found = []
    for sentence in split_text(text):
        begins = _undertaking(sentence)
        if begins is None:
            continue
        other = _ANOTHER_MATTER.search(sentence, begins)
        ends = other.start() if other else len(sentence)
        days = [
            said.reading.date or (said.window and said.window[1])
            for said in explain(sentence, spoken_at, locale=locale)
            if begins <= said.start < ends
        ]
        found.append(Commitment(sentence, next((day for day in days if day), None)))
    return found


def _undertaking(sentence: str) -> int | None:
    """Where in the sentence it begins."""
    for match in _UNDERTAKES.finditer(sentence):
        verb = next(group for group in match.groups() if group).split()[-1]
        begins = match.end() - len(verb)
        if not (
            _is_talk(verb.casefold(), sentence[begins:]) or _is_quoted(sentence[: match.start()], sentence[begins:])
        ):
            return match.start()
    return None


def _is_talk(verb: str, rest: str) -> bool:
    """Whether ``rest``, which begins with the verb, is of the next talk, or of nothing that is done."""
    _, follows = PHRASAL.get(verb, ("", ""))
    return (
        verb in _NO_UNDERTAKING
        or bool(follows and re.match(rf"\w+ (?:{follows})\b", rest, re.IGNORECASE))
        or _TALK.match(rest) is not None
    )


def _is_quoted(before: str, rest: str) -> bool:
    """Whether "I" is the other one, whose words are told."""
    return bool(_ASKED_TO_CALL.search(before) or (_QUOTES.search(before) and _TO_ME.match(rest)))
