"""What the rep said they would do, found in a memo: "I will send her the quote by Friday"."""

import re
from datetime import datetime
from typing import Final

from memos.models import Commitment
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

# The next call is agreed apart from these; the others only begin a sentence.
_NO_UNDERTAKING: Final = frozenset(
    "call ring phone dial buzz speak not never be see think admit say guess wait hear know leave need want try".split()
)
_CALL: Final = re.compile(
    r"(?:give|make) (?:\w+ ){0,2}(?:a|another) (?:call|ring|buzz|bell)\b|give \w+ the weekend|be in touch"
    r"|talk (?!to )|meet again",
    re.IGNORECASE,
)

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
        verb = next(group for group in match.groups() if group).split()[-1].casefold()
        if verb not in _NO_UNDERTAKING and not _CALL.match(sentence, match.end() - len(verb)):
            return match.start()
    return None
