"""Cut a memo into words, numbers, clock times and numeric dates, each knowing where it stood."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from review.next_call import lexicon


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text.

    `kind` is WORD, NUM, ORD, YEAR, WEEKDAY, MONTH, UNIT, QUARTER, CLOCK, DATE, AMPM, STOP (ends a sentence),
    COMMA (any other mark) or SKIP (prices, phone numbers, codes: never part of a date). `value` is what a
    single number says; `fields` holds hour and minute of a CLOCK, or the three numbers of a DATE.
    """

    text: str
    start: int
    end: int
    word: str
    kind: str = "WORD"
    value: int = 0
    fields: tuple[int, ...] = ()


_LEXEMES = r"""
    (?P<link>https?://\S+|www\.\S+|[\w.+-]{1,64}@\w[\w.-]{0,255})
  | (?P<money>[$£€#]\s?\d+(?:[.,]\d+)*(?:\s?(?:k|m|bn|million|thousand|grand)\b)?
       |\d[\d.,]{0,20}\s?(?:%|percent\b|per\scent\b))
  | (?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\d/-])T?)
  | (?P<phone>\+\d[\d\s()-]{6,}\d|\(?\b0\d{2,4}\)?(?:[\s-]\d{3,4}){1,3}\b
       |\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\b\d{3}[-\s]\d{4}\b)
  | (?P<date>\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?(?:\d{4}|\d{2}))?(?![\d/-])|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?![\w-])
       |\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d.]))
  | (?P<monthyear>\d{1,2}/\d{4}(?![\d/-])|\d{4}[-/]\d{1,2}(?![\d/-]))
  | (?P<run>\d+(?:-\d+){2,}|\d{3,}-\d+|\d+(?:\.\d+){2,}(?=\.?(?:\s|$))|\d+(?:/-?\d+){2,})
  | (?P<dots>\d{1,2}\.\d{1,2}\.(?=\s+[a-z\d]|\s*$))
  | (?P<clock>\d{1,2}[:.]\d{2}(?::\d{2})?(?![\d:]|[.,]\d))
  | (?P<french>\d{1,2}[hH]\d{2}\b|\d{1,2}[hH]\b)
  | (?P<number>\d+(?:[.,]\d+)*[^\W\d_]*)
  | (?P<ampm>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
  | (?P<abbr>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)
       \.(?=,?\s*\d|,\s|\s+(?:at|about|around|after|before|by|am|pm|morning|afternoon|evening|[@&])\b))
  | (?P<title>(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Sra|Mme|Hr|M)\.(?=\s))
  | (?P<named>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?=-\d{4}\b))
  | (?P<code>[^\W\d_]+-?\d[\w-]*)
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*['’]?)
  | (?P<stop>[.!?…]+|\n+)
  | (?P<mark>\S)
    """
_HALVES = frozenset({"am", "pm"})
_GLUED = re.compile(r"(\d{1,3})([a-z]{2,})$")
_SUFFIXED = re.compile(r"(\d{1,4})(st|nd|rd|th|am|pm|a|p|ish|hrs)$")


@cache
def _token_pattern() -> re.Pattern[str]:
    # Compiled on first use: most commands import this room and read no memo.
    return re.compile(_LEXEMES, re.VERBOSE)


