"""Keep ordinals and the names of months that only look like a date from being read as one."""

from collections.abc import Sequence

from review.next_call.around import Around, ends
from review.next_call.lexicon import AFTER_A_NUMBER
from review.next_call.tokens import Token
from review.next_call.words import CALL_OFF, CORRECTING, STRIKE, UNTIL

_BEFORE_DAY = frozenset(
    "on by until till til for from before after since the of in this next last come around about say or and to is "
    "early late mid not was it's coming every make".split()
)
_BEFORE_MONTH = frozenset(
    "in by until till til of last for from before after since to around about through during and or between come over "
    "not".split()
)
_ORD_NOUNS = frozenset(
    "one ones floor time times order half party street avenue option choice attempt thing things place round meeting "
    "call person site unit phase batch shift line grade way point step class hand opinion language quote visit stage "
    "draft of generation instance".split()
)
_PROMISE_REACH = 8
_BEFORE_LOWER = UNTIL | frozenset("on by for from before after of".split())
_AFTER_MODAL = frozenset("be not have need want well as also still even get go come call only".split())
_STRUCK = STRIKE | CALL_OFF | {"make"}


def corrects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lone number or ordinal puts the one before it right: "the 15th, sorry, sixteenth"."""
    said = [token.word for token in tokens[max(0, at - 3) : at] if token.kind != "COMMA"]
    struck = said[-1:] == ["that"] and said[-2:-1] != [] and said[-2] in _STRUCK
    return bool(said) and (said[-1] in CORRECTING or struck or said[-2:] == ["make", "it"])


def month_stands(a: Around) -> bool:
    first = a.first
    capital = first.text[0].isupper()
    if a.day.end - a.day.start > 1:
        return True
    if a.lenient and a.before == "" and a.after is None:
        return True
    if first.word in {"may", "march", "mar", "jan", "sep", "dec"}:
        named = a.after is not None and a.after.text[:1].isupper() and a.after.kind == "WORD"
        return a.before in _BEFORE_MONTH and (capital or a.lenient) and not named
    return capital or a.lenient or a.before in _BEFORE_MONTH


def month_day_stands(a: Around) -> bool:
    month = next(token for token in a.words if token.kind == "MONTH")
    if month.word in {"may", "march"} and month.text[0].islower() and not a.lenient:
        return _lower_month_stands(a, month)
    spelt_number = a.words[-1].kind == "NUM" and a.words[-1].word.isalpha() and a.words[0].kind == "MONTH"
    return not (spelt_number and a.after is not None and a.after.kind == "NUM" and a.after.word.isalpha())


def _lower_month_stands(a: Around, month: Token) -> bool:
    """ "We may 3 times", "may second that": only digits, "of" or what stands before make a lower-case month of it."""
    beside = any(token.text[:1].isdecimal() or token.word == "of" or token.kind == "WEEKDAY" for token in a.words)
    asked = a.before in _BEFORE_LOWER or (month.word == "march" and a.words[-1].kind == "ORD")
    counted = a.words[0].kind == "ORD" and a.words[0].value > 3 and not a.followed_by(_AFTER_MODAL)
    return (beside or asked or counted) and not a.followed_by(frozenset({"times", "percent", "more", "or"}))


_AT = frozenset({"at"})


def ordinal_stands(a: Around) -> bool:
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


def _lone_number_stands(a: Around, number: Token) -> bool:
    settled = a.lenient or a.before in UNTIL | {"on", "by"}
    return settled and number.text.isdecimal() and not a.followed_by_a_unit


def _spelt_ordinal_stands(a: Around, number: Token, *, settled: bool, correcting: bool) -> bool:
    """ "The fifteenth"; "the first" and the like only where the words around them ask for a day."""
    follows = a.after is None or a.after.kind != "WORD" or a.after.word in AFTER_A_NUMBER
    # "Call on eleventh", "call him eleventh": the article is left out.
    plain = number.value > 3 and (a.before in {"on", "until", "till"} or ends(a.after))
    if not follows or not (a.words[0].word == "the" or correcting or plain):
        return False
    if number.value <= 3:
        return _early_ordinal_stands(a, settled=settled, correcting=correcting)
    return settled or number.value > 12 or _an_hour_follows(a)


def _an_hour_follows(a: Around) -> bool:
    """ "The seventh at two"."""
    hour = a.tokens[a.day.end + 1 : a.day.end + 2]
    return a.followed_by(_AT) and bool(hour) and hour[0].kind in {"NUM", "CLOCK"}


def _early_ordinal_stands(a: Around, *, settled: bool, correcting: bool) -> bool:
    """Of the first, second and third, which count most other things, too."""
    if a.before == "that's" and ends(a.after):
        # "The Wednesday before, that's the second."
        return any(token.kind == "WEEKDAY" for token in a.tokens[max(0, a.day.start - _PROMISE_REACH) : a.day.start])
    return settled and (a.lenient or correcting or a.before not in {"is", "was", "and", "of", "this"})


def _numbered(a: Around) -> bool:
    """Whether there is a number to put right: "the second, sorry, third"; not "correction first"."""
    return any(token.kind in {"ORD", "NUM"} for token in a.tokens[max(0, a.day.start - _PROMISE_REACH) : a.day.start])
