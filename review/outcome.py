"""What became of the call, read from a memo: what was said about this one, not about an earlier one or one to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from memos.outcomes import Outcome
from review.outcome_guards import CONTENT, EARLIER, HEARSAY, NOT_YET, NOW, REPORTED
from review.outcome_words import ROWS, Cue
from review.sentences import split_text

_CLAUSE_ENDS: Final = re.compile(
    r"[,;:!?()…—–]|\.(?=\s|$)|\b(?:and|but|so|then|because|cause|although|though|which)\b", re.IGNORECASE
)
_DENIED: Final = re.compile(
    r"n['’]t\b|\b(?:not|never|no|nobody|no one|without|instead of|rather than|hardly)\b", re.IGNORECASE
)
_THEY_SAID: Final = re.compile(
    r"\b(?:he|she|they)(?:['’]s|['’]d)? (?:\w+ly |just |also )?(?:said|told me|asked|agreed|confirmed|explained"
    r"|promised|accepted)\b",
    re.IGNORECASE,
)
_I_SAID: Final = re.compile(r"\bI(?:['’]ve)? (?:said|told|promised|asked)\b", re.IGNORECASE)
_IN_VAIN: Final[dict[Cue, Outcome]] = {
    "voicemail": Outcome.VOICEMAIL,
    "no_answer": Outcome.NO_ANSWER,
    "gatekeeper": Outcome.GATEKEEPER,
    "wrong_number": Outcome.WRONG_NUMBER,
}

_TRIMMED: Final = " ,;:.-"
_OF_A_LINE: Final = frozenset({"voicemail", "no_answer", "wrong_number"})
_NO_MACHINE: Final = re.compile(r"\bno (?:voice|machine|message|answer)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeardOutcome:
    """What became of the call, and the words that tell so, to the end of their sentence.

    Not `sure` where the memo tells of something else as well, and then it is for the rep to say.
    """

    outcome: Outcome
    sure: bool
    heard: str


@dataclass(frozen=True, slots=True)
class _Said:
    cue: Cue
    at: int
    until: int
    words: str
    sentence: int


def read_outcome(text: str) -> HeardOutcome | None:
    """What became of the call that `text`, in English, is about; None where it does not say."""
    sentences = split_text(text, None)
    said = sorted(
        (each for number, sentence in enumerate(sentences) for each in _said_in(sentence, number)),
        key=lambda each: (each.sentence, each.at),
    )
    return _Telling(said, sentences).outcome()


def without_the_call(text: str) -> str:
    """The sentences of `text` that do not tell who answered, or that nobody did."""
    return " ".join(
        sentence
        for number, sentence in enumerate(split_text(text, None))
        if not any(each.cue in _IN_VAIN for each in _said_in(sentence, number))
    )


def _said_in(sentence: str, number: int) -> list[_Said]:
    """What of this call a sentence tells."""
    ends = [(found.start(), found.end()) for found in _CLAUSE_ENDS.finditer(sentence)]
    reported = REPORTED.search(sentence)
    said = []
    for row in ROWS:
        for found in row.pattern.finditer(sentence):
            begin = max((end for _, end in ends if end <= found.start()), default=0)
            end = min((start for start, _ in ends if start >= found.end()), default=len(sentence))
            before = sentence[begin : found.start()]
            if NOT_YET.search(before) or _is_earlier(sentence, begin, end, row.cue):
                continue
            if reported and reported.end() <= found.start() and row.cue in _OF_A_LINE:
                continue
            cue = row.cue
            if _DENIED.search(before):
                if cue in {"reached", "seems_reached"}:
                    cue = "in_vain"
                elif cue in {"voicemail", "they_called", "missed"}:
                    continue
            if cue == "voicemail" and _NO_MACHINE.search(found[0]):
                continue
            said.append(_Said(cue, found.start(), found.end(), sentence[found.start() :].strip(_TRIMMED), number))
    # "Spoke to" is a talk, "spoke to his assistant" is none.
    vain = [each for each in said if each.cue in _IN_VAIN]
    return [
        each
        for each in said
        if each.cue not in {"reached", "seems_reached"}
        or not any(other.at < each.until and each.at < other.until for other in vain)
    ]


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


def _is_content(sentence: str) -> bool:
    return bool(CONTENT.search(sentence)) and not HEARSAY.search(sentence)


class _Telling:
    """What a memo tells of its call, in order, and which sentences say what only a talk can have brought."""

    def __init__(self, said: list[_Said], sentences: list[str]) -> None:
        self._said = said
        self._sentences = sentences
        self._content = [number for number, sentence in enumerate(sentences) if _is_content(sentence)]
        self._missed = self._last("missed") is not None

    def outcome(self) -> HeardOutcome | None:
        """The outcome."""
        if (theirs := self._last("they_called")) is not None:
            sure = _comes_after(theirs, self._last(*_IN_VAIN))
            return HeardOutcome(Outcome.THEY_CALLED, sure and not self._missed, theirs.words)
        if (reached := self._last("reached")) is not None:
            return HeardOutcome(Outcome.REACHED, self._is_sure(reached) and not self._missed, reached.words)
        if self._last(*_IN_VAIN) is not None:
            told = _which([each for each in self._said if each.cue in _IN_VAIN])
            after = self._sentences[told.sentence + 1 :]
            spoken = told.cue in _OF_A_LINE and any(
                _THEY_SAID.search(each) and not HEARSAY.search(each) for each in after
            )
            return HeardOutcome(_IN_VAIN[told.cue], not (spoken or self._missed), told.words)
        if self._missed or self._last("in_vain") is not None:
            return None
        return self._without_a_word_of_it()

    def _last(self, *cues: Cue) -> _Said | None:
        return next((each for each in reversed(self._said) if each.cue in cues), None)

    def _is_sure(self, reached: _Said) -> bool:
        others = self._last(*_IN_VAIN, "in_vain")
        alone = others is None and self._last("note", "seems_note") is None
        return _comes_after(reached, others) and (bool(self._content) or alone)

    def _without_a_word_of_it(self) -> HeardOutcome | None:
        """A note, or a talk that is only to be told by what came of it."""
        they_said = any(map(_THEY_SAID.search, self._sentences))
        seems, note = self._last("seems_reached"), self._last("note") or self._last("seems_note")
        if note is not None:
            first = note.cue == "note" and note.sentence == 0 and seems is None
            sure = first and not they_said and not any(map(_I_SAID.search, self._sentences))
            return HeardOutcome(Outcome.NO_CALL, sure, note.words)
        if seems is not None:
            return HeardOutcome(Outcome.REACHED, True, seems.words)
        if (plan := self._last("plan")) is not None and not they_said:
            return HeardOutcome(Outcome.NO_CALL, False, plan.words)
        if self._content:
            doubtful = {each.sentence for each in self._said if each.cue == "seems_in_vain"}
            sentence = self._sentences[self._content[0]]
            found = CONTENT.search(sentence)
            words = sentence[found.start() :].strip(_TRIMMED) if found else ""
            return HeardOutcome(Outcome.REACHED, not doubtful.issuperset(self._content), words)
        return None


def _comes_after(one: _Said, other: _Said | None) -> bool:
    return other is None or (other.sentence, other.at) < (one.sentence, one.at)


def _which(in_vain: list[_Said]) -> _Said:
    """Which of several holds: a wrong number before all; else the last, but who left a message, or spoke to a
    colleague, did more than get no answer."""
    wrong = [each for each in in_vain if each.cue == "wrong_number"]
    more = [each for each in in_vain if each.cue != "no_answer"]
    return (wrong or more or in_vain)[-1]
