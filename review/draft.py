"""What the rep has answered so far: kept after each answer, so that leaving at any point loses nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self, get_args

from memos.models import Action, ContactRef, Sentence


@dataclass(slots=True)
class Draft:
    """A review in progress.

    :ivar heard: the whole text it is a review of; a new transcript makes the draft void.
    :ivar sentences: the first ones, as answered.
    :ivar contact: whom the talk was with; None when nobody was named, or when it was not asked yet.
    :ivar contact_answered: which of the two it is.
    """

    heard: str
    sentences: list[Sentence] = field(default_factory=list)
    contact: ContactRef | None = None
    contact_answered: bool = False

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
        return asdict(self)

    @classmethod
    def resume(cls, data: dict[str, Any] | None, heard: str, sentences: Sequence[str]) -> Self:
        """The draft in ``data`` if it is one of ``heard`` and makes sense, else a new one.

        :param sentences: ``heard`` as it is cut now; answers to another cut are void, too.
        """
        if not data or data.get("heard") != heard:
            return cls(heard)
        try:
            answered = [_answered(**sentence) for sentence in data["sentences"]]
            contact = _named(**data["contact"]) if data["contact"] else None
            contact_answered = bool(data["contact_answered"])
        except (KeyError, TypeError, ValueError):
            return cls(heard)
        if [sentence.heard for sentence in answered] != list(sentences[: len(answered)]):
            return cls(heard)
        return cls(heard, answered, contact, contact_answered)


def _answered(position: int, heard: str, text: str, action: Action, seconds: float) -> Sentence:
    right = isinstance(position, int) and isinstance(text, str) and isinstance(seconds, int | float)
    if not right or action not in get_args(Action) or (action == "strike") != (text == ""):
        raise ValueError("no answer to a sentence")
    return Sentence(position, heard, text, action, seconds)


def _named(name: str, **details: str | None) -> ContactRef:
    if not isinstance(name, str) or not all(isinstance(value, str | None) for value in details.values()):
        raise TypeError("no contact")
    return ContactRef(name, **details)
