"""Keep words that only look like a date from being read as one."""

from collections.abc import Callable, Sequence

from review.next_call.around import Around, ends, word_at
from review.next_call.kinds import KINDS
from review.next_call.lexicon import DOUBTFUL, LABELS
from review.next_call.month_guards import month_day_stands, month_stands, ordinal_stands
from review.next_call.patterns import Phrase
from review.next_call.tokens import Token
from review.next_call.verbs import CALL
from review.next_call.words import CARRIED, MOVE, MOVED, MOVES, MOVING

_PROMISE_REACH = 8
_HALF_A_DAY = 12
# "First thing", "a second".
_ALSO_WORDS = 3


def day_stands(day: Phrase, tokens: Sequence[Token], lenient: bool) -> bool:
    """Whether the words around a match let it be a day."""
    after = tokens[day.end] if day.end < len(tokens) else None
    around = Around(tokens, day, word_at(tokens, day.start - 1), after, lenient)
    labelled = around.before in LABELS and around.first.kind in {"NUM", "ORD", "DATE", "YEAR"}
    check = _CHECKS.get(day.meaning)
    return not labelled and (check is None or check(around))


def _that_weekday_stands(a: Around) -> bool:
    """Not "make that Wednesday", nor "the Monday meeting", where the weekday only describes."""
    made = a.first.word == "that" and a.before in {"make", "made", "scratch", "strike", "say", "said"}
    return not made and not a.followed_by(_DESCRIBED)


def _numeric_stands(a: Around) -> bool:
    near = {a.before, word_at(a.tokens, a.day.start - 2)}
    counted = a.after is not None and (a.after.word == "of" or a.after.kind == "UNIT")
    always = a.first.text == "24/7"
    return not always and not near & {"version", "model", "release", "v"} and not counted


def _weekday_and_day_stands(a: Around) -> bool:
    """ "Thursday the fourth", "Thursday 4th"; in "Thursday first thing" the ordinal belongs to what follows."""
    number = a.words[-1]
    spelt = number.kind == "ORD" and (number.value > _ALSO_WORDS or (number.value > 1 and ends(a.after)))
    return spelt or number.text[0].isdecimal() or any(token.word == "the" for token in a.words)


def _weekday_number_stands(a: Around) -> bool:
    """ "Friday 4", "Sunday 13 at five"; else it is an hour: "Friday 4 pm", "Friday 9 to 10"."""
    asks = a.after is not None and a.after.word == "at"
    written = a.words[-1].text.isdecimal() or a.day.day > _HALF_A_DAY  # "Monday sixteen at four"
    return written and (asks or ends(a.after)) and not a.first.word.endswith("'s")


def _quarter_stands(a: Around) -> bool:
    return a.first.kind == "QUARTER" or a.day.end - a.day.start > 1


def _last_weekday_stands(a: Around) -> bool:
    """ "Tuesday gone" is past; "Tuesday's gone as well" is not to be had."""
    return not a.first.word.endswith("'s")


def _week_stands(a: Around) -> bool:
    """ "Next week's bad" names the week; "next week's delivery" does not."""
    return not a.words[-1].word.endswith("'s") or a.followed_by(_HOW_A_WEEK_IS)


def _ahead_stands(a: Around) -> bool:
    """In "check in one week after the launch" the "in" is not the day's."""
    counted = a.after is not None and a.after.word in {"after", "before", "following", "from"}
    given = a.first.word in {"give", "leave", "wait"}
    if a.day.which == "plusday" and a.day.unit in {"hour", "minute"}:  # "he's free for 15 minutes tomorrow"
        return False
    if [token.word for token in a.words] == ["in", "one", "day"]:  # "two calls in one day"
        return False
    return not (counted and (given or (a.first.word == "in" and a.before in {"check", "checking", "checked"})))


def _open_stands(a: Around) -> bool:
    return a.first.word not in {"soon", "some"} or a.before not in {"as", "too", "how", "very", "for", "pm"}


def _bare_stands(a: Around) -> bool:
    """A length of time alone, where a day was asked for; "Call back 1 week."; not "pushed back two weeks"."""
    said = (word_at(a.tokens, a.day.start - 2), a.before)
    called = a.before in {"callback", "call", "followup"} or said in {
        ("call", "back"),
        ("follow", "up"),
        ("ring", "back"),
    }
    return a.lenient or (called and ends(a.after) and a.words[-1].word != "later")


def _holiday_stands(a: Around) -> bool:
    return a.lenient or (a.before not in {"merry", "happy"} and not a.followed_by(_SEASONAL))


