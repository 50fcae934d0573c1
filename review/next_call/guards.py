"""Keep words that only look like a date from being read as one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from review.next_call.kinds import KINDS
from review.next_call.lexicon import AFTER_A_NUMBER, DOUBTFUL, LABELS
from review.next_call.patterns import Phrase
from review.next_call.tokens import Token
from review.next_call.verbs import CALL
from review.next_call.words import CALL_OFF, CARRIED, CORRECTING, MOVE, MOVED, MOVES, MOVING, STRIKE, UNTIL

_BEFORE_DAY = frozenset(
    "on by until till til for from before after since the of in this next last come around about say or and "
    "to is early late mid not was it's coming every make".split()
)
_BEFORE_MONTH = frozenset(
    "in by until till til of early late mid next this last for from before after since to around about end "
    "through during and or between come beginning start over not".split()
)
_ORD_NOUNS = frozenset(
    "one ones floor time times order year quarter half party street avenue option choice attempt thing things "
    "place round meeting call person site unit phase batch shift line half-day grade week month way point "
    "step class hand opinion language quote visit stage draft of generation instance".split()
)


_PROMISE_REACH = 8
_BEFORE_LOWER = UNTIL | frozenset("on by for from before after of since".split())
_AFTER_MODAL = frozenset("be not have need want well as also still even get go come call only".split())
_STRUCK = STRIKE | CALL_OFF | {"make"}


def corrects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lone number or ordinal puts the one before it right: "the 15th, sorry, sixteenth"."""
    said = [token.word for token in tokens[max(0, at - 3) : at] if token.kind != "COMMA"]
    struck = said[-1:] == ["that"] and said[-2:-1] != [] and said[-2] in _STRUCK
    return bool(said) and (said[-1] in CORRECTING or struck or said[-2:] == ["make", "it"])


@dataclass(frozen=True, slots=True)
class _Around:
    """A matched day with the words beside it; `lenient` for typed answers."""

    tokens: Sequence[Token]
    day: Phrase
    before: str
    after: Token | None
    lenient: bool

    @property
    def first(self) -> Token:
        return self.tokens[self.day.start]

    @property
    def words(self) -> Sequence[Token]:
        return self.tokens[self.day.start : self.day.end]

    @property
    def followed_by_a_unit(self) -> bool:
        return self.after is not None and self.after.kind == "UNIT"

    def followed_by(self, words: frozenset[str]) -> bool:
        return self.after is not None and self.after.word.removesuffix("'s") in words


def day_stands(day: Phrase, tokens: Sequence[Token], lenient: bool) -> bool:
    """Whether the words around a match let it be a day."""
    after = tokens[day.end] if day.end < len(tokens) else None
    around = _Around(tokens, day, word_at(tokens, day.start - 1), after, lenient)
    labelled = around.before in LABELS and around.first.kind in {"NUM", "ORD", "DATE", "YEAR"}
    check = _CHECKS.get(day.meaning)
    return not labelled and (check is None or check(around))


def _that_weekday_stands(a: _Around) -> bool:
    """Not "make that Wednesday", nor "the Monday meeting", where the weekday only describes."""
    made = a.first.word == "that" and a.before in {"make", "made", "scratch", "strike", "say", "said"}
    return not made and not a.followed_by(_DESCRIBED)


def _numeric_stands(a: _Around) -> bool:
    near = {a.before, word_at(a.tokens, a.day.start - 2)}
    counted = a.after is not None and (a.after.word == "of" or a.after.kind == "UNIT")
    always = a.first.text == "24/7"
    return not always and not near & {"version", "model", "release", "v"} and not counted


def _weekday_and_day_stands(a: _Around) -> bool:
    """ "Thursday the fourth", "Thursday 4th"; in "Thursday first thing" the ordinal belongs to what follows."""
    return a.words[-1].text[0].isdecimal() or any(token.word == "the" for token in a.words)


def _weekday_number_stands(a: _Around) -> bool:
    """ "Friday 4", "Sunday 13 at five"; else it is an hour: "Friday 4 pm", "Friday 9 to 10"."""
    asks = a.after is not None and a.after.word == "at"
    return a.words[-1].text.isdecimal() and (asks or _ends(a.after)) and not a.first.word.endswith("'s")


