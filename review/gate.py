"""The reading gate: the sentences of a memo, one up at a time, each to be answered when it was up for as long as
reading it takes. No face in it: a face draws what is up, says so, and hands on what the rep does."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

from ground.printable import printable
from memos.models import Action, Sentence
from memos.vocabulary import Mishearing
from review.again import SaidAgain, said_sentences, typed_sentences, with_added
from review.draft import Draft
from review.errors import NotTaken, TooQuick
from review.marks import Marker, instead_of
from review.play import Stretch, sentence_stretch, word_stretch
from review.reading import shortest_reading
from review.sentences import HeardSentence
from review.suggestions import suggestions, with_suggestions
from review.up import Up
from transcribe.transcript import Hole, Word

Act = Literal["keep", "edit", "strike", "back", "undo", "fix", "say again", "add"]
"""What a rep can do with the sentence that is up."""

_NOTHING_LEFT: Final = "Nothing would be left of it. To strike a sentence, keep it here and press s."


class Gate:
    """Takes the rep's answer to each sentence, in order.

    :param sentences: of the memo, as they were heard, and the holes between them.
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
        return answered + 1 if 0 < answered < len(self._all) else None

    @property
    def left_over(self) -> Literal["say again", "add"] | None:
        """What was done at the microphone, of the sentence that is up, when something ended the program."""
        if self._up is None or self._draft.saying_again != self._up.position:
            return None
        return "add" if self._draft.adding else "say again"

    @property
    def recordings(self) -> frozenset[str]:
        """What was said again or added, and is part of the reading."""
        said = [*self._draft.said_again.values(), *(each.said for each in self._draft.added.values())]
        return frozenset(each.recording_id for each in said if each is not None)

    @property
    def acts(self) -> frozenset[Act]:
        """What may be done with the sentence that is up; whether it was up for long enough is for the clock to say."""
        up = self._must_be_up()
        acts: set[Act] = {"keep", "edit", "strike", "say again", "add"}
        if up.position:
            acts.add("back")
        if not up.as_first:
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
        if seconds := sum(hole.end - hole.start for hole in self._holes_in(up)):
            yield f"{seconds:.0f} s of it were not written down: h hears it all"
        for now, before in instead_of(up.runs, up.words):
            yield printable(f"heard before: “{before}” where it says “{now}” now")
        for each in suggestions(up.text, self._misheard):
            yield printable(f"f makes “{each.heard}” “{each.meant}”, as you did {each.times} times")

    def wait(self) -> float:
        """Seconds until the sentence that is up may be answered; all of its reading where it was not shown yet."""
        up = self._must_be_up()
        return up.shortest if up.since is None else max(0.0, up.shortest - (self._clock() - up.since))

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

    def begin_edit(self) -> None:
        """To be called by the face as it lets the sentence be edited: before, nobody can have read what will be new."""
        self._must_be_up().editing = self._clock()

    def edit(self, text: str) -> None:
        """Put ``text`` in its place, and keep that.

        :raises NotTaken: nothing would be left of it; it stays as it was.
        :raises TooQuick: there was no time to read it; ``text`` is up now, to be read.
        """
        up = self._must_be_up()
        if not (edited := printable(text).strip()):
            raise NotTaken(_NOTHING_LEFT)
        if edited != up.text:
            up.unread = up.shortest if self.wait() else up.unread  # it cannot be shortened away unread
            new = " ".join((Counter(edited.split()) - Counter(up.text.split())).elements())
            up.runs = self._marker.typed(edited)
            if up.editing is None or self._clock() - up.editing < shortest_reading(new):
                up.hide()
        self._answer(struck=False)

    def back(self) -> None:
        """Ask for the sentence before again, as the rep left it.

        :raises NotTaken: this is the first.
        """
        if not self._must_be_up().position:
            raise NotTaken("This is the first sentence.")
        self._draft.take_back()
        self._keep(self._draft)
        self._up = self._next()

    def undo(self) -> None:
        """Have the sentence up as it was heard first."""
        up = self._must_be_up()
        self._take_first(up)
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
        up.hide()

    # -- its sound ---------------------------------------------------------------------------------------------

    def sound(self) -> Stretch:
        """Where the sound of what is up is.

        :raises NotTaken: it was typed, and has none.
        """
        up = self._must_be_up()
        if up.sentence.hole is not None and not up.words:
            return Stretch(up.sentence.hole.start, up.sentence.hole.end, up.said_again)
        if not up.words:
            raise NotTaken("It was typed, so there is no sound to it.")
        return sentence_stretch(up.words, up.said_again, self._holes_in(up))

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

    # -- said again, and added ---------------------------------------------------------------------------------

    def begin_again(self, *, adding: bool = False) -> None:
        """To be called before a replacement or an addition is recorded: on the disk, so that one cut off is found."""
        self._draft.saying_again, self._draft.adding = self._must_be_up().position, adding
        self._keep(self._draft)

    def end_again(self, said: SaidAgain | None) -> None:
        """To be called with what came of it; None: nothing, and all is as it was."""
        up = self._must_be_up()
        if said is not None and self._draft.adding:
            self._draft.add(up.position, said_sentences(said))
            up.of = len(self._all)
        elif said is not None:
            self._draft.said_again[up.position] = said
            self._take(up, said.words, said.recording_id)
        up.hide()
        self._draft.saying_again, self._draft.adding = None, False
        self._keep(self._draft)

    def add(self, text: str) -> None:
        """Add what was typed after the sentence that is up: it comes up next, to be read like the rest.

        :raises NotTaken: there is no word in it.
        """
        up = self._must_be_up()
        added = typed_sentences(printable(text))
        if not added:
            raise NotTaken("Nothing was added.")
        self._draft.add(up.position, added)
        up.of = len(self._all)
        up.hide()
        self._keep(self._draft)

    # -- inside ------------------------------------------------------------------------------------------------

    @property
    def _all(self) -> list[HeardSentence]:
        """The sentences as they were heard, with those that were added."""
        return with_added(self._sentences, {at: each.sentence for at, each in self._draft.added.items()})

    def _holes_in(self, up: Up) -> Sequence[Hole]:
        """Where a sentence that was said again has speech that was not written down: it is not cut there."""
        said = self._draft.said_again.get(up.position)
        return said.transcript.holes if said is not None else ()

    def _must_be_up(self) -> Up:
        if self._up is None:
            raise NotTaken("Every sentence has its answer.")
        return self._up

    def _answer(self, *, struck: bool) -> None:
        up = self._must_be_up()
        seconds = 0.0 if up.since is None else self._clock() - up.since
        if up.since is None or seconds < up.shortest:
            up.hide()  # it is to be shown once more, and its time counts anew
            raise TooQuick
        heard = up.sentence.text
        action: Action = "strike" if struck else "keep" if up.text == heard else "edit"
        self._draft.answer(Sentence(up.position, heard, "" if struck else up.text, action, seconds))
        self._keep(self._draft)
        self._up = self._next()

    def _next(self) -> Up | None:
        """The next sentence, as the rep left it: said again, or edited before they went back to it, or as heard."""
        position, sentences = len(self._draft.sentences), self._all
        if position == len(sentences):
            return None
        up = Up(sentences[position], position, len(sentences))
        said, before = self._draft.said_again.get(position), self._draft.answered_before
        if said is not None:
            self._take(up, said.words, said.recording_id)
        else:
            self._take_first(up)
        if before is not None and before.text not in ("", up.text):
            up.runs = self._marker.typed(before.text)
        return up

    def _take_first(self, up: Up) -> None:
        self._take(up, up.sentence.words, up.sentence.recording_id)
        if up.sentence.typed:
            up.runs = self._marker.typed(up.sentence.typed)

    def _take(self, up: Up, words: tuple[Word, ...], said_again: str | None) -> None:
        up.runs, up.words, up.said_again, up.words_heard = self._marker.heard(words), words, said_again, 0
        up.hide()
