"""Risk words: what a wrong note hurts with, set apart however sure the engine was of them. English only.

The kinds, and how each is found:

- **money**: a currency sign, or a number beside dollars, pounds, euros, cents or per cent; "15k".
- **phone**: seven digits or more in one run of numbers and dashes.
- **time**: "2:30", "10am", "p.m.", "o'clock", noon, "half two", "quarter past", and a number after "at" or "around"
  where no thing that is counted follows it.
- **date**: weekdays, months, today, tomorrow and the like, "4th", "Q3", years, and "week", "month" and "quarter" after
  a word that turns them into a date ("next week", "in two weeks").
- **number**: digits, and numbers in words from two on. "One" is mostly a pronoun and counts only beside another.
- **negation**: no, not, never, nobody, without, and every "n't": one that was dropped or made up turns a sentence
  round.
- **e-mail address**: whatever has an at sign.
- **name**: a capitalised word that begins no sentence, is no ordinary word ("I", "CRM") and no date; at the beginning
  of a sentence only one that belongs to a known contact, or is followed by another capitalised word ("Susan Clarke").

Words of one kind that stand side by side are one mark, a small word between two parts of it included ("next Tuesday at
2:30" is one): few marks, or nobody looks.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from review.next_call.words import NEGATIONS
from review.sentences import ends_sentence


class Risk(StrEnum):
    """What a word is that must be right."""

    MONEY = "money"
    PHONE = "phone number"
    TIME = "time"
    DATE = "date"
    NUMBER = "number"
    NEGATION = "negation"
    EMAIL = "e-mail address"
    NAME = "name"


_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS: Final = "january february march april may june july august september october november december"
_DAYS: Final = frozenset(
    f"{_WEEKDAYS} today tonight tomorrow yesterday weekend fortnight christmas easter thanksgiving".split()
)
_SPANS: Final = frozenset("day days week weeks month months quarter year years".split())
_BEFORE_A_SPAN: Final = frozenset("next this last coming following".split())
_SMALL: Final = "two three four five six seven eight nine ten eleven twelve"
_NUMBERS: Final = frozenset(
    f"{_SMALL} thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million billion dozen".split()
)
_HOURS: Final = frozenset(f"one {_SMALL}".split())
_CURRENCIES: Final = frozenset(
    "dollar dollars pound pounds euro euros cent cents pence bucks grand percent quid".split()
)
_TIMES: Final = frozenset("a.m p.m am pm o'clock noon midnight midday lunchtime".split())
_BEFORE_AN_HOUR: Final = frozenset("at around about by past to half after before until till".split())
_AFTER_AN_HOUR: Final = frozenset("in on and or to his her their my our sharp if so but with then".split())
_ORDINARY: Final = frozenset(
    "i i'm i'll i've i'd ok okay mr mrs ms dr a an the crm erp hr it pdf ceo cfo cto coo vp uk us usa eu faq roi rfp "
    "api tv gps id asap fyi english god internet".split()
)
_OPENERS: Final = frozenset(
    "a an the this that these those he she they we you it i his her their our my your its who what when where why how "
    "if so and but or as at by for from in of on to with just also then now okay ok yes no not all both each once "
    "after before because since until while okay met spoke talked called had has have is are was were will would can "
    "could should may might must do does did there here let maybe perhaps quick great good hi hey well right thanks "
    "thank next last first second third every some any one two three nothing nobody everyone everything call ask tell "
    "told email mail send sent ring rang phone give gave show showed remind reach meet visit".split()
)
_ABOVE_A_HUNDRED: Final = frozenset("hundred thousand million billion dozen".split())

# Between two parts of one date, sum or name: "Tuesday at 2:30", "the 4th of March", "two hundred and ten".
_GLUE: Final = {
    Risk.DATE: frozenset("the of on at in by and or to a".split()),
    Risk.NUMBER: frozenset(["and"]),
    Risk.MONEY: frozenset(["and"]),
    Risk.NAME: frozenset("and of de van der von la".split()),
}
_BEFORE_A_DATE: Final = frozenset("next this last every coming".split())

_EDGES: Final = re.compile(r"^[^\w$£€+]+|[^\w%.]+$|\.+$")
_MONEY: Final = re.compile(r"[$£€]\d|\d.*%$|^\d[\d,.]*k$|\d[$£€]")
_CLOCK: Final = re.compile(r"^\d{1,2}[:.]\d{2}(am|pm)?$|^\d{1,2}([:.]\d{2})?(am|pm|a\.m|p\.m)\.?$|^\d{1,2}ish$")
_ORDINAL: Final = re.compile(r"^\d{1,2}(st|nd|rd|th)$")
_NUMERIC_DATE: Final = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}$|^\d{1,2}/\d{1,2}(/\d{2,4})?$|^q[1-4]$")
_YEAR: Final = re.compile(r"^(19|20)\d\d$")
_DIGITS_FOR_A_PHONE: Final = 7


def find_risks(words: Sequence[str], names: Collection[str] = ()) -> list[Risk | None]:
    """What each word of a sentence is that must be right; None for the most.

    :param words: as they are shown, punctuation attached.
    :param names: the words of known contacts' names and companies, casefolded.
    """
    bare = [_EDGES.sub("", word.replace("’", "'")) for word in words]
    low = [word.casefold() for word in bare]
    found = [_by_itself(word) for word in low]
    for index in range(len(low)):
        _number_in_context(index, low, found)
    for index in range(len(low)):
        _date_in_context(index, bare, low, found)
    _names(words, bare, low, found, names)
    _phones(words, found)
    _join_neighbours(found)
    _join_across(words, low, found)
    return found


def _by_itself(word: str) -> Risk | None:
    if _MONEY.search(word) or word in _CURRENCIES:
        return Risk.MONEY
    if _CLOCK.match(word) or word in _TIMES:
        return Risk.TIME
    if (
        any(form.match(word) for form in (_ORDINAL, _NUMERIC_DATE, _YEAR))
        or word.removesuffix("'s").removesuffix("s") in _DAYS
    ):
        return Risk.DATE
    if "@" in word:
        return Risk.EMAIL
    if any(map(str.isdecimal, word)) or any(part in _NUMBERS for part in word.split("-")):
        return Risk.NUMBER
    if word in NEGATIONS or word.endswith("n't"):
        return Risk.NEGATION
    return None


def _number_in_context(index: int, low: list[str], found: list[Risk | None]) -> None:
    word = low[index]
    before = low[index - 1] if index else ""
    after = low[index + 1] if index + 1 < len(low) else ""
    if word == "one" and (after in _ABOVE_A_HUNDRED or before in ("at", "half")):
        found[index] = Risk.NUMBER
    if word in ("half", "quarter") and after in {*_HOURS, "past", "to"}:
        found[index] = Risk.TIME
    if word in ("past", "to") and before in ("half", "quarter", "five", "ten", "twenty") and after in _HOURS:
        found[index - 1] = found[index] = Risk.TIME
    if found[index] is Risk.NUMBER:
        found[index] = _counted(word, before, after, found[index + 1 : index + 2])


def _counted(word: str, before: str, after: str, kind_after: list[Risk | None]) -> Risk:
    """What a number is of by the words around it."""
    hour = word in _HOURS or (word.isdecimal() and (int(word) <= 24 or len(word) in (3, 4)))
    if after in _CURRENCIES or (before in _CURRENCIES and before != "grand"):
        return Risk.MONEY
    return Risk.TIME if hour and before in _BEFORE_AN_HOUR and _ends_a_time(after, kind_after) else Risk.NUMBER


def _ends_a_time(after: str, kind: list[Risk | None]) -> bool:
    """Whether what follows a number after "at" is no thing that is counted: "at ten in the morning"."""
    return not after or kind in ([Risk.DATE], [Risk.TIME]) or after in _AFTER_AN_HOUR


def _date_in_context(index: int, bare: list[str], low: list[str], found: list[Risk | None]) -> None:
    word = low[index]
    if word in _SPANS:
        before = low[index - 1] if index else ""
        if before in _BEFORE_A_SPAN and word != "days":
            found[index] = Risk.DATE
        # "In two weeks" is a date, "three years" a number.
        counted = index > 1 and (found[index - 1] is Risk.NUMBER or before == "a")
        if counted and low[index - 2] in ("in", "within"):
            found[index - 1] = found[index] = Risk.DATE
    elif word in _MONTHS.split() and bare[index][:1].isupper():
        # "may" and "march" are words as well: a month has a capital, and at the beginning of a sentence a day after it.
        day_after = found[index + 1 : index + 2] in ([Risk.NUMBER], [Risk.DATE])
        if word not in ("may", "march") or index or day_after:
            found[index] = Risk.DATE


def _names(
    words: Sequence[str], bare: list[str], low: list[str], found: list[Risk | None], names: Collection[str]
) -> None:
    for index, word in enumerate(bare):
        if found[index] is not None or not word[:1].isupper() or low[index] in _ORDINARY:
            continue
        whose = low[index].removesuffix("'s")
        opens = index == 0 or ends_sentence(words[index - 1], word)
        following = bare[index + 1] if index + 1 < len(bare) else ""
        full_name = following[:1].isupper() and low[index + 1] not in _ORDINARY and found[index + 1] is None
        if not opens or whose in names or (full_name and low[index] not in _OPENERS):
            found[index] = Risk.NAME


def _phones(words: Sequence[str], found: list[Risk | None]) -> None:
    """A run of numbers with the digits of a telephone number, spoken or printed."""
    begin = 0
    while begin < len(words):
        end = begin
        while end < len(words) and _may_be_dialled(words[end], found[end]):
            end += 1
        digits = sum(map(str.isdecimal, "".join(words[begin:end])))
        if digits >= _DIGITS_FOR_A_PHONE and not any("," in word[:-1] for word in words[begin:end]):
            found[begin:end] = [Risk.PHONE] * (end - begin)
        begin = max(end, begin + 1)


def _may_be_dialled(word: str, kind: Risk | None) -> bool:
    word = word.lstrip("(+").rstrip(".,;:?!)")
    return word[:1].isdigit() and (kind is Risk.NUMBER or (kind is Risk.DATE and bool(_YEAR.match(word))))


def _join_neighbours(found: list[Risk | None]) -> None:
    """Make one mark of what belongs together: a date with its time, a sum with its currency."""
    for index in range(1, len(found)):
        pair = {found[index - 1], found[index]}
        if pair == {Risk.NUMBER, Risk.MONEY}:
            found[index - 1] = found[index] = Risk.MONEY
        elif pair in ({Risk.NUMBER, Risk.DATE}, {Risk.DATE, Risk.TIME}, {Risk.NUMBER, Risk.TIME}):
            found[index - 1] = found[index] = Risk.TIME if Risk.TIME in pair else Risk.DATE


def _join_across(words: Sequence[str], low: list[str], found: list[Risk | None]) -> None:
    """Take what glues two marks into them: "the" of "the 24th", "at" between a date and its time."""
    for index in range(len(found) - 1):
        if found[index] is None and found[index + 1] is Risk.DATE and low[index] in _BEFORE_A_DATE:
            found[index] = Risk.DATE
    for index in range(1, len(found) - 1):
        left, right = found[index - 1], found[index + 1]
        whole = {left, right} <= {Risk.DATE, Risk.TIME}
        kind = Risk.DATE if whole else left
        together = whole or (left is right and left is not None)
        unbroken = not words[index - 1].endswith((",", ";", ":"))
        if found[index] is None and together and kind is not None and unbroken and low[index] in _GLUE.get(kind, ()):
            found[index] = right
