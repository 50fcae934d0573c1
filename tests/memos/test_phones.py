"""Numbers as they are: valid ones in one form, with their extension; all others as they were written."""

from __future__ import annotations

import pytest

from memos.phones import as_written, canonical, dialled, region, without_extension


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("(512) 555-0143", "US", "+15125550143"),
        ("0049 30 901820", "DE", "+4930901820"),
        ("512-555-0143 x22", "US", "+15125550143;ext=22"),
        ("512 555 0143 ext. 22", "US", "+15125550143;ext=22"),
        ("tel:+1-512-555-0143;ext=22", "DE", "+15125550143;ext=22"),
        ("512-555-0143p123", "US", "+15125550143;ext=123"),
        ("512-555-0143 W 123#", "US", "+15125550143;ext=123"),
        ("512-555-0143,,22", "US", "+15125550143;ext=22"),
        ("+15125550143;ext=22", "FR", "+15125550143;ext=22"),
        ("555-0143", "US", None),
        ("06 12 34 56 78", "US", None),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("112", "DE", None),
        ("5.12556E+11", "US", None),
        ("ask the switchboard", "US", None),
    ],
)
def test_a_valid_number_of_its_country_is_brought_into_one_form(text, country, number):
    assert canonical(text, country) == number


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("555-0143", "555-0143"),
        (" 06 12 34  56 78 ", "06 12 34 56 78"),
        ("112", "112"),
        ("512-555-0143p1,22#", "512-555-0143p1,22#"),
        ("12", None),
        ("call 512", None),
        ("5.12556E+11", None),
        ("555\x00-0143", None),
    ],
)
def test_what_is_no_valid_number_is_kept_as_written_where_it_can_be_dialled(text, kept):
    assert as_written(text) == kept


def test_an_extension_is_dialled_after_a_pause():
    assert dialled("+15125550143;ext=22") == "+15125550143,22"
    assert dialled("555-0143") == "555-0143"
    assert without_extension("+15125550143;ext=22") == "+15125550143"


@pytest.mark.parametrize(
    ("named", "letters"),
    [
        ("US", "US"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("United States", "US"),
        ("Deutschland", "DE"),
        ("France", "FR"),
        ("España", "ES"),
        ("UK", "GB"),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_its_letters_and_by_its_names(named, letters):
    assert region(named) == letters
