"""The grammar of clock times, and the time of day each one means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from review.next_call import lexicon
from review.next_call.patterns import Grammar, Phrase
from review.next_call.tokens import Token

_GRAMMAR = Grammar(
    (
        ("digits", "CLOCK AMPM?"),
        ("digits", "CLOCK hours|hrs|h|o'clock|oclock"),
        ("hour", "HOUR o'clock|oclock? AMPM?"),
        ("hour", "HOUR o clock AMPM?"),
        ("hour", "HOUR ish AMPM?"),
        ("hour", "HOUR AMPM ish"),
        ("past/30", "half past? HOUR AMPM?"),
        ("past/15", "a? quarter past|after HOUR AMPM?"),
        ("past/-15", "a? quarter to|of|till|til|before HOUR AMPM?"),
        ("past/+", "MINUTE minutes|mins? past|after HOUR AMPM?"),
        ("past/-", "MINUTE minutes|mins? to|till|before HOUR AMPM?"),
        ("pair", "HOUR oh|o? MINUTE AMPM?"),
        ("military", "HOUR hundred hours|hrs?"),
        ("hour", "the? stroke of HOUR"),
        ("fixed/09:00", "first job"),
        ("military", "oh|zero HOUR hundred hours|hrs?"),
        ("military", "HOUR MINUTE hours|hrs"),
        ("military", "HOUR hours"),
        ("military", "oh|zero HOUR MINUTE hours|hrs?"),
        ("beforehand", "MINUTE minutes|mins before|to noon|midday"),
        ("beforehand", "MINUTE to noon|midday"),
        ("fixed/12:15", "a? quarter past|after noon|midday"),
        ("fixed/11:45", "a? quarter to|before noon|midday"),
        ("fixed/12:30", "half past noon|midday"),
        ("fixed/12:00", "mid day"),
        ("fixed/12:00", "noon|midday|lunchtime|noonish|lunch"),
        ("fixed/12:00", "12|twelve noon"),
        ("fixed/13:00", "after lunch|lunchtime"),
        ("fixed/00:00", "midnight"),
        ("fixed/09:00", "first thing"),
        ("fixed/17:00", "end|close of the? day|business|play"),
        ("fixed/17:00", "cob|eod|c.o.b"),
    ),
    {
        "digits": "",
        "hour": "",
        "pair": "",
        "military": "",
        "beforehand": "",
        "past": r"-?\d+|[+-]",
        "fixed": r"\d\d:\d\d",
    },
)
# "Ish" words are one token when spelt out.
_ISH = {f"{word}ish": number for word, number in lexicon.CARDINALS.items() if 1 <= number <= 12}
_ZONES = frozenset(
    "eastern pacific central mountain est edt pst pdt cst cdt mst mdt gmt bst cet cest utc et pt".split()
)
_THEIRS = frozenset("his her their local uk us british london new york".split())
_OURS = frozenset("my our".split())
_RANGE = frozenset("to and till until or -".split()) | {"–", "—"}
THEIR_ZONE = "the clock time is in their zone, not converted"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day over tokens `start` to `end`; `firm` when the words can be nothing else than a time."""

    start: int
    end: int
    at: time
    firm: bool
    bare_hour: int = 0
    other: time | None = None
    notes: tuple[str, ...] = ()


def match_clock(tokens: Sequence[Token], at: int) -> Clock | None:
    """The clock time that begins at token `at`, with the range, part of day and zone that belong to it."""
    clock = _single(tokens, at)
    if clock is None:
        return None
    clock = _with_range(tokens, clock)
    return _with_zone(tokens, _with_part(tokens, clock))


def _single(tokens: Sequence[Token], at: int) -> Clock | None:
    if tokens[at].word in _ISH:
        hour = _ISH[tokens[at].word]
        return Clock(at, at + 1, time(_by_day(hour)), firm=True, bare_hour=hour)
    # "2 to 3" is no 2:58: where the longest phrase makes no time, a shorter one may.
    return next((clock for phrase in _GRAMMAR.matches(tokens, at) if (clock := _told(tokens, at, phrase))), None)


