"""Keep numbers that only look like a time from being read as one."""

from collections.abc import Sequence
from itertools import pairwise

from review.next_call.around import word_at
from review.next_call.clocks import Clock
from review.next_call.lexicon import AFTER_A_NUMBER, LABELS, PARTS_OF_DAY, WEEKDAYS
from review.next_call.month_guards import corrects
from review.next_call.tokens import Token
from review.next_call.words import CARRIED, MOVE, MOVED

_NEAR = 14
_SENTENCE_BEFORE = 20
_BETWEEN = 3
# A number and its full stop.
_LAST_OF_ALL = 2
_BEFORE_TIME = frozenset("at around round about roughly approximately say till til until between circa".split())
_BEFORE_DIGITS = _BEFORE_TIME | frozenset("after by for from before".split())
_BEFORE_HOUR = frozenset("after before from by past".split())
_UNITLIKE = frozenset("percent grand thousand hundred million k quid per a an of".split())
_SETTLED_ON = frozenset("said put wanted wants picked chose".split())
_GOES_ON_AFTER = frozenset("so then again and but".split())
_HOW_IT_SUITS = frozenset("better best good fine".split())
_WHO = frozenset("we i he she they let's i'd we'd".split())
_MOVED_TO = MOVE | MOVED | CARRIED | {"back"}


def clock_stands(clock: Clock, tokens: Sequence[Token], beside_day: bool, lenient: bool) -> bool:
    """Whether a clock time is one: a lone number only beside a day or after a word such as "at"."""
    first, before = tokens[clock.start], word_at(tokens, clock.start - 1)
    after = tokens[clock.end] if clock.end < len(tokens) else None
    if first.word in {"half", "lunch", "lunchtime"}:
        return _half_or_lunch(clock, tokens, before, after, beside_day)
    if _habitual(clock, tokens) or _is_now(clock, tokens, before):
        return False
    if clock.firm:
        return before != "in" or ":" in first.text
    return _lone_number_stands(clock, tokens, before, after, beside_day=beside_day, lenient=lenient)


def _lone_number_stands(
    clock: Clock, tokens: Sequence[Token], before: str, after: Token | None, *, beside_day: bool, lenient: bool
) -> bool:
    if before in LABELS or before == "in" or (before == "it" and _counts_units(tokens, clock.start)):
        return False
    if _day_follows(clock, tokens, after) or (_ends(after) and corrects(tokens, clock.start)):
        return True
    if _counts(after):
        return False
    follows = _may_follow(after)
    if tokens[clock.start].kind == "CLOCK":
        asked = beside_day or lenient or before in _BEFORE_DIGITS
        return _goes_on(clock, tokens, before, after) or (follows and asked)
    return _bare_hour_stands(clock, tokens, before, after, follows, beside_day)


def _is_now(clock: Clock, tokens: Sequence[Token], before: str) -> bool:
    """ "It's eight twenty now": the hour it is."""
    opens = clock.start < 2 or tokens[clock.start - 2].kind == "STOP"
    return before == "it's" and opens and word_at(tokens, clock.end) == "now"


def _counts(after: Token | None) -> bool:
    """ "Ten units", "ten per cent": no hour."""
    return after is not None and (after.kind in {"UNIT", "MONTH", "SKIP"} or after.word in _UNITLIKE)


def _may_follow(after: Token | None) -> bool:
    return after is None or after.kind != "WORD" or after.word in AFTER_A_NUMBER


def _goes_on(clock: Clock, tokens: Sequence[Token], before: str, after: Token | None) -> bool:
    """ "Still 2.30", "so Thursday. 1.15.": "2.30" may be a price or a size as well."""
    ends = _ends(after) or (after is not None and after.word in {"before", "after", "sharp"})
    return ends and (before == "still" or _carries_on(tokens, clock.start))


