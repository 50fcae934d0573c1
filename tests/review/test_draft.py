"""What was answered is taken up again where it is an answer to the same words, and in no other case."""

import json
from typing import Any

import pytest

from memos.models import ContactRef, Sentence
from memos.outcomes import Outcome
from review.again import Added, SaidAgain
from review.draft import Draft
from transcribe.transcript import Segment, Transcript, Word

HEARD = ["She liked it.", "He paid.", "We talk on Friday."]
TEXT = " ".join(HEARD)
WORDS = (Word("He", 0.0, 0.2, 0.9), Word("paid.", 0.2, 0.5, 0.4))
SAID = SaidAgain(
    "20261121-164105-0001",
    Transcript((Segment(0.0, 0.5, "He paid.", WORDS, -0.2, 1.1, 0.0, 0.0),), "en", "e", "m", "s", 0.5),
)


def draft() -> Draft:
    return Draft(
        TEXT,
        [Sentence(0, HEARD[0], HEARD[0], "keep", 2.0), Sentence(1, HEARD[1], "", "strike", 1.5)],
        ContactRef("Dana Whitfield", "Brightwater", "+15125550143"),
        contact_answered=True,
        taken_back=[Sentence(2, HEARD[2], "We talk on Monday.", "edit", 3.0)],
        said_again={1: SAID},
        saying_again=2,
        adding=True,
        added={3: Added(typed="He has a dog."), 4: Added(said=SAID)},
        outcome=Outcome.VOICEMAIL,
    )


def on_disk(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    return dict(json.loads(json.dumps(draft().to_dict()))) | (changes or {})


def test_a_draft_comes_back_from_the_disk_as_it_was() -> None:
    assert Draft.resume(on_disk(), TEXT, HEARD) == draft()


def test_its_text_is_what_was_kept_and_its_seconds_are_all_of_them() -> None:
    assert draft().text == "She liked it."
    assert draft().seconds == 3.5


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_one_a_new_one_begins(nothing: dict[str, Any] | None) -> None:
    assert Draft.resume(nothing, TEXT, HEARD) == Draft(TEXT)


def test_it_is_void_when_other_words_were_heard() -> None:
    assert Draft.resume(on_disk(), TEXT + " More.", [*HEARD, "More."]) == Draft(TEXT + " More.")


def test_it_is_void_when_the_words_are_cut_in_another_way() -> None:
    assert Draft.resume(on_disk(), TEXT, ["She liked it. He paid.", "We talk on Friday."]) == Draft(TEXT)


def sentence(**changes: Any) -> dict[str, Any]:
    return {"position": 0, "heard": HEARD[0], "text": HEARD[0], "action": "keep", "seconds": 2.0} | changes


@pytest.mark.parametrize(
    "damage",
    [
        {"sentences": None},
        {"sentences": "no list"},
        {"sentences": [1]},
        {"sentences": [sentence(text=5)]},
        {"sentences": [sentence(text=None)]},
        {"sentences": [sentence(seconds="long")]},
        {"sentences": [sentence(text="She paid 500,000.")]},
        {"sentences": [sentence(action="edit")]},
        {"sentences": [sentence(text="She \u202eliked it.", action="edit")]},
        {"sentences": [sentence(seconds=0.5)]},
        {"sentences": [sentence(seconds=-2.0)]},
        {"sentences": [sentence(seconds=float("nan"))]},
        {"sentences": [sentence(seconds=float("inf"))]},
        {"sentences": [sentence(text="", action="strike", seconds=0.1)]},
        {"sentences": [sentence(action="agree")]},
        {"sentences": [sentence(action="strike")]},
        {"sentences": [sentence(text="")]},
        {"sentences": [sentence(more=1)]},
        {"sentences": [sentence(heard="Not what was heard.")]},
        {"sentences": [sentence()] * 4},
        {"taken_back": [sentence(heard="Not what was heard.")]},
        {"taken_back": 5},
        {"said_again": {"1": {"recording_id": "x", "transcript": {}}}},
        {"said_again": {"one": SAID.to_dict()}},
        {"said_again": []},
        {"said_again": {"1": SAID.to_dict() | {"recording_id": None}}},
        {"saying_again": "here"},
        {"sentences": [sentence(), sentence(position=2, heard=HEARD[2], text=HEARD[2])], "taken_back": []},
        {"taken_back": [sentence(position=7)]},
        {"taken_back": [sentence()]},
        {"added": []},
        {"added": {"0": {"typed": "He has a dog.", "said": None, "part": 0}}},
        {"added": {"9": {"typed": "He has a dog.", "said": None, "part": 0}}},
        {"added": {"3": {"typed": "", "said": None, "part": 0}}},
        {"added": {"3": {"typed": "He.", "said": SAID.to_dict(), "part": 0}}},
        {"added": {"3": {"typed": "", "said": SAID.to_dict(), "part": 1}}},
        {"added": {"3": {"typed": "", "said": SAID.to_dict(), "part": "0"}}},
        {"added": {"3": {"typed": 5, "said": None, "part": 0}}},
        {"added": {"3": {"said": None, "part": 0}}},
        {"contact": "Dana"},
        {"contact": {"name": ""}},
        {"contact": {"name": None}},
        {"contact": {"name": "Dana", "phone": 5}},
        {"contact": {"name": "Dana", "id": "5"}},
        {"contact": {"name": "Dana", "new": 1}},
        {"contact": {"name": "Dana", "new": True, "id": 5}},
        {"contact": {"company": "Acme"}},
    ],
)
def test_one_that_is_damaged_is_begun_anew(damage: dict[str, Any]) -> None:
    assert Draft.resume(on_disk(damage), TEXT, HEARD) == Draft(TEXT)


@pytest.mark.parametrize("missing", ["sentences", "contact", "contact_answered"])
def test_one_that_lacks_something_is_begun_anew(missing: str) -> None:
    data = on_disk()
    del data[missing]

    assert Draft.resume(data, TEXT, HEARD) == Draft(TEXT)


def test_one_of_an_earlier_version_is_taken_up() -> None:
    data = on_disk()
    for later in ("taken_back", "said_again", "saying_again", "adding", "added", "outcome"):
        del data[later]

    resumed = Draft.resume(data, TEXT, HEARD)

    assert resumed.sentences == draft().sentences
    assert (resumed.taken_back, resumed.said_again, resumed.saying_again, resumed.outcome) == ([], {}, None, None)
    assert (resumed.adding, resumed.added) == (False, {})


def test_a_hole_that_was_kept_as_it_is_comes_back() -> None:
    kept = sentence(position=1, heard="", text="")
    data = on_disk({"sentences": [sentence(), kept], "taken_back": [], "said_again": {}, "added": {}})

    assert len(Draft.resume(data, TEXT, [HEARD[0], "", *HEARD[1:]]).sentences) == 2
    assert Draft.resume(data, TEXT, HEARD) == Draft(TEXT)
