"""A transcript cut into the sentences that are read one at a time."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from review.reading import LIGHTEST, words_to_read
from transcribe.transcript import Hole, Transcript, Word

LONGEST: Final = 40
"""Words, or what takes as long to read. A stretch without a full stop is cut here, so that no screen holds more than an
eye takes in."""

_JOINS: Final = frozenset("and but so because then which who that if when".split())

# What ends in a dot, as Whisper prints it. Before a name or a number these end no sentence.
_TITLES: Final = frozenset(
    "mr. mrs. ms. dr. prof. st. lt. sgt. capt. gen. rev. hon. gov. sen. mt. vs. e.g. i.e. approx. ext. dept.".split()
)
# These may: where one of _STARTERS follows, they do.
_ABBREVIATIONS: Final = frozenset(
    "jr. sr. co. corp. llc. bros. ave. blvd. rd. sq. ft. lb. lbs. oz. gal. qty. est. ph.d. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. tues. wed. thu. thur. thurs. fri. sat. "
    "sun.".split()
)
# Without a capital they are words: "out in the sun."
_WORDS_TOO: Final = frozenset("sat. sun. wed. mon. mar. jan. dec. co. est.".split())
# And these do wherever a capital follows that is no day, month or zone: "at 3 p.m. Monday".
_AT_AN_END: Final = frozenset("inc. ltd. etc. a.m. p.m.".split())
_STARTERS: Final = frozenset(
    "a after also and anyway as at before but call for he he'll he's her his how i i'd i'll i'm i've if in it it's "
    "just let's my next no not nothing now ok okay on our she she'll she's so that that's the their then there "
    "there's they they'll they're this we we'll we're we've well what when who why yes you your".split()
)
_GOES_ON: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december eastern central mountain pacific est edt cst cdt mst mdt pst pdt gmt bst cet "
    "utc".split()
)
_FULL_STOPS: Final = "。！？｡।॥؟۔።။།។"
"""Of scripts other than ours."""
_END: Final = re.compile(rf"[.!?…{_FULL_STOPS}]+[\"'”’)\]」』）]*$")
_INSIDE: Final = re.compile(rf"[{_FULL_STOPS}]+[」』）]*")
# "J.", "U.S.", "D.C.".
_INITIALS: Final = re.compile(r"^(?:[A-Za-z]\.)+$")

_MOST_CHARACTERS: Final = int(LONGEST / LIGHTEST) + 1
"""More take longer to read than the longest sentence, whatever they are."""


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """A sentence as it was heard, with its words in order; or what stands at the place of one.

    :ivar hole: where speech was heard of which no word was written down; there are no words then.
    :ivar typed: what the rep wrote, and never said; there are no words then.
    :ivar recording_id: the recording that it is from; None for the memo's own.
    """

    words: tuple[Word, ...]
    hole: Hole | None = None
    typed: str = ""
    recording_id: str | None = None

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


def split_sentences(transcript: Transcript) -> list[HeardSentence]:
    """Cut at full stops, question and exclamation marks, where a sentence pauses before its :data:`LONGEST` words
    are over, and where something was not written down: that is between two of them, by itself."""
    words = transcript.words
    starts = [word.start for word in words]
    found: list[HeardSentence] = []
    begin = 0
    for hole in transcript.holes:
        end = max(begin, bisect_right(starts, hole.start))
        found += [*_cut(words[begin:end]), HeardSentence((), hole)]
        begin = end
    return [*found, *_cut(words[begin:])]


def _cut(words: Sequence[Word]) -> Iterator[HeardSentence]:
    short = tuple(piece for word in words for piece in _pieces_of(word))
    return (HeardSentence(short[begin:end]) for begin, end in _runs([word.text for word in short]))


def _pieces_of(word: Word) -> Iterator[Word]:
    """A word, or, where it is too long to be one, pieces of it with their share of its time."""
    pieces = _pieces(word.text)
    if len(pieces) == 1:
        yield word
        return
    done, share = 0, (word.end - word.start) / len(word.text)
    for piece in pieces:
        start, done = word.start + done * share, done + len(piece)
        yield replace(word, text=piece, start=start, end=word.start + done * share)


def _pieces(word: str) -> list[str]:
    """A word that takes as long to read as more than :data:`LONGEST`, cut behind full stops where it has some."""
    pieces, rest = [], word
    while words_to_read(rest[:_MOST_CHARACTERS]) > LONGEST:
        longest = float(LONGEST)
        fits = bisect_right(range(_MOST_CHARACTERS), longest, key=lambda end: words_to_read(rest[:end])) - 1
        while fits > 1 and unicodedata.category(rest[fits]) in ("Mn", "Mc", "Me", "Cf"):
            fits -= 1  # what belongs to the character before it goes with that
        end = max((stop.end() for stop in _INSIDE.finditer(rest, 0, fits)), default=fits)
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest] if rest else pieces


def split_text(text: str, longest: int | None = LONGEST) -> list[str]:
    """The sentences of a text, cut in the same way; None: however long they are."""
    words = text.split()
    if longest:
        words = [piece for word in words for piece in _pieces(word)]
    return [" ".join(words[begin:end]) for begin, end in _runs(words, longest)]


def _runs(words: Sequence[str], longest: int | None = LONGEST) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, as [begin, end) of the words; ``longest`` words at most."""
    begin, weight = 0, 0.0
    for index, word in enumerate(words, start=1):
        more = _weight(word) if longest else 0.0
        if longest and begin < index - 1 and weight + more > longest:
            yield begin, index - 1
            begin, weight = index - 1, 0.0
        weight += more
        following = words[index] if index < len(words) else ""
        if index == len(words) or ends_sentence(word, following):
            yield begin, index
            begin, weight = index, 0.0
        elif longest and weight >= longest:
            end = _where_it_pauses(words, begin + (index - begin) // 2, index)
            yield begin, end
            begin, weight = end, sum(map(_weight, words[end:index]))


def _weight(word: str) -> float:
    """How many words a word counts as."""
    return max(1.0, words_to_read(word))


def _where_it_pauses(words: Sequence[str], first: int, last: int) -> int:
    """Where a stretch that is too long is cut, from ``first`` to ``last``: at its last comma, else before the last
    "and" or "so", else where it becomes too long."""
    ends = range(last, first, -1)
    commas = (end for end in ends if words[end - 1].endswith((",", ";", ":", "–", "—")))
    joins = (end for end in ends if words[end].casefold() in _JOINS)
    return next(commas, None) or next(joins, last)


def is_abbreviated(word: str) -> bool:
    """Whether the dot that a word ends in belongs to it: "U.S.", "Ave.", "p.m."."""
    shortened = word.casefold() in _TITLES | _ABBREVIATIONS | _AT_AN_END
    return bool(_INITIALS.match(word)) or (shortened and (word[:1].isupper() or word.casefold() not in _WORDS_TOO))


def needs_more(word: str) -> bool:
    """Whether something must follow a word: "Mr.", "No."."""
    return word.casefold() in _TITLES - {"st.", "mt."} | {"no."}


def ends_sentence(text: str, following: str) -> bool:
    """Whether a word, printed so, ends a sentence when ``following`` comes after it (empty: nothing does)."""
    if not _END.search(text):
        return False
    word, after = text.casefold(), following.casefold().rstrip(".,!?…").replace("’", "'")
    if word in _TITLES or (word == "no." and following[:1].isdecimal()):
        return False  # "Mr. Ode", "No. 4711"
    if word in _AT_AN_END:
        return following[:1].isupper() and after not in _GOES_ON
    short = word in _ABBREVIATIONS and (text[:1].isupper() or word not in _WORDS_TOO)
    if short or _INITIALS.match(text):
        return following[:1].isupper() and after in _STARTERS
    return True
