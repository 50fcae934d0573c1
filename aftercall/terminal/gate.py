"""The reading gate: a memo is stored when a person has read each sentence of it, and in no other way."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aftercall.terminal.terminal import KEPT, LEAVE, Terminal, discard
from ground.printable import printable
from memos.models import Sentence
from memos.vocabulary import Mishearing
from review.again import SaidAgain, SayAgain
from review.draft import Draft
from review.errors import NotConfirmed, NotSaidAgain
from review.marks import Marker, Run, first_doubtful, instead_of, shown, spoken
from review.play import Player, sentence_stretch, word_stretch
from review.reading import shortest_reading
from review.sentences import HeardSentence
from review.suggestions import suggestions, with_suggestions
from transcribe.transcript import Word

_KEEP: Final = ("\r", "\n", " ", "k")

_KEYS: Final = "Enter keep · e edit · h hear · r say again · s strike · b back · q later · ? help"
_FEWER_KEYS: Final = "Enter keep · e edit · h hear · s strike · ? help"
"""Where the others do not fit on the line."""

LONGEST_LINE: Final = 72
"""Columns that a sentence takes at the most: in longer lines the eye loses its way back (Bringhurst 2004, "The Elements
of Typographic Style", 2.1.2: 45 to 75 characters)."""

_HELP: Final = {
    "Enter, Space or k": "keep the sentence as it stands",
    "e": "edit it in place",
    "h": "hear it",
    "w": "hear one doubtful word of it, with a second around it; again: the next",
    "r": "say it again: record it anew",
    "f": "fix: take what you made of the same words before, where that is offered",
    "u": "undo: the sentence as it was heard first",
    "s": "strike it: it will not be part of the memo",
    "b": "back to the sentence before",
    "q, l or Esc": "leave for later; what you answered is kept",
    "d": "throw the whole memo away",
}
_MARKS: Final = "A word in [brackets?] was heard with doubt; what is underlined must be right."
_PLAIN_MARKS: Final = "Words named doubtful were heard with doubt; those to check must be right."


@dataclass(slots=True)
class _Up:
    """The sentence that is up.

    :ivar runs: of what is up now, which is what was heard, or said again, or typed.
    :ivar words: of the sound behind it; none for what was typed.
    :ivar said_again: the recording that `words` are from; None for the memo's own.
    :ivar began: when it came up, on the clock.
    :ivar words_played: how many times one of its words was asked to be heard.
    """

    sentence: HeardSentence
    position: int
    of: int
    runs: list[Run] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    said_again: str | None = None
    began: float = 0.0
    words_played: int = 0

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)