def _habitual(clock: Clock, tokens: Sequence[Token]) -> bool:
    """ "Every Tuesday at ten", "Tuesdays at ten": a habit, no appointment."""
    if word_at(tokens, clock.end) in {"every", "each"}:
        return True
    near = tokens[max(0, clock.start - 4) : clock.start]
    words = [token.word for token in near]
    return any(word in {"every", "each"} for word in words[:-1]) or any(
        word[:-1] in WEEKDAYS and word.endswith("days") for word in words
    )


def _ends(after: Token | None) -> bool:
    return after is None or after.kind in {"STOP", "COMMA"}


def _day_follows(clock: Clock, tokens: Sequence[Token], after: Token | None) -> bool:
    """ "Nine tomorrow", "so nine on Friday"."""
    if after is None or (tokens[clock.start].word == "one" and _describes(tokens, clock.start - 1)):
        return False
    if after.word in {"tomorrow", "tonight"} or after.kind == "WEEKDAY":
        return True
    if after.word == "today" and _opens(tokens, clock.start):
        return True  # "He's eating. Five today."
    if after.word == "this" and word_at(tokens, clock.end + 1) in PARTS_OF_DAY:
        return True
    following = tokens[clock.end + 1 : clock.end + 2]
    return after.word == "on" and _opens(tokens, clock.start) and bool(following) and following[0].kind == "WEEKDAY"


def _describes(tokens: Sequence[Token], at: int) -> bool:
    """ "The older one Wednesday", "next one Tuesday": no hour."""
    return at >= 0 and tokens[at].kind == "WORD" and tokens[at].word not in _BEFORE_DIGITS | _GOES_ON_AFTER | _WHO


def _carries_on(tokens: Sequence[Token], at: int) -> bool:
    """ "I'm calling her then, 2.30." "So Thursday. 1.15."."""
    if at < 2 or tokens[at - 1].kind not in {"STOP", "COMMA"}:
        return False
    if tokens[at - 2].word == "then" or (tokens[at - 1].kind == "STOP" and tokens[at - 2].kind == "WEEKDAY"):
        return True
    # "We've put 14/4 in for a natter, 10.30, her ringing me."
    near = list(tokens[max(0, at - _NEAR) : at - 1])
    return tokens[at - 1].kind == "COMMA" and any(
        (token.kind in {"WEEKDAY", "DATE", "ORD"} or _counts_on(near, step) or token.word == "hour")
        and not any(later.kind == "STOP" for later in near[step:])
        for step, token in enumerate(near)
    )


def _counts_on(near: Sequence[Token], at: int) -> bool:
    """ "The day after the test, 8.15"."""
    return near[at].kind == "UNIT" and word_at(near, at + 1) in {"after", "before"}


def _bare_hour_stands(
    clock: Clock, tokens: Sequence[Token], before: str, after: Token | None, follows: bool, beside_day: bool
) -> bool:
    if beside_day and before in {"at", "around"} and after is not None:
        return not _is_plural(after)
    if _is_said(clock, tokens, before, after) or _between_marks(clock, tokens, after):
        return True
    if before == "by" and clock.start > 1 and tokens[clock.start - 2].kind == "NUM":
        return False  # "four by eight": a size
    asked = before in _BEFORE_TIME or (before in _BEFORE_HOUR and clock.bare_hour > 0)
    return follows and (asked or (beside_day and before not in {"of", "in", "for", "the"}))


def _between_marks(clock: Clock, tokens: Sequence[Token], after: Token | None) -> bool:
    """ "Friday I'll give Bruce a call to go through it, 11." "Thursday I'm calling him, eleven, with Sharon."."""
    start = clock.start
    if not (clock.bare_hour and _ends(after) and start and tokens[start - 1].kind == "COMMA"):
        return False
    near = tokens[max(0, start - _SENTENCE_BEFORE) : start - 1]
    stops = [at for at, token in enumerate(near) if token.kind == "STOP"]
    said = near[stops[-1] + 1 :] if stops else near
    named = any(token.kind in {"WEEKDAY", "DATE", "ORD"} or token.word in {"tomorrow", "today"} for token in said)
    return named and all(token.kind != "NUM" for token in said[-_BETWEEN:])


