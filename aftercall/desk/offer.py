"""The end of a memo as an offer: the first sentence is up to be read while the microphone is still open.

No length of silence tells a pause for thought from an end. So after a short one the reading begins, as far as anyone
can see; speech takes that back, and has cost nothing.
"""

from typing import TYPE_CHECKING

from capture.endpoint import Phase

if TYPE_CHECKING:
    from aftercall.desk.face import RecordingScreen
    from aftercall.desk.listening import Listening
    from aftercall.desk.settings import Settings
    from capture.recorder import Progress


class OfferedEnd:
    """Shows the offer as soon as all that was said is written down, and takes it back when speech goes on."""

    def __init__(self, screen: "RecordingScreen", listening: "Listening", settings: "Settings") -> None:
        self._screen = screen
        self._listening = listening
        self._settings = settings
        self._considered = False
        self.up = False
        """Whether a sentence is up."""

    def look(self, progress: "Progress") -> None:
        """Take what the recorder says after each block."""
        if progress.phase is Phase.OFFERED:
            if not self._considered:
                self._consider()
        elif progress.phase in (Phase.SPEAKING, Phase.PAUSING):
            if self.up:
                self._screen.withdraw()
            self._considered = self.up = False

    def _consider(self) -> None:
        from aftercall.desk.review_settings import review_settings
        from review.session import preview

        known, heard = self._listening.known, self._listening.whole
        if known is None or heard is None:
            return  # it is being written down; the next block asks again
        self._considered = True
        gate = preview(heard, known, review_settings(self._settings))
        self.up = gate is not None and self._screen.offer(gate)
        if self.up and gate is not None and gate.up is not None and gate.up.words:
            self._listening.shown(len(gate.up.words))
