"""The correction of a confirmed memo, read like a memo: what is put in the place of a sentence is up, piece by piece,
and counts when each was up for as long as reading it takes. A state, without a face."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ground.printable import printable
from memos.models import Action, Version
from review.errors import NotTaken, TooQuick
from review.reading import shortest_reading
from review.sentences import split_text

_NOTHING_LEFT: Final = "Nothing would be left of the memo, so the sentence stays."


@dataclass(slots=True)
class Change:
    """What is to stand in the place of a sentence.

    :ivar position: of the sentence in the memo.
    :ivar text: all of it; empty: the sentence is struck.
    :ivar left: the pieces that are still to be read, the one that is up first; of a sentence that is struck its words.
    :ivar began: when its editing began, in seconds on the clock.
    :ivar since: when the piece came up; None until a face has said that it shows it.
    """

    position: int
    text: str
    left: list[str]
    began: float
    since: float | None = None


class Correcting:
    """Takes the corrections of the version in force, one sentence at a time.

    :param clock: seconds, monotonic.

    :ivar sentences: as they are to be stored; those that were not changed are as they were read.
    :ivar change: what is up to be read; None where nothing is.
    """

    def __init__(self, present: Version, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.sentences = list(present.sentences)
        self.change: Change | None = None

    def put(self, position: int, typed: str, began: float) -> None:
        """Have ``typed`` up in the place of a sentence: of its pieces those that are new. Nothing is up where it says
        what it said; an empty one is to be struck.

        :param began: when its editing began, on the clock.
        :raises NotTaken: nothing would be left of the memo.
        """
        sentence, text = self.sentences[position], " ".join(printable(typed).split())
        self.change = None
        if text == sentence.text:
            return
        if not text and not any(each.text for each in self.sentences if each is not sentence):
            raise NotTaken(_NOTHING_LEFT)
        before = split_text(printable(sentence.text))
        new = [piece for piece in split_text(text) if piece not in before]
        # Where sentences were only taken out, or put in another order, all that is left is read.
        self.change = Change(position, text, (new or split_text(text)) if text else before, began)

    def show(self) -> str:
        """To be called by the face as it shows the piece that is up: from now on it is read."""
        change = self._must_be_up()
        change.since = self._clock()
        return change.left[0]

    def keep(self) -> None:
        """The piece was read; after the last one the change counts.

        :raises TooQuick: it was not up for as long as reading it takes.
        """
        change = self._must_be_up()
        if change.since is None or self._clock() - change.since < shortest_reading(change.left[0]):
            change.since = None  # it is to be shown once more, and its time counts anew
            raise TooQuick
        change.left.pop(0)
        change.since = None
        if change.left:
            return
        sentence = self.sentences[change.position]
        action: Action = "strike" if not change.text else "keep" if change.text == sentence.heard else "edit"
        seconds = self._clock() - change.began
        self.sentences[change.position] = replace(sentence, text=change.text, action=action, seconds=seconds)
        self.change = None

    def leave(self) -> None:
        """The sentence stays as it was."""
        self._must_be_up()
        self.change = None

    def _must_be_up(self) -> Change:
        if self.change is None:
            raise NotTaken("Nothing is up to be read.")
        return self.change
