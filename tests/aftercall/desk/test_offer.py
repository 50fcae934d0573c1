"""What is shown of an offered end, and what is told of it, with nobody at the terminal."""

from types import SimpleNamespace
from typing import Any

import pytest
from transcripts import transcript_of

from aftercall.desk.offer import OfferedEnd
from aftercall.desk.settings import Settings
from capture.endpoint import Phase
from capture.recorder import Progress
from review.gate import Gate
from review.known_words import KnownWords
from transcribe.transcript import Transcript


class Heard:
    """What was heard so far, and how much of it is said to be up."""

    def __init__(self, whole: Transcript) -> None:
        self.known = KnownWords(frozenset(), ())
        self.whole = whole
        self.up: list[int] = []

    def shown(self, words: int) -> None:
        self.up.append(words)


def offered(*, shows: bool) -> tuple[OfferedEnd, Heard]:
    heard = Heard(transcript_of("Mr. Miller wants two licences. He will call."))
    seen: list[Gate] = []
    screen: Any = SimpleNamespace(offer=lambda gate: seen.append(gate) or shows, withdraw=lambda: None)
    listening: Any = heard
    end = OfferedEnd(screen, listening, Settings())
    for _ in range(3):
        end.look(Progress(8.0, -60.0, Phase.OFFERED, None, 0, 0.0))
    return end, heard


def test_how_many_words_are_up_is_told_once_so_that_they_stay_as_they_are() -> None:
    end, heard = offered(shows=True)
    assert end.up
    assert heard.up == [5]


@pytest.mark.parametrize("phase", [Phase.SPEAKING, Phase.PAUSING])
def test_an_offer_that_was_taken_back_and_made_again_is_told_again(phase: Phase) -> None:
    end, heard = offered(shows=True)
    for next_phase in (phase, Phase.OFFERED):
        end.look(Progress(9.0, -60.0, next_phase, None, 0, 0.0))
    assert heard.up == [5, 5]


def test_where_nothing_is_shown_nothing_is_told() -> None:
    end, heard = offered(shows=False)
    assert not end.up
    assert heard.up == []
