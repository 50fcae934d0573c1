"""An input from which no voice can come is called out, once and in time."""

import pytest

from capture.level import LevelWatch, Suspicion
from capture.pcm import BLOCK_SECONDS


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
