"""What became of the call, read from a memo: what was said about this one, not about an earlier one or one to come."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from memos.outcomes import ATTEMPTS, Outcome, is_talk
from review.outcome_features import tells_of_now
from review.outcome_model import Reading, weigh
from review.sentences import split_text

_SURE: Final = 0.7
"""How probable the outcome must be to be offered."""

_NO_TALK: Final = 0.03
"""How probable it may be that there was no talk where a talk is offered: a false one closes what is promised."""

_MISSED: Final = re.compile(
    r"\bI missed\b|\b[Mm]issed (?:a|his|her|their) calls?\b|\b[Mm]issed calls? from\b"
    r"|\b(?:he|she|they|and|but|[A-Z]\w+)(?:['’][sd]| has| had)? left "
    r"(?:word|(?:me )?(?:a|another) (?:voice ?mail|message))\b"
    r"|\b(?:[Vv]oice ?mails?|[Mm]essages?) (?:on my (?:phone|machine|desk) )?from\b|\bwhile I was out\b",
)
"""They called and spoke with nobody, which closes nothing: whether there was a talk after all is for the rep to say."""

_LEAST: Final = 1e-6
"""What is left of an outcome that the words speak against: one model alone does not rule it out."""

_TWICE: Final = 2
"""The encoder's voice beside that of the words: it is right more often."""

_IN_VAIN: Final = 0.7
"""How probable it must be, of a sentence by itself, that it tells of a call in vain."""

_SAID_SO: Final = 0.5
"""How probable the words alone must make it that there was no call: to the encoder "Talked to Dana." is none."""

_WORDS: Final = 6
"""Of what was heard, at most."""


@dataclass(frozen=True, slots=True)
class HeardOutcome:
    """What became of the call, and the words that tell so most; not `sure` where they may as well tell of something
    else, and then it is for the rep to say."""

    outcome: Outcome
    sure: bool
    heard: str


def read_outcome(text: str) -> HeardOutcome | None:
    """What became of the call that `text`, in English, is about; None where it has no words."""
    from review.encoder import begin, encoder  # numpy and the weights, only where a memo is read

    reading = weigh(text)
    if not reading.features.sentences:
        return None
    outcome, sure = decide(agreed(reading.probabilities, encoder().scores(begin(text))))
    sure = sure and not (outcome is Outcome.THEY_CALLED and _MISSED.search(text))
    sure = sure and not (outcome is Outcome.NO_CALL and reading.probabilities[outcome] < _SAID_SO)
    return HeardOutcome(outcome, sure, _words_for(outcome, reading, text))


def agreed(by_words: Mapping[Outcome, float], scores: Iterable[float]) -> dict[Outcome, float]:
    """The geometric mean of what two models make probable, the encoder's twice: much only of what both do.

    :param by_words: what review.outcome_model says.
    :param scores: what review.encoder says, for each outcome in the order of :class:`Outcome`.
    """
    logs = [
        (math.log(max(by_words[outcome], _LEAST)) + _TWICE * float(score)) / (1 + _TWICE)
        for outcome, score in zip(Outcome, scores, strict=True)
    ]
    highest = max(logs)
    powers = [math.exp(each - highest) for each in logs]
    return {outcome: power / sum(powers) for outcome, power in zip(Outcome, powers, strict=True)}


def decide(probabilities: Mapping[Outcome, float]) -> tuple[Outcome, bool]:
    """The most probable outcome, and whether it is sure enough to be offered."""
    outcome = max(probabilities, key=lambda each: probabilities[each])
    no_talk = sum(probability for each, probability in probabilities.items() if not is_talk(each))
    return outcome, probabilities[outcome] >= _SURE and (not is_talk(outcome) or no_talk <= _NO_TALK)


def without_the_call(text: str) -> str:
    """The sentences of `text` that do not tell who answered, or that nobody did."""
    return " ".join(sentence for sentence in split_text(text, None) if not _tells_of_one_in_vain(sentence))


def _tells_of_one_in_vain(sentence: str) -> bool:
    reading = weigh(sentence)
    if not tells_of_now(reading.features):  # but of another try, maybe, which most memos of one in vain do
        return False
    return sum(reading.probabilities[each] for each in ATTEMPTS) >= _IN_VAIN


def _words_for(outcome: Outcome, reading: Reading, text: str) -> str:
    """The words next to each other, of one sentence, that speak for `outcome` most."""
    spoken = dict.fromkeys((token.place for sentence in reading.features.sentences for token in sentence), 0.0)
    for _, (begin, end), weight in reading.speaks_for(outcome):
        meant = [place for place in spoken if begin <= place[0] and place[1] <= end]
        for place in meant:
            spoken[place] += weight / len(meant)
    best, words = -1.0, ""
    for sentence in reading.features.sentences:
        for number in range(max(len(sentence) - _WORDS, 0) + 1):
            window = sentence[number : number + _WORDS]
            if (credit := sum(spoken[token.place] for token in window)) > best:
                best, words = credit, text[window[0].place[0] : window[-1].place[1]]
    return words.strip(" ,")
