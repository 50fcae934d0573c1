"""Whom a memo introduces: name, company, role and address, as they were spoken."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.introduced import Introduced, email_in, introduced

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("facts", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_in_every_sample_the_contact_is_found(facts: Path) -> None:
    said = json.loads(facts.read_text("utf-8"))
    contact = said["contact"] or {"name": None, "company": None}

    found = introduced(said["words"])

    assert (found.name, found.company) == (contact["name"], contact["company"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Just got off the phone with Dana Whitfield, head of purchasing at Brightwater. She liked it.",
            Introduced("Dana Whitfield", "Brightwater", "head of purchasing"),
        ),
        ("Spoke to Dr. Lee of Acme Inc. today.", Introduced("Dr. Lee", "Acme Inc")),
        ("I talked to Ludwig van Beethoven from Smith and Sons.", Introduced("Ludwig van Beethoven", "Smith and Sons")),
        (
            "Call with Maria de la Cruz, their CFO, at Northwind Traders on Monday.",
            Introduced("Maria de la Cruz", "Northwind Traders", "CFO"),
        ),
        ("That was O’Brien & Sons.", Introduced("O’Brien & Sons")),
        ("That was Dana's assistant.", Introduced("Dana")),
        ("I talked to Rachel Kim, who took over from Tom Barnes.", Introduced("Rachel Kim")),
        ("It was great. I spoke to them. That was Monday.", Introduced()),
        ("This is for the Summit Outdoor account.", Introduced(None, "Summit Outdoor")),
        ("", Introduced()),
    ],
)
def test_whom_is_introduced(text: str, expected: Introduced) -> None:
    assert introduced(text) == expected


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Her email is dana at brightwater dot com.", "dana@brightwater.com"),
        ("Her e-mail is Dana at Brightwater.com, she said.", "dana@brightwater.com"),
        ("Mail tom dot baker at north-gate dot co dot uk please.", "tom.baker@north-gate.co.uk"),
        ("His address is j underscore smith at example dot org", "j_smith@example.org"),
        ("Write to J.Smith@Example.co.uk.", "j.smith@example.co.uk"),
        ("We looked at three dot com companies.", None),
        ("We met at noon. Email me.", None),
    ],
)
def test_an_address_is_taken_as_written_or_as_spoken(text: str, email: str | None) -> None:
    assert email_in(text) == email


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    introduced(f"I spoke with {text}")
    introduced(text)
