"""When a memo was spoken, by the name that a phone gave its file."""

from datetime import datetime

import pytest

from capture.names import time_in_name


@pytest.mark.parametrize(
    "name",
    [
        "20261121 164005.m4a",  # iPhone, as the app keeps them
        "20261121 164005-1A2B3C4D.m4a",
        "Voice 261121_164005.m4a",  # Samsung
        "Call recording Dana_261121_164005.m4a",
        "recording-20261121-164005.m4a",  # Pixel
        "2026-11-21-16-40-05.mp3",  # Xiaomi
        "2026-11-21 16.40.05.mp3",
        "REC_20261121_164005.wav",
        "AUDIO-2026-11-21-16-40-05.opus",
        "20261121_164005(1).m4a",
    ],
)
def test_the_time_in_the_name_of_a_phones_file_is_read(name: str) -> None:
    assert time_in_name(name) == datetime(2026, 11, 21, 16, 40, 5).astimezone()


def test_a_time_without_seconds_is_a_time() -> None:
    assert time_in_name("memo 2026-11-21 16.40.m4a") == datetime(2026, 11, 21, 16, 40).astimezone()


@pytest.mark.parametrize(
    "name",
    [
        "New Recording 12.m4a",
        "Voice 001.m4a",
        "2026-11-21.m4a",  # a day alone
        "20261321 164005.m4a",  # no month
        "20261121 254005.m4a",  # no hour
        "+15125550143 20261121.m4a",
        "call 151255-501437.m4a",  # digits, and no day of any year
        "a20261121164005123456.m4a",
        "11-21-16.40.05.m4a",  # without a year
        "",
    ],
)
def test_other_names_give_no_time(name: str) -> None:
    assert time_in_name(name) is None
