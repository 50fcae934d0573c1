"""What the words of review.outcome_words and review.outcome_talk_words are made of."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Cue = Literal[
    "voicemail",
    "no_answer",
    "gatekeeper",
    "wrong_number",
    "they_called",
    "reached",
    "seems_reached",
    "in_vain",
    "seems_in_vain",
    "seems_gatekeeper",
    "passed_on",
    "note",
    "visit",
    "written",
    "plan",
    "missed",
]
"""What a row speaks for. `in_vain`: nobody was reached, and why is not said; `passed_on`: somebody is away, or is to be
told; `missed`: they called, and reached nobody; `visit`, `written`: they were met, or written to; `plan`: a call to
come. What only seems so gives way to any other."""

# Who answers in somebody else's place.
OTHER: Final = (
    r"(?:assistant|secretary|p\.?a\.?|e\.?a\.?|receptionist|reception|front desk|switchboard|operator|colleagues?"
    r"|co-?workers?"
    r"|wife|husband|son|daughter|mum|mom|mother|dad|father|brother|sister|flatmate|roommate|gatekeeper|deputy"
    r"|apprentice|clerk|bookkeeper|nurse|hygienist|foreman|dispatcher|dispatch|call cent(?:re|er)|answering service"
    r"|office (?:girl|lady|manager|junior|staff)|duty manager|night porter|porter|caretaker|security guard|team ?mate"
    r"|somebody else|someone else|business partner|maid|guards?|gate ?house|gateman|doorman|concierge|cashier|waiter"
    r"|waitress|sous chef|store ?man|warehouse ?man|custodian|janitor|cleaner|nanny|babysitter|carer|teenager|boyfriend"
    r"|girlfriend|fianc[eé]e?|partner|grand(?:mother|ma)|niece|nephew|uncle|aunt|cousin"
    r"|\w+[ -]in[ -]law|daddy|granny|matron|orderly|coordinator|sidekick|minion|underling|junior"
    r"|after[ -]hours(?: \w+)?"
    r"|chief of staff|security|weighbridge|office people|front office|call cent(?:re|er) agent|personal assistant"
    r"|executive assistant|virtual assistant|admin(?:istrator)?|office manager|gate|lobby|main desk"
    r"|phone bank|answering (?:people|lady|girl|company)|call handler|telephonist|number two|stand-?in|locum"
    r"|housekeeper|neighbou?r|sales desk|help ?desk|bursar's office|school office|main office|intern|trainee)"
)
SOMEBODY: Final = (
    r"(?:girl|guy|lad|lady|woman|man|bloke|kid|human|person|chap|fella|fellow|temp|voice"
    r"|girls|youngster|boy|gentleman|character|soul|stranger)"
)
THEIR: Final = r"(?:his|her|their|the|a|an|some|another|[A-Z]\w+['’]s|mr\.? \w+['’]s|mrs\.? \w+['’]s|ms\.? \w+['’]s)"
MACHINE: Final = (
    r"(?:voice ?mails?|voice message|vm|answer(?:ing)?[ -]?(?:machine|phone)|answerphone|ansaphone|mailbox|beep"
    r"|voice ?box|auto(?:mated)? attendant|robot voice|automated (?:voice|message))"
)

NAME: Final = (
    r"(?-i:(?!(?:Nobody|No|None|Never|Then|When|Tried|If|And|But|So|Just|Have|Has|Had|That|It|This|They|Who|Whoever"
    r"|Anyone|Anybody|Someone|Somebody|Phone|Line|Number|Mobile|Cell|Landline|Bell|Just|Only|Also|Even|Once|Twice"
    r"|Again|Still|Finally|Today|Yesterday|Also|Which|Where|What|How|Why|Because|After|Before|While|Until|You|We|She|He"
    r"|I|Ring|Call|Called|Rang|Phoned|Got|Left|Spoke|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|One|Two|Three|Four|Five"
    r"|Six|Seven|Eight|Nine|Ten|Twelve|Fifteen|Twenty|All|Both|Neither)\b)"
    r"[A-Z][\w'’]+)"
)
"""What is written like one; patterns are else compared without case."""


class Row(NamedTuple):
    """A pattern, and what it speaks for."""

    cue: Cue
    pattern: re.Pattern[str]


def rows(cue: Cue, *patterns: str) -> list[Row]:
    named = (re.sub(r"\[A-Z\](?:\[\\w'’\]\+|\\w\+)", lambda _: NAME, pattern) for pattern in patterns)
    return [Row(cue, re.compile(pattern, re.IGNORECASE)) for pattern in named]
