"""The words that tell what became of a call, as rows. English only; what is not here is asked."""

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
    "note",
    "seems_note",
    "plan",
    "missed",
]
"""What a row speaks for. `in_vain`: nobody was reached, and why is not said; `missed`: they called, and reached nobody;
`plan`: a call to come. What only seems so gives way to any other."""

# Who answers in somebody else's place.
_OTHER: Final = (
    r"(?:assistant|secretary|p\.?a\.?|e\.?a\.?|receptionist|reception|front desk|switchboard|operator|colleagues?"
    r"|co-?workers?"
    r"|wife|husband|son|daughter|mum|mom|mother|dad|father|brother|sister|flatmate|roommate|gatekeeper|deputy"
    r"|apprentice|clerk|bookkeeper|nurse|hygienist|foreman|dispatcher|dispatch|call cent(?:re|er)|answering service"
    r"|office (?:girl|lady|manager|junior|staff)|duty manager|night porter|porter|caretaker|security guard|team ?mate"
    r"|somebody else|someone else|business partner|maid"
    r"|housekeeper|neighbou?r|sales desk|help ?desk|bursar's office|school office|main office|intern|trainee)"
)
_SOMEBODY: Final = r"(?:girl|guy|lad|lady|woman|man|bloke|kid|human|person|chap|fella|fellow|temp|voice)"
_THEIR: Final = r"(?:his|her|their|the|a|an|some|another|[A-Z]\w+['’]s|mr\.? \w+['’]s|mrs\.? \w+['’]s|ms\.? \w+['’]s)"
MACHINE: Final = (
    r"(?:voice ?mails?|voice message|vm|answer(?:ing)?[ -]?(?:machine|phone)|answerphone|ansaphone|mailbox|beep"
    r"|robot voice|automated (?:voice|message))"
)

_NAME: Final = (
    r"(?-i:(?!(?:Nobody|No|None|Never|Then|When|Tried|If|And|But|So|Just|Have|Has|Had|That|It|This|They|Who|Whoever"
    r"|Anyone)\b)"
    r"[A-Z][\w'’]+)"
)
"""What is written like one; patterns are else compared without case."""


class Row(NamedTuple):
    """A pattern, and what it speaks for."""

    cue: Cue
    pattern: re.Pattern[str]


def _rows(cue: Cue, *patterns: str) -> list[Row]:
    named = (re.sub(r"\[A-Z\](?:\[\\w'’\]\+|\\w\+)", lambda _: _NAME, pattern) for pattern in patterns)
    return [Row(cue, re.compile(pattern, re.IGNORECASE)) for pattern in named]


