"""Levels, and WAV files that are believed only when they are whole."""

import math
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS, SILENCE_DBFS, level_dbfs, seconds, wav_seconds, write_wav


def sine(amplitude: float, length: float = 1.0) -> bytes:
    """440 Hz; the amplitude against full scale."""
    count = int(length * 16_000)
    return array(
        "h", (round(32767 * amplitude * math.sin(2 * math.pi * 440 * i / 16_000)) for i in range(count))
    ).tobytes()


def foreign_wav(path: Path, rate: int = 16_000, channels: int = 1, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(width)
        wav.setframerate(rate)
        wav.writeframes(bytes(channels * width * 1000))
    return path


@pytest.mark.parametrize(("amplitude", "level"), [(1.0, -3.01), (0.1, -23.01), (0.001, -63.01)])
def test_a_sine_is_three_decibels_below_its_peak(amplitude: float, level: float) -> None:
    assert level_dbfs(sine(amplitude)) == pytest.approx(level, abs=0.05)


@pytest.mark.parametrize("block", [b"", bytes(1024)])
def test_nothing_and_digital_silence_are_at_the_floor(block: bytes) -> None:
    assert level_dbfs(block) == SILENCE_DBFS


def test_the_level_of_the_loudest_square_wave_is_zero() -> None:
    assert level_dbfs(array("h", [-32768] * 512).tobytes()) == 0.0


def test_a_block_lasts_32_milliseconds_and_half_a_sample_nothing() -> None:
    assert seconds(BLOCK_BYTES) == seconds(BLOCK_BYTES + 1) == BLOCK_SECONDS == 0.032


@pytest.mark.parametrize("chunk", [2, 1000, 1 << 20])
def test_what_is_written_as_a_wav_is_read_back(tmp_path: Path, chunk: int) -> None:
    pcm, path = sine(0.5), tmp_path / "a.wav"
    with path.open("wb") as file:
        write_wav(file, (pcm[i : i + chunk] for i in range(0, len(pcm), chunk)), len(pcm))
    assert wav_seconds(path) == 1.0
    with wave.open(str(path)) as wav:
        assert wav.getparams()[:3] == (1, 2, 16_000)
        assert wav.readframes(99_999) == pcm


def test_no_more_than_the_promised_size_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        write_wav(file, [bytes(600), bytes(600), bytes(600)], 1000)
    assert path.stat().st_size == 44 + 1000


@pytest.mark.parametrize("form", [{"rate": 44_100}, {"channels": 2}, {"width": 1}])
def test_a_wav_of_another_format_is_refused(tmp_path: Path, form: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="not 16 kHz mono 16-bit"):
        wav_seconds(foreign_wav(tmp_path / "a.wav", **form))


@pytest.mark.parametrize("missing", [1, 2, 43, 1000])
def test_a_wav_that_lacks_its_end_is_refused(tmp_path: Path, missing: int) -> None:
    path = foreign_wav(tmp_path / "a.wav")
    path.write_bytes(path.read_bytes()[:-missing])
    with pytest.raises(ValueError, match="shorter than its header says"):
        wav_seconds(path)


@given(changes=st.lists(st.tuples(st.integers(0, 43), st.integers(0, 255)), max_size=4), kept=st.integers(0, 2044))
@example(changes=[(4, 0), (36, 0)], kept=44)
def test_a_damaged_header_is_refused_or_tells_a_length_that_is_there(
    changes: list[tuple[int, int]], kept: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = foreign_wav(tmp_path_factory.mktemp("damaged") / "a.wav")
    damaged = bytearray(path.read_bytes())
    for position, value in changes:
        damaged[position] = value
    path.write_bytes(bytes(damaged[:kept]))
    try:
        length = wav_seconds(path)
    except ValueError:
        return
    assert 0 <= length <= seconds(path.stat().st_size)
