"""faster-whisper on CTranslate2: the same weights as 8-bit integers, faster on a CPU."""

from typing import Any, Final

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_compression_ratio, get_suppressed_tokens
from numpy.typing import NDArray

from transcribe import decoding
from transcribe.audio import SAMPLE_RATE
from transcribe.catalogue import FASTER
from transcribe.transcript import Segment
from transcribe.weights import Weights

_BEAM_SIZE: Final = 5
"""The library's own choice, and that of Whisper's command line; here it costs little (docs/engines.md)."""
_MARKS: Final = ("\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
"""Marks that belong to the word after them, and to the one before them: the library's own."""


class FasterWhisper:
    """A loaded model of faster-whisper.

    Each window is decoded once, as a whole: the library's own loop jumps to where it believes the last word ended and
    decodes what is left, mostly into words that nobody said.
    """

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
        self, audio: NDArray[np.float32], *, language: str | None, prompt: str | None, before: str | None
    ) -> tuple[list[Segment], str]:
        """See `engines.Engine`."""
        ctranslate2.set_random_seed(decoding.SEED)
        features = self._whisper.feature_extractor(audio)[..., :-1]
        # The rest of the window of 30 s is silence, most of which need not be encoded.
        window = pad_or_trim(features)[..., : decoding.window_frames(len(audio))]
        sound = self._whisper.encode(np.ascontiguousarray(window))
        language = language or self._language(sound)
        heard = _Window(self._whisper, sound, language, len(audio))
        decoded = decoding.best(heard.decode, prompt, before)
        return decoded.segments(heard.words(decoded.tokens), len(audio)), language

    def _language(self, sound: ctranslate2.StorageView) -> str:
        if not self._whisper.model.is_multilingual:
            return "en"
        [(token, _), *_] = self._whisper.model.detect_language(sound)[0]
        return str(token[2:-2])  # <|en|>


class _Window:
    """One window of encoded sound, for as many attempts as it takes."""

    def __init__(self, whisper: WhisperModel, sound: ctranslate2.StorageView, language: str, samples: int) -> None:
        self._whisper = whisper
        self._sound = sound
        self._samples = samples
        self._tokenizer = Tokenizer(
            whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language=language
        )

    def decode(self, temperature: float, told: str | None) -> decoding.Decoded:
        before = self._tokenizer.encode(f" {told}") if told else []
        prompt = self._whisper.get_prompt(self._tokenizer, before, without_timestamps=True)
        how: dict[str, Any] = {"beam_size": _BEAM_SIZE}
        if temperature:
            how = {
                "beam_size": 1,
                "num_hypotheses": decoding.BEST_OF,
                "sampling_topk": 0,
                "sampling_temperature": temperature,
            }
        [result] = self._whisper.model.generate(
            self._sound,
            [prompt],
            max_length=len(prompt) + decoding.most_tokens(self._samples),
            suppress_tokens=get_suppressed_tokens(self._tokenizer, [-1]),
            return_scores=True,
            return_no_speech_prob=True,
            **how,
        )
        tokens = result.sequences_ids[0]
        text = self._tokenizer.decode(tokens).strip()
        return decoding.Decoded(
            text=text,
            tokens=tuple(tokens),
            # Scores are means over the tokens; Whisper counts the one that ends the text as well.
            avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
            compression_ratio=get_compression_ratio(text),
            no_speech_prob=result.no_speech_prob,
            temperature=temperature,
        )

    def words(self, tokens: tuple[int, ...]) -> list[decoding.RawWord]:
        """Where in the sound each word is, and its probability."""
        segment: dict[str, Any] = {"seek": 0, "start": 0.0, "end": self._samples / SAMPLE_RATE, "tokens": list(tokens)}
        frames = self._samples * decoding.FRAMES_PER_SECOND // SAMPLE_RATE
        self._whisper.add_word_timestamps([[segment]], self._tokenizer, self._sound, frames, *_MARKS, 0.0)
        return [decoding.RawWord(w["word"], w["start"], w["end"], float(w["probability"])) for w in segment["words"]]
