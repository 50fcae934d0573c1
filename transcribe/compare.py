"""Two transcripts of one recording, by different models: what the newer one says instead of the older one."""

import difflib
import string
from collections.abc import Sequence
from dataclasses import replace

from transcribe.transcript import Transcript, Word


def compared(new: Transcript, old: Transcript) -> Transcript:
    """The new transcript, each word that stands for other words of the old one marked with them.

    Case and punctuation are no difference. Words that the new one leaves out are told with the word after them, or
    with the last one.
    """
    words = list(new.words)
    matcher = difflib.SequenceMatcher(None, _bare(old.words), _bare(new.words), autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "equal" or not words:
            continue
        before = " ".join(word.text for word in old.words[first:last])
        marked = range(begin, end)
        if kind == "delete":
            beside = min(begin, len(words) - 1)
            before, marked = f"{before} {words[beside].text}", range(beside, beside + 1)
        for index in marked:
            words[index] = replace(words[index], instead_of=before)
    rest = iter(words)
    segments = (replace(segment, words=tuple(next(rest) for _ in segment.words)) for segment in new.segments)
    return replace(new, segments=tuple(segments))


def _bare(words: Sequence[Word]) -> list[str]:
    return [word.text.strip(string.punctuation).casefold() for word in words]
