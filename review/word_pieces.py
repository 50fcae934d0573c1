"""Text cut into word pieces as BERT's tokenizer for lower case cuts it, over a vocabulary that may be smaller.

The rules are those of Devlin et al. 2018 ("BERT") and of Schuster and Nakajima 2012 ("Japanese and Korean voice
search"): accents and case go, punctuation stands alone, and of each word the longest known piece is taken, again and
again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

BEGIN: Final = "[CLS]"
END: Final = "[SEP]"
UNKNOWN: Final = "[UNK]"
SPECIAL: Final = (BEGIN, END, UNKNOWN)

Place = tuple[int, int]
"""Begin and end in a text, in characters."""

NOWHERE: Final = (0, 0)

_LONGEST: Final = 100
"""Characters of a word that is looked at; a longer one is no word."""

_WORD: Final = re.compile(r"[^\W_]+|[^\s\w]|_")


def words_of(text: str) -> Iterator[tuple[str, Place]]:
    """The words and punctuation marks, in lower case and without accents, and where each lies in `text`."""
    letters: list[str] = []
    at: list[int] = []
    for number, char in enumerate(text):
        plain = unicodedata.normalize("NFD", ("'" if char == "’" else char).lower())
        letters += [each for each in plain if unicodedata.category(each) != "Mn"]
        at += [number] * (len(letters) - len(at))
    for found in _WORD.finditer("".join(letters)):
        yield found[0], (at[found.start()], at[found.end() - 1] + 1)


def pieces_of(text: str, numbers: Mapping[str, int], most: int) -> tuple[list[int], list[Place]]:
    """The numbers of the pieces of `text` between that of the begin and that of the end, `most` altogether; where the
    word of each lies in `text`, (0, 0) of these two.

    :param numbers: of each piece that is known, the special ones among them.
    """
    found, places = [numbers[BEGIN]], [NOWHERE]
    for word, place in words_of(text):
        found += _pieces(word, numbers)
        places += [place] * (len(found) - len(places))
        if len(found) >= most:
            break
    return [*found[: most - 1], numbers[END]], [*places[: most - 1], NOWHERE]


def _pieces(word: str, numbers: Mapping[str, int]) -> list[int]:
    """The longest known piece first, then the longest of the rest; a word with a part that is in none is unknown."""
    found: list[int] = []
    begin = 0
    while begin < len(word) <= _LONGEST:
        for end in range(len(word), begin, -1):
            piece = ("##" if begin else "") + word[begin:end]
            if (number := numbers.get(piece)) is not None:
                found.append(number)
                begin = end
                break
        else:
            return [numbers[UNKNOWN]]
    return found or [numbers[UNKNOWN]]
