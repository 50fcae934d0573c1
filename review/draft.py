"""What the rep has answered so far: kept after each answer, so that leaving at any point loses nothing."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self, get_args

from ground.printable import printable
from memos.models import Action, Commitment, ContactRef, Sentence
from memos.outcomes import Outcome
from review.again import Added, SaidAgain, with_added
from review.reading import shortest_reading


@dataclass(slots=True)
class Draft:
    """A review in progress.

    :ivar heard: the whole text it is a review of; a new transcript makes the draft void.
    :ivar sentences: the first ones, as answered.
    :ivar taken_back: answers that the rep went back over, the first of them last: they are asked again, from there.
    :ivar said_again: by position, sentences that were said again, answered or not.
    :ivar saying_again: the position of a sentence of which a replacement is being recorded, or an addition to it.
    :ivar adding: which of the two it is.
    :ivar added: by position, sentences that were added to what was heard, answered or not.
    :ivar outcome: what became of the call; None until it is answered.
    :ivar commitments: what the rep undertook besides the next call; None until it is answered.
    :ivar contact: whom the talk was with; None when nobody was named, or when it was not asked yet.
    :ivar contact_answered: which of the two it is.
    :ivar private: whether the memo is shared with no team.
    """

    heard: str
    sentences: list[Sentence] = field(default_factory=list)
    contact: ContactRef | None = None
    contact_answered: bool = False
    taken_back: list[Sentence] = field(default_factory=list)
    said_again: dict[int, SaidAgain] = field(default_factory=dict)
    saying_again: int | None = None
    adding: bool = False
    added: dict[int, Added] = field(default_factory=dict)
    outcome: Outcome | None = None
    commitments: tuple[Commitment, ...] | None = None
    private: bool = False

    @property
    def text(self) -> str:
        """The confirmed sentences so far."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.text)

    @property
    def seconds(self) -> float:
        """Reading time so far."""
        return sum(sentence.seconds for sentence in self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        undertaken = self.commitments
        return asdict(self) | {
            "commitments": undertaken
            and [[one.sentence, one.by.isoformat() if one.by else None] for one in undertaken],
            "said_again": {position: said.to_dict() for position, said in self.said_again.items()},
            "added": {position: added.to_dict() for position, added in self.added.items()},
        }

    def take_back(self) -> None:
        """Ask for the last answer again."""
        self.taken_back.append(self.sentences.pop())

    def answer(self, sentence: Sentence) -> None:
        """Take the answer to the next sentence."""
        if self.answered_before is not None:
            self.taken_back.pop()
        self.sentences.append(sentence)
        self.saying_again, self.adding = None, False

    @property
    def answered_before(self) -> Sentence | None:
        """What was answered to the next sentence before the rep went back to it."""
        before = self.taken_back[-1] if self.taken_back else None
        return before if before is not None and before.position == len(self.sentences) else None

    def add(self, after: int, more: Sequence[Added]) -> None:
        """Add sentences after the one at ``after``, which has no answer yet, and what was added to it before; what is
        known of later ones goes along with them."""
        at = after + 1
        while at in self.added:
            at += 1

        def moved(position: int) -> int:
            return position if position < at else position + len(more)

        self.added = {moved(position): added for position, added in self.added.items()} | dict(enumerate(more, at))
        self.said_again = {moved(position): said for position, said in self.said_again.items()}
        self.taken_back = [replace(answer, position=moved(answer.position)) for answer in self.taken_back]

    @classmethod
    def resume(cls, data: dict[str, Any] | None, heard: str, sentences: Sequence[str]) -> Self:
        """The draft in ``data`` if it is one of ``heard`` and makes sense, else a new one.

        :param sentences: ``heard`` as it is cut now, an empty one for each hole; answers to another cut are void, too.
        """
        # What was to be private stays so, whatever becomes of the answers.
        private = bool(data and data.get("private"))
        if not data or data.get("heard") != heard:
            return cls(heard, private=private)
        try:
            answered = [_answered(**sentence) for sentence in data["sentences"]]
            taken_back = [_answered(**sentence) for sentence in data.get("taken_back", [])]
            said_again = {int(at): SaidAgain.from_dict(said) for at, said in data.get("said_again", {}).items()}
            added = {int(at): Added.from_dict(each) for at, each in data.get("added", {}).items()}
            saying_again = None if data.get("saying_again") is None else int(data["saying_again"])
            adding = bool(data.get("adding"))
            contact = _named(**data["contact"]) if data["contact"] else None
            contact_answered = bool(data["contact_answered"])
            outcome = Outcome(data["outcome"]) if data.get("outcome") else None
            promised = data.get("commitments")
            commitments = None if promised is None else tuple(_undertaken(*one) for one in promised)
        except (AttributeError, KeyError, TypeError, ValueError):
            return cls(heard, private=private)
        if not _fit(sentences, added, answered, taken_back):
            return cls(heard, private=private)
        again = (said_again, saying_again, adding, added)
        return cls(heard, answered, contact, contact_answered, taken_back, *again, outcome, commitments, private)


def _fit(
    sentences: Sequence[str], added: dict[int, Added], answered: list[Sentence], taken_back: list[Sentence]
) -> bool:
    """Whether the answers are to these sentences, in order, and those that were taken back to the ones after them."""
    count = len(sentences) + len(added)
    if not all(0 < position < count for position in added):
        return False
    all_heard = with_added(sentences, {position: each.sentence.text for position, each in added.items()})
    asked = [sentence.position for sentence in (*answered, *reversed(taken_back))]
    in_order = asked == sorted(set(asked)) and asked[: len(answered)] == list(range(len(answered)))
    if not in_order or any(position >= count for position in asked):
        return False
    return all(all_heard[sentence.position] == sentence.heard for sentence in (*answered, *taken_back))


def _answered(position: int, heard: str, text: str, action: Action, seconds: float) -> Sentence:
    """An answer as the gate would have taken it."""
    right = isinstance(position, int) and isinstance(text, str) and isinstance(heard, str)
    right = right and isinstance(seconds, int | float) and shortest_reading(text) <= seconds < math.inf
    right = right and text == printable(text) and (action == "strike" or (action == "keep") == (text == heard))
    # A hole that was kept as it is has neither words that were heard nor words that are kept.
    empty = action == "strike" or (action == "keep" and heard == "")
    if not right or action not in get_args(Action) or empty != (text == ""):
        raise ValueError("no answer to a sentence")
    return Sentence(position, heard, text, action, seconds)


def _undertaken(sentence: str, by: str | None) -> Commitment:
    if not isinstance(sentence, str) or not sentence:
        raise ValueError("no commitment")
    return Commitment(sentence, None if by is None else date.fromisoformat(by))


def _named(**given: Any) -> ContactRef:
    types = {"name": str, "id": int | None, "new": bool}
    if not all(isinstance(value, types.get(field, str | None)) for field, value in given.items()):
        raise TypeError("no contact")
    return ContactRef(**given)