def _is_plural(after: Token) -> bool:
    """ "Thursday at nine sites", but "Thursday at nine sharp"."""
    return after.word.endswith("s") and len(after.word) > 3 and after.word not in AFTER_A_NUMBER


def _is_said(clock: Clock, tokens: Sequence[Token], before: str, after: Token | None) -> bool:
    """ "It's ten.", "she says ten works", "so four is better", "moved to ten.", and what somebody settled on."""
    following = "" if after is None else after.word
    if before in {"said", "says"} and following in {"is", "works", "suits", "would", "was"}:
        return True
    if before == "so" and following == "is" and word_at(tokens, clock.end + 1) in _HOW_IT_SUITS:
        return True
    if clock.bare_hour and _is_settled_on(clock, tokens, before, after):
        return True
    moved = before == "to" and not _MOVED_TO.isdisjoint(word_at(tokens, clock.start - back) for back in (2, 3))
    return _ends(after) and (before in {"it's", "still", "not"} or moved)


def _is_settled_on(clock: Clock, tokens: Sequence[Token], before: str, after: Token | None) -> bool:
    """ "We said four.", "I put ten.", "he wanted four so four", "So four.", "shut till one, so two.", "Eleven it is.",
    "same time, nine"."""
    start, following = clock.start, "" if after is None else after.word
    goes_on = _ends(after) or following in _GOES_ON_AFTER
    if before in _SETTLED_ON and goes_on:
        return word_at(tokens, start - 2) in _WHO
    if before == "so" and _ends(after):
        return _concludes(tokens, start, following)
    if following == "it":
        return word_at(tokens, clock.end + 1) == "is" and _opens(tokens, start)
    return (_ends(after) and _is_a_sentence(tokens, start)) or (goes_on and _same_time_before(tokens, start))


def _concludes(tokens: Sequence[Token], at: int, following: str) -> bool:
    """ "So four.", "he wanted four so four", "shut till one, so two."."""
    before = tokens[at - 2] if at > 1 else None
    if before is None or before.kind == "STOP" or before.word == tokens[at].word:
        return True
    return before.text == "," and following == "."


def _is_a_sentence(tokens: Sequence[Token], at: int) -> bool:
    """ "I'm to phone Friday. Four.", "Five rings, no one. Eleven."."""
    opens = at > 1 and tokens[at - 1].text == "."
    last = len(tokens) - at <= _LAST_OF_ALL
    return opens and (last or any(token.kind == "WEEKDAY" for token in tokens[max(0, at - _SENTENCE_BEFORE) : at]))


def _same_time_before(tokens: Sequence[Token], at: int) -> bool:
    """ "Same time, one."."""
    words = [token.word for token in tokens[max(0, at - 4) : at]]
    return not {("same", "time"), ("same", "hour")}.isdisjoint(pairwise(words))


def _counts_units(tokens: Sequence[Token], at: int) -> bool:
    """ "Call in two weeks. Better make it three.": weeks, not three o'clock."""
    near = tokens[max(0, at - 2 * _NEAR) : at]
    return any(one.kind == "NUM" and following.kind == "UNIT" for one, following in pairwise(near))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` begins a sentence or a clause: "So nine on Friday"."""
    before = tokens[at - 1] if at else None
    return before is None or before.kind in {"STOP", "COMMA"} or before.word in {"so", "say", "it", "it's", "then"}


def _half_or_lunch(clock: Clock, tokens: Sequence[Token], before: str, after: Token | None, beside_day: bool) -> bool:
    if tokens[clock.start].word != "half":
        if before == "between" and after is not None and after.word == "and":
            return False  # "between lunch and dinner"
        if before == "before":
            return False
        out = word_at(tokens, clock.start - 2)
        away = before == "at" and (out in {"is", "are", "was", "out", "be"} or out.endswith(("'s", "'re", "'m")))
        return not away and (beside_day or before in {"at", "around", "over", "about", "till", "until"})
    past = tokens[clock.start + 1].word == "past"
    counts = after is not None and (after.kind == "UNIT" or after.word in _UNITLIKE or after.word in {"dozen", "times"})
    return past or not counts
