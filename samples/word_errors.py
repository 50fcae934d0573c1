"""Word error rate, counted in the same way wherever transcripts are compared."""

from collections.abc import Sequence
from functools import cache

import jiwer
from whisper.normalizers import EnglishTextNormalizer

normal = cache(EnglishTextNormalizer())
"""A text after Whisper's normaliser for English, so that "ten" and "10" are the same word."""


def word_error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Words wrong, missing or too many over words said, of all texts together.

    Raises ValueError where a text in `said` has no words.
    """
    return float(jiwer.wer([normal(text) for text in said], [normal(text) for text in heard]))