class ReadingGate:
    """Shows each sentence by itself and takes the rep's answer to it.

    :param marker: finds what to mark in a sentence.
    :param keep: called with the draft after each answer; it must write it to the disk.
    :param clock: seconds, monotonic.
    :param player: plays the memo's sound; None where there is none.
    :param say_again: records a sentence anew; None where nothing can.
    :param misheard: what the rep has put right before, which is offered.
    """

    def __init__(
        self,
        terminal: Terminal,
        marker: Marker,
        keep: Callable[[Draft], None],
        clock: Callable[[], float] = time.monotonic,
        player: Player | None = None,
        say_again: SayAgain | None = None,
        misheard: Sequence[Mishearing] = (),
    ) -> None:
        self._terminal = terminal
        self._marker = marker
        self._keep = keep
        self._clock = clock
        self._player = player
        self._say_again = say_again
        self._misheard = misheard
        self._others: dict[str, Callable[[_Up, Draft], None]] = {
            "?": self._explain,
            "d": lambda up, draft: discard(self._terminal),
            "h": self._hear,
            "w": self._hear_word,
            "r": self._record_again,
            "f": self._fix,
            "u": self._undo,
        }

    def read(self, sentences: list[HeardSentence], draft: Draft) -> None:
        """Go through the sentences that ``draft`` has no answer to yet. Returns when each has one.

        :raises NotConfirmed: the rep left.
        """
        if draft.sentences and len(draft.sentences) < len(sentences):
            self._terminal.show(f"Going on at sentence {len(draft.sentences) + 1}; what you answered is kept.\n")
        if draft.saying_again == len(draft.sentences) < len(sentences):
            self._take_left_over(draft)
        try:
            while len(draft.sentences) < len(sentences):
                position = len(draft.sentences)
                answer = self._answer(_Up(sentences[position], position, len(sentences)), draft)
                if answer is None:
                    draft.take_back()
                else:
                    draft.answer(answer)
                self._keep(draft)
        finally:
            if self._player:
                self._player.stop()

    def _answer(self, up: _Up, draft: Draft) -> Sentence | None:
        """The rep's answer to a sentence; None to go back."""
        self._bring_up(up, draft)
        while True:
            pressed = self._terminal.key()
            if pressed in LEAVE:
                raise NotConfirmed(KEPT)
            if pressed == "b" and up.position:
                return None
            if pressed in self._others:
                self._others[pressed](up, draft)
                continue
            if pressed == "e":
                self._edit(up)
            elif pressed not in _KEEP and pressed != "s":
                self._terminal.show("  Enter keeps, e edits, h plays, s strikes, b goes back, q leaves, ? explains.")
                continue
            seconds = self._clock() - up.began
            if seconds < shortest_reading(up.text):
                self._terminal.show(Text("  That was quicker than anyone reads. Once more:", style="italic"))
                self._show(up)
                continue
            return self._sentence(up, seconds, struck=pressed == "s")

    def _sentence(self, up: _Up, seconds: float, *, struck: bool) -> Sentence:
        heard = up.sentence.text
        if struck:
            self._terminal.show(Text("  struck\n", style="dim"))
            return Sentence(up.position, heard, "", "strike", seconds)
        return Sentence(up.position, heard, up.text, "keep" if up.text == heard else "edit", seconds)

    # -- what is up --------------------------------------------------------------------------------------------

    def _bring_up(self, up: _Up, draft: Draft) -> None:
        """Show the sentence as the rep left it: said again, or edited before they went back to it, or as heard."""
        said, before = draft.said_again.get(up.position), draft.answered_before
        if said is not None:
            self._take(up, said.words, said.recording_id)
        else:
            self._take(up, up.sentence.words, None)
        if before is not None and before.text not in ("", up.text):
            self._take_typed(up, before.text)
        self._show(up)

    def _take(self, up: _Up, words: tuple[Word, ...], said_again: str | None) -> None:
        up.runs, up.words, up.said_again, up.words_played = self._marker.heard(words), words, said_again, 0

    def _take_typed(self, up: _Up, text: str) -> None:
        up.runs = self._marker.typed(text)

    def _show(self, up: _Up) -> None:
        """Show what is up; from now on it is read."""
        up.began = self._clock()
        count = f"{up.position + 1} of {up.of}"
        if self._terminal.plain:
            lines = [f"{count}. Enter keeps, question mark explains.", *spoken(up.runs), *self._remarks(up), ""]
            self._terminal.show("\n".join(lines))
            return
        keys = _KEYS if len(count) + 3 + len(_KEYS) <= self._terminal.width else _FEWER_KEYS
        self._terminal.show(Text(f"{count}   {keys}", style="dim"))
        self._terminal.show(Constrain(Padding(shown(up.runs), (0, 2), expand=False), LONGEST_LINE + 4))
        for remark in self._remarks(up):
            self._terminal.show(Text(f"  {remark}", style="dim"))
        self._terminal.show()

    def _remarks(self, up: _Up) -> Iterator[str]:
        """What else was heard where the sentence says this, and what the rep made of it before."""
        for now, before in instead_of(up.runs, up.words):
            yield printable(f"heard before: “{before}” where it says “{now}” now")
        for each in suggestions(up.text, self._misheard):
            yield printable(f"f makes “{each.heard}” “{each.meant}”, as you did {each.times} times")

    # -- what else the keys do ---------------------------------------------------------------------------------

    def _explain(self, up: _Up, draft: Draft) -> None:
        table = Table.grid(padding=(0, 3, 0, 0))
        for key, meaning in _HELP.items():
            table.add_row(Text(key), Text(meaning))
        self._terminal.show(Padding(table, (0, 2), expand=False))
        self._terminal.show(Padding(_PLAIN_MARKS if self._terminal.plain else _MARKS, (0, 2, 1, 2), expand=False))

    def _edit(self, up: _Up) -> None:
        before, cursor = up.text, first_doubtful(up.runs)
        while not (edited := printable(self._terminal.line("  edit: ", printable(before), cursor))):
            self._terminal.show("  Nothing would be left of it. To strike a sentence, keep it here and press s.")
        if edited != before:
            self._take_typed(up, edited)

    def _fix(self, up: _Up, draft: Draft) -> None:
        offered = suggestions(up.text, self._misheard)
        if not offered:
            self._terminal.show("  Nothing in it was put right before; e edits it.")
            return
        self._take_typed(up, with_suggestions(up.text, offered))
        self._show(up)

    def _undo(self, up: _Up, draft: Draft) -> None:
        self._take(up, up.sentence.words, None)
        if draft.said_again.pop(up.position, None) is not None:
            self._keep(draft)
        self._show(up)

    def _hear(self, up: _Up, draft: Draft) -> None:
        if self._player is None:
            self._terminal.show("  There is no sound to this memo.")
        elif trouble := self._player.play(sentence_stretch(up.words, up.said_again)):
            self._terminal.show(f"  {printable(trouble)}")

    def _hear_word(self, up: _Up, draft: Draft) -> None:
        """Play the next of the words that are marked: the doubtful ones, or else those that must be right."""
        runs = self._marker.heard(up.words)
        marked = [run for run in runs if run.doubtful] or [run for run in runs if run.risks]
        if self._player is None or not marked:
            self._hear(up, draft)
            return
        run = marked[up.words_played % len(marked)]
        up.words_played += 1
        trouble = self._player.play(word_stretch(up.words[run.first : run.end], up.said_again))
        self._terminal.show(Text(f"  {printable(trouble or run.text)}", style="dim"))

    # -- say it again ------------------------------------------------------------------------------------------

    def _record_again(self, up: _Up, draft: Draft) -> None:
        if self._say_again is None:
            self._terminal.show("  It cannot be said again here; e edits it.")
            return
        if self._player:
            self._player.stop()  # or the microphone hears it
        draft.saying_again = up.position
        self._keep(draft)
        try:
            said = self._say_again.record()
        except NotSaidAgain as why:
            self._terminal.show(f"  {printable(str(why))}")
        else:
            draft.said_again[up.position] = said
            self._take(up, said.words, said.recording_id)
        draft.saying_again = None
        self._keep(draft)
        self._show(up)

    def _take_left_over(self, draft: Draft) -> None:
        """What was recorded when something ended the program, before it was shown."""
        said: SaidAgain | None = None
        if self._say_again is not None:
            try:
                said = self._say_again.left_over()
            except NotSaidAgain as why:
                self._terminal.show(printable(str(why)))
        if said is not None:
            self._terminal.show("You had begun to say this sentence again. What was heard of it:")
            draft.said_again[len(draft.sentences)] = said
        draft.saying_again = None
        self._keep(draft)
