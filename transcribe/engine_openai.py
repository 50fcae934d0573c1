"""openai-whisper on PyTorch: the reference."""

import warnings
from collections.abc import Iterator
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
        self._half = torch.cuda.is_available()
        self._device = "cuda" if self._half else "cpu"
        self._whisper = load_model(weights).to(self._device)
        self._positions: torch.Tensor = self._whisper.encoder.positional_embedding
        multilingual = self._whisper.is_multilingual
        self.languages = frozenset(whisper.tokenizer.LANGUAGES) if multilingual else frozenset({"en"})
        _compile_alignment()

    def transcribe(
        self, audio: NDArray[np.float32], *, language: str | None, prompt: str | None, before: str | None
    ) -> tuple[list[Segment], str]:
        """See `engines.Engine`."""
        torch.manual_seed(decoding.SEED)
        model = self._whisper
        frames = decoding.window_frames(len(audio))
        # The encoder adds a position to each of its steps, and takes as many steps as it has positions.
        model.encoder.positional_embedding = self._positions[: frames // decoding.FRAMES_PER_STEP]
        mel = whisper.pad_or_trim(whisper.log_mel_spectrogram(audio, model.dims.n_mels), frames)
        mel = mel.to(self._device, torch.float16 if self._half else torch.float32)
        if not model.is_multilingual:
            language = "en"
        options: dict[str, Any] = {"language": language, "without_timestamps": True, "fp16": self._half}
        options["sample_len"] = decoding.most_tokens(len(audio))
        spoken = ""

        def decode(temperature: float, told: str | None) -> decoding.Decoded:
            nonlocal spoken
            # Greedy at temperature 0: a beam costs this engine two to three times as long, as it copies all
            # cached keys and values at each token, and heard hardly better (docs/engines.md).
            best_of = decoding.BEST_OF if temperature else None
            how = whisper.DecodingOptions(temperature=temperature, best_of=best_of, prompt=told, **options)
            result = whisper.decode(model, mel, how)
            spoken = result.language
            return decoding.Decoded(
                result.text,
                tuple(result.tokens),
                result.avg_logprob,
                result.compression_ratio,
                result.no_speech_prob,
                temperature,
            )

        decoded = decoding.best(decode, prompt, before)
        words = self._words(mel, list(decoded.tokens), spoken, len(audio))
        return decoded.segments(words, len(audio)), spoken

    def _words(self, mel: torch.Tensor, tokens: list[int], language: str, samples: int) -> Iterator[decoding.RawWord]:
        """Where in the sound each word is, and its probability."""
        segment: dict[str, Any] = {"seek": 0, "start": 0.0, "end": samples / SAMPLE_RATE, "tokens": tokens}
        tokenizer = whisper.tokenizer.get_tokenizer(
            self._whisper.is_multilingual, num_languages=self._whisper.num_languages, language=language
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whisper.timing.add_word_timestamps(
                segments=[segment],
                model=self._whisper,
                tokenizer=tokenizer,
                mel=mel,
                num_frames=samples * decoding.FRAMES_PER_SECOND // SAMPLE_RATE,
                last_speech_timestamp=0.0,
            )
        for word in segment["words"]:
            yield decoding.RawWord(word["word"], word["start"], word["end"], float(word["probability"]))


def load_model(weights: Weights) -> Whisper:
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
