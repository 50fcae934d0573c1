"""Memos made elsewhere: what a phone or a dictation machine writes is read, and all else is refused in a line."""

import os
import re
import socket
import stat
import struct
import sys
import wave
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import numpy as np
import pytest

from capture.decode import decode, import_file
from capture.errors import NotSound
from capture.inbox import Inbox
from capture.recording import EndedBy
from ground.errors import DiskTrouble

Encode = Callable[..., Path]

FORMS = {
    "memo.wav": ("pcm_s16le", 44_100, "stereo"),
    "telephone.wav": ("pcm_mulaw", 8_000, "mono"),
    "memo.flac": ("flac", 96_000, "mono"),
    "memo.mp3": ("libmp3lame", 44_100, "stereo"),
    "memo.ogg": ("libopus", 48_000, "mono"),
    "memo.m4a": ("aac", 44_100, "mono"),
}
"""File names, codec, sample rate and layout."""

UNCHANGED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
"""When the files were last changed."""


@pytest.fixture(scope="session")
def six_seconds(spoken: Callable[[str], bytes]) -> bytes:
    return spoken("plain")[: 6 * 32_000]


@pytest.fixture
def encode(tmp_path: Path, six_seconds: bytes) -> Encode:
    """Makes a sound file, as a phone would."""

    def make(name: str, pcm: bytes = six_seconds, options: dict[str, str] | None = None, **tags: str) -> Path:
        codec, rate, layout = FORMS.get(name, FORMS["memo.m4a"])
        path = tmp_path / name
        with av.open(str(path), "w", options=options or {}) as container:
            container.metadata.update(tags)
            stream = container.add_stream(codec, rate=rate, layout=layout)
            encoder = stream.codec_context
            resampler = av.AudioResampler(encoder.format, layout, rate, frame_size=encoder.frame_size or 1024)
            frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), "s16", "mono")
            frame.sample_rate = 16_000
            for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
                container.mux(stream.encode(resampled))
            container.mux(stream.encode(None))
        os.utime(path, (UNCHANGED.timestamp(), UNCHANGED.timestamp()))
        return path

    return make


def wav_with_title(path: Path, title: bytes, tag: bytes = b"INAM") -> Path:
    """A second of a tone, and a title, or another tag, in whatever encoding."""
    samples = np.round(8000 * np.sin(np.arange(16_000) * 0.2)).astype("<i2").tobytes()
    info = b"INFO" + tag + struct.pack("<I", len(title)) + title + bytes(len(title) % 2)
    form = struct.pack("<HHIIHH", 1, 1, 16_000, 32_000, 2, 16)
    chunks = [(b"fmt ", form), (b"LIST", info), (b"data", samples)]
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(content)) + content for name, content in chunks)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


# -- sound -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_a_memo_of_any_common_form_sounds_the_same_and_is_as_long(
    name: str, encode: Encode, six_seconds: bytes, likeness: Callable[[bytes, bytes], float]
) -> None:
    sound = decode(encode(name), 600)
    pcm = sound.pcm
    assert sound.missing == ""
    assert len(pcm) / 32_000 == pytest.approx(6.0, abs=0.1)
    assert likeness(pcm, six_seconds[8_000:-8_000]) > 0.95
    assert np.argmax(np.abs(np.frombuffer(pcm, "<i2"))) == pytest.approx(
        np.argmax(np.abs(np.frombuffer(six_seconds, "<i2"))), abs=800
    )


