"""Words as they are written: shortened, without an apostrophe, as a recogniser mishears them, the year spelt out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from review.next_call import lexicon
from review.next_call.tokens import Token, tokenize

_UNMARKED: Final = {
    "im": "i'm", "ive": "i've", "hes": "he's", "shes": "she's", "theyre": "they're", "theyll": "they'll",
    "youll": "you'll", "weve": "we've", "theyve": "they've", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't",
    "cant": "can't", "couldnt": "couldn't", "wouldnt": "wouldn't", "isnt": "isn't", "wasnt": "wasn't",
    "thats": "that's", "theres": "there's",
}  # fmt: skip
_SHORT: Final = {
    "cb": "callback", "nxt": "next", "bk": "back", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow",
    "2moro": "tomorrow", "2morrow": "tomorrow", "2mrw": "tomorrow", "2nite": "tonight",
    "tonite": "tonight",
    "arvo": "afternoon", "mtg": "meeting", "appt": "appointment", "wkend": "weekend", "abt": "about",
}  # fmt: skip
# "c/b", "f/u": a slash inside a word only joins, so that they come as two letters.
_SHORT_UNITS: Final = {"wk": "week"}
_LETTERS: Final = {("c", "b"): "callback", ("f", "u"): "followup", ("w", "/"): "with"}
# They are words of their own, too: only at the head of a sentence, with a capital.
_UNMARKED_FIRST: Final = {"ill": "i'll", "lets": "let's"}
# Sounds that are numbers: "at for o'clock", "in too weeks", "at ate thirty".
_SOUNDS: Final = {"won": 1, "to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8}
_BEFORE_WEEK: Final = frozenset("a next this last".split())
_THOUSAND: Final = ("two", "thousand")
_CENTURY: Final = 20
_YEAR_REACH: Final = 4
_BEFORE_HOUR: Final = frozenset("at tomorrow today".split())


def respell(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each as what was meant; where one was heard stays as it is."""
    whole = _letters(tokens)
    respelt = [one for at in range(len(whole)) for one in _respelt(whole, at)]
    return _years(_when_is_day(respelt))


def _letters(tokens: Sequence[Token]) -> list[Token]:
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        written = _LETTERS.get((last.word, token.word)) if last and token.start - last.end <= 1 else None
        if last and written:
            joined[-1] = replace(last, text=f"{last.text}/{token.text.strip('/')}", end=token.end, word=written)
        else:
            joined.append(token)
    return joined


def _respelt(tokens: Sequence[Token], at: int) -> list[Token]:
    token = tokens[at]
    if token.word in _SHORT:
        return [replace(token, word=_SHORT[token.word], kind="WORD")]
    if token.word in _SHORT_UNITS:
        return [replace(token, word=_SHORT_UNITS[token.word])]
    if token.kind == "SKIP" and token.word[:-1].isdecimal() and token.word.endswith("a") and _is_hour(tokens, at):
        # "Thu 10a"; "4a" alone is a flat.
        cut, hour = token.end - 1, token.word[:-1]
        return [Token(hour, token.start, cut, hour, "NUM", int(hour)), Token("a", cut, token.end, "am", "AMPM")]
    if token.kind != "WORD":
        return [token]
    if (named := token.word.removesuffix("'ll")) != token.word and _is_of_the_calendar(named):
        # "Friday'll do", "half nine'll have to do".
        cut = token.start + len(named)
        day = tokenize(token.text[: len(named)])[0]
        return [replace(day, start=token.start, end=cut), Token("'ll", cut, token.end, "will")]
    if token.word in _UNMARKED:
        return [replace(token, word=_UNMARKED[token.word])]
    return [_misheard(tokens, at)]


def _is_of_the_calendar(word: str) -> bool:
    return word in lexicon.WEEKDAYS or word in lexicon.CARDINALS or word == "tomorrow"


def _misheard(tokens: Sequence[Token], at: int) -> Token:
    token = tokens[at]
    if token.word in _UNMARKED_FIRST and token.text[:1].isupper():
        return replace(token, word=_UNMARKED_FIRST[token.word])
    if token.word in _SOUNDS and _sounds_like_a_number(tokens, at):
        return replace(token, kind="NUM", value=_SOUNDS[token.word])
    if token.word == "weak" and _is_week(tokens, at):
        return replace(token, word="week", kind="UNIT")
    return token


def _is_hour(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    named = before is not None and (before.kind == "WEEKDAY" or before.word in _BEFORE_HOUR or before.word in _SHORT)
    return named and len(tokens[at].word) <= 3


def _sounds_like_a_number(tokens: Sequence[Token], at: int) -> bool:
    """Before "o'clock"; after "at" and before "thirty" and the like; after "in" and before "weeks"."""
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    if after.word in {"o'clock", "oclock"}:
        return True
    thirty = after.kind == "NUM" and after.word in lexicon.TENS and after.value < 60
    return (before == "at" and thirty) or (before == "in" and after.kind == "UNIT" and after.word.endswith("s"))


def _is_week(tokens: Sequence[Token], at: int) -> bool:
    """ "Next weak."; not "a weak signal"."""
    ends = at + 1 == len(tokens) or tokens[at + 1].kind in {"STOP", "COMMA"} or tokens[at + 1].word in {"on", "or"}
    return at > 0 and tokens[at - 1].word in _BEFORE_WEEK and ends


def _when_is_day(tokens: Sequence[Token]) -> list[Token]:
    """ "On when's day"."""
    joined: list[Token] = []
    for token in tokens:
        if token.word == "day" and joined and joined[-1].word in {"when's", "whens"}:
            last = joined.pop()
            text = f"{last.text} day"
            joined.append(replace(token, text=text, start=last.start, word="wednesday", kind="WEEKDAY", value=2))
        else:
            joined.append(token)
    return joined


def _years(tokens: Sequence[Token]) -> list[Token]:
    """ "March twenty eighteen", "of March two thousand and eighteen": a year, where a month is named just before."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        year, end = _year_at(tokens, at) if tokens[at].kind == "NUM" else (0, at)
        if year and any(one.kind == "MONTH" for one in joined[-_YEAR_REACH:]):
            last = tokens[end - 1]
            joined.append(replace(tokens[at], end=last.end, word=str(year), kind="YEAR", value=year))
            at = end
        else:
            joined.append(tokens[at])
            at += 1
    return joined


def _year_at(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The year that is spelt from token `at`, 0 where none is, and the token behind it."""
    said = [token.word for token in tokens[at : at + 3]]
    if tuple(said[:2]) == _THOUSAND:
        rest = at + 2 + (said[2:] == ["and"])
        last = tokens[rest] if rest < len(tokens) else None
        return (
            (2000 + last.value, rest + 1) if last is not None and last.kind == "NUM" and last.value < 100 else (0, at)
        )
    last = tokens[at + 1] if at + 1 < len(tokens) else None
    spelt = last is not None and last.kind == "NUM" and last.word.replace(" ", "").isalpha() and 10 <= last.value < 100
    return (_CENTURY * 100 + last.value, at + 2) if last and spelt and tokens[at].word == "twenty" else (0, at)
