"""faster-whisper on CTranslate2: the same weights as 8-bit integers, faster on a CPU."""

from collections.abc import Callable
from typing import Any, Final

import ctranslate2
import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from numpy.typing import NDArray

from transcribe import decoding
from transcribe.catalogue import FASTER
from transcribe.transcript import Segment
from transcribe.weights import Weights

_BEAM_SIZE: Final = 5
"""The library's own choice, and that of Whisper's command line; here it costs little (docs/engines.md)."""


class FasterWhisper:
    """A loaded model of faster-whisper."""

    name = FASTER

    def __init__(self, weights: Weights, *, threads: int) -> None:
        self.model = weights.model
        self.weights_sha256 = weights.sha256
        gpu = ctranslate2.get_cuda_device_count() > 0
        self._whisper = _ShortWindow(
            str(weights.path),
            device="cuda" if gpu else "cpu",
            compute_type="float16" if gpu else "int8",
            cpu_threads=threads,
        )
        self.languages = frozenset(self._whisper.supported_languages)

    def transcribe(
        self, audio: NDArray[np.float32], *, language: str | None, prompt: str | None
    ) -> tuple[list[Segment], str]:
        """See `engines.Engine`."""
        ctranslate2.set_random_seed(decoding.SEED)
        self._whisper.frames = decoding.window_frames(len(audio))
        told = f" {prompt}" if prompt else None
        # The batched pipeline decodes each window once, as a whole: the sequential one jumps to where it believes the
        # last word ended and decodes what is left, mostly into words that nobody said. A new one each time, as it
        # remembers where the last word of another stretch was.
        once = BatchedInferencePipeline(self._whisper)
        segments, found = self._decode(
            once.transcribe,
            audio,
            language=language,
            initial_prompt=told,
            temperature=decoding.TEMPERATURES[0],
            vad_filter=False,
            max_new_tokens=decoding.most_tokens(len(audio)),
        )
        if segments is None:
            # The pipeline cannot sample. Whisper's own loop takes the first temperature that passes its thresholds.
            segments, found = self._decode(
                self._whisper.transcribe,
                audio,
                language=found,
                initial_prompt=told,
                temperature=decoding.TEMPERATURES[1:],
                best_of=decoding.BEST_OF,
                compression_ratio_threshold=decoding.COMPRESSION_RATIO_THRESHOLD,
                log_prob_threshold=decoding.LOGPROB_THRESHOLD,
                no_speech_threshold=decoding.NO_SPEECH_THRESHOLD,
                condition_on_previous_text=False,
            )
        return segments or [], found

    def _decode(
        self, how: Callable[..., tuple[Any, Any]], audio: NDArray[np.float32], **options: Any
    ) -> tuple[list[Segment] | None, str]:
        """What was heard, and the language; None where the attempt at temperature 0 failed."""
        heard, info = how(audio, word_timestamps=True, without_timestamps=True, beam_size=_BEAM_SIZE, **options)
        # Without time stamps the first segment is the whole window, and nothing after it is asked for.
        raw = next(iter(heard), None)
        if raw is None:
            return [], str(info.language)
        decoded = decoding.Decoded(
            raw.text, raw.avg_logprob, raw.compression_ratio, raw.no_speech_prob, raw.temperature or 0.0
        )
        if decoded.failed and not decoded.temperature:
            return None, str(info.language)
        words = (decoding.RawWord(w.word, w.start, w.end, w.probability) for w in raw.words or ())
        return decoded.segments(words, len(audio)), str(info.language)


class _ShortWindow(WhisperModel):  # type: ignore[misc]  # ships no types
    """Whisper that encodes the first `frames` of its window of 30 s only: the rest is silence."""

    frames: int = decoding.window_frames(0)

    def encode(self, features: NDArray[np.float32]) -> ctranslate2.StorageView:
        return super().encode(np.ascontiguousarray(features[..., : self.frames]))