def _ends(after: Token | None) -> bool:
    return after is None or after.kind == "STOP" or (after.kind == "COMMA" and after.text == ",")


def _quarter_stands(a: _Around) -> bool:
    return a.first.kind == "QUARTER" or a.day.end - a.day.start > 1


def _last_weekday_stands(a: _Around) -> bool:
    """ "Tuesday gone" is past; "Tuesday's gone as well" is not to be had."""
    return not a.first.word.endswith("'s")


def _week_stands(a: _Around) -> bool:
    """ "Next week's bad" names the week; "next week's delivery" does not."""
    return not a.words[-1].word.endswith("'s") or a.followed_by(_HOW_A_WEEK_IS)


def _ahead_stands(a: _Around) -> bool:
    """In "check in one week after the launch" the "in" is not the day's."""
    counted = a.after is not None and a.after.word in {"after", "before", "following", "from"}
    given = a.first.word in {"give", "leave", "wait"}
    if [token.word for token in a.words] == ["in", "one", "day"]:  # "two calls in one day"
        return False
    return not (counted and (given or (a.first.word == "in" and a.before in {"check", "checking", "checked"})))


def _open_stands(a: _Around) -> bool:
    return a.first.word not in {"soon", "some"} or a.before not in {"as", "too", "how", "very", "for", "pm"}


def _holiday_stands(a: _Around) -> bool:
    return a.lenient or (a.before not in {"merry", "happy"} and not a.followed_by(_SEASONAL))


def _next_morning_stands(a: _Around) -> bool:
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


def word_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _shift_stands(a: _Around) -> bool:
    """ "Pushed it back a week"; not "call her back a week after"."""
    moved = {word_at(a.tokens, at) for at in range(a.day.start - 3, a.day.start + 1)}
    counted = a.followed_by(frozenset({"after", "before", "from", "ago", "earlier", "later"}))
    return not counted and not moved.isdisjoint(MOVE | MOVES | MOVED | MOVING | CARRIED)


def _near_stands(a: _Around) -> bool:
    """ "Same as today" sets nothing for today."""
    return a.before not in {"as", "than", "like"}


def _weekday_stands(a: _Around) -> bool:
    first = a.first
    start = a.day.start
    if a.before == "a" and not _HABITS.isdisjoint(token.word for token in a.tokens[max(0, start - 4) : start]):
        return False  # "usually on a Monday"
    if a.before in {"every", "each", "most", "usually", "casual", "man"}:
        return False
    if a.followed_by(frozenset({"mornings", "afternoons", "evenings", "nights"})):
        return False
    if a.before == "the" and a.followed_by(_DESCRIBED):
        return False
    if first.word not in DOUBTFUL or a.lenient:
        return True
    if first.word in {"sat", "sun", "wed"}:
        return first.text[0].isupper() and _is_day_not_word(a)
    settled = a.before in _BEFORE_DAY or (a.after is not None and a.after.kind in {"NUM", "ORD", "CLOCK", "MONTH"})
    return settled or first.text[0].isupper()


def _is_day_not_word(a: _Around) -> bool:
    """ "Call Wed."; not "the Sun", "Sat at his desk", "SAT"."""
    opens = a.day.start == 0 or a.tokens[a.day.start - 1].kind == "STOP"
    dated = a.after is not None and a.after.kind in {"ORD", "CLOCK", "MONTH"}
    named = a.before == "the" or (a.after is not None and a.after.kind == "WORD" and a.after.text[:1].isupper())
    return not named and (dated or not opens) and not a.first.text[1:].isupper()


def _month_stands(a: _Around) -> bool:
    first = a.first
    capital = first.text[0].isupper()
    if a.day.end - a.day.start > 1:
        return True
    if a.lenient and a.before == "" and a.after is None:
        return capital or first.word not in DOUBTFUL
    if first.word in {"may", "march", "mar", "jan", "sep", "dec"}:
        named = a.after is not None and a.after.text[:1].isupper() and a.after.kind == "WORD"
        return a.before in _BEFORE_MONTH and (capital or a.lenient) and not named
    return capital or a.lenient or a.before in _BEFORE_MONTH


