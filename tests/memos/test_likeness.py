"""Names that look or sound alike are taken for one person's; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.contacts import fold
from memos.likeness import OFFERED, alike


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Steve Kalski", "Steve Kowalski"),
        ("Kovalsky", "Jan Kowalski"),
        ("Anna Linquist", "Anna Lindqvist"),
        ("Geoff Wright", "Jeff Rite"),
        ("Shawn Murphy", "Sean Murphy"),
        ("Steven Philips", "Stephen Phillips"),
        ("Knight", "Nite"),
        ("Fyord Line Seafood", "Fjordline Seafood"),
        ("Whitfield, Dana", "Dana Witfield"),
    ],
)
def test_one_name_in_two_spellings_is_near(heard: str, meant: str) -> None:
    assert alike(fold(heard).replace(",", ""), fold(meant)) >= OFFERED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Michael Smith", "Michael Johnson"),
        ("Mark Jones", "Mary Evans"),
        ("Helen Foster", "Gordon Ellis"),
        ("Dana Whitfield", ""),
        ("東京", "大阪"),
    ],
)
def test_two_names_are_not_near(one: str, other: str) -> None:
    assert alike(fold(one), fold(other)) < OFFERED


@given(st.text(), st.text())
def test_any_two_names_have_a_likeness(one: str, other: str) -> None:
    assert 0.0 <= alike(fold(one), fold(other)) <= 100.0
    assert alike(fold(one), fold(other)) == alike(fold(other), fold(one))
    if fold(one):
        assert alike(fold(one), fold(one)) == 100.0
