"""openai-whisper on PyTorch: the reference."""

import warnings
from contextlib import suppress
from typing import Any

import numpy as np
import torch
import whisper
import whisper.timing
import whisper.tokenizer
from numpy.typing import NDArray
from safetensors.torch import load_file
from whisper.model import ModelDimensions, Whisper

from transcribe import decoding
from transcribe.audio import SAMPLE_RATE
from transcribe.catalogue import OPENAI
from transcribe.convert import dimensions
from transcribe.transcript import Segment
from transcribe.weights import Weights


class OpenAIWhisper:
    """A loaded model of openai-whisper."""

    name = OPENAI

    def __init__(self, weights: Weights, *, threads: int) -> None:
        self.model = weights.model
        self.weights_sha256 = weights.sha256
        torch.set_num_threads(threads)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._whisper = _load(weights).to(self._device)
        multilingual = self._whisper.is_multilingual
        self.languages = frozenset(whisper.tokenizer.LANGUAGES) if multilingual else frozenset({"en"})
        _compile_alignment()

    def transcribe(
        self, audio: NDArray[np.float32], *, language: str | None, prompt: str | None
    ) -> tuple[list[Segment], str]:
        """See `engines.Engine`."""
        torch.manual_seed(decoding.SEED)
        # Greedy at temperature 0: a beam costs this engine two to three times as long, as it copies all
        # cached keys and values at each token, and heard hardly better (docs/engines.md).
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            heard: dict[str, Any] = self._whisper.transcribe(
                audio,
                verbose=None,
                language=language,
                initial_prompt=prompt,
                word_timestamps=True,
                condition_on_previous_text=False,
                best_of=decoding.BEST_OF,
                temperature=decoding.TEMPERATURES,
                compression_ratio_threshold=decoding.COMPRESSION_RATIO_THRESHOLD,
                logprob_threshold=decoding.LOGPROB_THRESHOLD,
                no_speech_threshold=decoding.NO_SPEECH_THRESHOLD,
                fp16=self._device == "cuda",
            )
        duration = len(audio) / SAMPLE_RATE
        segments: list[Segment] = []
        for raw in heard["segments"]:
            words = decoding.timed_words(
                (decoding.RawWord(w["word"], w["start"], w["end"], float(w["probability"])) for w in raw["words"]),
                segments[-1].end if segments else 0.0,
                duration,
            )
            if words:
                segments.append(
                    Segment(
                        start=words[0].start,
                        end=words[-1].end,
                        text=raw["text"].strip(),
                        words=words,
                        avg_logprob=raw["avg_logprob"],
                        compression_ratio=raw["compression_ratio"],
                        no_speech_prob=raw["no_speech_prob"],
                        temperature=raw["temperature"],
                    )
                )
        return segments, str(heard["language"])


def _load(weights: Weights) -> Whisper:
    if weights.path.suffix == ".pt":
        checkpoint = torch.load(weights.path, map_location="cpu", weights_only=True)
        sizes, state = checkpoint["dims"], checkpoint["model_state_dict"]
    else:
        state = load_file(weights.path)
        sizes = dimensions(state)
    model = Whisper(ModelDimensions(**sizes))
    model.load_state_dict(state, strict=True)
    # Which heads follow the sound word by word is known per model only, from whisper's own table; for a
    # model that is not in it whisper, too, keeps its default, the upper half of the decoder.
    if heads := whisper._ALIGNMENT_HEADS.get(weights.model):
        model.set_alignment_heads(heads)
    return model.eval()


def _compile_alignment() -> None:
    """Have the machine code of whisper's word alignment ready, from numba's cache if it is there.

    whisper compiles two functions when the first words of each process are aligned, 1.5 s of waiting, as
    it does not ask numba to keep the result. Asking is a public switch of numba; loading takes 0.2 s.
    """
    with suppress(OSError, RuntimeError):  # A cache that cannot be written costs the compilation, no more.
        whisper.timing.backtrace.enable_caching()
        whisper.timing.dtw_cpu.enable_caching()
    whisper.timing.dtw_cpu(np.zeros((2, 4)))