def film(path: Path, pcm: bytes, pictures: int) -> Path:
    """A film of so many pictures, ten a second, with sound."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=10, width=16, height=16, pix_fmt="yuv420p")
        audio = container.add_stream("pcm_s16le", rate=16_000, layout="mono")
        for number in range(pictures):
            picture = av.VideoFrame(16, 16, "yuv420p")
            picture.pts = number
            container.mux(video.encode(picture))
        container.mux(video.encode(None))
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), "s16", "mono")
        frame.sample_rate = 16_000
        container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    return path


def test_the_sound_of_a_film_is_taken(tmp_path: Path, six_seconds: bytes) -> None:
    path = film(tmp_path / "film.mkv", six_seconds, pictures=3)
    sound = decode(path, 600)
    assert sound.pcm == six_seconds
    assert sound.missing == ""


def test_nothing_is_missing_of_a_film_that_is_longer_than_its_sound(tmp_path: Path, six_seconds: bytes) -> None:
    assert decode(film(tmp_path / "film.mkv", six_seconds, pictures=100), 600).missing == ""


@pytest.mark.parametrize("tag", [b"INAM", b"ICRD"])
def test_a_title_or_a_date_in_an_old_encoding_is_no_reason_to_refuse(tmp_path: Path, tag: bytes) -> None:
    sound = decode(wav_with_title(tmp_path / "memo.wav", "Für José, März".encode("latin-1"), tag), 600)
    assert len(sound.pcm) == 32_000
    assert sound.recorded_at is None


def test_a_file_whose_name_looks_like_an_address_is_a_file(tmp_path: Path) -> None:
    wav_with_title(tmp_path / "10:30.wav", b"x")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert len(decode(Path("10:30.wav"), 600).pcm) == 32_000
    finally:
        os.chdir(before)


# -- what is damaged ---------------------------------------------------------------------------------------------


def flipped(data: bytes) -> bytes:
    """One byte in the middle is another one."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def with_zeros_behind(data: bytes) -> bytes:
    return data + bytes(1000)


