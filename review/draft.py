"""What the rep has answered so far: kept after each answer, so that leaving at any point loses nothing."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from memos.models import ContactRef, Sentence


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
    def resume(cls, data: dict[str, Any] | None, heard: str) -> Self:
        """The draft in ``data`` if it is one of ``heard`` and makes sense, else a new one."""
        if not data or data.get("heard") != heard:
            return cls(heard)
        try:
            sentences = [Sentence(**sentence) for sentence in data["sentences"]]
            contact = ContactRef(**data["contact"]) if data["contact"] else None
            return cls(heard, sentences, contact, bool(data["contact_answered"]))
        except (KeyError, TypeError):
            return cls(heard)