def _told(tokens: Sequence[Token], at: int, phrase: Phrase) -> Clock | None:
    said = tokens[at : phrase.end]
    half = next((token.word for token in said if token.kind == "AMPM"), "")
    match phrase.meaning:
        case "fixed":
            firm = said[-1].word not in {"lunch", "lunchtime"} or len(said) > 1
            return Clock(at, phrase.end, time.fromisoformat(phrase.which), firm)
        case "digits":
            firm = bool(half) or ":" in said[0].text or len(said) > 1
            return _clock(phrase, said, phrase.fields[0], phrase.fields[1], half, firm)
        case "hour":
            return _clock(phrase, said, phrase.count, 0, half, bool(half) or len(said) > 1)
        case "military":
            return _military(tokens, at, phrase)
        case "beforehand":
            return Clock(at, phrase.end, time(11, 60 - phrase.second), firm=True) if phrase.second else None
        case "pair" if _is_pair(tokens, at, phrase):
            return _clock(phrase, said, phrase.count, phrase.second, half, firm=True)
        case "pair":
            # "Ten forty-five units" is no time, but "ten" alone may be one.
            return _clock(replace(phrase, end=at + 1), said[:1], phrase.count, 0, "", firm=False)
        case _:
            return _past_or_to(phrase, said, half)


def _military(tokens: Sequence[Token], at: int, phrase: Phrase) -> Clock | None:
    """ "Fifteen hundred hours", "oh eight hundred", "fifteen thirty hours"; "fifteen hundred" alone may be a price."""
    last = tokens[phrase.end - 1].word
    firm = last in {"hours", "hrs"} or tokens[at].word in {"oh", "zero"}
    asked = _of_a_weekday(tokens, at) or (at > 0 and tokens[at - 1].word in {"at", "call"})
    if phrase.end == at + 2 and last == "hours":
        # "Monday, fifteen hours", "at nine hours on Friday"; "three hours" is a length.
        asked = asked or _of_a_date(tokens, at)
        firm, asked = (
            False,
            asked and (phrase.count > 12 or (phrase.count > 6 and _goes_no_further(tokens, phrase.end))),
        )
    spelt = all(token.word.replace(" ", "").isalpha() for token in tokens[at : phrase.end])
    return Clock(at, phrase.end, time(phrase.count, phrase.second), firm=True) if spelt and (firm or asked) else None


def _of_a_date(tokens: Sequence[Token], at: int) -> bool:
    """ "Second of February, fourteen hours", "the twenty-second, sixteen hours"."""
    before = at - (at > 0 and tokens[at - 1].text == ",")
    return before > 0 and tokens[before - 1].kind in {"MONTH", "ORD", "DATE"}


def _goes_no_further(tokens: Sequence[Token], end: int) -> bool:
    """ "Wednesday, eleven hours, about the lid", "nine hours in the morning"; not "eleven hours of work"."""
    after = tokens[end] if end < len(tokens) else None
    return after is None or after.kind in {"STOP", "COMMA"} or after.word in {"on", "in"}


def _is_pair(tokens: Sequence[Token], at: int, phrase: Phrase) -> bool:
    """ "Two thirty", "nine oh five"; "3 15", as Whisper may write it, only after "at" or a weekday."""
    said = tokens[at : phrase.end]
    if phrase.count > 12:
        # "At fifteen thirty".
        asked = _of_a_weekday(tokens, at) or (at > 0 and tokens[at - 1].word == "at")
        return asked and phrase.second % 5 == 0 and all(token.word.replace(" ", "").isalpha() for token in said)
    spelt = all(token.word.replace(" ", "").isalpha() for token in said if token.kind != "AMPM")
    beside = at > 0 and (tokens[at - 1].word == "at" or tokens[at - 1].kind == "WEEKDAY")
    good = spelt and (phrase.second >= 10 or said[1].kind != "NUM")
    return good or (beside and said[1].text in {"15", "30", "45"})


def _of_a_weekday(tokens: Sequence[Token], at: int) -> bool:
    """ "Thursday fifteen thirty", "Thursday, fifteen thirty"."""
    before = at - (at > 0 and tokens[at - 1].text == ",")
    return before > 0 and tokens[before - 1].kind == "WEEKDAY"


def _clock(p: Phrase, said: Sequence[Token], hour: int, minute: int, half: str, firm: bool) -> Clock | None:
    if half:
        # "14:30 p.m." says the same thing twice; "14 pm" and "0 am" say nothing.
        if hour > 23 or (hour in {0, *range(13, 24)} and said[0].kind == "NUM"):
            return None
        hour = hour if hour > 12 else _with_half(hour, half)
        return Clock(p.start, p.end, time(hour, minute), firm)
    bare = hour <= 12 and not said[0].text.startswith("0")
    value = _by_day(hour) if bare else hour
    return Clock(p.start, p.end, time(value % 24, minute), firm, bare_hour=hour if bare else 0)


