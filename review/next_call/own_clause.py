"""How a date stands to a call by what its own clause says."""

from collections.abc import Sequence

from review.next_call.expressions import Expression
from review.next_call.mentions import Mention
from review.next_call.own_facts import OwnClause, relation
from review.next_call.tokens import Token
from review.next_call.told import Told
from review.next_call.verdicts import (
    CALL,
    CONDITION,
    DECLINED,
    EVENT,
    OPEN,
    PAST,
    STANDINGS,
    WEAK,
    WHAT_DAY_IT_IS,
    Row,
    Verdicts,
)

# What a call is long before.
_FAR_OFF = frozenset(
    "contract renewal warranty lease expires expiry expire deadline agreement due renews budget fiscal".split()
)
OWN = Verdicts(
    OwnClause,
    STANDINGS,
    Row(
        "called_off",
        DECLINED,
        "the call was called off",
        "The call on Tuesday is off, he's ill. => -",
        "The call on Tuesday is on. => 2026-11-24",
    ),
    Row(
        "said_not",
        DECLINED,
        "said with “not”",
        "I'm calling him Tuesday instead of Monday. => 2026-11-24",
        "I'm calling him Tuesday, not e-mailing. => 2026-11-24",
    ),
    Row(
        "said_since",
        DECLINED,
        "said with “since”",
        "He's been waiting for a call since Monday. => -",
        "Since he asked, I'll call on Monday. => 2026-11-23",
    ),
    Row(
        "moved_here",
        OPEN,
        "",
        "A call is set for Monday. She spoke to her boss and had to move our call to Thursday. => 2026-11-26",
        "Call Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "other over",
        PAST,
        "it tells what happened",
        "I was going to e-mail her on Thursday. => -",
        "When he's back on Tuesday I'll call. => 2026-11-24",
    ),
    Row(
        "other past !reported",
        PAST,
        "it tells what happened",
        "He has messaged that Wednesday he is travelling, call on Friday at eleven. => 2026-11-20 11:00",
        "We said Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "held_today",
        PAST,
        "it is the talk just held",
        "Got to speak with her today. => -",
        "Got to speak with her Friday. => 2026-11-20",
    ),
    Row(
        "fell_through",
        PAST,
        "that talk is over",
        "We had agreed to talk on Monday and he didn't pick up. => -",
        "We had agreed to talk on Monday. => 2026-11-23",
    ),
    Row(
        "took_place",
        PAST,
        "that talk is over",
        "We'd agreed I'd ring today and I did. => -",
        "We'd agreed I'd ring Friday and he left. => 2026-11-20",
    ),
    Row(
        "over",
        PAST,
        "that talk is over",
        "We spoke on Tuesday at ten. => -",
        "We'll speak on Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "noun past !settles !with_a",
        PAST,
        "that talk is over",
        "She refused to book a call for Tuesday. => -",
        "She was good with a call on Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "noun just_now",
        PAST,
        "it is the talk just held",
        "Just a courtesy call today. => -",
        "Next call Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "conditional",
        CONDITION,
        "it is a condition",
        "If I haven't got it back by Wednesday I'll call him on Thursday. => 2026-11-26",
        "He asked if I'd call on Tuesday. => 2026-11-24",
    ),
    Row(
        "theirs",
        EVENT,
        "others talk with each other",
        "He calls his supplier on Tuesday. With both I speak on Friday at half one. => 2026-11-20 13:30",
        "He calls me on Tuesday. => 2026-11-24",
        "theirs",
    ),
    Row(
        "other",
        EVENT,
        "it dates something else",
        "She'll test it on Tuesday. => -",
        "She'll call on Tuesday. => 2026-11-24",
    ),
    Row(
        "negated",
        DECLINED,
        "there will be no call then",
        "I doubt he'll call on Friday. => -",
        "Don't forget to call on Friday. => 2026-11-20",
    ),
    Row(
        "has_act lasts",
        EVENT,
        "it says how long something lasts",
        "He's happy to talk until Friday. => -",
        "I was meant to call her today, she's put me off until Tuesday. => 2026-11-24",
    ),
    Row(
        "call",
        CALL,
        "a talk is set for it",
        "We're meeting on Monday and I'll call him on Tuesday. => 2026-11-24",
        "He's on call on Tuesday. => -",
        "direct",
    ),
    Row(
        "has_act",
        WEAK,
        "a meeting or follow-up is set for it",
        "I'll follow up on Tuesday at ten. => 2026-11-24 10:00",
        "The store opens Tuesday at ten. => -",
        "direct",
    ),
    Row(
        "past !settles",
        PAST,
        "it tells what happened",
        "Next call is Monday. Did I say Monday? Wednesday the 25th. => 2026-11-25",
        "We said Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "refused",
        DECLINED,
        "that day was turned down",
        "He isn't free Friday, but next Tuesday he is, so I'm phoning him then. => 2026-11-24",
        "We said Tuesday at ten. => 2026-11-24 10:00",
    ),
    Row(
        "!accepts names_day",
        EVENT,
        WHAT_DAY_IT_IS,
        "He wants a call. Next week's bad. => -",
        "I'll call Tuesday at ten. Actually she said eleven is better. => 2026-11-24 11:00",
        "final",
    ),
    Row(
        "!accepts !main",
        EVENT,
        "it dates something else",
        "I'll ring her, though Thursday is Thanksgiving. => -",
        "Brenda wants a call about the till, and that's the 24th, at three. => 2026-11-24 15:00",
    ),
    Row(
        "!accepts dates_event",
        EVENT,
        "it dates something else",
        "I'll call him. Installation on the 21st. => -",
        "I'll call him. Tuesday the 24th. => 2026-11-24",
    ),
)


def own(here: Told, expression: Expression, tokens: Sequence[Token]) -> Mention:
    """The date with its standing, which is open where its clause says nothing of it."""
    said = relation(tokens, expression, here.clause)
    mention = Mention(expression, here.clause, OPEN, "", said, ends=here.says(_FAR_OFF))
    row = OWN.of(OwnClause(mention, here, tokens))
    return mention if row is None else mention.by(row)