def with_a_hole(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes(1500) + data[at + 1500 :]


def cut(data: bytes) -> bytes:
    return data[: len(data) * 6 // 10]


FORMS["memo.aac"] = ("aac", 44_100, "mono")
FORMS["memo.webm"] = ("libopus", 48_000, "mono")
FORMS["memo.au"] = ("pcm_s16be", 16_000, "mono")


@pytest.mark.parametrize("damage", [flipped, with_zeros_behind, with_a_hole, cut])
@pytest.mark.parametrize("name", ["memo.mp3", "memo.flac", "memo.ogg", "memo.aac", "memo.wav"])
def test_a_damaged_file_is_taken_as_far_as_it_can_be_decoded(
    name: str, damage: Callable[[bytes], bytes], encode: Encode, six_seconds: bytes, inbox: Inbox
) -> None:
    path = encode(name)
    path.write_bytes(damage(path.read_bytes()))
    recording = import_file(path, inbox, 600)
    assert recording is not None
    assert recording.duration is not None
    # The sound of an Ogg file is in pages of a second, each with a checksum.
    page = 1.1 if name == "memo.ogg" else 0.3
    assert recording.duration >= 6 * (0.6 if damage is cut else 1) - (2 * page if damage is with_a_hole else page)


@pytest.mark.parametrize("name", ["memo.wav", "memo.flac", "memo.ogg", "memo.mp3", "memo.aac", "memo.webm", "memo.au"])
def test_what_is_missing_at_the_end_of_a_file_is_said(name: str, encode: Encode, inbox: Inbox) -> None:
    path = encode(name)
    assert decode(path, 600).missing == ""
    path.write_bytes(cut(path.read_bytes()))
    told: list[str] = []
    recording = import_file(path, inbox, 600, on_missing=told.append)
    assert recording is not None
    assert recording.source.endswith(f" ({told[0]})")
    assert re.search(r"\((\d\.\d s at its end are missing|its end is missing)\)$", recording.source), recording.source


def test_a_wav_whose_sound_is_shorter_than_its_chunk_says_is_cut_whatever_the_file_says(tmp_path: Path) -> None:
    path = wav_with_title(tmp_path / "memo.wav", b"")
    kept = path.read_bytes()[:-16_000]
    path.write_bytes(b"RIFF" + struct.pack("<I", len(kept) - 8) + kept[8:])
    assert decode(path, 600).missing == "0.5 s at its end are missing"


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_of_a_wav_that_was_streamed_nothing_is_missing(tmp_path: Path, size: int) -> None:
    path = wav_with_title(tmp_path / "memo.wav", b"")
    whole = path.read_bytes()
    at = whole.index(b"data") + 4
    path.write_bytes(whole[:at] + struct.pack("<I", size) + whole[at + 4 :])
    sound = decode(path, 600)
    assert (len(sound.pcm), sound.missing) == (32_000, "")


def test_an_m4a_whose_end_is_missing_is_taken_where_its_index_comes_first(encode: Encode) -> None:
    path = encode("memo.m4a", options={"movflags": "faststart"})
    path.write_bytes(cut(path.read_bytes()))
    sound = decode(path, 600)
    assert 3.0 < len(sound.pcm) / 32_000 < 5.0
    assert re.fullmatch(r"\d\.\d s at its end are missing", sound.missing)


@pytest.mark.parametrize("name", ["memo.flac", "memo.ogg", "memo.mp3"])
def test_what_cannot_be_decoded_in_the_middle_is_said(name: str, encode: Encode) -> None:
    path = encode(name)
    path.write_bytes(with_a_hole(path.read_bytes()))
    assert "s of it cannot be decoded" in decode(path, 600).missing


# -- what is odd -------------------------------------------------------------------------------------------------


def test_a_rate_that_changes_in_mid_file_is_no_end(
    encode: Encode, six_seconds: bytes, likeness: Callable[[bytes, bytes], float]
) -> None:
    FORMS["low.mp3"] = ("libmp3lame", 22_050, "mono")
    half = len(six_seconds) // 4 * 2
    first, second = encode("memo.mp3", six_seconds[:half]), encode("low.mp3", six_seconds[half:])
    first.write_bytes(first.read_bytes() + second.read_bytes())
    pcm = decode(first, 600).pcm
    assert len(pcm) / 32_000 == pytest.approx(6.0, abs=0.3)
    assert likeness(pcm, six_seconds[half + 8_000 : -8_000]) > 0.9


def stereo(path: Path, left: bytes, right: bytes) -> Path:
    with wave.open(str(path), "wb") as wav:
        wav.setparams((2, 2, 16_000, 0, "NONE", ""))
        wav.writeframes(np.stack([np.frombuffer(left, "<i2"), np.frombuffer(right, "<i2")], axis=1).tobytes())
    return path


def test_stereo_in_opposite_phase_is_heard(
    tmp_path: Path, six_seconds: bytes, likeness: Callable[[bytes, bytes], float]
) -> None:
    opposite = (-np.frombuffer(six_seconds, "<i2").clip(-32767)).astype("<i2").tobytes()
    pcm = decode(stereo(tmp_path / "memo.wav", six_seconds, opposite), 600).pcm
    assert likeness(pcm, six_seconds[8_000:-8_000]) > 0.99
    assert np.abs(np.frombuffer(pcm, "<i2")).max() > 1000


def test_stereo_that_comes_to_be_in_opposite_phase_is_heard_to_the_end(
    tmp_path: Path, six_seconds: bytes, likeness: Callable[[bytes, bytes], float]
) -> None:
    samples = np.frombuffer(six_seconds, "<i2").clip(-32767)
    half = len(samples) // 2
    turned = np.concatenate([samples[:half], -samples[half:]]).astype("<i2").tobytes()
    pcm = decode(stereo(tmp_path / "memo.wav", six_seconds, turned), 600).pcm
    assert likeness(pcm, six_seconds[8_000:-8_000]) > 0.95


def test_a_voice_on_one_side_is_heard(
    tmp_path: Path, six_seconds: bytes, likeness: Callable[[bytes, bytes], float]
) -> None:
    pcm = decode(stereo(tmp_path / "memo.wav", bytes(len(six_seconds)), six_seconds), 600).pcm
    assert likeness(pcm, six_seconds[8_000:-8_000]) > 0.99


@pytest.mark.parametrize("spoken_on", [0, 1])
def test_the_track_with_the_voice_is_taken_of_two(tmp_path: Path, six_seconds: bytes, spoken_on: int) -> None:
    path = tmp_path / "call.mkv"
    with av.open(str(path), "w") as container:
        tracks = [container.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in range(2)]
        for number, track in enumerate(tracks):
            pcm = six_seconds if number == spoken_on else bytes(len(six_seconds))
            frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), "s16", "mono")
            frame.sample_rate = 16_000
            container.mux(track.encode(frame))
            container.mux(track.encode(None))
    assert decode(path, 600).pcm == six_seconds


