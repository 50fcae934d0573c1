"""Find what is done in a clause: a talk with the account, or something else; when, by whom, and whether at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from review.next_call import verbs as w
from review.next_call.clauses import Clause
from review.next_call.idioms import WORDS as IDIOM_WORDS
from review.next_call.idioms import talk_by_another_name
from review.next_call.people import other_party
from review.next_call.tenses import is_past_call
from review.next_call.tokens import Token
from review.next_call.verb_facts import Verb
from review.next_call.words import BOOKED, BRING, MOVE

_INSIDE_CALLS = (w.DEPARTMENTS - {"pricing"}) | frozenset(
    "board team internal earnings standup staff judgment judgement".split()
)
_MEETINGS = frozenset("meeting visit conversation discussion appointment meet".split())
_THEIR_MEETINGS = frozenset("board team committee management sales staff".split())
# "Set a meeting with the boss", "got her to commit to an appointment".
_SET_UP = BOOKED | frozenset("schedule book arrange commit commits".split())
_COMMITS = frozenset("commit commits committed agree agreed".split())
_OWNED = frozenset("his their the".split())
_BEFORE_A_TIME = frozenset("on at around about after before".split())
_WRITTEN = frozenset("email mail text letter writing message".split())
_US = frozenset("our we we're we'll us let's me i'm i'll i my".split())
# What does not end in -ing and may be an act.
_ACTS = (
    frozenset({*w.PHRASAL, *w.CALL, "video", "one"})
    | w.TELEPHONES
    | w.GIVEN
    | IDIOM_WORDS
    | w.WEAK
    | w.STATES
    | w.OTHER
)
_SHIFTED = BRING | {"moved", "put"}
_CALLS_REACH = 40
_THEY_WILL = frozenset("he'll she'll they'll it'll".split())
_LIGHT = frozenset("be have do get give let make take need want like love say".split())
_SOMETHING = frozenset("it them the this that those his her their a an some all both everything".split())


@dataclass(frozen=True, slots=True)
class Act:
    """One act at token `at`. `kind` is call, weak (a meeting, a follow-up) or other; `past` and `negated` say
    that it is over or will not be; `theirs` is a talk between others."""

    at: int
    kind: str
    past: bool = False
    negated: bool = False
    noun: bool = False
    theirs: bool = False


def find_acts(clause: Clause, tokens: Sequence[Token], dates: frozenset[int] = frozenset()) -> list[Act]:
    """Acts in the order said; an unclear one is left out. `dates` are the tokens that name days and times."""
    verbs = (Verb(tokens, at, clause, dates) for at in range(clause.start, clause.end) if at not in dates)
    acts = (
        _talk(verb) or _other(verb)
        for verb in verbs
        if verb.word in _ACTS or verb.word.endswith("ing") or _will_do(verb)
    )
    return [act for act in acts if act]


def _talk(verb: Verb) -> Act | None:
    word = verb.word
    if word in w.PHRASAL:
        tense, particle = w.PHRASAL[word]
        span = verb.after[:3]
        if particle in span:
            return _call(verb, verb.at + 1 + span.index(particle), tense)
    video = word == "meet" and verb.last == "google"
    if video or (word in w.TELEPHONES | {"video"} and verb.following in w.CONFERENCES):
        return _noun_talk(verb)
    if word in w.CALL and verb.following not in w.NOT_A_CALL_AFTER and not _their_phones(verb):
        return _call(verb, verb.at, w.CALL[word])
    return _by_telephone(verb) or _talk_by_another_name(verb)


def _by_telephone(verb: Verb) -> Act | None:
    if verb.word not in w.TELEPHONES or not _on_the_phone(verb.before):
        return None
    past = not w.WAS_ON.isdisjoint(verb.before) and {"will", "want", "i'll", "we'll"}.isdisjoint(verb.before)
    # "They'll both be on the line": with us.
    theirs = "be" not in verb.before and _between_others("talk", verb)
    if theirs or other_party(_beyond(verb, verb.at), verb.dates, verb.at + 1, verb.third, noun=True):
        return Act(verb.at, "other", theirs=True)
    return _noun_talk(verb, past=past)


def _talk_by_another_name(verb: Verb) -> Act | None:
    if (verb.word, verb.following) in w.ONE_OF_THEM and _among_calls(verb):
        return _noun_talk(verb)
    if verb.word in w.GIVEN and verb.last not in {"the", "and"}:
        return _call(verb, verb.at, "base")
    if verb.tokens[verb.at].word not in IDIOM_WORDS:
        return None
    named = talk_by_another_name(verb)
    return Act(verb.at, named, verb.over, verb.negated, theirs=named == "other") if named else None


def _among_calls(verb: Verb) -> bool:
    """ "Two calls in the diary. A short one with Priya on Friday, then a longer one with the boss."."""
    near = [token.word for token in verb.tokens[max(0, verb.at - _CALLS_REACH) : verb.at]]
    return any(several in w.SEVERAL and named == "calls" for several, named in pairwise(near))


def _other(verb: Verb) -> Act | None:
    word = verb.word
    if word in w.CONFERENCES and verb.last in w.TELEPHONES | {"video"}:
        return None
    if word in w.WEAK:
        return _weak(verb)
    if word in w.STATES:
        being = verb.last in w.BEING or verb.last.endswith(("'s", "'re", "'m"))
        return Act(verb.at, "other", past=verb.over) if being else None
    in_the_end = word == "end" and verb.before[-2:] == ["in", "the"]
    brought = word == "forward" and not _SHIFTED.isdisjoint(verb.before[-2:])
    if in_the_end or brought or not (word in w.OTHER or _is_doing(verb) or _will_do(verb)):
        return None
    return Act(verb.at, "other", past=verb.over)


def _will_do(verb: Verb) -> bool:
    """ "She'll open them on Monday": whatever they will do with something, by a verb that no list has."""
    does = verb.last in _THEY_WILL and verb.tokens[verb.at].kind == "WORD" and verb.word not in _LIGHT
    given = verb.last in _THEY_WILL and verb.word in {"get", "have"} and verb.after[:1] in (["it"], ["them"])
    return given or (does and verb.after[:1] != [] and verb.after[0] in _SOMETHING)


def _is_doing(verb: Verb) -> bool:
    """ "Installing"; not "Okafor Scaffolding", which is a name."""
    tokens, at, word = verb.tokens, verb.at, verb.word
    named = tokens[at].text[:1].isupper() and tokens[at - 1].text[:1].isupper() and at > verb.clause.start
    at_work = word in w.AT_WORK and verb.last in {"in", "at", "from", "of"}
    doing = word.endswith("ing") and not at_work and len(word) > len("going") and word not in w.NOT_DOING
    return doing and not named and word not in w.CALL and word not in w.PHRASAL


def _beyond(verb: Verb, last: int) -> Sequence[Token]:
    return verb.tokens[last + 1 : verb.clause.end]


def _their_phones(verb: Verb) -> bool:
    """ "Their phones go live": things, no talk."""
    return verb.word == "phones" and verb.last in w.POSSESSIVE | {"cell", "mobile", "desk"}


def _on_the_phone(before: list[str]) -> bool:
    """ "By phone", "on the phone", "on her mobile", "on the other end of the line"."""
    owned = before[-1:] != [] and before[-1] in {"the", "his", "her", "their"}
    return before[-1:] == ["by"] or (owned and bool({"on", "over"} & set(before[-6:])))


def _call(verb: Verb, last: int, tense: str) -> Act | None:
    """The call that `verb` says, its last word token `last`; a talk between others and a doing that only sounds like
    one are something else, and none at all is None."""
    on_duty = verb.word in {"call", "calls"} and verb.last == "on" and verb.following != "with"
    if verb.before[-2:] == ["on", "call"] or on_duty:
        return None
    if _no_talk(verb, last):
        return Act(verb.at, "other")
    if verb.word.startswith("r") and verb.after[:2] == ["a", "bell"]:
        return None
    if _between_others(verb.word, verb) or _of_others(verb, last):
        return Act(verb.at, "other", theirs=True)
    past = is_past_call(tense, verb.before, verb.noun, [token.word for token in _beyond(verb, last)])
    return Act(verb.at, "call", past=past, negated=verb.negated, noun=verb.noun)


def _no_talk(verb: Verb, last: int) -> bool:
    """ "A sales call", "their weekly call"; "he may ring", "the surveyor is calling round": no talk that is set."""
    if verb.noun and (verb.last in _INSIDE_CALLS or "theirs" in verb.after or _own_routine(verb.before)):
        return True
    drops_in = last + 1 < len(verb.tokens) and verb.tokens[last + 1].word in {"ahead", "round", "around"}
    return verb.third and (drops_in or not {"might", "may"}.isdisjoint(verb.before[-3:]))


def _of_others(verb: Verb, last: int) -> bool:
    """It is ours among ourselves, or theirs with somebody else."""
    if _ours_call(verb.before) or (verb.noun and _gives_another(verb)):
        return True
    return other_party(_beyond(verb, last), verb.dates, last + 1, verb.third, verb.noun)


def _between_others(word: str, verb: Verb) -> bool:
    """ "Sam and Jane are talking", "they'll speak": with each other; not "they can talk"."""
    before = verb.before
    talks = word in {"talk", "speak", "talking", "speaking", "chatting"} or (word == "chat" and "having" in before)
    if not talks or not verb.third:
        return False
    several = {"they're", "they'll"} & set(before) or (
        {"they", "and", "them"} & set(before) and {"are", "will", "would"} & set(before)
    )
    return bool(several) and w.WILLING.isdisjoint(before)


def _gives_another(verb: Verb) -> bool:
    """ "Lucy is giving the bank a call"; not "I'll give him a call"."""
    giving = (i for i, word in enumerate(verb.before, verb.clause.start) if word in {"give", "giving", "gives"})
    given = next(giving, None)
    if given is None or verb.tokens[given + 1].word in {"me", "us", "you"}:
        return False
    return Verb(verb.tokens, given, verb.clause, verb.dates).third


def _ours_call(before: list[str]) -> bool:
    """ "My boss is calling me", "Jess in our support team will ring": a talk on our side."""
    for at, word in enumerate(before[:-1]):
        if word == "my" and before[at + 1] in w.COLLEAGUES:
            return True
        if word == "our" and before[at - 1 : at] in (["in"], ["from"]) and w.OUR_SIDE & set(before[at + 1 : at + 4]):
            return True
    return False


def _own_routine(before: list[str]) -> bool:
    """ "Their weekly call": a talk among themselves."""
    return before[-1:] != [] and before[-1] in w.ROUTINE and not {"our", "we", "we've", "my"} & set(before)


def _noun_talk(verb: Verb, *, past: bool | None = None) -> Act:
    """A talk that is named by a noun."""
    return Act(verb.at, "call", past=verb.over if past is None else past, negated=verb.negated, noun=True)


def _weak(verb: Verb) -> Act | None:
    """A meeting, a follow-up, another try: a talk where none else is named."""
    word, words = verb.tokens[verb.at].word, verb.after
    if word == "follow":
        if words[:1] != ["up"]:
            return None
        words = words[1:]
    if word in {"try", "trying"}:
        again = {"him", "her", "them", "again", "back"} & set(words[:3]) and words[:1] != ["to"]
        kind = "call" if again else "weak" if _another_try(verb) else ""
        return Act(verb.at, kind, negated=verb.negated) if kind else None
    if word in {"chase", "chasing", "reach"} and not set(words[:3]) & {"him", "her", "them", "out", "up"}:
        return None
    if not _WRITTEN.isdisjoint(words[:6]):
        return Act(verb.at, "other")
    kind = "weak" if word not in _MEETINGS or _is_ours(verb) else "other"
    past = verb.over or (word in _MEETINGS and not {"had", "last"}.isdisjoint(verb.before))
    return Act(verb.at, kind, past=past, negated=verb.negated)


def _another_try(verb: Verb) -> bool:
    """ "I'll try it tomorrow", "Thursday I try at the same hour"; not "they try it on Thursday"."""
    at = verb.at + 1
    at += verb.after[:1] == ["it"]
    at += not _BEFORE_A_TIME.isdisjoint(verb.after[at - verb.at - 1 : at - verb.at])
    said_before = not verb.after or verb.after[0] == "at"
    return not verb.third and (at in verb.dates or (said_before and verb.at - 2 in verb.dates))


def _is_ours(verb: Verb) -> bool:
    """Of a meeting: not "their board meeting", "she's meeting the owners"."""
    ours = not _US.isdisjoint(verb.before) or not {"him", "her", "them", "us", "me"}.isdisjoint(verb.after[:2])
    set_up = not _SET_UP.isdisjoint(verb.before)
    with_them = not verb.before and (verb.after[:1] == ["with"] or verb.at + 1 in verb.dates)
    if not MOVE.isdisjoint(verb.before[-3:]):
        return True  # "wants to postpone the meeting"
    third = verb.third and _COMMITS.isdisjoint(verb.before)
    return (ours or with_them or set_up) and not third and verb.last not in _THEIR_MEETINGS | _OWNED
