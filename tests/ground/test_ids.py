"""A shortened id means the same wherever one is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.ids import fitting

IDS = ["20261121-164005-7f3a", "20261121-170000-416d", "20261122-090000-7f3a"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("416d", IDS[1:2]),
        ("416D", IDS[1:2]),
        (" 416d\n", IDS[1:2]),
        ("20261122", IDS[2:]),
        ("20261121", IDS[:2]),
        ("7f3a", [IDS[0], IDS[2]]),
        ("0000", []),
        ("164005", []),
        ("", []),
        ("  ", []),
    ],
)
def test_an_id_is_found_by_its_beginning_or_its_end_in_any_case(typed: str, found: list[str]) -> None:
    assert fitting(typed, reversed(IDS)) == found


def test_a_whole_id_is_meant_though_another_begins_or_ends_with_it() -> None:
    assert fitting("ABC", ["abcd", "abc", "xabc"]) == ["abc"]


@given(st.text())
def test_whatever_is_typed_nothing_is_found_that_has_it_neither_first_nor_last(typed: str) -> None:
    for found in fitting(typed, IDS):
        assert found.startswith(typed.strip().lower()) or found.endswith(typed.strip().lower())
