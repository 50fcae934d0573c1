"""The session drawn on a page: what is up becomes a screen, what the rep does is handed to the session."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from aftercall.desk.words import with_number
from aftercall.web.acts import act as do
from aftercall.web.screens import Act, Floor, Screen
from aftercall.web.sentence import drawn, sentence
from aftercall.web.strip import Strip
from ground.printable import printable
from memos.models import ContactRef
from memos.outcomes import Outcome, is_talk
from review.again import SaidAgain, SayAgain
from review.call_question import CallQuestion
from review.contact_question import ContactQuestion
from review.errors import KEPT, NotConfirmed, NotSaidAgain, NotTaken
from review.play import Player, Stretch
from review.session import Session
from review.stage import Stage

_OUTCOMES: Final = {
    Outcome.REACHED: ("r", "reached"),
    Outcome.VOICEMAIL: ("v", "voicemail"),
    Outcome.NO_ANSWER: ("a", "no answer"),
    Outcome.GATEKEEPER: ("g", "a colleague"),
    Outcome.WRONG_NUMBER: ("w", "wrong number"),
    Outcome.THEY_CALLED: ("c", "they called"),
    Outcome.NO_CALL: ("n", "no call"),
}

_STALE: Final = "That was answered already, here or on another page. This is up now."

_ADDED: Final = "Added after this sentence; it is up next."


class PageReader:
    """Implements aftercall.desk.face.Reader.

    :param floor: where screens are put up.
    :param samples: the sound of a stretch of the memo.
    :param strip_of: the coming two weeks, with what is offered.
    """

    def __init__(
        self, floor: Floor, samples: Callable[[Stretch], bytes], strip_of: Callable[[CallQuestion], Strip]
    ) -> None:
        self._floor = floor
        self._samples = samples
        self._strip_of = strip_of
        self._sounds: dict[str, Stretch] = {}
        self._shown: object = None
        """The offer that was shown last."""
        self._remarks: list[str] = []

    def stored(self, what_next: str) -> None:
        """See Reader."""
        self._floor.put_up(Screen("stored", {"line": what_next}, self._floor.said()))

    def read(self, session: Session, player: Player | None, say_again: SayAgain | None) -> None:
        """See Reader. The sound is played by the browser, so the player is left alone."""
        notes: tuple[str, ...] = ()
        if session.foreign:
            notes = (f"In {session.foreign!r}: risk words and the next call are found in English only.",)
        if session.stage is Stage.READING and session.gate.goes_on_at:
            notes = (*notes, f"Going on at sentence {session.gate.goes_on_at}; what you answered is kept.")
        if session.stage is Stage.READING and session.gate.left_over:
            notes = (*notes, *self._take_left_over(session, say_again))
        while session.stage is not Stage.ANSWERED:
            screen = self._screen(session, say_again).noting(*self._floor.said(), *notes)
            notes = self._answer(session, say_again, screen)

    def _answer(self, session: Session, say_again: SayAgain | None, screen: Screen) -> tuple[str, ...]:
        """Have the screen answered; what is to be said of that on the next one."""
        up = screen
        while True:
            if self._floor.asked:
                self._show(session)  # it is sent now
            act, up = self._floor.next_act(up, self._sounds), screen
            if act.name == "look":
                continue
            if act.turn != screen.turn:
                up = screen.noting(_STALE)
            elif act.name == "shown":
                self._show(session, anew=True)
            elif act.name == "editing" and session.stage is Stage.READING:
                session.gate.begin_edit()
            elif act.name == "word" and session.stage is Stage.READING:
                up = self._word(session, screen)
            else:
                break
        if act.name == "leave":
            raise NotConfirmed(KEPT)
        try:
            return self._do(session, say_again, act)
        except NotTaken as why:
            return (str(why),)

    def _show(self, session: Session, *, anew: bool = False) -> None:
        """Have the time count from now of what was not shown yet; ``anew``: of what is up, whatever it was."""
        stage = session.stage
        if stage is Stage.READING:
            up = session.gate.up
            if anew or (up is not None and up.since is None):
                session.gate.show(None if anew or up is None else self._begun(up.shown))
        elif stage is Stage.OUTCOME and (anew or self._shown is not session.outcome):
            self._shown = session.outcome
            session.outcome.show()
        elif stage is Stage.COMMITMENTS:
            session.commitments.show()
        elif stage is Stage.CALL and (anew or self._shown is not session.call.offer):
            self._shown = session.call.offer
            session.call.show()

    def _begun(self, shown: str) -> float | None:
        """Since when these words were read while the microphone was open; None where they were not."""
        offered, self._floor.offered = self._floor.offered, None
        return offered[1] if offered is not None and offered[0] == printable(shown) else None

    def _word(self, session: Session, screen: Screen) -> Screen:
        """The same screen, with the next marked word to be heard."""
        try:
            stretch, word = session.gate.sound_of_next_word()
        except NotTaken as why:
            return screen.noting(str(why))
        self._sounds["word"] = stretch
        return replace(screen.noting(word) if word else screen, play="word")

    def _do(self, session: Session, say_again: SayAgain | None, act: Act) -> tuple[str, ...]:
        if session.stage is Stage.READING and act.name in ("say again", "say more"):
            return self._record(session, say_again, adding=act.name == "say more")
        do(session, act.name, act.text)
        return (_ADDED,) if act.name == "add" else ()

    # -- screens -----------------------------------------------------------------------------------------------

    def _screen(self, session: Session, say_again: SayAgain | None) -> Screen:
        stage = session.stage
        self._sounds = {}
        facts: Mapping[str, Any]
        if stage is Stage.READING:
            facts, stretch = sentence(session.gate, self._samples)
            facts = {**facts, "can_record": say_again is not None}
            if stretch is not None:
                self._sounds["sentence"] = stretch
            return Screen("sentence", facts)
        if stage is Stage.NO_SPEECH:
            return Screen("no_speech", {"why": session.no_speech, **self._whole(session)})
        if stage is Stage.NOTHING_LEFT:
            return Screen("nothing_left", {"struck": session.every_sentence_struck, **self._whole(session)})
        if stage is Stage.OUTCOME:
            return Screen("outcome", {"line": session.outcome.line, "choices": _OUTCOMES})
        if stage is Stage.CONTACT:
            return Screen("contact", self._contact(session.contact, session.became))
        if stage is Stage.COMMITMENTS:
            question = session.commitments
            return Screen("commitments", {"lines": question.lines, "struck": question.struck})
        if stage is Stage.CALL:
            return Screen(
                "call",
                {"offer": session.call.offer, "missing": session.call.missing, "strip": self._strip_of(session.call)},
            )
        return Screen("elsewhere", {"stage": str(stage)})

    def _whole(self, session: Session) -> Mapping[str, Any]:
        """The sound of all of the memo, to be heard where there is no sentence to it."""
        pcm = self._samples(session.sound)
        if pcm:
            self._sounds["sentence"] = session.sound
        return drawn(session.sound, pcm)

    def _contact(self, question: ContactQuestion, became: Outcome | None) -> Mapping[str, Any]:
        self._remarks = question.remarks() or self._remarks
        ask = question.ask
        assert ask is not None
        named = question.contact
        return {
            "heading": _whom(became),
            "ask": ask,
            "choices": [(with_number(ref), _why_alike(named, ref)) for ref in ask.choices],
            "new": with_number(named) if named else "",
            "remarks": self._remarks,
        }

    # -- at the microphone, once more --------------------------------------------------------------------------

    def _record(self, session: Session, say_again: SayAgain | None, *, adding: bool) -> tuple[str, ...]:
        if say_again is None:
            raise NotTaken("It cannot be said here; edit it.")
        session.gate.begin_again(adding=adding)
        return self._take(session, say_again.record, _ADDED if adding else "", adding=adding)

    def _take_left_over(self, session: Session, say_again: SayAgain | None) -> tuple[str, ...]:
        """What was recorded when something ended the program, before it was shown."""
        gate = session.gate
        adding = gate.left_over == "add"
        if say_again is None:
            gate.end_again(None)
            return ()
        left_over, known = say_again.left_over, gate.recordings
        told = "You had begun to say this sentence again. What was heard of it:"
        if adding:
            told = "You had begun to add something. What was heard of it is up after this sentence."
        return self._take(session, lambda: left_over(known), told, adding=adding)

    def _take(
        self, session: Session, get: Callable[[], SaidAgain | None], told: str, *, adding: bool
    ) -> tuple[str, ...]:
        """Take what was said to where it belongs; what is to be told of it."""
        said: SaidAgain | None = None
        lines: tuple[str, ...] = ()
        try:
            said = get()
        except NotSaidAgain as why:
            lines = (f"{why} {'Nothing was added.' if adding else 'The sentence is as it was.'}",)
        if said is not None and told:
            lines = (told,)
        session.gate.end_again(said)
        return lines


def _whom(became: Outcome | None) -> str:
    if became is Outcome.NO_CALL:
        return "Whom is it about?"
    return "Whom did you speak with?" if is_talk(became) else "Whom did you call?"


def _why_alike(named: ContactRef | None, ref: ContactRef) -> str:
    """Why somebody known is offered for the one that was named."""
    if named is None:
        return ""
    if named.phone and named.phone == ref.phone:
        return "the same number"
    name = "the same name" if named.name.casefold() == ref.name.casefold() else "a name like it"
    company = named.company and ref.company and named.company.casefold() == ref.company.casefold()
    return f"{name}, the same company" if company else name
