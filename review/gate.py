"""The reading gate: a memo is stored when a person has read each sentence of it, and in no other way."""

import time
from collections.abc import Callable
from typing import Final

from rich.padding import Padding
from rich.text import Text

from memos.models import Sentence
from review.draft import Draft
from review.errors import Discarded, NotConfirmed
from review.printable import printable
from review.reading import marked, shortest_reading
from review.sentences import HeardSentence
from review.terminal import KEPT, LEAVE, Terminal

_KEEP: Final = ("\r", "\n", " ", "k")

_HELP: Final = """\
  Enter, Space or k   keep the sentence as it stands
  e                   edit it in place
  s                   strike it: it will not be part of the memo
  b                   back to the sentence before
  q, l or Esc         leave for later; what you answered is kept
  d                   throw the whole memo away
  A word in [brackets?] was heard with doubt."""


class ReadingGate:
    """Shows each sentence by itself and takes the rep's answer to it.

    :param doubt_below: words with a probability under this are marked.
    :param keep: called with the draft after each answer; it must write it to the disk.
    :param clock: seconds, monotonic.
    """

    def __init__(
        self,
        terminal: Terminal,
        doubt_below: float,
        keep: Callable[[Draft], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terminal = terminal
        self._doubt_below = doubt_below
        self._keep = keep
        self._clock = clock

    def read(self, sentences: list[HeardSentence], draft: Draft) -> None:
        """Go through the sentences that ``draft`` has no answer to yet. Returns when each has one.

        :raises NotConfirmed: the rep left.
        """
        if draft.sentences and len(draft.sentences) < len(sentences):
            self._terminal.show(f"Going on at sentence {len(draft.sentences) + 1}; what you answered is kept.")
        while len(draft.sentences) < len(sentences):
            position = len(draft.sentences)
            answer = self._answer(sentences[position], position, len(sentences))
            if answer is None:
                del draft.sentences[-1:]
            else:
                draft.sentences.append(answer)
            self._keep(draft)

    def _answer(self, sentence: HeardSentence, position: int, of: int) -> Sentence | None:
        """The rep's answer to the sentence at ``position`` (from 0); None to go back."""
        heard = text = sentence.text
        number = position + 1
        began = self._clock()
        self._show(self._as_heard(sentence), number, of)
        while True:
            pressed = self._terminal.key()
            if pressed in LEAVE:
                raise NotConfirmed(KEPT)
            if pressed == "?":
                self._terminal.show(_HELP)
                continue
            if pressed == "d":
                discard(self._terminal)
                continue
            if pressed == "b" and position:
                return None
            if pressed == "e":
                text = self._edit(text)
            elif pressed not in _KEEP and pressed != "s":
                self._terminal.show("  Enter keeps, e edits, s strikes, b goes back, q leaves, ? explains.")
                continue
            shown = self._clock() - began
            if shown < shortest_reading(text):
                self._terminal.show(Text("  That was quicker than anyone reads. Once more:", style="italic"))
                began = self._clock()
                self._show(self._as_heard(sentence) if text == heard else Text(printable(text)), number, of)
                continue
            if pressed == "s":
                self._terminal.show(Text("  struck", style="dim"))
                return Sentence(position, heard, "", "strike", shown)
            return Sentence(position, heard, text, "keep" if text == heard else "edit", shown)

    def _edit(self, text: str) -> str:
        while not (edited := printable(self._terminal.line("  edit: ", printable(text)))):
            self._terminal.show("  Nothing would be left of it. To strike a sentence, keep it here and press s.")
        return edited

    def _show(self, sentence: Text, number: int, of: int) -> None:
        self._terminal.show()
        keys = "Enter keep · e edit · s strike · b back · q later · ? help"
        self._terminal.show(Text(f"{number} of {of}   {keys}", style="dim"))
        self._terminal.show(Padding(sentence, (0, 2)))

    def _as_heard(self, sentence: HeardSentence) -> Text:
        runs = marked(sentence, self._doubt_below)
        parts = [
            Text(f"[{printable(text)}?]", style="bold yellow") if doubtful else Text(printable(text))
            for text, doubtful in runs
        ]
        return Text(" ").join(parts)


def discard(terminal: Terminal) -> None:
    """Ask whether the whole memo is to be thrown away; returns when not.

    :raises Discarded: it is.
    """
    if terminal.line("  Type 'discard' to throw the whole memo away, or press Enter to go on: ") == "discard":
        raise Discarded("The memo was thrown away, as you asked.")