def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens; spelt-out numbers ("twenty-first") come back as one token."""
    tokens: list[Token] = []
    for found in _token_pattern().finditer(text):
        raw = found.group()
        token = Token(raw, found.start(), found.end(), raw.lower().replace("’", "'").rstrip("'") or raw)
        tokens.extend(_classify(token, found.lastgroup or "", tokens, text))
    return _join_numbers(_clock_digits(tokens))


def _classify(token: Token, group: str, before: list[Token], text: str) -> list[Token]:
    if group == "mark":
        return _mark(token, text)
    if group in {"dots", "ampm"}:
        return (_dotted if group == "dots" else _half)(token, before)
    return _KINDS[group](token)


def _skip(token: Token) -> list[Token]:
    return [replace(token, kind="SKIP")]


def _iso(token: Token) -> list[Token]:
    numbers = tuple(int(part) for part in re.split(r"[-/]", token.text.rstrip("T")))
    return [replace(token, kind="DATE", fields=numbers)]


def _month_year(token: Token) -> list[Token]:
    first, second = (int(part) for part in re.split("[-/]", token.text))
    month, year = (second, first) if first > second else (first, second)
    return [replace(token, kind="DATE" if 1 <= month <= 12 else "SKIP", fields=(month, year))]


def _date(token: Token) -> list[Token]:
    return [replace(token, kind="DATE", fields=_date_fields(token.text))]


def _clock(token: Token) -> list[Token]:
    """ "2:30", "14.30", "15h", "15h00"."""
    parts = re.split("[:.h]", token.word)
    hour, minute = int(parts[0]), int(parts[1] or 0)
    return [replace(token, kind="CLOCK" if hour < 24 and minute < 60 else "SKIP", fields=(hour, minute))]


def _half(token: Token, before: list[Token]) -> list[Token]:
    clocklike = bool(before) and before[-1].kind in {"NUM", "CLOCK"}
    return [replace(token, kind="AMPM" if clocklike else "WORD", word=token.word[0] + "m")]


def _code(token: Token) -> list[Token]:
    """A model or part number, except that Q1 to Q4 are quarters."""
    quarter = len(token.word) == 2 and token.word[0] == "q" and token.word[1] in "1234"
    return [replace(token, kind="QUARTER", value=int(token.word[1]))] if quarter else _skip(token)


def _mark(token: Token, text: str) -> list[Token]:
    if token.text == "@":
        return [replace(token, word="at")]
    return _join_or_part(token, text)


def _join_or_part(token: Token, text: str) -> list[Token]:
    """A hyphen or slash inside "mid-March" or "10/August" only joins; any other mark parts."""
    left, right = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    glued = token.text in "-/" and left.isalnum() and right.isalnum() and (left.isalpha() or right.isalpha())
    return [] if glued else [replace(token, kind="COMMA")]


def _date_fields(text: str) -> tuple[int, ...]:
    """Numbers as said, with a leading 0 where dots force day before month: (0, day, month[, year])."""
    numbers = tuple(int(part) for part in re.split(r"\s?[-/.]\s?", text.strip()) if part)
    return (0, *numbers) if "." in text else numbers


def _dotted(token: Token, before: list[Token]) -> list[Token]:
    """ "24.11." is a date where it opens the text or follows "on"; else "10.30." is a time that ends a sentence."""
    first, second = (int(part) for part in token.text.split(".")[:2])
    opens = not before or before[-1].word in {"on", "the", "for", "until", "by", "from", "it"}
    if 1 <= first <= 31 and 1 <= second <= 12 and (opens or before[-1].kind == "WEEKDAY"):
        return [replace(token, kind="DATE", fields=(0, first, second))]
    body = replace(token, text=token.text[:-1], word=token.word[:-1], end=token.end - 1)
    stop = Token(".", token.end - 1, token.end, ".", "STOP")
    clock = first < 24 and second < 60 and len(token.text.split(".")[1]) == 2
    return [replace(body, kind="CLOCK", fields=(first, second)) if clock else replace(body, kind="SKIP"), stop]


def _number(token: Token) -> list[Token]:
    if token.text.isdecimal():
        return [_digits(token)]
    suffixed = _SUFFIXED.match(token.word)
    if not suffixed:
        return _glued(token)
    digits, suffix = suffixed.groups()
    number, cut = int(digits), token.start + len(digits)
    if suffix in {"st", "nd", "rd", "th"}:
        return [replace(token, kind="ORD" if 1 <= number <= 31 else "SKIP", value=number)]
    if suffix == "a":
        return [replace(token, kind="SKIP")]
    head = Token(digits, token.start, cut, digits, "NUM", number)
    if len(digits) > 2:
        valid = number // 100 < 24 and number % 100 < 60
        head = replace(head, kind="CLOCK" if valid else "SKIP", fields=(number // 100, number % 100))
    tail = Token(token.text[len(digits) :], cut, token.end, suffix)
    return [head, replace(tail, kind="AMPM", word=suffix[0] + "m") if suffix in {"am", "pm", "p"} else tail]


def _digits(token: Token) -> Token:
    """A year, a number, or more digits than a date or a time has."""
    value = int(token.text) if len(token.text) <= 4 else 0
    if 1900 <= value <= 2199 and len(token.text) == 4:
        return replace(token, kind="YEAR", value=value)
    known = len(token.text) <= 3 or (len(token.text) == 4 and token.text[0] == "0")
    return replace(token, kind="NUM" if known else "SKIP", value=value)


def _glued(token: Token) -> list[Token]:
    """ "2hours", "40min", "15Sep": a number and the unit or month written onto it; any other suffix makes a code."""
    found = _GLUED.match(token.word)
    if not found or (found[2] not in lexicon.UNITS and found[2] not in lexicon.MONTHS):
        return [replace(token, kind="SKIP")]
    cut = token.start + len(found[1])
    head = Token(found[1], token.start, cut, found[1], "NUM", int(found[1]))
    return [head, _word(Token(token.text[len(found[1]) :], cut, token.end, found[2]))]


def _word(token: Token) -> Token:
    word = token.word
    bare = word.removesuffix("'s")
    if bare in lexicon.WEEKDAYS:
        return replace(token, kind="WEEKDAY", value=lexicon.WEEKDAYS[bare])
    if bare in lexicon.MONTHS:
        return replace(token, kind="MONTH", value=lexicon.MONTHS[bare])
    if word in lexicon.CARDINALS:
        return replace(token, kind="NUM", value=lexicon.CARDINALS[word])
    if word in lexicon.TENS:
        return replace(token, kind="NUM", value=lexicon.TENS[word] * 10)
    if bare in lexicon.ORDINALS and (bare == word or lexicon.ORDINALS[bare] > _ALSO_WORDS):
        return replace(token, kind="ORD", value=lexicon.ORDINALS[bare])
    if word in lexicon.UNITS:
        return replace(token, kind="UNIT")
    return token


# "First's going to be Dana", "the second's off": no day of a month.
_ALSO_WORDS = 3
_BEFORE_CLOCK = frozenset("at around about approximately say so tomorrow today tonight call".split())
_GOES_ON = frozenset("after before when once if unless to with because and but so".split())


def _clock_digits(tokens: list[Token]) -> list[Token]:
    """ "At 1030", "330 p.m.": three or four digits are a time only where the words around them say so."""
    for at, token in enumerate(tokens):
        if token.kind not in {"NUM", "SKIP", "YEAR"} or not token.text.isdecimal() or len(token.text) not in {3, 4}:
            continue
        hour, minute = divmod(int(token.text), 100)
        if hour < 24 and minute < 60 and _is_clock(tokens, at, minute):
            tokens[at] = replace(token, kind="CLOCK", fields=(hour, minute))
            if at + 1 < len(tokens) and tokens[at + 1].word in _HALVES:
                tokens[at + 1] = replace(tokens[at + 1], kind="AMPM", word=tokens[at + 1].word[0] + "m")
    return tokens


def _is_clock(tokens: Sequence[Token], at: int, minute: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.word in {"hours", "hrs", *_HALVES}:
        return True
    before = tokens[at - 1] if at else None
    said = before is not None and minute % 5 == 0 and (before.word in _BEFORE_CLOCK or before.kind == "WEEKDAY")
    if not said or after is None:
        return said
    if after.kind == "WEEKDAY":
        return True
    # "Monday the 30th at 130 after the board has met."
    beside = at > 1 and tokens[at - 2].kind in {"WEEKDAY", "ORD"} and after.word in _GOES_ON
    return beside or after.kind in {"STOP", "COMMA"} or after.word in {"on", "in", "tomorrow", "today"}


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """ "twenty" "five" -> 25, "thirty" "first" -> 31st; everything else stays."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        unit = token.kind in {"NUM", "ORD"} and token.word.isalpha() and 1 <= token.value <= 9
        if last and unit and last.kind == "NUM" and last.word in lexicon.TENS:
            joined[-1] = replace(
                token,
                text=f"{last.text} {token.text}",
                word=f"{last.word} {token.word}",
                start=last.start,
                value=last.value + token.value,
            )
        else:
            joined.append(token)
    return joined


_KINDS: dict[str, Callable[[Token], list[Token]]] = {
    "link": _skip,
    "money": _skip,
    "phone": _skip,
    "run": _skip,
    "iso": _iso,
    "monthyear": _month_year,
    "date": _date,
    "clock": _clock,
    "french": _clock,
    "number": _number,
    "code": _code,
    "title": lambda token: [token],
    "stop": lambda token: [replace(token, kind="STOP")],
    "abbr": lambda token: [_word(replace(token, word=token.word.rstrip(".")))],
    "named": lambda token: [_word(token)],
    "word": lambda token: [_word(token)],
}
