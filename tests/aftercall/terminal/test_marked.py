"""What is marked in a sentence, for the eye and for the ear; the marks never change the words."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from aftercall.terminal.marked import shown, spoken
from review.marks import Marker, first_doubtful
from review.risk import Risk
from transcribe.transcript import Transcript, Word

Make = Callable[..., Transcript]
MARKER = Marker(lambda words: [word.probability < 0.5 for word in words], frozenset(), english=True)


def words(text: str, *doubtful: str) -> list[Word]:
    return [Word(word, 0.0, 0.3, 0.2 if word in doubtful else 0.9) for word in text.split()]


def test_neighbours_that_are_marked_alike_are_one_run() -> None:
    runs = MARKER.heard(words("Ask Jon Smythe about tin on Tuesday at 2:30.", "Smythe", "tin"))

    assert [(run.text, run.doubtful, run.risks) for run in runs] == [
        ("Ask", False, ()),
        ("Jon", False, (Risk.NAME,)),
        ("Smythe", True, (Risk.NAME,)),
        ("about", False, ()),
        ("tin", True, ()),
        ("on", False, ()),
        ("Tuesday at 2:30.", False, (Risk.DATE, Risk.TIME)),
    ]
    assert [(run.first, run.end) for run in runs][-1] == (6, 9)


def test_doubt_and_risk_look_different_with_and_without_colour() -> None:
    runs = MARKER.heard(words("Ask Jon about tin for 300.", "tin", "300."))
    screens = []
    for colour in ("truecolor", None):
        console = Console(force_terminal=True, color_system=colour, no_color=colour is None, width=80)
        with console.capture() as capture:
            console.print(shown(runs))
        screens.append(capture.get())

    for screen in screens:
        assert "[tin?]" in screen
        assert "[300.?]" in screen
    assert "\x1b[4mJon\x1b[0m" in screens[0]
    assert "\x1b[1;33m[tin?]" in screens[0]
    assert "\x1b[1;4;33m[300.?]" in screens[0]


def test_no_colour_leaves_the_underline() -> None:
    console = Console(force_terminal=True, no_color=True, width=80, color_system="standard")
    with console.capture() as capture:
        console.print(shown(MARKER.heard(words("Ask Jon about tin.", "tin."))))

    assert "\x1b[4mJon\x1b[0m" in capture.get()
    assert "33" not in capture.get()


def test_a_screen_reader_gets_the_sentence_and_then_the_marks_in_words() -> None:
    runs = MARKER.heard(words("Ask Jon about tin on Tuesday at 2:30.", "tin"))

    assert spoken(runs) == [
        "Ask Jon about tin on Tuesday at 2:30.",
        "doubtful: tin",
        "check: name Jon; date and time Tuesday at 2:30",
    ]
    assert spoken(MARKER.typed("She liked it.")) == ["She liked it."]


def test_in_another_language_only_doubt_is_marked() -> None:
    marker = Marker(lambda words: [word.probability < 0.5 for word in words], frozenset(), english=False)

    runs = marker.heard(words("Am Dienstag um 10 Uhr.", "Uhr."))

    assert [(run.text, run.doubtful, run.risks) for run in runs] == [
        ("Am Dienstag um 10", False, ()),
        ("Uhr.", True, ()),
    ]


def test_the_first_doubtful_word_is_where_it_stands_in_the_text() -> None:
    text = "Ask Jon about tin."
    runs = MARKER.heard(words(text, "about", "tin."))

    assert first_doubtful(runs) == text.index("about")
    assert first_doubtful(MARKER.typed(text)) is None


@given(st.lists(st.tuples(st.sampled_from(["a", "Dana", "not", "ten", "$5", "Tuesday", "of"]), st.booleans())))
def test_the_runs_joined_are_the_sentence(made: list[tuple[str, bool]]) -> None:
    heard = [Word(text, 0.0, 0.1, 0.1 if doubt else 0.9) for text, doubt in made]

    runs = MARKER.heard(heard)

    assert " ".join(run.text for run in runs) == " ".join(word.text for word in heard)
    assert [i for run in runs for i in range(run.first, run.end)] == list(range(len(heard)))