# -- what is refused ---------------------------------------------------------------------------------------------


def text(folder: Path) -> Path:
    path = folder / "notes.txt"
    path.write_text("Call Laura on Thursday.\n" * 50)
    return path


def empty(folder: Path) -> Path:
    path = folder / "memo.m4a"
    path.touch()
    return path


def garbage(folder: Path) -> Path:
    path = folder / "memo.mp3"
    path.write_bytes(np.random.default_rng(1).bytes(20_000))
    return path


def fifo(folder: Path) -> Path:
    path = folder / "pipe.wav"
    os.mkfifo(path)
    return path


def wav_of_nothing(folder: Path) -> Path:
    path = folder / "memo.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setparams((1, 2, 16_000, 0, "NONE", ""))
    return path


def nothing(folder: Path) -> Path:
    return folder / "missing.m4a"


def as_it_is(folder: Path) -> Path:
    return folder


@pytest.mark.timeout(10)
@pytest.mark.parametrize("make", [text, empty, garbage, wav_of_nothing, nothing, as_it_is, fifo])
def test_what_is_no_sound_is_refused_in_a_line(make: Callable[[Path], Path], tmp_path: Path, inbox: Inbox) -> None:
    if make is fifo and sys.platform == "win32":
        pytest.skip("Windows has no FIFOs in folders")
    path = make(tmp_path)
    with pytest.raises(NotSound) as caught:
        import_file(path, inbox, 600)
    assert str(caught.value).startswith(f"{path} ")
    assert len(str(caught.value).splitlines()) == 1
    assert not inbox.folder.exists()


@pytest.mark.parametrize("kept", [10, 1000, 20_000])
def test_an_m4a_that_was_cut_off_is_refused(encode: Encode, inbox: Inbox, kept: int) -> None:
    path = encode("memo.m4a")
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(NotSound, match="cannot be read as sound"):
        import_file(path, inbox, 600)
    assert not inbox.folder.exists()


def test_a_memo_that_is_too_long_is_refused_with_the_setting_that_allows_it(encode: Encode, inbox: Inbox) -> None:
    path = encode("memo.mp3")
    with pytest.raises(NotSound, match=r"longer than 0\.05 minutes.*max_import_seconds"):
        import_file(path, inbox, 3)
    assert not inbox.folder.exists()
    assert import_file(path, inbox, 6.1) is not None


