"""What a sentence of a memo tells of its call: the rows that fit, less what is of another call or was not so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from review.outcome_cues import Cue
from review.outcome_guards import BEFOREHAND, DATED, EARLIER, NOT_YET, NOW, PHONE, REPORTED, TO_COME
from review.outcome_talk_words import TALK_ROWS
from review.outcome_words import IN_VAIN_ROWS

_CLAUSE_ENDS: Final = re.compile(
    r"[,;:!?()…—–]|\.(?=\s|$)|\b(?:and|but|so|then|because|cause|although|though|which)\b", re.IGNORECASE
)
_DENIED: Final = re.compile(
    r"n['’]t\b|\b(?:not|never|no|nobody|no one|without|instead of|rather than|hardly|nothing|neither)\b", re.IGNORECASE
)
OF_A_LINE: Final = frozenset({"voicemail", "no_answer"})
_BEFORE: Final = re.compile(r"\bbefore\b", re.IGNORECASE)
_THEIRS: Final = re.compile(r"\b(?:he|she|they|who|if)\b", re.IGNORECASE)
_ALIVE: Final = re.compile(r"\b(?:live|real|actual) ", re.IGNORECASE)
_NO_MACHINE: Final = re.compile(r"\bno (?:voice|machine|message|answer)", re.IGNORECASE)

IN_VAIN: Final[frozenset[Cue]] = frozenset({"voicemail", "no_answer", "gatekeeper", "wrong_number"})
"""What became of a call that did not reach the contact."""


@dataclass(frozen=True, slots=True)
class Said:
    """A cue: where in its sentence it begins and ends, its words, and the number of the sentence."""

    cue: Cue
    at: int
    until: int
    words: str
    sentence: int


def said_in(sentence: str, number: int) -> list[Said]:
    """What of this call a sentence tells."""
    ends = [(found.start(), found.end()) for found in _CLAUSE_ENDS.finditer(sentence)]
    reported = REPORTED.search(sentence)
    said = []
    for row in (*IN_VAIN_ROWS, *TALK_ROWS):
        for found in row.pattern.finditer(sentence):
            begin = max((end for _, end in ends if end <= found.start()), default=0)
            end = min((start for start, _ in ends if start >= found.end()), default=len(sentence))
            before, after = sentence[begin : found.start()], sentence[found.end() : end]
            if NOT_YET.search(before) or (row.cue != "wrong_number" and _is_earlier(sentence, begin, end, row.cue)):
                continue
            if reported and reported.end() <= found.start() and _is_theirs(row.cue, reported[0]):
                continue
            cue = _denied(row.cue, after) if _DENIED.search(before) else row.cue
            if cue is None or _is_of_another(cue, before, found[0], sentence[found.end() :]):
                continue
            said.append(Said(cue, found.start(), found.end(), found[0].strip(" ,;:.-"), number))
    # "Spoke to" is a talk, "spoke to his assistant" is none.
    vain = [each for each in said if each.cue in IN_VAIN]
    return [
        each
        for each in said
        if each.cue not in {"reached", "seems_reached"}
        or not any(other.at < each.until and each.at < other.until for other in vain)
    ]


def _is_theirs(cue: Cue, reported: str) -> bool:
    """Whether the one who was spoken with tells it of their own line. Who answers a number says whose it is."""
    return cue in OF_A_LINE or (cue == "wrong_number" and not reported.lower().startswith("who"))


def _denied(cue: Cue, after: str) -> Cue | None:
    """What is left of a cue with a "not" before it."""
    if cue in {"reached", "seems_reached"}:
        return None if _BEFORE.search(after) else "in_vain"  # "never spoke to her before" is of the first talk
    return None if cue in {"voicemail", "they_called", "missed"} else cue


def _is_of_another(cue: Cue, before: str, words: str, after: str) -> bool:
    """Whether it only looks like the cue: a visit to come or of theirs, "a live person", a beep not waited for."""
    if cue == "visit":
        return bool(_THEIRS.search(before) or TO_COME.search(before) or DATED.search(after))
    if cue == "voicemail":
        return bool(_BEFORE.search(before) or _NO_MACHINE.search(words))
    return cue in {"gatekeeper", "in_vain"} and bool(_ALIVE.search(words))


def _is_earlier(sentence: str, begin: int, end: int, cue: Cue) -> bool:
    """Whether the clause tells of what was before; a fragment like "no answer" goes with the clause before it."""
    clause = sentence[begin:end]
    earlier = [found.start() for found in EARLIER.finditer(sentence) if found.start() < end]
    if not earlier:
        return False
    here = earlier[-1] >= begin or EARLIER.search(clause) is not None
    if not here and cue in {"reached", "seems_reached", "they_called"}:
        return False
    return not NOW.search(sentence, min(earlier[-1], begin), end)


def has_phone(sentence: str) -> bool:
    """Whether a call is spoken of that is neither denied nor to come."""
    for found in PHONE.finditer(sentence):
        begin = max((end.end() for end in _CLAUSE_ENDS.finditer(sentence) if end.end() <= found.start()), default=0)
        before = sentence[begin : found.start()]
        if not NOT_YET.search(before) and not _DENIED.search(before) and not BEFOREHAND.search(before):
            return True
    return False
