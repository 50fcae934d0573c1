"""Risk words: those that a wrong note hurts with are found, and few others."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.risk import Risk, find_risks
from review.sentences import split_sentences
from transcribe.transcript import Transcript

SAMPLES = Path(__file__).parents[2] / "samples"


def marks(text: str, *names: str) -> list[tuple[str, str]]:
    """Runs of one kind, in order."""
    words = text.split()
    found: list[tuple[str, str]] = []
    before: Risk | None = None
    for word, kind in zip(words, find_risks(words, names), strict=True):
        if kind is not None and kind is before:
            found[-1] = (found[-1][0], f"{found[-1][1]} {word}")
        elif kind is not None:
            found.append((kind.value, word))
        before = kind
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She talked to Susan Clarke about it.", [("name", "Susan Clarke")]),
        ("Susan Clarke has to agree.", [("name", "Susan Clarke")]),
        ("It isn't in the CRM, I'd say.", [("negation", "isn't")]),
        ("I can’t, and nobody will.", [("negation", "can’t,"), ("negation", "nobody")]),
        ("He quoted $14,750 for 300 units.", [("money", "$14,750"), ("number", "300")]),
        ("It is £2,400 a year.", [("money", "£2,400")]),
        ("She pays 40 percent of 1.5 million dollars.", [("money", "40 percent"), ("money", "1.5 million dollars.")]),
        ("About 50k or 15%.", [("money", "50k"), ("money", "15%.")]),
        ("His number is 312-555-0142.", [("phone number", "312-555-0142.")]),
        ("Call +1 (312) 555-0142 or 020 7946 0358.", [
            ("phone number", "+1 (312) 555-0142"), ("phone number", "020 7946 0358.")]),
        ("Again next Tuesday at 2:30.", [("date", "next Tuesday"), ("time", "at 2:30.")]),
        ("We agreed on Wednesday the 25th, at four in the afternoon.", [
            ("date", "Wednesday the 25th,"), ("time", "four")]),
        ("They decide by the 4th of March.", [("date", "4th of March.")]),
        ("March 3rd then, not May 4th.", [("date", "March 3rd"), ("negation", "not"), ("date", "May 4th.")]),
        ("It may march on.", []),
        ("We ship in two weeks.", [("date", "two weeks.")]),
        ("They are locked in for three years.", [("number", "three")]),
        ("On Thursday of next week at three.", [("date", "Thursday of next week"), ("time", "at three.")]),
        ("Half past two or noon.", [("time", "Half past two or noon.")]),
        ("Ask Dana, or call Susan Clarke.", [("name", "Dana,"), ("name", "Susan Clarke.")]),
        ("One of them liked this one.", []),
        ("They have one hundred and twenty tents.", [("number", "one hundred and twenty")]),
        ("They look after about two thousand flats.", [("number", "two thousand")]),
        ("Write to dana@brightwater.com today.", [("e-mail address", "dana@brightwater.com"), ("date", "today.")]),
        ("The order is XR-400.", [("number", "XR-400.")]),
        ("She liked the demo and wants her manager to see it.", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_must_be_right_is_found_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert marks(text) == expected


def test_a_known_contact_is_found_at_the_beginning_of_a_sentence_too() -> None:
    assert marks("Dana wants it.") == []
    assert marks("Dana wants it.", "dana") == [("name", "Dana")]
    assert marks("Will you mark it?", "dana", "mark") == []


@pytest.mark.parametrize("facts", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_in_every_sample_the_name_the_number_and_the_next_call_are_marked(
    facts: Path, transcript_of: Callable[..., Transcript]
) -> None:
    said = json.loads(facts.read_text("utf-8"))
    sentences = [[word.text for word in each.words] for each in split_sentences(transcript_of(said["words"]))]
    marked = " ".join(
        word for words in sentences for word, kind in zip(words, find_risks(words), strict=True) if kind is not None
    )

    contact = said["contact"] or {"name": "", "company": ""}
    for word in f"{contact['name']} {contact['company']}".split():
        assert word in marked
    if said["next_call"]:
        [weekday] = [word for word in said["next_call"]["heard"].replace(",", "").split() if word.endswith("day")][-1:]
        assert weekday in marked


def test_the_marks_are_few(transcript_of: Callable[..., Transcript]) -> None:
    """Of 63 sentences 12 have none, and none has more than three: the page stays calm."""
    text = " ".join(json.loads(path.read_text("utf-8"))["words"] for path in sorted(SAMPLES.glob("*.json")))
    counts = []
    for sentence in split_sentences(transcript_of(text)):
        kinds = find_risks([word.text for word in sentence.words])
        counts.append(sum(kind is not None and kind is not kinds[i - 1] for i, kind in enumerate(kinds) if i or kind))

    assert sum(counts) / len(counts) < 1.6
    assert max(counts) <= 3


_KNOWN = "in two weeks at ten next to half past one hundred $5 Mr. Dana 312 555 2010 a quarter may March".split()
_TOKENS = st.one_of(st.text(max_size=8), st.sampled_from(_KNOWN))


@given(st.lists(_TOKENS))
def test_any_words_are_taken_and_each_gets_one_answer(words: list[str]) -> None:
    assert len(find_risks(words)) == len(words)
