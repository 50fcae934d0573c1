"""An input from which no voice can come is called out, once and in time."""

import pytest

from capture.level import LevelWatch, Suspicion, ZeroWatch
from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS


def first_suspicion(device: str, levels: list[float]) -> tuple[Suspicion, float] | None:
    watch = LevelWatch(device)
    found = [
        (suspicion, (index + 1) * BLOCK_SECONDS)
        for index, level in enumerate(levels)
        if (suspicion := watch.update(level, (index + 1) * BLOCK_SECONDS))
    ]
    assert len(found) <= 1, "it is said once"
    return found[0] if found else None


@pytest.mark.parametrize(("device", "within"), [("USB Headset", 2.0), ("AirPods Pro", 4.0), ("bluez_input.00", 4.0)])
def test_digital_silence_is_called_out_in_time(device: str, within: float) -> None:
    found = first_suspicion(device, [-96.0] * 200)
    assert found is not None
    assert found[0] is Suspicion.DIGITAL_SILENCE
    assert found[1] <= within


def test_a_level_that_no_voice_has_is_called_out() -> None:
    found = first_suspicion("USB Headset", [-75.0] * 200)
    assert found is not None
    assert found[0] is Suspicion.TOO_QUIET


def test_a_headset_that_wakes_up_late_is_no_wrong_microphone() -> None:
    assert first_suspicion("Bluetooth Headset", [-96.0] * 80 + [-40.0] * 200) is None


def test_the_cue_is_no_voice() -> None:
    found = first_suspicion("USB Headset", [-96.0] * 5 + [-15.0] * 8 + [-96.0] * 100)
    assert found is not None
    assert found[1] <= 2.0


def test_one_loud_block_is_enough() -> None:
    assert first_suspicion("USB Headset", [-80.0] * 20 + [-35.0] + [-80.0] * 200) is None


SOUND, ZEROS = b"\1" * BLOCK_BYTES, bytes(BLOCK_BYTES)


def zeros_told(*stretches: tuple[bytes, float]) -> list[float]:
    """When it is said that only zeros come, each time."""
    watch = ZeroWatch()
    told, now, was = [], 0.0, False
    for block, length in stretches:
        for _ in range(round(length / BLOCK_SECONDS)):
            now += BLOCK_SECONDS
            if (is_silent := watch.update(block)) and not was:
                told.append(now)
            was = is_silent
    return told


def test_an_input_that_turns_to_zeros_is_called_out_within_a_second_each_time() -> None:
    told = zeros_told((SOUND, 7), (ZEROS, 5), (SOUND, 3), (ZEROS, 5))
    assert len(told) == 2
    assert 7 < told[0] <= 8
    assert 15 < told[1] <= 16


def test_zeros_before_any_sound_or_for_a_moment_are_no_fault() -> None:
    assert zeros_told((ZEROS, 5), (SOUND, 3), *[(ZEROS, 0.4), (SOUND, 1)] * 9) == []


def test_zeros_in_every_pause_are_a_filter_against_noise() -> None:
    assert len(zeros_told(*[(SOUND, 2), (ZEROS, 1.5)] * 10)) == 2
