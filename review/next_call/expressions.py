"""Find the stretches of a memo that name a day, a clock time, or both."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from review.next_call.clock_guards import clock_stands
from review.next_call.clocks import Clock, in_part, match_clock
from review.next_call.dates import DATES
from review.next_call.guards import day_stands
from review.next_call.lexicon import PARTS_OF_DAY
from review.next_call.patterns import Phrase
from review.next_call.tokens import Token


@dataclass(frozen=True, slots=True)
class Expression:
    """Tokens `start` to `end` that name a day, a clock time or both; `anchor` is what an offset counts from."""

    start: int
    end: int
    day: Phrase | None = None
    clock: Clock | None = None
    part: str = ""
    anchor: "Expression | None" = None
    apposed: Phrase | None = None


# Words that may stand between a day and its time without parting them.
_GLUE = frozenset(
    "at on around round about roughly approximately for say from in the of any anytime time after before between by "
    "just maybe probably ideally come circa towards toward like it's that's now then".split()
)
_APPOSITION = frozenset("that's that'll that'd which which'll which'd so being is be on".split())
# A new happening between an offset and a date means the date is not what the offset counts from.
_OFFSET_REACH = 9
_GLUE_REACH = 4
_EVENT_REACH = 3
_BESIDE_HOLIDAYS = {"after_holiday": "weekday_after", "before_holiday": "weekday_before"}
_EVENT_OPENS = frozenset("the his her their that my our its she's he's they're she he they it it's".split())
_EVENT_STOPS = frozenset(
    "and but so then to for if when i i'll i'm i'd we we'll he'll she'll they'll on at in with about or because that "
    "call ring phone speak talk is was will".split()
)


def find_expressions(tokens: Sequence[Token], lenient: bool = False) -> list[Expression]:
    """Every day and time in order; `lenient` also takes bare numbers, as in a typed answer."""
    pieces = _pieces(tokens, lenient)
    return _join(tokens, _offsets(tokens, pieces))


def _pieces(tokens: Sequence[Token], lenient: bool) -> list[Expression]:
    found: list[Expression] = []
    at = 0
    while at < len(tokens):
        day = next((day for day in DATES.matches(tokens, at) if day_stands(day, tokens, lenient)), None)
        clock = match_clock(tokens, at)
        beside = bool(found) and _beside_day(tokens, found, at)
        if clock and not clock_stands(clock, tokens, beside, lenient):
            clock = None
        if day and (clock is None or day.end >= clock.end):
            found.append(Expression(at, day.end, day=day, part=_part_in(tokens, day)))
        elif clock:
            found.append(Expression(at, clock.end, clock=clock))
        at = found[-1].end if found and found[-1].end > at else at + 1
    return found


def _part_in(tokens: Sequence[Token], day: Phrase) -> str:
    """A part of the day said within or right after the day: "tomorrow afternoon", "Tuesday evening"."""
    words = [token.word for token in tokens[day.start : day.end + 1]]
    words += [token.word for token in tokens[day.end + 1 : day.end + 3]] if words[-1] in {"in", "the"} else []
    found = [word for word in words if word in PARTS_OF_DAY]
    return "night" if "tonight" in words else (found[0] if found else "")


def _beside_day(tokens: Sequence[Token], found: list[Expression], at: int) -> bool:
    last = found[-1]
    between = tokens[last.end : at]
    return len(between) <= _GLUE_REACH and all(_is_glue(token) for token in between)


def _is_glue(token: Token) -> bool:
    return token.word in _GLUE or token.word in PARTS_OF_DAY or (token.kind == "COMMA" and token.text in ",-–—")


def _offsets(tokens: Sequence[Token], pieces: list[Expression]) -> list[Expression]:
    """ "A week after the demo on the 3rd": the date after an offset becomes its anchor."""
    joined: list[Expression] = []
    left = deque(pieces)
    while left:
        piece = left.popleft()
        if left and _beside_a_holiday(piece, left[0]):
            joined.append(_anchored_at_a_holiday(piece, left.popleft()))
        elif piece.day is None or not _counts_from(tokens, piece.day):
            joined.append(piece)
        elif tokens[piece.end - 1].word != "from" or (left and left[0].day and left[0].start == piece.end):
            joined.append(_anchored(tokens, piece, piece.day, left))  # else: "three days from retirement"
    return joined


def _beside_a_holiday(piece: Expression, following: Expression) -> bool:
    """ "Tuesday after Easter", without "the"."""
    weekday = piece.day is not None and piece.day.meaning in {"weekday", "that_weekday"} and piece.clock is None
    holiday = following.day is not None and following.day.meaning in _BESIDE_HOLIDAYS
    return weekday and holiday and piece.end == following.start


def _anchored_at_a_holiday(piece: Expression, following: Expression) -> Expression:
    assert piece.day is not None
    assert following.day is not None
    day = replace(piece.day, meaning=_BESIDE_HOLIDAYS[following.day.meaning])
    holiday = replace(following, day=replace(following.day, meaning="holiday"))
    return replace(piece, end=following.end, day=day, anchor=holiday)


def _anchored(tokens: Sequence[Token], piece: Expression, day: Phrase, left: deque[Expression]) -> Expression:
    """The offset with what it counts from, which is taken off `left`."""
    if _says_which(tokens, piece.end):
        return piece  # "the Monday after, that's the 30th": it is the day itself
    end = _event_end(tokens, piece.end)
    if day.weekday >= 0 and _says_which(tokens, end):
        return replace(piece, end=end)  # "the Monday after it closes, that's the 13th"
    while left and left[0].day is None and left[0].start < end:
        left.popleft()  # "the day after the lunch" names no time of day
    if left and left[0].day and _reaches(tokens, piece.end, left[0].start):
        anchor = left.popleft()
        return replace(piece, end=anchor.end, anchor=anchor)
    return replace(piece, end=end)


def _counts_from(tokens: Sequence[Token], day: Phrase) -> bool:
    """ "A week after", "the Monday after": what they count from may follow."""
    ends = tokens[day.end - 1].word in {"after", "following", "before"}
    return day.meaning == "offset" or (ends and day.counted)


def _says_which(tokens: Sequence[Token], at: int) -> bool:
    opens = at + 1 < len(tokens) and tokens[at].kind == "COMMA"
    return opens and tokens[at + 1].word in {"that's", "that'll", "so", "which"}


def _event_end(tokens: Sequence[Token], at: int) -> int:
    """Where the event ends that an offset counts from: "the day after | the stocktake |, …"."""
    opened = tokens[at - 1].word in _EVENT_OPENS
    if at >= len(tokens) or not (opened or tokens[at].word in _EVENT_OPENS):
        return at
    end = at + (not opened)
    while (
        end < len(tokens)
        and end - at <= _EVENT_REACH
        and tokens[end].kind == "WORD"
        and tokens[end].word not in _EVENT_STOPS
    ):
        end += 1
    return end


def _reaches(tokens: Sequence[Token], start: int, end: int) -> bool:
    between = [
        token
        for token, following in zip(tokens[start:end], tokens[start + 1 : end + 1], strict=False)
        if not (token.kind == "COMMA" and following.word in {"which", "that's"})
    ]
    return len(between) <= _OFFSET_REACH and not any(
        token.kind in {"STOP", "COMMA"}
        or token.word in {"and", "but", "so", "i", "i'll", "i'm", "we", "we'll", "we're", "then"}
        for token in between
    )


def _join(tokens: Sequence[Token], pieces: list[Expression]) -> list[Expression]:
    joined: list[Expression] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        merged = _merge(tokens, last, piece) if last else None
        if merged:
            joined[-1] = merged
        else:
            joined.append(_settle(piece))
    return joined


def _settle(piece: Expression) -> Expression:
    if piece.clock and piece.part:
        return replace(piece, clock=in_part(piece.clock, piece.part))
    return piece


def _merge(tokens: Sequence[Token], last: Expression, piece: Expression) -> Expression | None:
    """Day and time, time and day, or a day said twice ("Tuesday, that's the 24th"), with only glue between."""
    between = tokens[last.end : piece.start]
    if len(between) > _GLUE_REACH:
        return None
    if last.day and piece.day:
        return _merge_days(last, last.day, piece, piece.day, between)
    if not all(_is_glue(token) for token in between):
        return None
    if last.day and piece.clock and not last.clock:
        words = {token.word for token in between} & set(PARTS_OF_DAY)
        part = last.part or next(iter(words), "")
        return _settle(replace(last, end=piece.end, clock=piece.clock, part=part))
    if last.clock and piece.day and _belongs(last.clock, piece.day, between):
        return _settle(replace(piece, start=last.start, clock=last.clock))
    return None


def _belongs(clock: Clock, day: Phrase, between: Sequence[Token]) -> bool:
    """ "Ten o'clock, Tuesday"; not "call the ten, sometime"."""
    parted = any(token.kind == "COMMA" for token in between)
    return not parted or (clock.firm and day.meaning != "open")


def _merge_days(
    last: Expression, day: Phrase, piece: Expression, other: Phrase, between: Sequence[Token]
) -> Expression | None:
    if day.meaning == "open" and len(between) <= 1:
        # "Sometime in spring": the season is what was meant.
        return replace(piece, start=last.start)
    if last.apposed or last.clock or piece.clock or not between or day.exact == other.exact:
        return None
    told = all(token.kind == "COMMA" or token.word in _APPOSITION | {"the"} for token in between)
    counted = {"offset", "ago", "gone"} & {day.meaning, other.meaning} and not other.exact
    return replace(last, end=piece.end, apposed=other, part=last.part or piece.part) if told and not counted else None