def _past_or_to(p: Phrase, said: Sequence[Token], half: str) -> Clock | None:
    """ "Half past two", "quarter to four", "ten to five": counted from the hour named."""
    if p.count > 12:
        return None
    fixed = p.which[-1].isdecimal()
    if p.which == "-" and _is_span(p, said):
        return None
    minute = int(p.which) if fixed else int(p.which + "1") * p.second
    if not fixed and p.second not in {5, 10, 15, 20, 25} and not any(token.kind == "UNIT" for token in said):
        return None
    hour = _with_half(p.count, half) if half else _by_day(p.count)
    total = (hour * 60 + minute) % (24 * 60)
    return Clock(p.start, p.end, time(total // 60, total % 60), True, bare_hour=0 if half else p.count)


def _is_span(p: Phrase, said: Sequence[Token]) -> bool:
    """ "10 to 11", as a recogniser writes it in figures: from ten until eleven, and no ten to eleven."""
    figures = len(said) > 2 and said[0].text.isdecimal() and said[1].word == "to" and said[2].text.isdecimal()
    return figures and (p.count - p.second) % 12 in {1, 2, 3}


def _with_half(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "pm" else 0)


def _by_day(hour: int) -> int:
    """A working day's reading of an hour without a.m. or p.m.: 7-11 morning, 12 noon, 1-6 afternoon."""
    return hour + 12 if 1 <= hour <= 6 else hour


def _with_range(tokens: Sequence[Token], clock: Clock) -> Clock:
    """ "Between 2 and 3", "10 to 11 am": the first hour named; "two or three" keeps the second as a doubt."""
    i = clock.end
    if i + 1 >= len(tokens) or tokens[i].word not in _RANGE:
        return clock
    before = tokens[clock.start - 1].word if clock.start else ""
    follows = i + 1 + (tokens[i + 1].word in {"about", "around"})
    second = _single(tokens, follows) if follows < len(tokens) else None
    if second is None or not _is_range(clock, second, before, tokens[i].word):
        return clock
    half = next((t.word for t in tokens[follows : second.end] if t.kind == "AMPM"), "")
    own = any(t.kind == "AMPM" for t in tokens[clock.start : i])
    start = _in_same_half(clock.at, second.at, half) if half and not own else clock.at
    other = second.at if tokens[i].word == "or" else None
    return replace(clock, end=second.end, at=start, firm=clock.firm or second.firm or before == "between", other=other)


def _is_range(clock: Clock, second: Clock, before: str, link: str) -> bool:
    if link == "and" and before != "between":
        return False
    asked = before in {"between", "from", "at", "around", "about", "say"}
    return second.firm or (second.bare_hour > 0 and (clock.firm or asked))


def _in_same_half(first: time, second: time, half: str) -> time:
    """ "10 to 11 am", "11 to 1 p.m.": the half of the day said with the second hour, where it comes before that."""
    if first.hour > 18:
        return first
    shifted = first.replace(hour=_with_half(first.hour % 12, half))
    return shifted if shifted < second else first


def _with_part(tokens: Sequence[Token], clock: Clock) -> Clock:
    """ "At eight in the evening"; "sharp" and the like belong to the time too."""
    words = [token.word for token in tokens[clock.end : clock.end + 3]]
    if words[:2] == ["in", "the"] and words[2:] and words[2] in lexicon.PARTS_OF_DAY:
        return replace(in_part(clock, words[2]), end=clock.end + 3, firm=True)
    if words[:2] == ["at", "night"]:
        return replace(in_part(clock, "night"), end=clock.end + 2, firm=True)
    if words == ["on", "the", "dot"]:
        return replace(clock, end=clock.end + 3, firm=True)
    if words[:1] and words[0] in {"sharp", "onwards", "prompt"}:
        return replace(clock, end=clock.end + 1, firm=True)
    return clock


def in_part(clock: Clock, part: str) -> Clock:
    """The clock time moved into the part of day that was said, where the hour alone left that open."""
    half = lexicon.PARTS_OF_DAY[part]
    hour = clock.at.hour
    if half == "pm" and hour < 12 and not (part == "lunchtime" and hour == 11):
        return replace(clock, at=clock.at.replace(hour=hour + 12))
    if half == "am" and 13 <= hour <= 18 and clock.bare_hour:
        return replace(clock, at=clock.at.replace(hour=hour - 12))
    return clock


def _with_zone(tokens: Sequence[Token], clock: Clock) -> Clock:
    i = clock.end
    words = [token.word for token in tokens[i : i + 3]]
    if not words:
        return clock
    if words[0] in _ZONES:
        length = 2 if words[1:2] == ["time"] else 1
    elif words[0] in _THEIRS and words[1:2] == ["time"]:
        length = 2
    elif words[0] == "new" and words[1:3] == ["york", "time"]:
        length = 3
    elif words[0] in _OURS and words[1:2] == ["time"]:
        return replace(clock, end=i + 2, firm=True)
    else:
        return clock
    return replace(clock, end=i + length, firm=True, notes=(THEIR_ZONE,))
