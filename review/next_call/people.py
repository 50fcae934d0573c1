"""Who acts, and with whom: a talk of theirs with somebody else is not the rep's next call."""

from collections.abc import Sequence

from review.next_call import verbs as w
from review.next_call.tokens import Token

# What follows a name or a noun that acts: "Keith's going to", "the owner wants".
_AUXILIARIES = frozenset(
    "is are were have was will won't would has had wants needs should could can may might must gonna going said says "
    "reckons thinks hopes plans intends needs'll does and'll then already also".split()
)
# A capital letter at the head of a sentence makes no name of these.
_NO_NAMES = frozenset(
    "there that it what here where when how this then so and but or well okay ok right now also today tomorrow "
    "everything everyone nothing nobody anyway otherwise meanwhile first next last which group".split()
)
_DETERMINERS = frozenset("the his their a an some its this those these another each all every any".split())
_OWNED = frozenset("his her their".split())
_ANYBODY = frozenset("people folks everyone everybody corporate head hq management whoever themselves".split())
_SOMEBODY = frozenset("someone somebody me us you".split())
# The rep's own errands, when the rep is the one who dials.
_ERRANDS = frozenset(
    "factory depot supplier suppliers installer installers bank accountant landlord courier carrier distributor "
    "manufacturer insurer insurers haulier wife husband".split()
)
_COUNTED = frozenset("more few many several phone couple of sales missed these those and".split())
_RIVALS = frozenset("competitor competitors competition rival rivals".split())
_PARTICLES = frozenset("back up again around round directly first quickly briefly in on over".split())
_LINKS = frozenset("to with".split())
_CAUSES = frozenset("asked told asking telling getting got".split())
_APPOSITION = 6
# Women's names, too: "June's going to call the bank".
_MONTH_NAMES = frozenset("april june".split())
# They are what is talked of, and act on nobody: "my bit is a call with Sanjay".
_MATTERS = frozenset("plan idea thing deal best time agreement bit part job step task".split())
_NEVER_ACT = _MATTERS | w.CALL_NOUNS | w.CALL.keys()
_TIMES = frozenset("day week month time morning afternoon evening minute moment".split())


def third_person(tokens: Sequence[Token], start: int, verb_at: int) -> bool:
    """Whether the last person named ahead of the verb, in the clause from `start`, is not the rep nor told to act."""
    before, verb = tokens[start:verb_at], tokens[verb_at]
    if _only_theirs(before, verb):
        return True
    if len(before) > 1 and before[0].kind == "COMMA" and before[1].word in _AUXILIARIES:
        return _acts_before(tokens, start)
    for at in range(len(before) - 1, -1, -1):
        if _is_caused(before, at):
            return True
        if before[at].word in w.FIRST or before[at].word in w.REPORTS:
            return False
        if before[at].word in w.THIRD or _acts(before, at):
            return True
    return False


def _only_theirs(before: Sequence[Token], verb: Token) -> bool:
    """ "Calls", "speaks", which only somebody else does; "Dana's calling"."""
    last = before[-1] if before else None
    if last is None or last.kind != "WORD":
        return False
    if w.CALL.get(verb.word) == "present" and last.word not in w.POSSESSIVE | _COUNTED:
        return True
    return last.word.endswith("'s") and verb.word.endswith("ing") and last.word not in w.IMPERSONAL


def _is_caused(before: Sequence[Token], at: int) -> bool:
    """ "I've asked Dave to call them": Dave acts."""
    caused = at > 0 and before[at].word in _CAUSES and before[at - 1].word in w.FIRST
    return caused and _is_somebody(before[at + 1 : at + 2])


def _is_somebody(after: Sequence[Token]) -> bool:
    token = after[0] if after else None
    return token is not None and (token.text[:1].isupper() or token.word in {"him", "her", "them"})


def _acts_before(tokens: Sequence[Token], comma: int) -> bool:
    """ "Kevin, our tech, will call …": the name stands before what explains it."""
    at = comma - 1
    while at > 0 and comma - at <= _APPOSITION and tokens[at].kind not in {"COMMA", "STOP"}:
        at -= 1
    head = tokens[at - 1] if at > 0 and tokens[at].kind == "COMMA" else None
    named = tokens[at + 1].text[:1].isupper() and tokens[at + 1].word not in _NO_NAMES
    if head is not None and named and tokens[at + 1].kind == "WORD":
        return True
    return head is not None and head.kind == "WORD" and (head.text[:1].isupper() or head.word in w.THIRD)