def _next_morning_stands(a: Around) -> bool:
    """ "I'll ring her in the morning" is tomorrow; "ten in the morning", "best in the morning" are no day."""
    start = a.day.start
    far = max(0, start - _PROMISE_REACH)
    sentence = next((at for at in range(start, far, -1) if a.tokens[at - 1].kind == "STOP"), far)
    before = a.tokens[sentence:start]
    after = a.tokens[a.day.end : a.day.end + 2]
    dated = any(token.kind in _DAY_KINDS for token in (*before[-4:], *after))
    words = {token.word for token in before}
    said = [
        CALL[word] for word in (*(token.word for token in before), *(token.word for token in after)) if word in CALL
    ]
    called = bool(said) and "past" not in said and "present" not in said and words.isdisjoint(_HABITS)
    return not dated and (called or not words.isdisjoint(_PROMISES))


def _shift_stands(a: Around) -> bool:
    """ "Pushed it back a week"; not "call her back a week after"."""
    moved = {word_at(a.tokens, at) for at in range(a.day.start - 3, a.day.start + 1)}
    counted = a.followed_by(frozenset({"after", "before", "from", "ago", "earlier", "later"}))
    return not counted and not moved.isdisjoint(MOVE | MOVES | MOVED | MOVING | CARRIED)


def _near_stands(a: Around) -> bool:
    """ "Same as today" sets nothing for today."""
    names_it = a.words[-1].word != "tomorrow's" or a.followed_by(_HOW_A_WEEK_IS)  # not "the day after tomorrow's show"
    return a.before not in {"as", "than", "like"} and names_it


def _weekday_stands(a: Around) -> bool:
    first = a.first
    if _is_a_habit(a) or (a.before == "the" and a.followed_by(_DESCRIBED)):
        return False
    if first.word not in DOUBTFUL or a.lenient:
        return True
    return first.text[0].isupper() and _is_day_not_word(a)


def _is_a_habit(a: Around) -> bool:
    """ "Usually on a Monday", "every other Tuesday", "Friday mornings"."""
    start = a.day.start
    if a.before == "a" and not _HABITS.isdisjoint(token.word for token in a.tokens[max(0, start - 4) : start]):
        return True
    if a.before in {"other", "second"} and word_at(a.tokens, start - 2) == "every":
        return True
    often = a.before in {"every", "each", "most", "usually", "casual", "man", "alternate"}
    return often or a.followed_by(frozenset({"mornings", "afternoons", "evenings", "nights"}))


def _is_day_not_word(a: Around) -> bool:
    """ "Call Wed."; not "the Sun", "Sat at his desk", "SAT"."""
    opens = a.day.start == 0 or a.tokens[a.day.start - 1].kind == "STOP"
    dated = a.after is not None and a.after.kind in {"ORD", "CLOCK", "MONTH"}
    named = a.before == "the" or (a.after is not None and a.after.kind == "WORD" and a.after.text[:1].isupper())
    return not named and (dated or not opens) and not a.first.text[1:].isupper()


_DESCRIBED = frozenset("meeting call slot delivery run team round shift crowd".split())
_HOW_A_WEEK_IS = frozenset(
    "bad no not out off full busy better fine good a hopeless nuts crazy packed impossible gone mad hectic mental "
    "looking worse easier clear open free when".split()
)
_HABITS = frozenset("best often always usually generally normally every early better most was were had".split())
_PROMISES = frozenset("i'll we'll i'm we're he'll she'll they'll will".split())
_DAY_KINDS = frozenset({"WEEKDAY", "MONTH", "NUM", "CLOCK", "ORD", "DATE", "AMPM"})
_SEASONAL = frozenset(
    "party tree rush orders stock period do lunch dinner drinks mincemeat jumper cards bonus market shutdown".split()
)
_CHECKS: dict[str, Callable[[Around], bool]] = {
    "near": _near_stands,
    "weekday": _weekday_stands,
    "next_morning": _next_morning_stands,
    "weekday_and_day": _weekday_and_day_stands,
    "that_weekday": _that_weekday_stands,
    "in_month": month_stands,
    "month_day": month_day_stands,
    "day_of_month": ordinal_stands,
    "numeric": _numeric_stands,
    "season": lambda a: (
        a.before != "for" and not a.followed_by(frozenset("water clean cleaning balancer steel through".split()))
    ),
    "quarter": _quarter_stands,
    "weekend": lambda a: a.before not in {"him", "her", "them", "it"} or "this" in {t.word for t in a.words},
    "shift": _shift_stands,
    "weekday_number": _weekday_number_stands,
    "weekday_plus": lambda a: a.day.unit not in {"hour", "minute"},  # "at fourteen hours on Tuesday"
    "day_after": lambda a: ends(a.after),
    "month_either": month_day_stands,
    "open": _open_stands,
    "bare": _bare_stands,
    "week": _week_stands,
    "last_weekday": _last_weekday_stands,
    "ahead": _ahead_stands,
    "holiday": _holiday_stands,
}
if _unknown := _CHECKS.keys() - KINDS.keys():
    raise ValueError(f"there is no meaning {min(_unknown)!r} to check")
