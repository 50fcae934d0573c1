"""The reading gate: the sentences of a memo, one up at a time, each to be answered when it was up for as long as
reading it takes. No face in it: a face draws what is up, says so, and hands on what the rep does."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ground.printable import printable
from memos.models import Sentence
from memos.vocabulary import Mishearing
from review.again import SaidAgain
from review.draft import Draft
from review.errors import NotTaken, TooQuick
from review.marks import Marker, Run, instead_of
from review.play import Stretch, sentence_stretch, word_stretch
from review.reading import shortest_reading
from review.sentences import HeardSentence
from review.suggestions import suggestions, with_suggestions
from transcribe.transcript import Word

Act = Literal["keep", "edit", "strike", "back", "undo", "fix", "say again"]
"""What a rep can do with the sentence that is up."""

_NOTHING_LEFT: Final = "Nothing would be left of it. To strike a sentence, keep it here and press s."


@dataclass(slots=True)
class Up:
    """The sentence that is up.

    :ivar runs: of what is up now, which is what was heard, or said again, or typed.
    :ivar words: of the sound behind it.
    :ivar said_again: the recording that `words` are from; None for the memo's own.
    :ivar since: when it came up, in seconds on the gate's clock; None until a face has said that it shows it.
    :ivar words_heard: how many times one of its words was asked to be heard.
    """

    sentence: HeardSentence
    position: int
    of: int
    runs: list[Run] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    said_again: str | None = None
    since: float | None = None
    words_heard: int = 0

    @property
    def text(self) -> str:
        """What is up, as it would be stored."""
        return " ".join(run.text for run in self.runs)


class Gate:
    """Takes the rep's answer to each sentence, in order.

    :param sentences: of the memo, as they were heard.
    :param draft: holds the answers; those that it has already are not asked again.
    :param marker: finds what to mark in a sentence.
    :param keep: called with the draft after each answer; it must write it to the disk.
    :param clock: seconds, monotonic.
    :param misheard: what the rep has put right before, which is offered.
    """

    def __init__(
        self,
        sentences: Sequence[HeardSentence],
        draft: Draft,
        marker: Marker,
        keep: Callable[[Draft], None],
        clock: Callable[[], float] = time.monotonic,
        misheard: Sequence[Mishearing] = (),
    ) -> None:
        self._sentences = sentences
        self._draft = draft
        self._marker = marker
        self._keep = keep
        self._clock = clock
        self._misheard = misheard
        self._up = self._next()

    # -- what is up --------------------------------------------------------------------------------------------

    @property
    def up(self) -> Up | None:
        """The sentence to be read; None when each has an answer."""
        return self._up

    @property
    def goes_on_at(self) -> int | None:
        """The number of the sentence at which an earlier review was left; None at the beginning and at the end."""
        answered = len(self._draft.sentences)
        return answered + 1 if 0 < answered < len(self._sentences) else None

    @property
    def left_over(self) -> bool:
        """Whether something ended the program while the sentence that is up was said again."""
        return self._up is not None and self._draft.saying_again == self._up.position

    @property
    def acts(self) -> frozenset[Act]:
        """What may be done with the sentence that is up; whether it was up for long enough is for the clock to say."""
        up = self._must_be_up()
        acts: set[Act] = {"keep", "edit", "strike", "say again"}
        if up.position:
            acts.add("back")
        if up.said_again is not None or up.text != up.sentence.text:
            acts.add("undo")
        if suggestions(up.text, self._misheard):
            acts.add("fix")
        return frozenset(acts)

    def show(self, since: float | None = None) -> Up:
        """To be called by the face as it shows what is up: from now on it is read.

        :param since: on the clock; from when a face has shown just these words, before there was a gate.
        """
        up = self._must_be_up()
        up.since = self._clock() if since is None else since
        return up

    def remarks(self) -> Iterator[str]:
        """What else was heard where the sentence says this, and what the rep made of it before."""
        up = self._must_be_up()
        for now, before in instead_of(up.runs, up.words):
            yield printable(f"heard before: “{before}” where it says “{now}” now")
        for each in suggestions(up.text, self._misheard):
            yield printable(f"f makes “{each.heard}” “{each.meant}”, as you did {each.times} times")

    def wait(self) -> float:
        """Seconds until the sentence that is up may be answered; all of its reading where it was not shown yet."""
        up = self._must_be_up()
        shortest = shortest_reading(up.text)
        return shortest if up.since is None else max(0.0, shortest - (self._clock() - up.since))

    # -- answers -----------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the sentence as it stands; the next one is up then.

        :raises TooQuick: it was not up for as long as reading it takes.
        """
        self._answer(struck=False)

    def strike(self) -> None:
        """Leave it out of the memo; the next one is up then.

        :raises TooQuick: it was not up for as long as reading it takes.
        """
        self._answer(struck=True)

    def edit(self, text: str) -> None:
        """Put ``text`` in its place, and keep that.

        :raises NotTaken: nothing would be left of it; it stays as it was.
        :raises TooQuick: there was no time to read it; ``text`` is up now, to be read.
        """
        up = self._must_be_up()
        edited = printable(text).strip()
        if not edited:
            raise NotTaken(_NOTHING_LEFT)
        if edited != up.text:
            up.runs = self._marker.typed(edited)
        self._answer(struck=False)

    def back(self) -> None:
        """Ask for the sentence before again, as the rep left it.

        :raises NotTaken: this is the first.
        """
        if not self._must_be_up().position:
            raise NotTaken("This is the first sentence.")
        self._draft.take_back()
        self._settled()

    def undo(self) -> None:
        """Have the sentence up as it was heard first."""
        up = self._must_be_up()
        self._take(up, up.sentence.words, None)
        if self._draft.said_again.pop(up.position, None) is not None:
            self._keep(self._draft)

    def fix(self) -> None:
        """Have the sentence up as the rep put the same words right before.

        :raises NotTaken: nothing of the kind is known.
        """
        up = self._must_be_up()
        offered = suggestions(up.text, self._misheard)
        if not offered:
            raise NotTaken("Nothing in it was put right before; e edits it.")
        up.runs = self._marker.typed(with_suggestions(up.text, offered))
        up.since = None

    # -- its sound ---------------------------------------------------------------------------------------------

    def sound(self) -> Stretch:
        """Where the sound of what is up is."""
        up = self._must_be_up()
        return sentence_stretch(up.words, up.said_again)

    def sound_of_next_word(self) -> tuple[Stretch, str]:
        """Where the sound of the next marked word is, and the word: of the doubtful ones, or else of those that must be
        right; the whole sentence, and no word, where none is marked."""
        up = self._must_be_up()
        runs = self._marker.heard(up.words)
        marked = [run for run in runs if run.doubtful] or [run for run in runs if run.risks]
        if not marked:
            return self.sound(), ""
        run = marked[up.words_heard % len(marked)]
        up.words_heard += 1
        return word_stretch(up.words[run.first : run.end], up.said_again), run.text

    # -- said again --------------------------------------------------------------------------------------------

    def begin_again(self) -> None:
        """To be called before a replacement is recorded: on the disk, so that one that is cut off is found again."""
        self._draft.saying_again = self._must_be_up().position
        self._keep(self._draft)

    def end_again(self, said: SaidAgain | None) -> None:
        """To be called with what came of it; None: nothing, and the sentence is as it was."""
        up = self._must_be_up()
        if said is not None:
            self._draft.said_again[up.position] = said
            self._take(up, said.words, said.recording_id)
        up.since = None
        self._draft.saying_again = None
        self._keep(self._draft)

    # -- inside ------------------------------------------------------------------------------------------------

    def _must_be_up(self) -> Up:
        if self._up is None:
            raise NotTaken("Every sentence has its answer.")
        return self._up

    def _answer(self, *, struck: bool) -> None:
        up = self._must_be_up()
        seconds = 0.0 if up.since is None else self._clock() - up.since
        if up.since is None or seconds < shortest_reading(up.text):
            up.since = None  # it is to be shown once more, and its time counts anew
            raise TooQuick
        heard = up.sentence.text
        if struck:
            answer = Sentence(up.position, heard, "", "strike", seconds)
        else:
            answer = Sentence(up.position, heard, up.text, "keep" if up.text == heard else "edit", seconds)
        self._draft.answer(answer)
        self._settled()

    def _settled(self) -> None:
        self._keep(self._draft)
        self._up = self._next()

    def _next(self) -> Up | None:
        """The next sentence, as the rep left it: said again, or edited before they went back to it, or as heard."""
        position = len(self._draft.sentences)
        if position == len(self._sentences):
            return None
        up = Up(self._sentences[position], position, len(self._sentences))
        said, before = self._draft.said_again.get(position), self._draft.answered_before
        if said is not None:
            self._take(up, said.words, said.recording_id)
        else:
            self._take(up, up.sentence.words, None)
        if before is not None and before.text not in ("", up.text):
            up.runs = self._marker.typed(before.text)
        return up

    def _take(self, up: Up, words: tuple[Word, ...], said_again: str | None) -> None:
        up.runs, up.words, up.said_again = self._marker.heard(words), words, said_again
        up.words_heard, up.since = 0, None
