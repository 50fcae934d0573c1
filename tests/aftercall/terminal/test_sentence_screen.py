"""Every sentence is read, each answer is kept at once, and nobody reads faster than a person can."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from rich.cells import cell_len
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal, keys

from aftercall.terminal.sentence_screen import Begun, SentenceScreen
from memos.models import Sentence
from memos.vocabulary import Mishearing
from review.again import SaidAgain
from review.draft import Draft
from review.errors import Discarded, NotConfirmed, NotSaidAgain
from review.gate import Gate
from review.marks import Marker
from review.play import Stretch
from review.reading import shortest_reading
from review.sentences import split_sentences
from transcribe.transcript import Hole, Transcript

Make = Callable[..., Transcript]
HEARD = ["She liked the demo.", "He paid four hundred.", "We talk on Friday."]
MARKER = Marker(lambda words: [word.probability < 0.5 for word in words], frozenset(), english=True)


@dataclass
class FakePlayer:
    """Says what it was told to play; plays nothing."""

    trouble: str | None = None
    played: list[Stretch | str] = field(default_factory=list)

    def play(self, stretch: Stretch) -> str | None:
        self.played.append(stretch)
        return self.trouble

    def stop(self) -> None:
        self.played.append("stop")


@dataclass
class FakeSayAgain:
    """Answers with what it was given, one for each time."""

    says: list[SaidAgain | Exception] = field(default_factory=list)
    left: SaidAgain | None = None

    def record(self) -> SaidAgain:
        said = self.says.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    def left_over(self, known: Collection[str]) -> SaidAgain | None:
        return None if self.left is not None and self.left.recording_id in known else self.left


@dataclass
class Reading:
    """One pass through the gate, with what it kept on the disk."""

    terminal: ScriptedTerminal
    draft: Draft
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(sentence.action, sentence.text) for sentence in self.draft.sentences]


@pytest.fixture
def read(transcript_of: Make) -> Callable[..., Reading]:
    def go(
        *answers: Answer,
        draft: Draft | None = None,
        doubtful: tuple[str, ...] = (),
        player: FakePlayer | None = None,
        say_again: FakeSayAgain | None = None,
        misheard: tuple[Mishearing, ...] = (),
        transcript: Transcript | None = None,
        begun: Begun | None = None,
        **terminal: Any,
    ) -> Reading:
        transcript = transcript or transcript_of(" ".join(HEARD), doubtful=doubtful)
        reading = Reading(ScriptedTerminal(answers, **terminal), draft or Draft(transcript.text))

        def keep(draft: Draft) -> None:
            reading.kept.append(json.loads(json.dumps(draft.to_dict())))

        sentences = split_sentences(transcript)
        gate = Gate(sentences, reading.draft, MARKER, keep, reading.terminal.clock, misheard)
        try:
            SentenceScreen(reading.terminal, gate, player, say_again).read(begun)
        except NotConfirmed:
            reading.kept.append({"left": True})
        assert reading.terminal.all_given
        return reading

    return go


@pytest.mark.parametrize("key", ["\r", "\n", " ", "k"])
def test_each_of_these_keys_keeps_a_sentence(read: Callable[..., Reading], key: str) -> None:
    reading = read(*keys(key * 3))

    assert reading.answers == [("keep", text) for text in HEARD]
    assert [sentence.seconds for sentence in reading.draft.sentences] == [10.0] * 3
    assert [sentence.position for sentence in reading.draft.sentences] == [0, 1, 2]


def test_every_sentence_is_shown_by_itself_and_in_order(read: Callable[..., Reading]) -> None:
    shown = read(*keys("kkk")).terminal.shown

    for number, text in enumerate(HEARD, start=1):
        header, following = shown.split(f"{number} of 3   Enter keep")[1].split("\n", 1)
        assert following.splitlines()[0].strip() == text, header


def test_each_answer_is_kept_before_the_next_is_asked_for(read: Callable[..., Reading]) -> None:
    assert [len(kept["sentences"]) for kept in read(*keys("ksk")).kept] == [1, 2, 3]


def test_an_edited_sentence_is_stored_as_edited_beside_what_was_heard(read: Callable[..., Reading]) -> None:
    reading = read(Key("k"), Key("e"), Line("He paid five hundred."), Key("k"))

    assert reading.draft.sentences[1] == Sentence(1, HEARD[1], "He paid five hundred.", "edit", 20.0)
    assert reading.terminal.prompts == [("edit:", HEARD[1])]


def test_an_edit_that_changes_nothing_keeps_the_sentence(read: Callable[..., Reading]) -> None:
    assert read(Key("e"), Line(None), *keys("kk")).answers[0] == ("keep", HEARD[0])


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_edit_that_leaves_nothing_is_asked_again(read: Callable[..., Reading], typed: str) -> None:
    assert read(Key("e"), Line(typed), Line("She bought it."), *keys("kk")).answers[0] == ("edit", "She bought it.")


def test_what_was_pasted_is_stored_on_one_line_without_control_characters(read: Callable[..., Reading]) -> None:
    reading = read(Key("e"), Line("She\nliked\x1b[31m it."), *keys("kk"))

    assert reading.answers[0] == ("edit", "She liked[31m it.")


def test_a_struck_sentence_is_no_part_of_the_memo(read: Callable[..., Reading]) -> None:
    reading = read(*keys("ksk"))

    assert reading.answers[1] == ("strike", "")
    assert reading.draft.text == f"{HEARD[0]} {HEARD[2]}"


def test_back_asks_again_for_the_sentence_before(read: Callable[..., Reading]) -> None:
    reading = read(*keys("kkbs"), *keys("k"))

    assert [action for action, _ in reading.answers] == ["keep", "strike", "keep"]
    assert [len(kept["sentences"]) for kept in reading.kept] == [1, 2, 1, 2, 3]


def test_there_is_no_way_back_from_the_first(read: Callable[..., Reading]) -> None:
    reading = read(*keys("bkkk"))

    assert len(reading.answers) == 3
    assert "Enter keeps" in reading.terminal.shown


def test_help_is_shown_and_answers_nothing(read: Callable[..., Reading]) -> None:
    reading = read(*keys("?kkk"))

    assert "strike it: it will not be part of the memo" in reading.terminal.shown
    assert len(reading.answers) == 3


@pytest.mark.parametrize("key", ["y", "x", "K", "\x1b[A", "\r\r\r", "kk", "é", "\x00"])
def test_a_key_without_a_meaning_answers_nothing(read: Callable[..., Reading], key: str) -> None:
    reading = read(Key(key), *keys("kkk"))

    assert "Enter keeps, e edits" in reading.terminal.shown
    assert len(reading.answers) == 3


@pytest.mark.parametrize("key", ["k", "s"])
def test_an_answer_quicker_than_anyone_reads_is_not_taken(read: Callable[..., Reading], key: str) -> None:
    too_quick = shortest_reading(HEARD[0]) - 0.01

    reading = read(Key(key, too_quick), Key(key, too_quick), Key(key), *keys("kk"))

    assert reading.terminal.shown.count("quicker than anyone reads") == 2
    assert reading.terminal.shown.count(HEARD[0]) == 3
    assert len(reading.answers) == 3
    assert reading.draft.sentences[0].seconds == 10.0


def test_the_shortest_time_to_read_is_enough(read: Callable[..., Reading]) -> None:
    reading = read(*(Key("k", shortest_reading(text) + 0.001) for text in HEARD))

    assert "quicker" not in reading.terminal.shown


def test_after_an_edit_the_edited_words_are_shown_again_when_it_was_too_quick(
    read: Callable[..., Reading],
) -> None:
    long = " ".join(["word"] * 300)

    reading = read(Key("e", 0.1), Line(long), Key("k", 40.0), *keys("kk"))

    assert "quicker than anyone reads" in reading.terminal.shown
    assert reading.terminal.shown.split("quicker")[1].count("word") == 300
    assert reading.answers[0] == ("edit", long)


def test_what_was_pasted_into_a_line_is_read_however_long_the_sentence_was_up_before(
    read: Callable[..., Reading],
) -> None:
    pasted = " ".join(f"word{number}" for number in range(150))

    reading = read(Key("e", 600.0), Line(pasted), Key("k", 1.0), Key("k", 16.0), *keys("kk"))

    assert reading.terminal.shown.count("quicker than anyone reads") == 2
    assert reading.answers[0] == ("edit", pasted)


def test_doubtful_words_are_marked(read: Callable[..., Reading]) -> None:
    shown = read(*keys("kkk"), doubtful=("four", "hundred.")).terminal.shown

    assert "He paid [four hundred.?]" in shown


def test_words_that_look_like_markup_are_shown_as_they_are(read: Callable[..., Reading], transcript_of: Make) -> None:
    reading = read(*keys("k"), transcript=transcript_of("A [red]sale[/] :smile: today."))

    assert "A [red]sale[/] :smile: today." in reading.terminal.shown


@pytest.mark.parametrize("answer", [Key("q"), Key("l"), Key("\x1b"), Gone()])
@pytest.mark.parametrize("answered", [0, 1, 2])
def test_leaving_keeps_what_was_answered(read: Callable[..., Reading], answer: Answer, answered: int) -> None:
    reading = read(*keys("k" * answered), answer)

    assert reading.kept[-1] == {"left": True}
    assert len(reading.answers) == answered
    assert len(reading.kept) == answered + 1


def test_leaving_in_an_edit_leaves_the_sentence_unanswered(read: Callable[..., Reading]) -> None:
    reading = read(*keys("ke"), Gone())

    assert len(reading.answers) == 1


def test_a_later_review_goes_on_where_it_was_left(read: Callable[..., Reading]) -> None:
    left = read(*keys("sq"))

    reading = read(*keys("kk"), draft=left.draft)

    assert "Going on at sentence 2" in reading.terminal.shown
    assert HEARD[0] not in reading.terminal.shown
    assert [action for action, _ in reading.answers] == ["strike", "keep", "keep"]


def test_throwing_away_takes_the_whole_word(read: Callable[..., Reading], transcript_of: Make) -> None:
    reading = read(Key("d"), Line(""), Key("d"), Line("yes"), *keys("kkk"))
    assert len(reading.answers) == 3

    with pytest.raises(Discarded):
        read(Key("k"), Key("d"), Line("discard"))


class TestBegunWhileTheMicrophoneWasOpen:
    def test_the_sentence_is_not_drawn_again_and_its_time_counts_from_when_it_came_up(
        self, read: Callable[..., Reading]
    ) -> None:
        reading = read(*keys("kk"), begun=Begun(HEARD[0], -3.0, "k"))

        assert HEARD[0] not in reading.terminal.shown
        assert [sentence.seconds for sentence in reading.draft.sentences] == [3.0, 10.0, 10.0]

    def test_a_key_that_closed_it_too_quickly_answers_nothing(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("kkk"), begun=Begun(HEARD[0], -0.1, "k"))

        assert "quicker than anyone reads" in reading.terminal.shown
        assert reading.terminal.shown.count(HEARD[0]) == 1
        assert len(reading.answers) == 3

    def test_where_silence_closed_it_the_first_key_is_waited_for(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("kkk"), begun=Begun(HEARD[0], -3.0, None))

        assert HEARD[0] not in reading.terminal.shown
        assert reading.draft.sentences[0].seconds == 13.0

    def test_other_words_than_those_that_were_up_are_drawn_and_read(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("kkk"), begun=Begun("She liked the memo.", -30.0, "k"))

        assert reading.terminal.shown.count(HEARD[0]) == 1
        assert reading.draft.sentences[0].seconds == 10.0


class TestGoingBack:
    def test_an_edit_is_there_again(self, read: Callable[..., Reading]) -> None:
        reading = read(Key("e"), Line("She loved it."), Key("b"), Key("e"), Line(None), *keys("kk"))

        assert reading.terminal.prompts[1] == ("edit:", "She loved it.")
        assert reading.answers[0] == ("edit", "She loved it.")
        assert reading.draft.taken_back == []

    def test_over_several_sentences_each_is_there_as_it_was_left(self, read: Callable[..., Reading]) -> None:
        edits = [Key("e"), Line("One."), Key("e"), Line("Two.")]

        reading = read(*edits, *keys("bbkkk"))

        assert [text for _, text in reading.answers] == ["One.", "Two.", HEARD[2]]

    def test_the_rep_may_leave_in_between(self, read: Callable[..., Reading]) -> None:
        left = read(Key("e"), Line("One."), Key("k"), *keys("bb"), Key("q"))
        draft = Draft.resume(left.kept[-2], left.draft.heard, HEARD)

        reading = read(*keys("kkk"), draft=draft)

        assert [text for _, text in reading.answers] == ["One.", HEARD[1], HEARD[2]]

    def test_a_struck_sentence_is_asked_as_it_was_heard(self, read: Callable[..., Reading]) -> None:
        assert read(*keys("sbkkk")).answers[0] == ("keep", HEARD[0])


class TestHearing:
    def test_the_sentence_is_played_with_a_little_around_it(self, read: Callable[..., Reading]) -> None:
        player = FakePlayer()

        read(*keys("khkk"), player=player)

        # Words of 0.3 s every 0.4 s: the second sentence is from the fifth to the eighth.
        [stretch, silence] = player.played
        assert isinstance(stretch, Stretch)
        assert (stretch.start, stretch.end) == pytest.approx((1.6 - 0.2, 3.1 + 0.2))
        assert silence == "stop"

    def test_a_word_is_played_with_a_second_around_it_and_then_the_next(self, read: Callable[..., Reading]) -> None:
        player = FakePlayer()

        reading = read(*keys("kwwwkk"), doubtful=("He", "hundred."), player=player)

        first, second, again, _ = player.played
        assert isinstance(first, Stretch)
        assert isinstance(second, Stretch)
        assert (first.start, first.end) == pytest.approx((0.6, 2.9))
        assert (second.start, second.end) == pytest.approx((1.8, 4.1))
        assert again == first
        assert "  hundred." in reading.terminal.shown

    def test_without_doubt_a_word_that_must_be_right_is_played(self, read: Callable[..., Reading]) -> None:
        player = FakePlayer()

        reading = read(*keys("kkwk"), player=player)

        assert isinstance(player.played[0], Stretch)
        assert reading.terminal.shown.rstrip().endswith("Friday.")

    def test_a_word_of_a_sentence_without_marks_is_the_sentence(self, read: Callable[..., Reading]) -> None:
        player = FakePlayer()

        read(*keys("whkkk"), player=player)

        assert player.played[0] == player.played[1]

    def test_without_a_speaker_one_line_says_so_and_the_review_goes_on(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("hkkk"), player=FakePlayer("No speaker was found."))

        assert "No speaker was found." in reading.terminal.shown
        assert len(reading.answers) == 3

    def test_what_was_typed_has_no_sound(self, read: Callable[..., Reading]) -> None:
        assert "There is no sound to this memo." in read(*keys("hkkk")).terminal.shown


class TestSayingAgain:
    @pytest.fixture
    def said(self, transcript_of: Make) -> SaidAgain:
        return SaidAgain("20261121-164105-0001", transcript_of("He paid five hundred.", doubtful=("five",)))

    def test_the_new_words_take_the_place_of_the_old_and_are_read_like_them(
        self, read: Callable[..., Reading], said: SaidAgain
    ) -> None:
        player = FakePlayer()

        reading = read(*keys("krhkk"), say_again=FakeSayAgain([said]), player=player)

        assert "He paid [five?] hundred." in reading.terminal.shown
        assert reading.draft.sentences[1] == Sentence(1, HEARD[1], "He paid five hundred.", "edit", 20.0)
        assert player.played[1] == Stretch(0.0, pytest.approx(1.7), said.recording_id)

    def test_they_are_kept_before_they_are_answered(self, read: Callable[..., Reading], said: SaidAgain) -> None:
        left = read(*keys("krq"), say_again=FakeSayAgain([said]))
        draft = Draft.resume(left.kept[-2], left.draft.heard, HEARD)

        reading = read(*keys("kk"), draft=draft)

        assert reading.answers[1] == ("edit", "He paid five hundred.")

    def test_too_quick_counts_from_when_they_came_up(self, read: Callable[..., Reading], said: SaidAgain) -> None:
        reading = read(Key("r"), Key("k", 0.1), *keys("kkk"), say_again=FakeSayAgain([said]))

        assert "quicker than anyone reads" in reading.terminal.shown

    def test_where_it_fails_the_sentence_is_up_again_as_it_was(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("rkkk"), say_again=FakeSayAgain([NotSaidAgain("Nobody spoke.")]))

        assert "Nobody spoke." in reading.terminal.shown
        assert reading.answers[0] == ("keep", HEARD[0])
        assert reading.draft.saying_again is None

    def test_undo_brings_back_what_was_heard(self, read: Callable[..., Reading], said: SaidAgain) -> None:
        reading = read(*keys("rukkk"), say_again=FakeSayAgain([said]))

        assert reading.answers[0] == ("keep", HEARD[0])
        assert reading.draft.said_again == {}

    def test_where_nothing_can_record_one_line_says_so(self, read: Callable[..., Reading]) -> None:
        assert "cannot be said again here" in read(*keys("rkkk")).terminal.shown

    def test_ended_in_the_middle_what_was_recorded_is_taken_up(
        self, read: Callable[..., Reading], said: SaidAgain
    ) -> None:
        left = read(*keys("kr"), say_again=FakeSayAgain([NotConfirmed("the terminal was closed")]))
        assert left.kept[-2]["saying_again"] == 1
        draft = Draft.resume(left.kept[-2], left.draft.heard, HEARD)

        reading = read(*keys("kk"), draft=draft, say_again=FakeSayAgain(left=said))

        assert "You had begun to say this sentence again" in reading.terminal.shown
        assert reading.answers[1] == ("edit", "He paid five hundred.")

    def test_one_that_was_answered_in_the_meantime_is_not(self, read: Callable[..., Reading], said: SaidAgain) -> None:
        draft = Draft(" ".join(HEARD), saying_again=0)
        draft.answer(Sentence(0, HEARD[0], HEARD[0], "keep", 2.0))

        assert read(*keys("kk"), draft=draft, say_again=FakeSayAgain(left=said)).answers[1] == ("keep", HEARD[1])


class TestAdding:
    @pytest.fixture
    def said(self, transcript_of: Make) -> SaidAgain:
        return SaidAgain("20261121-164105-0001", transcript_of("He has two dogs. They bark.", doubtful=("two",)))

    def test_what_is_typed_is_read_next_and_like_the_rest(self, read: Callable[..., Reading]) -> None:
        reading = read(Key("a"), Line("He has a dog."), Key("k"), Key("k", 0.1), *keys("kkk"))

        assert reading.terminal.prompts == [("add (type it):", "")]
        assert "Added after this sentence; it is up next." in reading.terminal.shown
        assert "quicker than anyone reads" in reading.terminal.shown
        assert reading.draft.sentences[1] == Sentence(1, "", "He has a dog.", "edit", 10.0)
        assert [sentence.text for sentence in reading.draft.sentences] == [HEARD[0], "He has a dog.", *HEARD[1:]]

    def test_what_is_said_is_read_sentence_by_sentence_with_its_marks(
        self, read: Callable[..., Reading], said: SaidAgain
    ) -> None:
        player = FakePlayer()

        reading = read(Key("a"), Line(""), *keys("khkkkk"), say_again=FakeSayAgain([said]), player=player)

        assert reading.terminal.prompts == [("add (type it, or Enter to speak):", "")]
        assert "2 of 5   Enter keep" in reading.terminal.shown
        assert "He has [two?] dogs." in reading.terminal.shown
        assert reading.answers[1:3] == [("keep", "He has two dogs."), ("keep", "They bark.")]
        assert Stretch(0.0, pytest.approx(1.7), said.recording_id) in player.played

    def test_the_player_is_silent_while_something_is_said(self, read: Callable[..., Reading], said: SaidAgain) -> None:
        player = FakePlayer()

        read(*keys("ha"), Line(""), *keys("q"), say_again=FakeSayAgain([said]), player=player)

        assert player.played[1] == "stop"

    def test_where_it_fails_nothing_is_added(self, read: Callable[..., Reading]) -> None:
        reading = read(Key("a"), Line(""), *keys("kkk"), say_again=FakeSayAgain([NotSaidAgain("Nobody spoke.")]))

        assert "Nobody spoke. Nothing was added." in reading.terminal.shown
        assert [text for _, text in reading.answers] == HEARD

    def test_where_nothing_can_record_an_empty_line_adds_nothing(self, read: Callable[..., Reading]) -> None:
        reading = read(Key("a"), Line(""), *keys("kkk"))

        assert "Nothing was added." in reading.terminal.shown
        assert [text for _, text in reading.answers] == HEARD

    def test_ended_in_the_middle_what_was_recorded_is_taken_up(
        self, read: Callable[..., Reading], said: SaidAgain
    ) -> None:
        left = read(*keys("ka"), Line(""), say_again=FakeSayAgain([NotConfirmed("the terminal was closed")]))
        draft = Draft.resume(left.kept[-2], left.draft.heard, HEARD)

        reading = read(*keys("kkkk"), draft=draft, say_again=FakeSayAgain(left=said))

        assert "You had begun to add something." in reading.terminal.shown
        assert [text for _, text in reading.answers[2:]] == ["He has two dogs.", "They bark.", HEARD[2]]

    def test_ended_before_anything_was_recorded_what_was_added_before_is_not_added_again(
        self, read: Callable[..., Reading], said: SaidAgain
    ) -> None:
        again = FakeSayAgain([said, NotConfirmed("the terminal was closed")])
        left = read(Key("a"), Line(""), Key("a"), Line(""), say_again=again)
        draft = Draft.resume(left.kept[-2], left.draft.heard, HEARD)

        reading = read(*keys("kkkkk"), draft=draft, say_again=FakeSayAgain(left=said))

        assert [text for _, text in reading.answers].count("They bark.") == 1

    def test_what_was_typed_has_no_sound_and_the_sentence_stays_up(self, read: Callable[..., Reading]) -> None:
        reading = read(Key("a"), Line("He has a dog."), *keys("khwkkk"), player=FakePlayer())

        assert reading.terminal.shown.count("It was typed, so there is no sound to it.") == 2
        assert len(reading.answers) == 4


class TestWhatWasNotWrittenDown:
    @pytest.fixture
    def holed(self, transcript_of: Make) -> Transcript:
        return replace(transcript_of(" ".join(HEARD)), holes=(Hole(1.5, 4.6),))

    def test_is_an_item_of_its_own_between_two_sentences(self, read: Callable[..., Reading], holed: Transcript) -> None:
        reading = read(*keys("kkkk"), transcript=holed)

        shown = reading.terminal.shown
        assert shown.index(HEARD[0]) < shown.index("  3 s were not written down here: h hears them")
        assert shown.index("2 of 4") < shown.index("3 s were not") < shown.index(HEARD[1])
        assert reading.answers[1] == ("keep", "")
        assert reading.draft.text == " ".join(HEARD)

    def test_is_told_to_a_screen_reader(self, read: Callable[..., Reading], holed: Transcript) -> None:
        shown = read(*keys("kkkk"), transcript=holed, plain=True).terminal.shown

        assert "question mark explains.\n3 s were not written down here: h hears them\n" in shown

    def test_just_that_is_heard(self, read: Callable[..., Reading], holed: Transcript) -> None:
        player = FakePlayer()

        read(*keys("khwq"), transcript=holed, player=player)

        assert player.played[:2] == [Stretch(1.5, 4.6), Stretch(1.5, 4.6)]

    def test_is_typed(self, read: Callable[..., Reading], holed: Transcript) -> None:
        reading = read(*keys("ke"), Line("Her boss agrees."), *keys("kk"), transcript=holed)

        assert reading.terminal.prompts == [("edit:", "")]
        assert reading.draft.text == " ".join([HEARD[0], "Her boss agrees.", *HEARD[1:]])

    def test_stays_as_it_is_when_nothing_is_typed(self, read: Callable[..., Reading], holed: Transcript) -> None:
        reading = read(*keys("ke"), Line(""), *keys("kkk"), transcript=holed)

        assert "It is as it was." in reading.terminal.shown
        assert reading.answers[1] == ("keep", "")

    def test_of_one_second_is_told_in_the_singular(self, read: Callable[..., Reading], holed: Transcript) -> None:
        reading = read(*keys("kkkk"), transcript=replace(holed, holes=(Hole(1.5, 2.6),)))

        assert "1 s was not written down here: h hears it " in reading.terminal.shown


class TestThePage:
    def test_the_cursor_of_an_edit_is_on_the_first_doubtful_word(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("ke"), Line(None), Key("e"), Line(None), doubtful=("four", "hundred."))

        assert reading.terminal.cursors == [HEARD[1].index("four"), None]

    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_no_line_is_wider_than_the_screen_and_no_key_is_left_out_or_torn(
        self, read: Callable[..., Reading], width: int
    ) -> None:
        reading = read(*keys("?kkk"), width=width)

        lines = reading.terminal.shown.splitlines()
        assert all(len(line) <= width for line in lines)
        assert len([line for line in lines if " of 3   Enter keep · e edit" in line]) == 3
        assert len([line for line in lines if line.endswith("? help")]) == 3
        for key in ("h hear", "r say again", "a add", "s strike", "b back", "q later"):
            assert len([line for line in lines if key in line.split(" · ")]) == 3

    def test_a_long_sentence_is_broken_where_the_eye_still_finds_the_next_line(
        self, read: Callable[..., Reading], transcript_of: Make
    ) -> None:
        reading = read(*keys("k"), transcript=transcript_of(" ".join(["word"] * 39) + " end."), width=120)

        assert max(len(line.strip()) for line in reading.terminal.shown.splitlines()[2:]) <= 72

    @pytest.mark.parametrize("text", ["東京" * 40 + "。 また。", "👩‍💻 " * 38 + "end."])
    def test_letters_that_take_two_cells_break_no_line(
        self, read: Callable[..., Reading], transcript_of: Make, text: str
    ) -> None:
        transcript = transcript_of(text)

        reading = read(*keys("k" * len(split_sentences(transcript))), transcript=transcript, width=60)

        assert max(cell_len(line) for line in reading.terminal.shown.splitlines()) <= 60

    def test_for_a_screen_reader_the_marks_are_words(self, read: Callable[..., Reading]) -> None:
        shown = read(*keys("k?kk"), doubtful=("four",), plain=True).terminal.shown

        assert "2 of 3. Enter keeps, question mark explains." in shown
        assert "He paid four hundred.\ndoubtful: four\ncheck: number four; number hundred\n" in shown
        assert "[" not in shown


class TestWhatWasPutRightBefore:
    MISHEARD = (Mishearing("demo", "memo", 2), Mishearing("friday", "Thursday", 3))

    def test_it_is_offered_and_taken_with_a_key(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("fkkk"), misheard=self.MISHEARD)

        assert "f makes “demo” “memo”, as you did 2 times" in reading.terminal.shown
        assert reading.answers == [("edit", "She liked the memo."), ("keep", HEARD[1]), ("keep", HEARD[2])]

    def test_it_is_never_taken_by_itself(self, read: Callable[..., Reading]) -> None:
        assert read(*keys("kkk"), misheard=self.MISHEARD).answers == [("keep", text) for text in HEARD]

    def test_undo_takes_it_back(self, read: Callable[..., Reading]) -> None:
        assert read(*keys("fukkk"), misheard=self.MISHEARD).answers[0] == ("keep", HEARD[0])

    def test_where_there_is_nothing_of_it_a_line_says_so(self, read: Callable[..., Reading]) -> None:
        reading = read(*keys("fkkk"))

        assert "Nothing in it was put right before" in reading.terminal.shown
        assert reading.answers[0] == ("keep", HEARD[0])


def test_what_another_pass_heard_is_marked_and_told(read: Callable[..., Reading], transcript_of: Make) -> None:
    [segment] = transcript_of(" ".join(HEARD)).segments
    words = [replace(word, instead_of="memo.") if word.text == "demo." else word for word in segment.words]
    compared = replace(transcript_of(" ".join(HEARD)), segments=(replace(segment, words=tuple(words)),))

    reading = read(*keys("kkk"), transcript=compared)

    assert "[demo.?]" in reading.terminal.shown
    assert "heard before: “memo.” where it says “demo.” now" in reading.terminal.shown
