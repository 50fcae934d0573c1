"""The names that a rule of the day grammar may carry, so that a misspelt one is found when the rules are loaded."""

from review.next_call.meanings import MEANINGS
from review.next_call.workdays import HOLIDAYS

_HOLIDAYS = "|".join(sorted(HOLIDAYS))
# What may stand after the slash in a rule of each meaning; nothing where it is not written here.
KINDS: dict[str, str] = dict.fromkeys(MEANINGS, "") | {
    "near": r"-?\d+",
    "next_morning": "1",
    "weekday_of_week": r"-?\d",
    "weekday_plus_weeks": r"\d",
    "weekday_plus": "(next)?",
    "weekday_ahead": "(week)?",
    "nth_weekday": "((last-)?(next|this)|new|last)?",
    "last_day": "0?",
    "day_of_month": "(next)?",
    "ahead": "(plusday|half|quarter|within|about|or)?",
    "ago": "(half-)?ago",
    "few": r"\d",
    "compound": "(half)?",
    "offset": r"(after|before)(-\d)?",
    "anchor": r"\d|later",
    "anchor_week": "(late)?",
    "shift": "on|forward",
    "holiday": _HOLIDAYS,
    "after_holiday": _HOLIDAYS,
    "before_holiday": _HOLIDAYS,
    "week": r"(early|mid|late|rest)-\d|gone",
    "weekend": r"\d|after",
    "part": r"(early|mid|late)(-(\d|year|quarter(-[01])?))?",
    "nth_week": "(next)?",
    "months": r"-?\d",
    "quarters": "-1|0|1",
    "year": r"(-?\d|new)?",
    "coming_span": r"\d?",
}
