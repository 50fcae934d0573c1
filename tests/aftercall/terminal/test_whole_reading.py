"""A review as a whole, with a real store: what is stored is what was answered, and only then."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import on_disk
import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal, at, keys

from aftercall.terminal.reading import read
from memos.models import ConfirmedMemo, Promise
from memos.store import Store
from review.errors import Discarded, NextMemo, NotConfirmed, RecordAgain
from review.play import Player, Stretch
from review.session import ReviewSettings, Session
from review.unconfirmed import Unconfirmed
from transcribe.transcript import Transcript

NOW = at("2026-11-21T16:45:00-05:00")
HEARD = ["That was Dana at 512-555-0143.", "She liked it.", "I'll call her again on Tuesday at half past two."]


@dataclass
class Desk:
    """A store, and a memo that waits; reviewing it takes a script of answers."""

    store: Store
    memo: Unconfirmed
    draft: dict[str, Any] | None = None
    shown: str = ""

    def review(self, *answers: Answer, player: Player | None = None) -> ConfirmedMemo:
        terminal = ScriptedTerminal(answers)
        settings = ReviewSettings("Rita", 0.5, "en-US", "US")
        memo = replace(self.memo, draft=self.draft)
        session = Session(memo, self.store, settings, self.keep, lambda: NOW, terminal.clock)
        try:
            read(terminal, session, player)
            return session.confirm()
        finally:
            self.shown = terminal.shown
            assert terminal.all_given

    def keep(self, draft: dict[str, Any]) -> None:
        self.draft = json.loads(json.dumps(draft))


@pytest.fixture
def desk(tmp_path: Path, transcript_of: Callable[..., Transcript]) -> Iterator[Desk]:
    with Store.open(tmp_path / "memos.db", clock=lambda: NOW) as store:
        yield Desk(store, waiting(transcript_of(" ".join(HEARD))))


def waiting(transcript: Transcript) -> Unconfirmed:
    return Unconfirmed(
        "20261121-214005-7f3a", at("2026-11-21T16:40:05-05:00"), 14.0, "microphone", "Dana Whitfield", transcript, None
    )


ALL = [*keys("kkkr"), Line(None), Line(None), Key("y")]


def test_a_memo_that_was_read_and_promised_is_stored_once_and_as_answered(desk: Desk) -> None:
    confirmed = desk.review(Key("k"), Key("e"), Line("She loved it."), *keys("kr"), Line(None), Line(None), Key("y"))

    [memo] = desk.store.list()
    assert memo.text == f"{HEARD[0]} She loved it. {HEARD[2]}"
    assert memo.heard == " ".join(HEARD)
    assert [(s.action, s.heard) for s in memo.sentences] == list(zip(["keep", "edit", "keep"], HEARD, strict=True))
    assert memo.next_call == Promise(date(2026, 11, 24), time(14, 30), None, "Tuesday at half past two")
    assert memo.no_next_call_reason is None
    assert memo.contact is not None
    assert (memo.contact.name, memo.contact.phone) == ("Dana Whitfield", "+15125550143")
    assert (memo.confirmed_by, memo.confirmed_at) == ("Rita", NOW)
    assert memo.reading_seconds == 40.0
    assert (memo.id, memo.spoken_at, memo.duration) == (desk.memo.id, desk.memo.spoken_at, 14.0)
    assert (memo.engine, memo.model, memo.weights_sha256) == ("faster-whisper", "base", "d0" * 32)
    assert Transcript.from_dict(json.loads(on_disk.transcript(desk.store, memo.id))) == desk.memo.transcript
    assert memo.text == confirmed.text
    assert [call.follow_up.due_date for call in desk.store.due()] == [date(2026, 11, 24)]


def test_confirming_again_what_is_stored_stores_nothing_more(desk: Desk) -> None:
    desk.review(*ALL)
    desk.draft = None

    desk.review(*ALL)

    assert len(desk.store.list()) == 1
    assert len(desk.store.due()) == 1


@pytest.mark.parametrize("answered", range(len(ALL)))
def test_left_in_the_middle_nothing_is_stored_and_the_next_review_goes_on_there(desk: Desk, answered: int) -> None:
    with pytest.raises(NotConfirmed):
        desk.review(*ALL[:answered], Gone())
    assert desk.store.list() == []
    assert desk.store.contacts() == []

    # The contact is one answer of two lines.
    desk.review(*ALL[4 if answered == 5 else answered :])

    [memo] = desk.store.list()
    assert memo.text == " ".join(HEARD)


def test_the_next_call_is_read_from_what_was_confirmed_not_from_what_was_heard(desk: Desk) -> None:
    edit = [Key("e"), Line("I'll call her again on Wednesday at nine.")]

    desk.review(*keys("kk"), *edit, Key("r"), Line(""), Key("y"))

    [memo] = desk.store.list()
    assert memo.next_call is not None
    assert (memo.next_call.date, memo.next_call.time) == (date(2026, 11, 25), time(9, 0))


def test_without_a_next_call_the_reason_is_stored(desk: Desk) -> None:
    desk.review(*keys("kksr"), Line(""), Line("none"), Line("she will call me"))

    [memo] = desk.store.list()
    assert memo.next_call is None
    assert memo.no_next_call_reason == "she will call me"
    assert desk.store.due() == []


def test_with_every_sentence_struck_there_is_nothing_to_store(desk: Desk) -> None:
    with pytest.raises(NotConfirmed):
        desk.review(*keys("sss"), Key("x"), Key("q"))
    assert "Nothing is left of it" in desk.shown

    with pytest.raises(Discarded):
        desk.review(Key("d"), Line(""), Key("d"), Line("discard"))
    assert desk.store.list() == []


def test_with_every_sentence_struck_it_can_be_read_again(desk: Desk) -> None:
    desk.review(*keys("sss"), Key("r"), *ALL)

    [memo] = desk.store.list()
    assert memo.text == " ".join(HEARD)


def test_a_memo_without_words_cannot_be_stored(desk: Desk, transcript_of: Callable[..., Transcript]) -> None:
    desk.memo = waiting(transcript_of())

    with pytest.raises(NotConfirmed):
        desk.review(*keys("rykq"))

    assert "No words were heard" in desk.shown
    assert desk.store.list() == []


def test_a_draft_of_other_words_is_not_taken_over(desk: Desk, transcript_of: Callable[..., Transcript]) -> None:
    with pytest.raises(NotConfirmed):
        desk.review(*keys("kkq"))
    desk.memo = waiting(transcript_of("Something else entirely. I'll call on Tuesday."))

    desk.review(*keys("kkr"), Line(""), Key("y"))

    [memo] = desk.store.list()
    assert memo.text == "Something else entirely. I'll call on Tuesday."


def test_a_contact_of_an_earlier_memo_is_recognised(desk: Desk, transcript_of: Callable[..., Transcript]) -> None:
    desk.review(*ALL)
    desk.draft = None
    desk.memo = replace(
        waiting(transcript_of("She paid. I'll call her on Friday.")),
        id="20261122-090000-0001",
        contact_hint="dana whitfeild",
    )

    desk.review(*keys("kkr"), Line(None), Key("1"), Line(None), Key("y"))

    [contact] = desk.store.contacts()
    assert (contact.name, contact.phone) == ("Dana Whitfield", "+15125550143")


def test_who_shares_a_number_with_somebody_known_is_somebody_else_when_the_rep_says_so(
    desk: Desk, transcript_of: Callable[..., Transcript]
) -> None:
    desk.memo = replace(desk.memo, contact_hint="Anna Becker, Becker & Sons")
    desk.review(*keys("kkkr"), Line(None), Line("512-555-0143"), Key("y"))
    desk.draft = None
    later = at("2026-11-22T09:00:00-05:00")
    memo = waiting(transcript_of("He paid. I'll call him on Friday."))
    desk.memo = replace(memo, id="20261122-090000-0001", spoken_at=later, contact_hint="Paul Becker, Becker & Sons")

    desk.review(*keys("kkr"), Line(None), Key("n"), Line("512-555-0143"), Key("y"))

    assert [contact.name for contact in desk.store.contacts()] == ["Anna Becker", "Paul Becker"]
    assert {call.memo.id: call.follow_up.contact and call.follow_up.contact.name for call in desk.store.due()} == {
        "20261121-214005-7f3a": "Anna Becker",
        "20261122-090000-0001": "Paul Becker",
    }


class TestWhatReadsLikeNoSpeech:
    @pytest.fixture
    def noisy(self, desk: Desk, transcript_of: Callable[..., Transcript]) -> Desk:
        desk.memo = waiting(transcript_of("Hum of all the anotel. Call on Tuesday.", probability=0.3))
        return desk

    def test_it_is_said_before_anything_else(self, noisy: Desk) -> None:
        with pytest.raises(RecordAgain):
            noisy.review(Key("x"), Key("r"))

        assert "This reads like no speech: most of the words are doubtful." in noisy.shown
        assert "1 of 2" not in noisy.shown
        assert noisy.store.list() == []

    @pytest.mark.parametrize("key", ["q", "l", "\x1b"])
    def test_it_can_be_left(self, noisy: Desk, key: str) -> None:
        with pytest.raises(NotConfirmed):
            noisy.review(Key(key))

    def test_it_can_be_thrown_away(self, noisy: Desk) -> None:
        with pytest.raises(Discarded):
            noisy.review(Key("d"), Line(""), Key("d"), Line("discard"))

    def test_it_can_be_read_all_the_same_and_is_not_asked_about_again(self, noisy: Desk) -> None:
        with pytest.raises(NotConfirmed):
            noisy.review(Key("\r"), Key("k"), Key("q"))

        noisy.review(*keys("kr"), Line(""), Key("y"))

        assert "no speech" not in noisy.shown
        assert len(noisy.store.list()) == 1


def test_in_another_language_one_line_says_what_is_missing_and_the_day_is_asked_for(
    desk: Desk, transcript_of: Callable[..., Transcript]
) -> None:
    desk.memo = waiting(replace(transcript_of("Das war Dana. Tuesday at ten."), language="de"))

    desk.review(*keys("kkr"), Line(""), Line("Thursday at ten"), Key("y"))

    assert desk.shown.count("in English only") == 1
    [memo] = desk.store.list()
    assert memo.next_call is not None
    assert memo.next_call.heard == "Thursday at ten"


class Ear:
    """Implements Player: notes what was played."""

    def __init__(self) -> None:
        self.played: list[Stretch | None] = []

    def play(self, stretch: Stretch) -> str | None:
        self.played.append(stretch)
        return None

    def stop(self) -> None:
        self.played.append(None)


@pytest.mark.parametrize(("words", "probability"), [("", 0.9), ("Blah blah nothing at all here.", 0.2)])
def test_what_has_no_words_or_no_sense_is_heard_before_it_is_thrown_away(
    desk: Desk, transcript_of: Callable[..., Transcript], words: str, probability: float
) -> None:
    desk.memo = waiting(transcript_of(words, probability=probability))
    ear = Ear()

    with pytest.raises(Discarded):
        desk.review(Key("h"), Key("d"), Line("discard"), player=ear)

    assert ear.played[:2] == [Stretch(0.0, 14.0), None]
    assert "h hear it" in desk.shown


@pytest.mark.parametrize(
    ("words", "probability"), [("", 0.9), ("Blah blah nothing at all here.", 0.2), (HEARD[0], 0.9)]
)
def test_whatever_plays_is_silent_once_the_reading_is_left_so_that_no_microphone_hears_it(
    desk: Desk, transcript_of: Callable[..., Transcript], words: str, probability: float
) -> None:
    desk.memo = waiting(transcript_of(words, probability=probability))
    ear = Ear()

    with pytest.raises(NotConfirmed):
        desk.review(Key("h"), Gone(), player=ear)

    assert isinstance(ear.played[0], Stretch)
    assert ear.played[-1] is None


@pytest.mark.parametrize(
    ("words", "probability"), [("", 0.9), ("Blah blah nothing at all here.", 0.2), (HEARD[0], 0.9)]
)
def test_a_memo_is_left_for_the_next_one(
    desk: Desk, transcript_of: Callable[..., Transcript], words: str, probability: float
) -> None:
    desk.memo = waiting(transcript_of(words, probability=probability))

    with pytest.raises(NextMemo):
        desk.review(Key("h"), Key("n"))


def test_without_sound_there_is_nothing_to_hear(desk: Desk, transcript_of: Callable[..., Transcript]) -> None:
    desk.memo = waiting(transcript_of(""))

    with pytest.raises(NextMemo):
        desk.review(Key("h"), Key("n"))
    assert "There is no sound" in desk.shown
