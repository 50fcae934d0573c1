"""What became of the call, read from a memo: what was said about this one, not about an earlier one or one to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from memos.outcomes import Outcome
from review.outcome_cues import Cue
from review.outcome_guards import A_COLLEAGUE, ANY, CONTENT, ELSE, HANDED_OVER, HEARSAY, NO_CALL, SOMEONE, TURN
from review.outcome_said import OF_A_LINE, Said, has_phone, said_in
from review.sentences import split_text

_THEY_SAID: Final = re.compile(
    r"\b(?:he|she|they)(?:['’]s)? (?:\w+ly |just |also )?(?:said|told me|asked|agreed|confirmed|explained"
    r"|promised|accepted)\b",
    re.IGNORECASE,
)
_IN_VAIN: Final[dict[Cue, Outcome]] = {
    "voicemail": Outcome.VOICEMAIL,
    "no_answer": Outcome.NO_ANSWER,
    "gatekeeper": Outcome.GATEKEEPER,
    "wrong_number": Outcome.WRONG_NUMBER,
}
_RIGHT_ONE: Final = re.compile(r"\b(?:finally|at last|decides?|the one who|in charge|the boss)\b", re.IGNORECASE)
_SPOKE: Final = ("spoke", "talked", "chatted")
_ONE: Final = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_A_DESK_SAID: Final = re.compile(r"\bthey(?:['’]ve)? (?:said|told|say)\b", re.IGNORECASE)
_MUCH: Final = 2
"""Sentences of what only somebody spoken with can have said: more of them are no message and no errand."""


@dataclass(frozen=True, slots=True)
class HeardOutcome:
    """What became of the call, and the words that tell so; not `sure` where the memo tells of something else as well,
    and then it is for the rep to say."""

    outcome: Outcome
    sure: bool
    heard: str


def read_outcome(text: str) -> HeardOutcome | None:
    """What became of the call that `text`, in English, is about; None where it does not say."""
    sentences = split_text(text, None)
    said = sorted(
        (each for number, sentence in enumerate(sentences) for each in said_in(sentence, number)),
        key=lambda each: (each.sentence, each.at),
    )
    return _Telling(said, sentences).outcome()


def without_the_call(text: str) -> str:
    """The sentences of `text` that do not tell who answered, or that nobody did."""
    return " ".join(
        sentence
        for number, sentence in enumerate(split_text(text, None))
        if not any(each.cue in _IN_VAIN for each in said_in(sentence, number))
    )


def _is_content(sentence: str) -> bool:
    return bool(CONTENT.search(sentence)) and not HEARSAY.search(sentence)


class _Telling:
    """What a memo tells of its call, in order, and which sentences say what only a talk can have brought."""

    def __init__(self, said: list[Said], sentences: list[str]) -> None:
        self._said = said
        self._sentences = sentences
        self._content = [number for number, sentence in enumerate(sentences) if _is_content(sentence)]
        self._missed = self._last("missed") is not None
        self._has_phone = any(map(has_phone, sentences))

    def outcome(self) -> HeardOutcome | None:
        """The outcome."""
        if (theirs := self._last("they_called")) is not None:
            after = self._last("voicemail", "no_answer", "gatekeeper", "in_vain")
            return HeardOutcome(Outcome.THEY_CALLED, _comes_after(theirs, after) and not self._missed, theirs.words)
        told, visit = self._last(*_IN_VAIN), self._first("visit")
        if told is not None and (visit is None or self._has_phone or not _comes_after(told, visit)):
            return self._in_vain()
        if (note := self._last("note", "visit", "written")) is not None:
            return self._of_a_note(note)
        return self._talk()

    def _last(self, *cues: Cue) -> Said | None:
        return next((each for each in reversed(self._said) if each.cue in cues), None)

    def _first(self, *cues: Cue) -> Said | None:
        return next((each for each in self._said if each.cue in cues), None)

    def _in_vain(self) -> HeardOutcome:
        """Somebody or something else answered, or nothing did; or they were reached after all."""
        in_vain = [each for each in self._said if each.cue in _IN_VAIN]
        kinds = {each.cue for each in in_vain}
        reached = self._last("reached")
        if reached is not None and "wrong_number" not in kinds and self._turns(in_vain[-1], reached):
            return HeardOutcome(Outcome.REACHED, self._is_sure(reached), reached.words)
        told = _which(in_vain)
        seems = self._last("seems_reached")
        spoken = reached is not None or (seems is not None and seems.sentence > told.sentence)
        if told.cue in OF_A_LINE:
            after = self._sentences[told.sentence + 1 :]
            spoken = spoken or any(_THEY_SAID.search(each) and not HEARSAY.search(each) for each in after)
        helped = "gatekeeper" in kinds or self._last("seems_gatekeeper") is not None
        unclear = "voicemail" in kinds and helped and told.cue != "wrong_number"
        other = self._last("note", "visit") is not None
        other = other or (told.cue == "gatekeeper" and bool(_RIGHT_ONE.search(self._sentences[told.sentence])))
        return HeardOutcome(_IN_VAIN[told.cue], not (spoken or unclear or other or self._missed), told.words)

    def _turns(self, in_vain: Said, reached: Said) -> bool:
        """Whether a talk came after a call in vain, and is told as what changed."""
        if not _comes_after(reached, in_vain):
            return False
        begin = in_vain.until if in_vain.sentence == reached.sentence else 0
        between = " ".join(self._sentences[in_vain.sentence : reached.sentence]) if not begin else ""
        clause = self._sentences[reached.sentence][begin : reached.until + 30]
        return bool(HANDED_OVER.search(reached.words) or TURN.search(f"{between[-80:]} {clause}"))

    def _is_sure(self, reached: Said) -> bool:
        after = self._last("in_vain", "wrong_number")
        return _comes_after(reached, after) and not self._missed and not self._is_doubtful(reached)

    def _is_doubtful(self, talk: Said) -> bool:
        """Whether it may have been somebody else who was spoken with, or not by telephone."""
        line = self._sentences[talk.sentence]
        after = line[talk.until :]
        spoken_with = talk.cue == "reached" or after.startswith((" with ", " to "))
        if (spoken_with and SOMEONE.search(after)) or (ANY.search(line[: talk.at]) and talk.words[:1].isupper()):
            return True
        if talk.words.lower().startswith(_SPOKE) and A_COLLEAGUE.search(line[: talk.at]):
            return True
        if (other := ELSE.search(line)) and not HANDED_OVER.search(talk.words) and not TURN.search(line[other.end() :]):
            return True
        for each in self._said:
            near = abs(each.sentence - talk.sentence) <= 1
            if each.cue == "passed_on" and (near or self._last("seems_reached") is None):
                return True
            if each.cue == "seems_gatekeeper" and near and not self._turns(each, talk):
                return True
            if each.cue in {"note", "visit"} and each.sentence <= talk.sentence:
                return True
            if each.cue == "visit" and not self._has_phone:
                return True
        return False

    def _tells_of_one(self) -> bool:
        """Whether what was said is one person's: "they said" is a desk's as well."""
        return any(_ONE.search(self._sentences[number]) for number in self._content) and not any(
            map(_A_DESK_SAID.search, self._sentences)
        )

    def _of_a_note(self, note: Said) -> HeardOutcome | None:
        """Nobody called anybody; but an e-mail may go with a talk."""
        first = self._first("note", "visit", "written") or note
        reached, seems = self._first("reached"), self._first("seems_reached")
        talk = reached or seems
        visit = self._last("visit") is not None
        if talk is not None and (self._has_phone or not visit) and _comes_after(first, talk):
            return HeardOutcome(Outcome.REACHED, bool(self._content) and self._is_sure(talk), talk.words)
        late = first.sentence > 1 and not NO_CALL.search(note.words)
        they_said = any(map(_THEY_SAID.search, self._sentences)) and not visit
        sure = not (self._missed or self._has_phone or late or they_said or (reached is not None and not visit))
        return HeardOutcome(Outcome.NO_CALL, sure, note.words)

    def _talk(self) -> HeardOutcome | None:
        """A talk, or what only seems one and is asked."""
        if self._missed:
            return None
        if (talk := self._last("reached") or self._last("seems_reached")) is not None:
            bare = talk.cue == "seems_reached" and not (self._content and (self._has_phone or self._tells_of_one()))
            in_vain = self._last("in_vain", "seems_in_vain")
            doubtful = in_vain is not None and not self._turns(in_vain, talk)
            doubtful = doubtful or self._is_doubtful(talk)
            return HeardOutcome(Outcome.REACHED, not (bare or doubtful), talk.words)
        if (other := self._last("seems_gatekeeper")) is not None:
            sure = self._has_phone and self._last("passed_on") is not None
            return HeardOutcome(Outcome.GATEKEEPER, sure, other.words)
        if self._last("in_vain", "passed_on") is not None:
            return None
        if (plan := self._last("plan")) is not None:
            return HeardOutcome(Outcome.NO_CALL, False, plan.words)
        if self._content:
            found = CONTENT.search(self._sentences[self._content[0]])
            words = found[0].strip(" ,;:.-") if found else ""
            they_said = any(map(_THEY_SAID.search, self._sentences))
            called = they_said and self._tells_of_one() and (self._has_phone or len(self._content) > _MUCH)
            return HeardOutcome(Outcome.REACHED, called and self._last("seems_in_vain") is None, words)
        return None


def _comes_after(one: Said, other: Said | None) -> bool:
    return other is None or (other.sentence, other.at) < (one.sentence, one.at)


def _which(in_vain: list[Said]) -> Said:
    """Which of several holds: a wrong number before all; else the last, but who left a message, or spoke to a
    colleague, did more than get no answer."""
    wrong = [each for each in in_vain if each.cue == "wrong_number"]
    more = [each for each in in_vain if each.cue != "no_answer"]
    return (wrong or more or in_vain)[-1]