def test_a_playlist_that_names_an_address_is_refused_and_nobody_is_called(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        path = tmp_path / "memo.m3u8"
        address = f"http://127.0.0.1:{server.getsockname()[1]}/memo.ts"
        path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n")
        with pytest.raises(NotSound):
            decode(path, 600)
        with pytest.raises(TimeoutError):
            server.accept()


# -- when it was spoken ------------------------------------------------------------------------------------------


def test_the_time_that_a_phone_wrote_into_the_file_is_when_it_was_spoken(encode: Encode, inbox: Inbox) -> None:
    recording = import_file(encode("memo.m4a", creation_time="2026-03-04T10:20:30Z"), inbox, 600)
    assert recording is not None
    assert recording.spoken_at == datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
    assert recording.spoken_at.tzinfo is not None
    assert recording.id.startswith("20260304-102030-")
    assert recording.source == "file: memo.m4a"


def test_a_time_with_its_zone_outranks_one_without(encode: Encode) -> None:
    tags = {"com.apple.quicktime.creationdate": "2026-03-04T11:20:30+0100", "creation_time": "2026-03-05T00:00:00Z"}
    recorded_at = decode(encode("memo.m4a", options={"movflags": "use_metadata_tags"}, **tags), 600).recorded_at
    assert recorded_at is not None
    assert recorded_at.isoformat() == "2026-03-04T11:20:30+01:00"


def test_a_dictation_machine_writes_the_time_of_day_where_it_was(encode: Encode) -> None:
    path = encode("memo.wav", options={"write_bext": "1"}, origination_date="2026-03-04", origination_time="16:40:05")
    assert decode(path, 600).recorded_at == datetime(2026, 3, 4, 16, 40, 5).astimezone()


@pytest.mark.parametrize("date", ["0001-01-01", "1904-01-01", "1970-01-01", "9999-12-31", "yesterday", ""])
def test_a_time_at_which_nobody_can_have_spoken_gives_way_to_the_date_of_the_file(
    encode: Encode, inbox: Inbox, date: str
) -> None:
    path = encode("memo.wav", options={"write_bext": "1"}, origination_date=date, origination_time="00:00:00")
    recording = import_file(path, inbox, 600)
    assert recording is not None
    assert recording.spoken_at == UNCHANGED
    assert recording.spoken_at.tzinfo is not None
    assert recording.source == "file: memo.wav (time: the file's date)"


TO_COME = {"creation_time": "2940-01-01T10:20:30Z"}


def test_without_a_time_of_its_own_that_in_its_name_counts_unless_it_is_still_to_come(
    encode: Encode, inbox: Inbox, six_seconds: bytes
) -> None:
    recording = import_file(encode("Voice 260203_161718.m4a"), inbox, 600)
    assert recording is not None
    assert recording.spoken_at == datetime(2026, 2, 3, 16, 17, 18).astimezone()
    assert recording.source == "file: Voice 260203_161718.m4a (time: the file's name)"
    other = import_file(encode("Voice 890203_161718.m4a", six_seconds[64_000:]), inbox, 600)
    assert other is not None
    assert other.spoken_at == UNCHANGED


def test_a_time_that_is_still_to_come_is_asked_about(encode: Encode, inbox: Inbox) -> None:
    asked = []
    spoken_at = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)

    def ask_when(to_come: datetime) -> datetime:
        asked.append(to_come)
        return spoken_at

    recording = import_file(encode("memo.flac", **TO_COME), inbox, 600, ask_when=ask_when)

    assert asked == [datetime(2940, 1, 1, 10, 20, 30, tzinfo=UTC)]
    assert recording is not None
    assert recording.spoken_at == spoken_at
    assert recording.id.startswith("20260201-090000-")
    assert recording.source.startswith("file: memo.flac (time: as the rep said; 2940-01-0")
    assert recording.source.endswith("in the file was still to come)")
    assert import_file(encode("memo.flac", **TO_COME), inbox, 600, ask_when=ask_when) is None
    assert len(asked) == 1, "what was imported before is not asked about again"


def test_where_nobody_can_say_the_date_of_the_file_counts(encode: Encode, inbox: Inbox) -> None:
    recording = import_file(encode("memo.flac", **TO_COME), inbox, 600)

    assert recording is not None
    assert recording.spoken_at == UNCHANGED
    assert recording.source.startswith("file: memo.flac (time: the file's date; 2940-01-0")


@pytest.mark.parametrize("tags", [{}, TO_COME])
def test_a_date_of_the_file_that_is_still_to_come_gives_way_to_now(
    encode: Encode, inbox: Inbox, tags: dict[str, str]
) -> None:
    path = encode("memo.flac", **tags)
    os.utime(path, (30_000_000_000, 30_000_000_000))
    before = datetime.now(UTC)

    recording = import_file(path, inbox, 600)

    assert recording is not None
    assert before <= recording.spoken_at <= datetime.now(UTC)
    assert "time: of the import" in recording.source


