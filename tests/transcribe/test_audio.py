from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from transcribe.audio import read_pcm, to_float
from transcribe.errors import UnreadableSound

SOUND = np.arange(-500, 500, dtype=np.int16)


def test_a_wav_and_the_raw_samples_of_it_read_the_same(tmp_path: Path, write_wav: Callable[..., Path]) -> None:
    raw = tmp_path / "memo.pcm.part"
    raw.write_bytes(SOUND.astype("<i2").tobytes())
    wav = write_wav(tmp_path / "memo.wav", SOUND)
    for start, end in ((0, None), (0, 10), (990, None), (100, 300), (900, 5000), (5000, None), (7, 7)):
        assert read_pcm(raw, start, end).tolist() == SOUND[start:end].tolist(), (start, end)
        assert read_pcm(wav, start, end).tolist() == SOUND[start:end].tolist(), (start, end)


def test_half_a_sample_at_the_end_of_a_growing_file_is_left_out(tmp_path: Path) -> None:
    raw = tmp_path / "memo.pcm.part"
    raw.write_bytes(SOUND.astype("<i2").tobytes() + b"\x01")
    assert len(read_pcm(raw)) == len(SOUND)


def test_full_scale_becomes_one() -> None:
    floats = to_float(np.array([-32768, 0, 16384], dtype=np.int16))
    assert floats.tolist() == [-1.0, 0.0, 0.5]
    assert floats.dtype == np.float32


@pytest.mark.parametrize("shape", [{"rate": 44_100}, {"channels": 2}])
def test_any_other_shape_of_wav_is_refused(
    tmp_path: Path, write_wav: Callable[..., Path], shape: dict[str, int]
) -> None:
    with pytest.raises(UnreadableSound, match="16000 Hz, 1 channel"):
        read_pcm(write_wav(tmp_path / "memo.wav", SOUND, **shape))


@pytest.mark.parametrize("junk", [b"", b"RIFF", b"RIFF\x00\x00\x00\x00WAVE", b"ID3" + bytes(100)])
def test_junk_is_one_line_and_no_traceback(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "memo.wav"
    path.write_bytes(junk)
    with pytest.raises(UnreadableSound) as caught:
        read_pcm(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_a_folder_and_an_impossible_range_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSound, match="no such sound"):
        read_pcm(tmp_path / "none.wav")
    with pytest.raises(UnreadableSound):
        read_pcm(tmp_path)
    with pytest.raises(UnreadableSound, match="range"):
        read_pcm(tmp_path / "none.wav", 5, 4)