def _month_day_stands(a: _Around) -> bool:
    month = next(token for token in a.words if token.kind == "MONTH")
    if month.word in {"may", "march"} and month.text[0].islower() and not a.lenient:
        return _lower_month_stands(a, month)
    spelt_number = a.words[-1].kind == "NUM" and a.words[-1].word.isalpha() and a.words[0].kind == "MONTH"
    return not (spelt_number and a.after is not None and a.after.kind == "NUM" and a.after.word.isalpha())


def _lower_month_stands(a: _Around, month: Token) -> bool:
    """ "We may 3 times", "may second that": only digits, "of" or what stands before make a lower-case month of it."""
    beside = any(token.text[:1].isdecimal() or token.word == "of" or token.kind == "WEEKDAY" for token in a.words)
    asked = a.before in _BEFORE_LOWER or (month.word == "march" and a.words[-1].kind == "ORD")
    counted = a.words[0].kind == "ORD" and a.words[0].value > 3 and not a.followed_by(_AFTER_MODAL)
    return (beside or asked or counted) and not a.followed_by(frozenset({"times", "percent", "more", "or"}))


def _ordinal_stands(a: _Around) -> bool:
    """ "The 15th" is a day, "the second time" is none; "the 24" only where it was typed or follows "on"."""
    if len(a.words) > 2:
        return True
    number, after = a.words[-1], a.after
    if number.kind == "NUM":
        return _lone_number_stands(a, number)
    if a.followed_by_a_unit or (after is not None and (after.word in _ORD_NOUNS or after.kind == "SKIP")):
        return False
    correcting = corrects(a.tokens, a.day.start) and (number.value > 3 or _numbered(a))
    settled = a.lenient or correcting or a.before in _BEFORE_DAY
    if number.text[0].isdecimal():
        return settled or a.words[0].word == "the"
    return _spelt_ordinal_stands(a, number, settled=settled, correcting=correcting)


def _lone_number_stands(a: _Around, number: Token) -> bool:
    settled = a.lenient or a.before in UNTIL | {"on", "by"}
    return settled and number.text.isdecimal() and not a.followed_by_a_unit


def _spelt_ordinal_stands(a: _Around, number: Token, *, settled: bool, correcting: bool) -> bool:
    """ "The fifteenth"; "the first" and the like only where the words around them ask for a day."""
    follows = a.after is None or a.after.kind != "WORD" or a.after.word in AFTER_A_NUMBER
    # "Call on eleventh", "call him eleventh": the article is left out.
    plain = number.value > 3 and (a.before in {"on", "until", "till"} or _ends(a.after))
    if not follows or not (a.words[0].word == "the" or correcting or plain):
        return False
    if number.value <= 3:
        return settled and (a.lenient or correcting or a.before not in {"is", "was", "and", "of", "this"})
    return settled or number.value > 12


def _numbered(a: _Around) -> bool:
    """Whether there is a number to put right: "the second, sorry, third"; not "correction first"."""
    return any(token.kind in {"ORD", "NUM"} for token in a.tokens[max(0, a.day.start - _PROMISE_REACH) : a.day.start])


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
_CHECKS: dict[str, Callable[[_Around], bool]] = {
    "near": _near_stands,
    "weekday": _weekday_stands,
    "next_morning": _next_morning_stands,
    "weekday_and_day": _weekday_and_day_stands,
    "that_weekday": _that_weekday_stands,
    "in_month": _month_stands,
    "month_day": _month_day_stands,
    "day_of_month": _ordinal_stands,
    "numeric": _numeric_stands,
    "season": lambda a: (
        a.before != "for" and not a.followed_by(frozenset("water clean cleaning balancer steel through".split()))
    ),
    "quarter": _quarter_stands,
    "weekend": lambda a: a.before not in {"him", "her", "them", "it"} or "this" in {t.word for t in a.words},
    "shift": _shift_stands,
    "weekday_number": _weekday_number_stands,
    "day_after": lambda a: _ends(a.after),
    "month_either": _month_day_stands,
    "open": _open_stands,
    "bare": lambda a: a.lenient,
    "week": _week_stands,
    "last_weekday": _last_weekday_stands,
    "ahead": _ahead_stands,
    "holiday": _holiday_stands,
}
if _unknown := _CHECKS.keys() - KINDS.keys():
    raise ValueError(f"there is no meaning {min(_unknown)!r} to check")