def test_a_recorder_whose_clock_is_a_little_ahead_is_believed(encode: Encode, inbox: Inbox) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=2)).replace(microsecond=0)
    recording = import_file(encode("memo.m4a", creation_time=soon.strftime("%Y-%m-%dT%H:%M:%SZ")), inbox, 600)
    assert recording is not None
    assert recording.spoken_at == soon


# -- into the inbox ----------------------------------------------------------------------------------------------


def test_the_first_import_makes_a_recording_and_the_second_none(encode: Encode, inbox: Inbox) -> None:
    path = encode("memo.m4a")
    before = (path.read_bytes(), path.stat())
    recording = import_file(path, inbox, 600)
    assert recording is not None
    assert inbox.recordings() == [recording]
    assert recording.duration == pytest.approx(6.0, abs=0.1)
    assert recording.ended_by is EndedBy.IMPORTED
    assert import_file(path, inbox, 600) is None
    assert len(inbox.recordings()) == 1
    assert path.read_bytes() == before[0]
    assert path.stat().st_mtime_ns == before[1].st_mtime_ns


def test_a_memo_that_was_thrown_away_or_confirmed_is_not_imported_again(encode: Encode, inbox: Inbox) -> None:
    path = encode("memo.m4a")
    recording = import_file(path, inbox, 600)
    assert recording is not None
    inbox.discard(recording.id)
    assert import_file(path, inbox, 600) is None
    (inbox.folder / "discarded" / f"{recording.id}.wav").unlink()
    assert import_file(path, inbox, 600, is_known={recording.id}.__contains__) is None
    assert import_file(path, inbox, 600) == recording


def test_a_copy_is_the_same_memo_whatever_its_name_its_date_and_its_tags(
    encode: Encode, inbox: Inbox, tmp_path: Path
) -> None:
    path = encode("memo.mp3")
    recording = import_file(path, inbox, 600)
    assert recording is not None
    later = tmp_path / "copy.mp3"
    later.write_bytes(path.read_bytes())
    tagged = encode("memo.mp3", title="Call with Laura")
    assert tagged.read_bytes() != later.read_bytes()
    assert [import_file(each, inbox, 600) for each in (later, tagged)] == [None, None]
    assert inbox.recordings() == [recording]


def test_sounds_whose_short_ids_would_be_the_same_are_all_imported(encode: Encode, inbox: Inbox) -> None:
    # Of 300 files of one second, two share 16 bits as often as not: here every short id but a few is in use.
    path = encode("memo.m4a", creation_time="2026-03-04T10:20:30Z")
    used = {f"20260304-102030-{number:04x}" for number in range(0x10000)}
    free = {"20260304-102030-0007", "20260304-102030-fff0"}
    recording = import_file(path, inbox, 600, is_known=(used - free).__contains__)
    assert recording is not None
    assert recording.id in free
    assert import_file(path, inbox, 600, is_known=(used - free).__contains__) is None


def test_two_memos_of_the_same_second_are_two_recordings(encode: Encode, inbox: Inbox, six_seconds: bytes) -> None:
    paths = [encode("memo.m4a"), encode("other.m4a", pcm=six_seconds[::-1])]
    imported = [import_file(path, inbox, 600) for path in paths]
    assert len({recording.id for recording in imported if recording}) == 2


def test_an_inbox_that_cannot_be_written_takes_nothing(encode: Encode, inbox: Inbox) -> None:
    inbox.folder.parent.mkdir()
    inbox.folder.touch()
    with pytest.raises(DiskTrouble, match=r"Nothing was added\.$"):
        import_file(encode("memo.m4a"), inbox, 600)
    assert stat.S_ISREG(inbox.folder.stat().st_mode)


def test_a_file_without_a_time_of_its_own_goes_by_its_date_in_the_local_zone(encode: Encode, inbox: Inbox) -> None:
    recording = import_file(encode("memo.flac"), inbox, 600)
    assert recording is not None
    assert recording.spoken_at - UNCHANGED == timedelta(0)
    assert recording.spoken_at.utcoffset() == UNCHANGED.astimezone().utcoffset()
