"""What is known of words from earlier memos."""

from dataclasses import dataclass
from typing import Self

from memos.store import Store
from memos.vocabulary import Mishearing


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of words from earlier memos, for the sentences that are up.

    :ivar names: the words of contacts' names and companies, casefolded.
    :ivar misheard: what the rep has put right before.
    """

    names: frozenset[str]
    misheard: tuple[Mishearing, ...]

    @classmethod
    def of(cls, store: Store) -> Self:
        """As the store has it."""
        words = (
            word
            for contact in store.contacts()
            for name in (contact.name, contact.company or "", *contact.spellings)
            for word in name.casefold().split()
        )
        return cls(frozenset(words), tuple(store.misheard()))