ROWS: Final[tuple[Row, ...]] = (
    *_rows(
        "voicemail",
        r"\b(?:got|get|getting|hit|reached|met|it was|just|only|another|went|goes|going|gone|straight|right"
        r"|through|into|to"
        r"|on|from|by|with|left|leaving|leave|talked|talking|spoke|speaking|again|by)\b(?:(?! (?:and|then|after"
        rf"|but|so)\b) [\w'’]+){{0,5}}? {MACHINE}\b",
        r"^\W*(?:(?:ok(?:ay)?|well|so|um|uh|right|just|and|another|yet another|only|straight to|still|her|his"
        r"|their|got"
        rf"|the|more|same old|surprise surprise)\W+)*{MACHINE}\b(?! (?:system|service|software|platform|product"
        r"|solution|menu|project|contract|upgrade|package))",
        rf"\b{MACHINE} (?:again|for|at|once more|full|picked up|kicked in|came on|it is|it was|still|only|third"
        r"|second)\b",
        r"\b(?:mail ?box|voice ?mail)(?: box)?(?:['’]s| is| was)? (?:still )?full\b",
        r"\bleft (?:(?:her|him|them|mr\.?|mrs\.?|ms\.?|dr\.?|[A-Z][\w'’]+)\W+){0,3}(?:a|another|one more|my"
        r"|my third|my second"
        r"|the same|a (?:short|quick|long|brief|second|third|fourth|detailed|friendly"
        r"|polite))(?: \w+)? messages?\b(?! with| at"
        r" (?:the )?(?:reception|front desk|desk|office))",
        r"\bleft (?:a |another )?(?:message|msg)s?\b(?! with| at (?:the )?(?:reception|front desk|desk|office))",
        r"\bleft my (?:name|number|details)\b",
        r"\b(?:got|hit|reached|to|just|only) (?:the|a|his|her|their) (?:machine|recording|greeting)\b|^\W*machine\b",
        r"\bleft one (?:after|at|on) the (?:beep|tone)\b",
        r"\bafter the (?:beep|tone)\b",
    ),
    *_rows(
        "no_answer",
        r"\b(?:no ?(?:one|body)|not a soul|nobody at all)\b(?:\W+[\w'’]+){0,3}?\W+(?:answer\w*|pick(?:ed|s"
        r"|ing)? (?:it |the phone )?up"
        r"|in|there|home|available|came to the phone)\b",
        r"\b(?:no|without(?: an?)?|not an?) (?:answer|reply|response|pick-?up|dice on the phone)\b(?! (?:to"
        r"|from) (?:my|the) (?:e-?mail|letter|quote))",
        r"\b(?:did(?:n['’]t| not)|would(?:n['’]t| not)|never|does(?:n['’]t| not)|is(?:n['’]t| not)|not|wasn['’]t"
        r"|weren['’]t) (?:even )?"
        r"(?:answer(?:ed|ing)?|pick(?:ed|ing)? (?:it |the phone )?up)\b(?! (?:my|the) (?:e-?mail|question))",
        r"\b(?:rang|rings|ringing|rung|it just rang|let it ring|phone rang)\b(?:\W+[\w'’]+){0,5}?\W+(?:out"
        r"|off the hook|forever|for ever|"
        r"and rang|and rings|on and on|for ages|ten times|a dozen times|twenty times|a minute|until it (?:stopped"
        r"|cut))\b",
        r"\brang (?:and rang|out)\b|\bjust ringing\b|\bkept (?:on )?ringing\b|\bit (?:just )?rings and rings\b",
        r"\b(?:line|number|it|phone)(?: (?:was|is)|['’]s)? (?:always |still |constantly |just )?(?:busy|engaged)\b"
        r"|\bbusy (?:signal|tone)\b"
        r"|\bengaged tone\b|(?:^|[,;:] ?)(?:busy|engaged)(?: again)?(?=\W*$|[,;:.])",
        r"\b(?:hung up|cut off|disconnected|dropped|went dead) (?:after|on) (?:two|three|four|five|ten|\d+) rings\b",
        r"\b(?:phone|mobile|cell)(?: (?:was|is)|['’]s)? (?:switched |turned )?off\b(?! (?:to|the))",
        r"\b(?:declined|rejected|bounced|screened|ignored) (?:my|the) call\b|\bcall (?:was )?(?:declined|rejected)\b",
        r"\bcould(?:n['’]t| not) be reached\b|\bnot reachable\b|\bunreachable\b",
    ),
    *_rows(
        "gatekeeper",
        r"\b(?:spoke|talked|chatted|speaking|got|reached|was talking|had) (?:only |just |briefly |again )?(?:to"
        r"|with|on to|through to|as far as)?"
        rf"(?:\W*only\W*)? ?{_THEIR}(?: [\w-]+){{0,2}}? {_OTHER}\b(?! (?:said yes|numbers?|lines?"
        r"|in (?:the end )?and))",
        r"\b(?:spoke|talked|chatted) (?:to|with) (?:reception|switchboard|the front desk|dispatch|somebody else"
        r"|someone else)\b",
        r"\b(?:got|reached) (?:only |just |as far as |no further than )?(?:reception|the switchboard"
        r"|the front desk|dispatch)\b",
        rf"\b(?:{_OTHER}|{_SOMEBODY})\b(?:['’]s|\W+who)?(?:,? (?:at|in|from|on|of|for|over"
        rf"|there)\b(?: [\w'’]+){{0,4}}?)?,?(?: \w+)?? (?:picked (?:it |the phone )?up|answer(?:ed|s)|took (?:a|the"
        r"|my|down)|taking a message|"
        r"has taken|took it|wouldn['’]t|would not|won['’]t|said|says|told me|tells me|reckons|reckoned|promised"
        r"|will pass|is passing|"
        r"passed|put me (?:off|on hold)|fobbed me|blocked|stonewalled|knew nothing|asked me to)",
        rf"\b(?:answered|picked up) by {_THEIR}? ?(?:\w+ )?{_OTHER}\b|\b(?:it was|this was|that was) (?:only "
        rf"|just )?{_THEIR} {_OTHER}\b",
        r"\b(?:would(?:n['’]t| not)|won['’]t|refused to|did(?:n['’]t| not)) (?:put|let|connect) me (?:through"
        r"|past)\b|\bcouldn['’]t get past\b|\bdidn['’]t get past\b",
        r"\bleft (?:a |my |the )?(?:message|word|name|number|name and number|details) (?:with|at) (?!the beep"
        r"|the tone)",
        r"\b(?:took|taken|take|pass(?:ed|ing)? on|will pass on|pass along) (?:a|my|the) message\b",
        r"\b(?:whoever|the (?:one|person|guy|girl|lady|lad|woman|man)(?: who)?|somebody|someone|some (?:guy|girl"
        r"|lad|lady|kid|woman|man|bloke))"
        r"(?: there| else)? (?:picked up|answered)\b",
        r"\b(?:he|she|they)(?:['’]s| is| was|['’]re| are)? (?:in a meeting|in meetings|off sick|on leave|on holiday"
        r"|on vacation|out of the office"
        r"|not in|out on site|at lunch|on another (?:call|line)|away)(?:\b[^.;]{0,30})? (?:they|she|he|reception"
        r"|the \w+) (?:said|says|told)\b",
    ),
    *_rows(
        "wrong_number",
        r"\bwrong (?:number|person|company|\w+ entirely)\b(?! of)",
        r"\b(?:number|line)(?:['’]s| is| was) (?:now |just |completely )?dead\b",
        r"\b(?:number|line|it)(?:\W+\w+){0,6}?(?:['’]s| is| was|['’]s been| has been)? (?:now |been "
        r"|just )?(?:out of service|disconnected|not in service|no longer in (?:service|use)"
        r"|unobtainable|not recogni[sz]ed|discontinued|invalid|a fax|not in use)\b",
        r"\b(?:number|line) (?:doesn['’]t|does not|no longer) (?:exist|work|connect)s?\b|\bnumber (?:belongs"
        r"|now belongs) to\b|\bdead (?:number|line)\b",
        r"\b(?:not|no longer|isn['’]t|wasn['’]t) (?:his|her|their|the right|a working) number\b"
        r"|\bsomebody else['’]s number\b",
        r"\bfax (?:tone|machine|screech|number)\b(?! (?:order|sale))",
        r"\b(?:never|not) heard of (?:any |a )?(?:him|her|them|mr|mrs|ms|[A-Z]\w+)\b",
        r"\bnumber (?:you have dialled|you have dialed|I have (?:is|was) (?:wrong|old))\b|\bno such number\b",
    ),
    *_rows(
        "they_called",
        r"\b(?:he|she|they|[A-Z][\w'’]+|mr\.? \w+|mrs\.? \w+|ms\.? \w+|dr\.? \w+)(?:['’]s|['’]ve)? (?:just "
        r"|actually |finally |has just |has |then |straight "
        r"|even |kindly |only |already )*(?:rang|called|phoned|buzzed|dialled|dialed|rung) (?:me|us|in|my (?:mobile"
        r"|cell|desk|office))\b",
        r"\b(?:he|she|they|[A-Z][\w'’]+)(?:['’]s|['’]ve)? (?:just |actually |then |straight |finally |himself "
        r"|herself )*(?:rang|rung|called|phoned)(?: (?:me )?(?:straight |right )?back\b| (?:to (?:say|ask|tell|let"
        r"|thank|check|confirm|complain|cancel|move|order|see)|in\b|about\b|up\b|out of the blue|first|wanting"
        r"|asking|this|today|just)|,|\W*$)",
        r"\b(?:incoming|inbound)\b(?: call)?|\b(?:had|got|took|received|answered|fielded) (?:a |the "
        r"|an )?(?:unexpected |surprise |quick |short )?(?:(?:inbound|incoming) )?(?:phone )?call from\b"
        r"|\bcall (?:just )?(?:came|come) in\b|\b(?:got|had) a (?:ring|bell|buzz) from\b",
        r"\b(?:returned|returning) my (?:call|voice ?mail|message)\b|\bgot back to me (?:by phone|on the phone)\b"
        r"|\bmy phone rang\b|\bcaught me (?:on|in) my\b",
    ),
    *_rows(
        "reached",
        r"\b(?:spoke|spoken|speaking|talked|talking|chatted|chatting|chat|conversation|word|catch[ -]?up|call|convo"
        r"|phone call|talk|natter) (?:\w+ )?(?:to|with)\b",
        r"\b(?:off|on) (?:the phone|the blower|the horn|a call|a zoom|the line|the call|the dog) (?:with|to)\b"
        r"|\b(?:finished|ended|hung up)(?: \w+)? (?:the phone|with|a call|that call)\b|\bjust off with\b",
        r"\b(?:got|getting) (?:a ?)?hold of\b|\b(?:got|get) (?:straight |right |finally )?through to\b"
        r"|\bput (?:me )?(?:straight |right )?through to\b|\btransferred me to\b|\bgot the right (?:guy|man|woman"
        r"|person|number|one)\b",
        r"\b(?:he|she|they|[A-Z][\w'’]+)(?: himself| herself)? (?:finally |actually |even |did "
        r"|eventually )*(?:picked (?:it |the phone )?up|answered(?! (?:my|the) e)|took my call|came (?:on"
        r"|to) the (?:line|phone))\b",
        r"\b(?:caught|reached|collared|nabbed|tracked down|pinned down|raised|got) (?:\w+ ){0,3}?(?:in the end"
        r"|at last|on (?:the|his|her|their) (?:phone|mobile|cell|line|second|third|way)|today|this time|finally"
        r"|himself|herself|at (?:his|her) desk)\b",
        r"\b(?:finally|eventually|at last|managed to|today I|then I|and I) (?:got|reached|caught|raised|spoke"
        r"|talked|speak|reach|catch|get)\b(?! (?:a|the|an|no|voice|through|her voice|his voice|nowhere))",
    ),
    *_rows(
        "seems_reached",
        r"\b(?:good|great|nice|lovely|long|short|quick|brief|productive|decent|solid|interesting|friendly|excellent"
        r"|useful|tough|rough|difficult|pleasant|first|discovery|intro(?:ductory)?|follow[- ]?up|demo"
        r"|check-?in) (?:call|chat|talk|conversation|one|phone call|catch-?up) (?:with|today|just now|this)\b"
        r"|\bhad (?:a |an |another )?(?:\w+ ){0,2}(?:call|chat|talk|conversation|word|natter)\b",
        r"^\W*(?:ok(?:ay)?,? |so,? |right,? |well,? |um,? |alright,? )*(?:that (?:was|is|were)|this (?:was|is)"
        r"|just (?:had|did))\b(?! (?:voice|a voice|the voice|his|her|the answer|an answer|wrong|a wrong|six|three"
        r"|two|the third|the second|about|regarding|for|it\b|all))",
        r"\bwe (?:talked|spoke|chatted|discussed|agreed|settled|set|went (?:over|through)|covered|ran through"
        r"|had (?:a|an|our)|were on|finally (?:spoke|talked)|left it|arranged|said|fixed|landed|decided|got (?:on"
        r"|into|as far))\b",
    ),
    *_rows(
        "in_vain",
        rf"\b(?:spoke|talked|chatted) (?:to|with) {_THEIR}(?: [\w-]+){{0,2}}? {_SOMEBODY}\b",
        r"\b(?:did(?:n['’]t| not)|could(?:n['’]t| not)|can(?:['’]t|not)|have(?:n['’]t| not)|has(?:n['’]t| not)"
        r"|never|not|no luck|without|unable to|failed to|yet to|wasn['’]t able to|still can['’]t)"
        r"(?: \w+){0,3}? (?:speak|spoken|speaking|talk|talked|talking|reach|reached|reaching|get (?:a )?hold"
        r"|got (?:a )?hold|getting (?:a )?hold|get through|got through|getting through|get (?:him|her|them)\b"
        r"|got (?:him|her|them)\b|catch|caught|raise|connect)",
    ),
    *_rows(
        "missed",
        r"\b(?:he|she|they|[A-Z][\w'’]+)(?:['’]d| had| has)? (?:left|leaves) (?:me|us) (?:a|another|two"
        r"|three)\b[^.;]{0,20}\b(?:voice ?mail|message)",
        r"\b(?:got|had|have|found|listened to|heard)(?: \w+)? (?:voice ?mails?|(?:voice )?messages?) from\b"
        r"|\bmissed (?:a |two |three )?calls? from\b",
    ),
    *_rows(
        "seems_in_vain",
        r"\bmissed (?:him|her|them|each other|my call|[A-Z]\w+)\b|\bno (?:joy|luck|dice)\b(?! with the)"
        r"|\b(?:nowhere|phone tag)\b|\b(?:he|she|they)(?:['’]s| is| was|['’]re| were)? (?:out|away|not in|not there"
        r"|unavailable|busy|in a meeting|in meetings|on leave|on holiday|on vacation|off sick|off today|at lunch)\b",
        r"^\W*(?:I )?(?:just )?tried (?:to (?:call|ring|phone|reach|get)|(?:calling|ringing|phoning|reaching)"
        r"|[A-Z]\w+|him|her|them|again)\b",
        r"\bas soon as I said (?:who|where|my)\b|\bhung up on me\b",
    ),
    *_rows(
        "note",
        r"\bnote to (?:self|myself)\b|\b(?:a |quick |just a )reminder\b|^\W*reminder\b|\bremember(?:ed)? (?:to|that"
        r"|I)\b|\bto-?do\b|\bmental note\b|\bmemo to (?:self|myself|me)\b|\bdon['’]t (?:let me )?forget\b",
        r"\b(?:saw|read|noticed|spotted|found|looked|checked|heard)\b[^.;]{0,30}\b(?:linkedin|website|web site"
        r"|online|facebook|instagram|newspaper|paper|news|article|newsletter|press release|trade press"
        r"|through the grapevine|on the radio|crm|file|notes|companies house)\b|\blinkedin\b",
        r"\b(?:not a call|this isn['’]t (?:a|about a) call|nothing to do with a call"
        r"|haven['’]t (?:actually )?spoken|just (?:a note|thinking|jotting|noting|logging|writing)|jotting"
        r"|thought of|idea for|correction to|amend(?:ment|ing)?|my (?:last|previous) (?:memo|note))\b",
        r"\b(?:got|had|received|there was|just in)(?: \w+){0,3} (?:e-?mail|email|letter|text|whatsapp"
        r"|message on linkedin|linkedin message|post ?card|fax|dm|teams message|slack) (?:from|off)\b",
        r"\bno call (?:today|made|yet|this time|here)\b|\bhaven['’]t (?:called|rung|phoned) (?:yet|her|him|them"
        r"|[A-Z]\w+)\b|\b(?:didn['’]t|did not|not) (?:call|ring|phone) (?:today|her|him|them|anyone|anybody)\b"
        r"|\bbefore I (?:call|ring|phone)\b|\bprep(?:aring|aration)? for\b",
    ),
    *_rows(
        "seems_note",
        r"\b(?:got|had|received|sent|there was|answered|read|just in)(?: \w+){0,3} (?:e-?mail|email|letter|text"
        r"|whatsapp|message on linkedin|linkedin message|post ?card|fax|dm|teams message|slack) (?:from|to|off)\b",
        r"\b(?:e-?mailed|texted|messaged|whatsapped|wrote|dm['’]?d|faxed|posted|mailed)(?: to)? (?:me|her|him|them"
        r"|us|[A-Z]\w+)\b|\b(?:he|she|they|[A-Z]\w+) (?:just )?(?:e-?mailed|texted|messaged|wrote|replied)\b"
        r"|\bby e-?mail\b(?! (?:it|the|her|him))",
        r"\b(?:met|saw|visited|ran into|bumped into|bumped in to|sat down with|had (?:lunch|coffee|breakfast|dinner"
        r"|a meeting) with|was (?:at|in) (?:the |their )?(?:trade|fair|show|site|stand|booth|office)|dropped (?:in"
        r"|by)|drove (?:by|past|out)|popped in|called in at|stopped by|site visit|in person|face to face"
        r"|walked in)\b",
    ),
    *_rows(
        "plan",
        r"^\W*(?:I )?(?:have to|have got to|need to|must|gotta|got to|ought to|should|remember to|owe|going to"
        r"|want to) (?:\w+ ){0,3}?(?:call|ring|phone|buzz)\b",
        r"\bcalls? to (?:make|put in|do)\b|\bcalls? (?:list|sheet)\b",
    ),
)
"""In no order: all that fit count."""
