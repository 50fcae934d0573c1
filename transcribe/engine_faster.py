"""faster-whisper on CTranslate2: the same weights as 8-bit integers, faster on a CPU."""

from typing import Final

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from transcribe import decoding
from transcribe.audio import SAMPLE_RATE
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
        self._whisper = WhisperModel(
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
        heard, info = self._whisper.transcribe(
            audio,
            language=language,
            initial_prompt=prompt,
            word_timestamps=True,
            condition_on_previous_text=False,
            beam_size=_BEAM_SIZE,
            best_of=decoding.BEST_OF,
            temperature=decoding.TEMPERATURES,
            compression_ratio_threshold=decoding.COMPRESSION_RATIO_THRESHOLD,
            log_prob_threshold=decoding.LOGPROB_THRESHOLD,
            no_speech_threshold=decoding.NO_SPEECH_THRESHOLD,
        )
        duration = len(audio) / SAMPLE_RATE
        segments: list[Segment] = []
        for raw in heard:
            words = decoding.timed_words(
                (decoding.RawWord(w.word, w.start, w.end, w.probability) for w in raw.words or ()),
                segments[-1].end if segments else 0.0,
                duration,
            )
            if words:
                segments.append(
                    Segment(
                        start=words[0].start,
                        end=words[-1].end,
                        text=raw.text.strip(),
                        words=words,
                        avg_logprob=raw.avg_logprob,
                        compression_ratio=raw.compression_ratio,
                        no_speech_prob=raw.no_speech_prob,
                        temperature=raw.temperature,
                    )
                )
        return segments, str(info.language)