def _acts(before: Sequence[Token], at: int) -> bool:
    """A name or a noun with its article that has the verb: "Con is", "Keith's going", "my manager will"."""
    token = before[at]
    following = before[at + 1].word if at + 1 < len(before) else ""
    bare, _, suffix = token.word.partition("'")
    if (
        not _has_verb(bare, suffix, following)
        or bare in _NEVER_ACT
        or not (token.kind == "WORD" or _is_month_name(token, bare, at))
    ):
        return False
    named = token.text[:1].isupper() and bare not in _NO_NAMES and bare not in w.OTHER
    if named and suffix == "s" and _is_owned(following):
        return False
    return named or (_has_article(before, at) and (following in _AUXILIARIES or suffix == "ll"))


def _has_verb(bare: str, suffix: str, following: str) -> bool:
    """ "Keith's going", "Con is"; in "Will have another go at three" nobody is called Will: he has."""
    return suffix in {"s", "ll", "d"} or (following in _AUXILIARIES and (bare, following) != ("will", "have"))


def _is_month_name(token: Token, bare: str, at: int) -> bool:
    """ "June's going to call the bank"."""
    return bare in _MONTH_NAMES and token.text[:1].isupper() and at == 0


def _is_owned(following: str) -> bool:
    """ "Keith's number": owned, not acting."""
    acting = following in _AUXILIARIES | {"got", "been"} or following.endswith("ing")
    return following != "" and not acting


def _has_article(before: Sequence[Token], at: int) -> bool:
    """ "The manager", "my manager", "Dana's manager"."""
    article = {token.word for token in before[max(0, at - 2) : at]}
    owned = at > 0 and before[at - 1].word.endswith("'s") and before[at - 1].text[:1].isupper()
    return owned or not article.isdisjoint(_OWNED | {"the", "my", "our"})


def other_party(after: Sequence[Token], dates: frozenset[int], at: int, third: bool, noun: bool) -> bool:
    """He talks to his partner, I ring our warehouse: not a talk with the account.

    `after` are the words behind the verb, the first of them token `at`; `dates` are the tokens that name days.
    """
    step = 0
    while step < len(after) and after[step].word in _PARTICLES and at + step not in dates:
        step += 1
    if third and not noun:
        step = _beyond_day(after, dates, at, step)
    linked = step < len(after) and after[step].word in _LINKS
    step += linked
    if noun and linked and after[step - 1].word == "to" and _is_doing(after[step : step + 2]):
        return False  # "by phone to do the stripes"
    if step >= len(after) or at + step in dates or (noun and not linked):
        return False
    return _is_other(after[step:], third, linked)


def _is_doing(after: Sequence[Token]) -> bool:
    """ "Do the stripes", "go over it"; not "suppliers", "the bank"."""
    return (
        len(after) > 1 and after[0].text[:1].islower() and after[1].word in _DETERMINERS | _OWNED | {"over", "through"}
    )


def _beyond_day(after: Sequence[Token], dates: frozenset[int], at: int, step: int) -> int:
    """ "She speaks on Monday with the auditor": where the party is named, the day stands between."""
    beyond = step
    while beyond < len(after) and (at + beyond in dates or after[beyond].word in {"on", "at"}):
        beyond += 1
    return beyond if _names_party(after[beyond : beyond + 2]) or _is_object(after, step, beyond) else step


def _is_object(after: Sequence[Token], step: int, beyond: int) -> bool:
    """ "He calls on Monday the bank"."""
    following = after[beyond : beyond + 2]
    return (
        beyond > step and len(following) == 2 and following[0].word in _OWNED | {"the"} and following[1].kind == "WORD"
    )


def _names_party(after: Sequence[Token]) -> bool:
    """ "With the auditor", "to his boss"; not "to finalize"."""
    if len(after) < 2 or after[0].word not in _LINKS:
        return False
    party = after[1].word in _DETERMINERS | {"him", "her", "them"} or after[1].text[:1].isupper()
    return after[0].word == "with" or party


def _is_other(after: Sequence[Token], third: bool, linked: bool) -> bool:
    target, following = after[0].word, after[1] if len(after) > 1 else None
    if target in _SOMEBODY:
        return False
    if not third:
        return _errand(after)
    if target in {"him", "them", "her"}:
        return True
    if target in {"my", "our"}:
        return not linked or (following is not None and following.word in _RIVALS | w.DEPARTMENTS)
    if target in _DETERMINERS:
        return following is None or following.word not in _TIMES
    named = after[0].kind == "WORD" and after[0].text[:1].isupper()
    return named or target in w.DEPARTMENTS or target in _ANYBODY or (linked and after[0].kind == "WORD")


def _errand(after: Sequence[Token]) -> bool:
    target = after[0].word
    if target in {"my", "our"}:
        return w.ACCOUNT.isdisjoint(token.word for token in after[1:3])
    return target in w.INTERNAL or (
        target == "the" and len(after) > 1 and after[1].word.removesuffix("'s") in w.INTERNAL | _ERRANDS
    )
