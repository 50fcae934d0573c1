"""A recording between its first block and its last file."""

from pathlib import Path

from capture.notes import FACTS, Notes
from capture.part import PartFile
from capture.pcm import SAMPLE_BYTES, seconds
from capture.recording import EndedBy, Recording
from ground.durable import disk_trouble


class OpenRecording:
    """A recording in progress: blocks go in, a finished :class:`Recording` comes out."""

    def __init__(self, notes: Notes, recording: Recording, part: PartFile) -> None:
        self.recording = recording
        self._notes = notes
        self._part = part

    @property
    def path(self) -> Path:
        """Where the samples are while it is being recorded."""
        return self._part.path

    @property
    def duration(self) -> float:
        """Seconds of sound so far.

        :raises DiskTrouble: the disk does not say.
        """
        with disk_trouble("What was said until then is kept."):
            return seconds(self._part.size())

    def write(self, block: bytes) -> None:
        """Append a block of samples.

        :raises DiskTrouble: the disk refused it; what was written before is still there.
        """
        with disk_trouble("What was said until then is kept."):
            self._part.write(block)

    def finish(self, ended_by: EndedBy, overflows: int = 0, samples: int | None = None) -> Recording:
        """Turn the part into a WAV with its facts. A crash or an error in the middle leaves it to recovery.

        :param samples: how many of it, from the first, are the recording; None for all.
        :raises DiskTrouble: the part is kept, and finished by the first command that finds room.
        """
        try:
            with disk_trouble("The recording is kept as it is and finished once there is room."):
                self._part.sync()
                size = self._part.size()
                if samples is not None:
                    size = min(size, samples * SAMPLE_BYTES)
                finished = self.recording.ended(ended_by, seconds(size), overflows)
                self._part.save_wav(self._notes.wav(finished.id), size)
                self._notes.write(finished.id, FACTS, finished.to_dict())
                self._part.drop()
        finally:
            self._part.close()
        return finished

    def abandon(self) -> None:
        """Drop a recording in which nobody spoke."""
        try:
            with disk_trouble("Nothing was recorded."):
                self._notes.drop(self.recording.id, FACTS)
                self._part.drop()
        finally:
            self._part.close()
