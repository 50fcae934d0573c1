"""What the rep has answered so far: kept after each answer, so that leaving at any point loses nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self, get_args

from memos.models import Action, ContactRef, Sentence
from memos.outcomes import Outcome
from review.again import SaidAgain


@dataclass(slots=True)
class Draft:
    """A review in progress.

    :ivar heard: the whole text it is a review of; a new transcript makes the draft void.
    :ivar sentences: the first ones, as answered.
    :ivar taken_back: answers that the rep went back over, the first of them last: they are asked again, from there.
    :ivar said_again: by position, sentences that were said again, answered or not.
    :ivar saying_again: the position of a sentence of which a replacement is being recorded.
    :ivar outcome: what became of the call; None until it is answered.
    :ivar contact: whom the talk was with; None when nobody was named, or when it was not asked yet.
    :ivar contact_answered: which of the two it is.
    """

    heard: str
    sentences: list[Sentence] = field(default_factory=list)
    contact: ContactRef | None = None
    contact_answered: bool = False
    taken_back: list[Sentence] = field(default_factory=list)
    said_again: dict[int, SaidAgain] = field(default_factory=dict)
    saying_again: int | None = None
    outcome: Outcome | None = None

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
        return asdict(self) | {"said_again": {position: said.to_dict() for position, said in self.said_again.items()}}

    def take_back(self) -> None:
        """Ask for the last answer again."""
        self.taken_back.append(self.sentences.pop())

    def answer(self, sentence: Sentence) -> None:
        """Take the answer to the next sentence."""
        self.sentences.append(sentence)
        self.saying_again = None
        del self.taken_back[-1:]

    @property
    def answered_before(self) -> Sentence | None:
        """What was answered to the next sentence before the rep went back to it."""
        return self.taken_back[-1] if self.taken_back else None

    @classmethod
    def resume(cls, data: dict[str, Any] | None, heard: str, sentences: Sequence[str]) -> Self:
        """The draft in ``data`` if it is one of ``heard`` and makes sense, else a new one.

        :param sentences: ``heard`` as it is cut now; answers to another cut are void, too.
        """
        if not data or data.get("heard") != heard:
            return cls(heard)
        try:
            answered = [_answered(**sentence) for sentence in data["sentences"]]
            taken_back = [_answered(**sentence) for sentence in data.get("taken_back", [])]
            said_again = {int(at): SaidAgain.from_dict(said) for at, said in data.get("said_again", {}).items()}
            saying_again = None if data.get("saying_again") is None else int(data["saying_again"])
            contact = _named(**data["contact"]) if data["contact"] else None
            contact_answered = bool(data["contact_answered"])
            outcome = Outcome(data["outcome"]) if data.get("outcome") else None
        except (AttributeError, KeyError, TypeError, ValueError):
            return cls(heard)
        once_answered = [sentence.heard for sentence in (*answered, *reversed(taken_back))]
        if once_answered != list(sentences[: len(once_answered)]):
            return cls(heard)
        return cls(heard, answered, contact, contact_answered, taken_back, said_again, saying_again, outcome)


def _answered(position: int, heard: str, text: str, action: Action, seconds: float) -> Sentence:
    right = isinstance(position, int) and isinstance(text, str) and isinstance(seconds, int | float)
    if not right or action not in get_args(Action) or (action == "strike") != (text == ""):
        raise ValueError("no answer to a sentence")
    return Sentence(position, heard, text, action, seconds)


def _named(**given: Any) -> ContactRef:
    types = {"name": str, "id": int | None, "new": bool}
    if not all(isinstance(value, types.get(field, str | None)) for field, value in given.items()):
        raise TypeError("no contact")
    return ContactRef(**given)
