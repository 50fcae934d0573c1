"""What a memo was about, in its own words: for the sentence that opens the next call."""

import re
from collections.abc import Iterator
from typing import Final

from review.sentences import is_abbreviated, needs_more, split_text

LONGEST: Final = 140
"""Characters. What is longer is cut after a word, so that it can be taken in at a glance."""

_ENOUGH: Final = 3
"""Words of its own that a sentence must have to say more than when to call."""

_ABOUT: Final = re.compile(
    r"\b(?:about|regarding|concerning|(?:to|and|we|will|'ll) (?:discuss|go over|go through|talk through))\s+"
    r"(?!(?:it|that|this|them|her|him|us|me|you|how|when|where|a|an|one|two|three|four|five|six|ten|noon|half)\b|\d)"
    r"(?P<what>(?:[^,;:!?…]|[,:](?=\d))+)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]{3,}")

# Words that a sentence about an appointment is made of, and that say nothing of what it is for.
_APPOINTMENT: Final = frozenset(
    "about after afternoon again agreed all and april are around ask asked august back before but call called calling "
    "calls can could date day days december down evening expects february for four friday from get give going half "
    "has have hear hers him his hour january july june just let lunch make march may meet meeting meets minutes monday "
    "month morning need next noon november not now october okay one out past phone phoning put quarter quick "
    "rang reach ring ringing said same saturday says sees september set she should short six sometime soon speak "
    "spoke sunday sure talk ten that the their them then there they think this three thursday till time today told "
    "tomorrow touch tuesday two until wanted wants was wednesday week weeks well were what when will with would year "
    "you".split()
)
_DANGLING: Final = frozenset("a an the his her their our my of for with to from in on at and or no version".split())
_CALLING: Final = re.compile(r"\b(?:call|ring|phone|talk|speak|meet)(?:ing)?\b", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"(?:ok(?:ay)?,? |so,? |quick one|short one|just )?(?:off the phone|hung up|spoke|spoken|talked|finished|call with|"
    r"that was|this (?:is|was)|left a|voicemail)",
    re.IGNORECASE,
)


def matter(text: str, heard: str | None) -> tuple[str, bool]:
    """What `text` was about, and whether it is a whole sentence of it (True) or the few words after "about".

    `heard` is what the next call was read from, None where there is none. The sentence it stands in names the matter:
    by what follows "about", or as a whole when it says more than when to call. Else it is the sentence nearest before
    it, then after it, that does; and without a next call the first. Nothing is added; what is too long is cut.
    """
    sentences = split_text(text, None)
    if not sentences:
        return "", True
    pieces = [piece for piece in (heard or "").split(" … ") if piece.strip()]
    at = _sentence_of(pieces, sentences)
    if at is not None:
        for sentence in sentences[at : at + 2]:
            if named := _named(sentence, pieces):
                return _cut(named), False
    order = [*range(at, -1, -1), *range(at + 1, len(sentences))] if at is not None else list(range(len(sentences)))
    # One at a time, since most often the first does.
    chosen = next(
        (
            index
            for enough in (_ENOUGH, 1)
            for may_open in (False, True)
            for index in order
            if (may_open or not _OPENING.match(sentences[index])) and _says_more(sentences[index], pieces, enough)
        ),
        order[0],
    )
    return _cut(_without_stop(sentences[chosen])), True


def _sentence_of(pieces: list[str], sentences: list[str]) -> int | None:
    """Which sentence holds what the next call was read from; where the rep typed the day, the last one that calls."""
    for piece in pieces:
        for index, sentence in enumerate(sentences):
            if piece.casefold() in sentence.casefold():
                return index
    calling = [index for index, sentence in enumerate(sentences) if pieces and _CALLING.search(sentence)]
    return calling[-1] if calling else None


def _named(sentence: str, pieces: list[str]) -> str | None:
    """What follows "about" in a sentence, up to the words of the date."""
    for found in _ABOUT.finditer(sentence):
        what = found["what"]
        for piece in pieces:
            what = re.split(rf"(?i)(?:\s(?:on|at|by))?\s{re.escape(piece)}", what, maxsplit=1)[0]
        what = _without_stop(what)
        if _says_more(what, [], enough=1) and _is_whole(what):
            return what
    return None


def _without_stop(text: str) -> str:
    """Without the full stop; a dot that belongs to the last word stays: "in the U.S."."""
    text = text.strip()
    return text if is_abbreviated(text.rsplit(" ", 1)[-1]) else text.rstrip(".")


def _is_whole(phrase: str) -> bool:
    """Whether the phrase is not broken off: "the quote for", "order No."."""
    last = phrase.rsplit(" ", 1)[-1]
    return not needs_more(last) and last.casefold() not in _DANGLING


def _says_more(sentence: str, pieces: list[str], enough: int = _ENOUGH) -> bool:
    in_date = set(_words(" ".join(pieces))) if " ".join(pieces).rstrip(".") != sentence.rstrip(".") else set()
    own = [word for word in _words(sentence) if word not in _APPOINTMENT and word not in in_date]
    return len(own) >= enough


def _words(text: str) -> Iterator[str]:
    return (found[0].casefold() for found in _WORD.finditer(text))


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
