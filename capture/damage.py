"""What of a damaged file is missing in the sound that could be decoded, in words."""

from pathlib import Path
from typing import Final

from capture.pcm import seconds
from capture.tracks import Track

_WORTH_SAYING: Final = 0.3
"""Seconds. Encoders pad the end of a file, and headers count in frames."""

_TOLD_BY_HEADER: Final = ("w64", "flac", "aiff", "au", "caf", "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "tta", "wv")
"""FFmpeg's names of the formats whose headers say how long the sound is; of others it guesses."""

_HEADER_BYTES: Final = 1 << 20
"""In which the first frame of an MP3 begins, behind a picture of any usual size."""

_RIFF_BYTES: Final = 12
"""Before the first chunk: "RIFF", the size of all, "WAVE"."""

_STREAMED: Final = 0xFFFFFF00
"""A size from here on says that it was not known when it was written."""

_OGG_PAGE: Final = b"OggS"
_OGG_LAST_PAGE: Final = 4
"""Bit of a page's fifth byte: the last page of the stream (RFC 3533, section 6)."""


def what_is_missing(path: Path, track: Track) -> str:
    """Such as "0.4 s of it cannot be decoded"; empty where the file is whole."""
    with path.open("rb") as file:
        begin = file.read(_HEADER_BYTES)
    decoded = seconds(len(track.pcm))
    declared = _declared(path, begin, track)
    # Where the times of the frames are damaged, too, the header is right.
    left_out = track.left_out if declared is None else min(track.left_out, max(0.0, declared - decoded))
    said = []
    if left_out > 0:
        said.append(f"{max(0.1, left_out):.1f} s of it cannot be decoded")
    if declared is not None and (at_the_end := declared - decoded - left_out) > _WORTH_SAYING:
        said.append(f"{at_the_end:.1f} s at its end are missing")
    elif declared is None and (track.breaks_off or _is_cut_ogg(path, begin)):
        said.append("its end is missing")
    return ", ".join(said)


def _declared(path: Path, begin: bytes, track: Track) -> float | None:
    """Seconds that the file's header says it lasts; None where no header says so."""
    if begin.startswith(b"RIFF"):
        # FFmpeg counts what is there. A recorder that streams does not know the size, and writes none or the greatest.
        at = _chunk(begin, b"data")
        size = int.from_bytes(begin[at - 4 : at], "little") if at else 0
        there = path.stat().st_size - at
        if not 0 < there < size < _STREAMED:
            return None
        return seconds(len(track.pcm)) * size / there
    # LAME's header, which holds the number of frames.
    if track.form == "mp3" and (b"Xing" in begin or b"Info" in begin):
        return track.declared
    return (track.declared or None) if track.form in _TOLD_BY_HEADER else None


def _chunk(begin: bytes, name: bytes) -> int:
    """Where the content of a chunk of a WAV begins (a name, a size, the content, even); 0 where it is not there."""
    at = _RIFF_BYTES
    while at + 8 <= len(begin):
        if begin[at : at + 4] == name:
            return at + 8
        size = int.from_bytes(begin[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return 0


def _is_cut_ogg(path: Path, begin: bytes) -> bool:
    if not begin.startswith(_OGG_PAGE):
        return False
    data = path.read_bytes()
    flags = data.rfind(_OGG_PAGE) + 5
    return flags < len(data) and not data[flags] & _OGG_LAST_PAGE
