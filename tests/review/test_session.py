"""The reading without any face: what is up, what may be answered; and nothing brings it to store what was not read."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from scripted_terminal import at
from transcripts import transcript_of

from memos.models import ConfirmedMemo
from memos.outcomes import Outcome
from memos.store import Store
from memos.vocabulary import Mishearing
from review.again import SaidAgain
from review.errors import NotTaken, TooQuick
from review.outcome import HeardOutcome
from review.outcome_question import OutcomeQuestion
from review.reading import shortest_reading
from review.session import ReviewSettings, Session, Unconfirmed
from review.stage import Stage
from transcribe.transcript import Transcript

NOW = at("2026-11-21T16:45:00-05:00")
HEARD = ["That was Dana at 512-555-0143.", "She liked it.", "I'll call her again on Tuesday at half past two."]


@dataclass
class Desk:
    """A store, a clock that is moved by hand, and the draft as it is on the disk."""

    store: Store
    transcript: Transcript
    seconds: float = 0.0
    draft: dict[str, Any] | None = None

    def open(self, hint: str | None = None) -> Session:
        memo = Unconfirmed(
            "20261121-214005-7f3a",
            at("2026-11-21T16:40:05-05:00"),
            14.0,
            "microphone",
            hint,
            self.transcript,
            self.draft,
        )
        how = ReviewSettings("Rita", 0.5, "en-US", "US")
        return Session(memo, self.store, how, self.keep, lambda: NOW, lambda: self.seconds)

    def keep(self, draft: dict[str, Any]) -> None:
        self.draft = json.loads(json.dumps(draft))

    def read(self, session: Session) -> None:
        """Keep every sentence, each after hardly more than the time that it takes."""
        while (up := session.gate.up) is not None:
            session.gate.show()
            self.seconds += shortest_reading(up.text) + 0.001
            session.gate.keep()

    def promise(self, session: Session) -> None:
        """Say yes to the next call that is up."""
        assert session.call.offer is not None
        session.call.show()
        self.seconds += shortest_reading(session.call.offer.line) + 0.001
        session.call.accept(meant=True)


@pytest.fixture
def desk(tmp_path: Path, transcript_of: Callable[..., Transcript]) -> Iterator[Desk]:
    with Store.open(tmp_path / "memos.db", clock=lambda: NOW) as store:
        yield Desk(store, transcript_of(" ".join(HEARD)))


def name(session: Session, *lines: str) -> None:
    session.outcome.choose(Outcome.REACHED)
    session.outcome_answered()
    for line in lines:
        session.contact.answer(line)
    session.contact_answered()


def test_a_memo_goes_from_stage_to_stage_and_is_stored_at_the_end(desk: Desk) -> None:
    session = desk.open()
    stages = [session.stage]
    desk.read(session)
    stages.append(session.stage)
    session.outcome.choose(Outcome.REACHED)
    session.outcome_answered()
    stages.append(session.stage)
    for line in ("Dana Whitfield, Brightwater", "512-555-0143"):
        session.contact.answer(line)
    session.contact_answered()
    stages.append(session.stage)
    desk.promise(session)
    stages.append(session.stage)

    confirmed = session.confirm()

    assert stages == [Stage.READING, Stage.OUTCOME, Stage.CONTACT, Stage.CALL, Stage.ANSWERED]
    [memo] = desk.store.list()
    assert (memo.id, memo.text) == (confirmed.id, " ".join(HEARD))


def test_a_sentence_that_no_face_has_shown_cannot_be_answered(desk: Desk) -> None:
    gate = desk.open().gate
    desk.seconds += 3600

    for answer in (gate.keep, gate.strike, lambda: gate.edit("Other words.")):
        with pytest.raises(TooQuick):
            answer()
    assert gate.up is not None
    assert gate.up.position == 0


def test_how_long_it_still_must_be_up_is_told(desk: Desk) -> None:
    gate = desk.open().gate
    whole = shortest_reading(HEARD[0])
    assert gate.wait() == whole

    gate.show()
    desk.seconds += 0.25
    assert gate.wait() == pytest.approx(whole - 0.25)

    desk.seconds += 10
    assert gate.wait() == 0.0


def test_what_was_put_in_its_place_by_a_key_is_to_be_read_anew(desk: Desk) -> None:
    session = desk.open()
    session.gate.show()
    desk.seconds += 10
    session.gate.begin_again()
    session.gate.end_again(SaidAgain("20261121-214105-0001", desk.transcript))

    with pytest.raises(TooQuick):
        session.gate.keep()


def test_what_may_be_done_follows_what_is_up(desk: Desk) -> None:
    session = desk.open()
    always = {"keep", "edit", "strike", "say again"}
    assert session.gate.acts == always

    session.gate.show()
    desk.seconds += 10
    session.gate.keep()
    assert session.gate.acts == always | {"back"}

    with pytest.raises(TooQuick):
        session.gate.edit("Not at all what was heard.")
    assert session.gate.acts == always | {"back", "undo"}


def test_nothing_is_left_to_be_done_with_sentences_that_have_their_answer(desk: Desk) -> None:
    session = desk.open()
    desk.read(session)

    assert session.gate.up is None
    for act in (session.gate.keep, session.gate.strike, session.gate.undo, session.gate.back, session.gate.show):
        with pytest.raises(NotTaken):
            act()


@pytest.mark.parametrize("read", [False, True])
def test_the_next_call_is_not_asked_before_the_memo_was_read_and_the_contact_named(desk: Desk, read: bool) -> None:
    session = desk.open()
    if read:
        desk.read(session)

    with pytest.raises(NotTaken):
        _ = session.call
    with pytest.raises(NotTaken):
        session.confirm()
    assert desk.store.list() == []


def test_the_contact_is_not_asked_before_the_memo_was_read(desk: Desk) -> None:
    with pytest.raises(NotTaken):
        _ = desk.open().contact


def test_what_became_of_the_call_is_asked_before_the_contact_and_is_stored(desk: Desk) -> None:
    session = desk.open()
    with pytest.raises(NotTaken):
        _ = session.outcome
    desk.read(session)
    with pytest.raises(NotTaken):
        _ = session.contact
    with pytest.raises(NotTaken):
        session.outcome_answered()
    session.outcome.choose(Outcome.VOICEMAIL)
    session.outcome_answered()

    again = desk.open()
    assert (again.stage, again.became) == (Stage.CONTACT, Outcome.VOICEMAIL)
    again.contact.answer("")
    again.contact_answered()
    desk.promise(again)
    assert again.confirm().outcome is Outcome.VOICEMAIL


def test_what_is_offered_of_the_call_has_to_be_read_and_takes_no_longer_than_a_glance(desk: Desk) -> None:
    session = desk.open()
    desk.read(session)
    with pytest.raises(TooQuick):
        session.outcome.accept()
    session.outcome.show()
    with pytest.raises(TooQuick):
        session.outcome.accept()
    session.outcome.show()
    desk.seconds += 1.5
    session.outcome.accept()
    assert session.outcome.answer is Outcome.REACHED


def test_in_another_language_what_became_of_the_call_is_asked_and_nothing_offered(desk: Desk) -> None:
    desk.transcript = replace(desk.transcript, language="de")
    session = desk.open()
    desk.read(session)
    assert session.outcome.offer is None
    with pytest.raises(NotTaken):
        session.outcome.accept()


@pytest.mark.parametrize("words", ["got her voicemail", " ".join(["word"] * 60)])
@pytest.mark.parametrize("outcome", Outcome)
def test_no_outcome_takes_more_than_a_second_and_a_half_to_read(outcome: Outcome, words: str) -> None:
    assert shortest_reading(OutcomeQuestion(HeardOutcome(outcome, True, words)).line) <= 1.5


def test_a_question_of_the_contact_that_is_still_up_leaves_it_unanswered(desk: Desk) -> None:
    session = desk.open()
    desk.read(session)
    session.outcome.choose(Outcome.REACHED)
    session.outcome_answered()
    session.contact.answer("Dana Whitfield")

    with pytest.raises(NotTaken):
        session.contact_answered()
    assert session.stage is Stage.CONTACT


def test_each_answer_is_on_the_disk_before_the_next_sentence_is_up(desk: Desk) -> None:
    session = desk.open()
    session.gate.show()
    desk.seconds += 10
    session.gate.strike()

    assert desk.draft is not None
    assert [sentence["action"] for sentence in desk.draft["sentences"]] == ["strike"]
    again = desk.open()
    assert again.gate.up is not None
    assert again.gate.up.position == 1
    assert again.gate.goes_on_at == 2


TEXTS = st.sampled_from(["", "She loved it.", "word " * 60, "I'll call on Friday.", "\x1b[2J", "東京" * 30])


class Attack(RuleBasedStateMachine):
    """Does anything at any time, in any order, and quickly; whatever is stored must have been up for long enough."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "memos.db", clock=lambda: NOW)
        self.shown: tuple[str, float] | None = None
        """What the face showed last, and when; None where something else is up by now."""
        self.read: dict[int, float] = {}
        """By position, how much longer than needed each answered sentence was up, as the face saw it."""

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize(words=st.lists(st.sampled_from(HEARD), max_size=3), probability=st.sampled_from([0.2, 0.9]))
    def begin(self, words: list[str], probability: float) -> None:
        self.desk = Desk(self.store, transcript_of(" ".join(words), probability=probability))
        self.session = self.desk.open()

    @rule(seconds=st.sampled_from([0.0, 0.1, 0.4, 1.0, 3.0, 30.0]))
    def wait(self, seconds: float) -> None:
        self.desk.seconds += seconds

    @rule()
    def show(self) -> None:
        with suppress(NotTaken):
            up = self.session.gate.show()
            self.shown = (up.text, self.desk.seconds)

    @rule(act=st.sampled_from(["keep", "strike", "back", "undo", "fix"]))
    def act(self, act: str) -> None:
        before = self.session.gate.up
        try:
            getattr(self.session.gate, act)()
        except NotTaken:
            return
        if act in ("keep", "strike"):
            assert before is not None
            self.note(before.position, before.text)
        self.shown = None

    @rule(text=TEXTS)
    def edit(self, text: str) -> None:
        before = self.session.gate.up
        try:
            self.session.gate.edit(text)
        except NotTaken:
            return
        assert before is not None
        self.note(before.position, before.text)
        self.shown = None

    def note(self, position: int, text: str) -> None:
        assert self.shown is not None, "a sentence was answered that was not on the screen"
        self.read[position] = self.desk.seconds - self.shown[1] - shortest_reading(text)

    @rule(said=st.booleans())
    def say_again(self, said: bool) -> None:
        with suppress(NotTaken):
            self.session.gate.begin_again()
            again = SaidAgain("20261121-214105-0001", transcript_of("Quite another thing was said."))
            self.session.gate.end_again(again if said else None)
            self.shown = None

    @rule()
    def hear(self) -> None:
        with suppress(NotTaken):
            self.session.gate.sound()
            self.session.gate.sound_of_next_word()

    @rule(what=st.sampled_from(["read_all_the_same", "read_again", "outcome_answered", "contact_answered"]))
    def go_on(self, what: str) -> None:
        with suppress(NotTaken):
            getattr(self.session, what)()

    @rule(outcome=st.none() | st.sampled_from(Outcome))
    def say_what_became_of_it(self, outcome: Outcome | None) -> None:
        with suppress(NotTaken):
            self.session.outcome.show()
            if outcome is None:
                self.session.outcome.accept()
            else:
                self.session.outcome.choose(outcome)

    @rule(line=st.sampled_from(["", "Dana", "Dana Whitfield, Acme", "512-555-0143", "soon"]))
    def name(self, line: str) -> None:
        with suppress(NotTaken):
            self.session.contact.answer(line)

    @rule(number=st.integers(-1, 3))
    def choose_contact(self, number: int) -> None:
        with suppress(NotTaken):
            self.session.contact.choose(number)

    @rule()
    def name_somebody_new(self) -> None:
        with suppress(NotTaken):
            self.session.contact.somebody_new()

    @rule(line=st.sampled_from(["Thursday at ten", "none", "none, they signed elsewhere", "whenever", "in spring"]))
    def type_a_day(self, line: str) -> None:
        with suppress(NotTaken):
            self.session.call.type(line)

    @rule(meant=st.booleans())
    def accept(self, meant: bool) -> None:
        with suppress(NotTaken):
            self.session.call.accept(meant=meant)

    @rule(number=st.integers(-1, 3))
    def choose_day(self, number: int) -> None:
        with suppress(NotTaken):
            self.session.call.choose(number)

    @rule()
    def show_the_call(self) -> None:
        with suppress(NotTaken):
            self.session.call.show()

    @rule(reason=st.sampled_from(["", "-", "they signed elsewhere"]))
    def give_a_reason(self, reason: str) -> None:
        with suppress(NotTaken):
            self.session.call.none(reason)

    @rule(steps=st.integers(1, 4))
    def do_as_asked(self, steps: int) -> None:
        """Some steps as an honest reader takes them, or else the end would hardly ever be reached."""
        for _ in range(steps):
            self.take_a_step(self.session.stage)

    def take_a_step(self, stage: Stage) -> None:
        if stage is Stage.NO_SPEECH:
            self.session.read_all_the_same()
        elif stage is Stage.READING:
            self.show()
            self.wait(30.0)
            self.act("keep")
        elif stage is Stage.OUTCOME:
            self.say_what_became_of_it(Outcome.REACHED)
            self.session.outcome_answered()
        elif stage is Stage.CONTACT:
            ask = self.session.contact.ask
            if ask is None:
                self.session.contact_answered()
            elif ask.about == "known":
                self.session.contact.somebody_new()
            else:
                self.session.contact.answer("")
        elif stage is Stage.CALL:
            self.session.call.none("they signed elsewhere")

    @rule()
    def begin_anew(self) -> None:
        """The program was killed, or the memo is opened at another place: what is on the disk goes on."""
        self.session, self.shown = self.desk.open(), None

    @rule()
    def confirm(self) -> None:
        try:
            confirmed: ConfirmedMemo = self.session.confirm()
        except NotTaken:
            assert self.store.list() == []
            return
        heard = confirmed.sentences
        assert [sentence.position for sentence in heard] == list(range(len(heard)))
        assert heard
        assert all(self.read[sentence.position] >= -1e-9 for sentence in heard)
        assert all(sentence.seconds >= shortest_reading(sentence.text) - 1e-9 for sentence in heard)
        assert confirmed.text
        assert confirmed.outcome is not None
        assert (confirmed.next_call is None) == bool(confirmed.no_next_call_reason)
        self.begin_over()

    def begin_over(self) -> None:
        self.store.close()
        self.folder.cleanup()
        self.folder = TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name) / "memos.db", clock=lambda: NOW)
        self.read.clear()
        self.desk = Desk(self.store, transcript_of(" ".join(HEARD)))
        self.begin_anew()


TestAttack = Attack.TestCase
TestAttack.settings = settings(max_examples=60, stateful_step_count=80, deadline=None)


def test_the_attack_gets_somewhere(desk: Desk) -> None:
    """The state machine above would pass as well if nothing could be stored at all; the way it has to go is open."""
    session = desk.open()
    desk.read(session)
    name(session, "")
    assert session.call.type("none, they signed elsewhere")
    assert session.confirm().no_next_call_reason == "they signed elsewhere"


def test_what_was_put_right_before_is_offered_and_is_read_before_it_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "misheard", lambda self: (Mishearing("liked", "loved", 2),))
    session = desk.open()
    session.gate.show()
    desk.seconds += 10
    session.gate.keep()
    assert "fix" in session.gate.acts

    session.gate.show()
    desk.seconds += 10
    session.gate.fix()
    with pytest.raises(TooQuick):
        session.gate.keep()
    assert session.gate.up is not None
    assert session.gate.up.text == "She loved it."
