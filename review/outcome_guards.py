"""What keeps the words of review.outcome_words from being about this call, and what speaks for a talk without them."""

from __future__ import annotations

import re
from typing import Final

from review.outcome_cues import MACHINE, OTHER, THEIR

_DAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DIALLED: Final = r"(?:rang|called|phoned|dialled|dialed|tried|rung|buzzed|redialled|redialed)"

REPORTED: Final = re.compile(
    r"\b(?:he|she|they|who)(?:['’]d|['’]s| had| has)? (?:\w+ )?(?:said|says|told me|apologi[sz]ed|complained"
    r"|mentioned|explained|admitted|thinks|reckons|swore)\b",
    re.IGNORECASE,
)
"""What follows in the sentence is theirs: it tells that they were spoken with, and not what became of the call."""

CONTENT: Final = re.compile(
    r"\b(?:he|she|they)(?:['’](?:s|d|ve|re|ll))? \w+|\b(?:he|she|they)['’](?:s|d|ve|re|ll)\b"
    r"|\b(?:said|says|agreed|wants?|wanted|asked|asks|told me|reckons|confirmed|mentioned)\b"
    r"|^\W*(?:wants|needs|likes|loves|asked|said|says|told me|agreed|would like|isn['’]t interested|not interested"
    r"|keen|happy|gave|got)\b"
    r"|\b(?:told|asked|promised|offered|reminded|gave|quoted|sold) (?:her|him|them|me|us|the |(?-i:[A-Z]))"
    r"|\bI (?:quoted|explained|pitched|walked|said|apologi[sz]ed|agreed)\b|\bI['’]?m to (?:ring|call|phone|get|give"
    r"|speak|send)\b"
    r"|\bwe(?:['’]re| are|['’]ll| will)? (?:talk|talking|speak|speaking|meet|meeting|having|doing)\b"
    r"|\bour next call\b|\bspeaking again\b",
    re.IGNORECASE,
)
"""What only somebody who was spoken with can have said or been told."""

HEARSAY: Final = re.compile(
    rf"\b{MACHINE} (?:says|said|told)|\bgreeting\b|\b(?:out of office|away message|auto-?reply)\b", re.IGNORECASE
)

EARLIER: Final = re.compile(
    rf"\b(?:last (?:time|week|month|year|night|spring|summer|autumn|fall|winter|quarter|call|{_DAYS})|yesterday"
    r"|the other day|the day before"
    r"|(?:days?|weeks?|months?|years?|a while|while) (?:ago|back)|earlier (?:this|in the) (?:week|month|year)"
    r"|all (?:last )?week|(?:for|in) (?:\w+ )?(?:weeks|days|months)|(?:'d|’d|had|have|'ve) been (?:getting|trying"
    r"|chasing|calling|ringing|leaving)"
    r"|previously|back in|before that|originally"
    rf"|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|first time"
    rf"|(?:{_DIALLED}|spoke|talked|left|got|e-?mailed|met|was)\b(?:\W+[\w'’]+){{0,5}}? (?:on )?(?:{_DAYS}"
    r"|(?:on )?the \d+(?:st|nd|rd|th))\b"
    r"|(?:I|he|she|they|we)['’]d (?:already |just )?(?:left|tried|called|rung|phoned|got|spoken|talked|had|missed)"
    r"|had (?:already |just )?(?:left|tried|called|rung|phoned|spoken|missed)"
    r"|after (?:leaving|getting|trying|(?:\w+ )?(?:voice ?mails|messages|attempts|tries|calls))|(?:my|the"
    r"|all (?:my|the|those)|those|two|three|four|five|six|several) (?:voice ?mails|messages)"
    r"|(?:got|had|heard|received|listened to|replied to|because of|thanks? for|about) (?:my|the|both"
    r"|all) (?:\w+ )?(?:voice ?mail|message)s?)\b",
    re.IGNORECASE,
)
"""What is told of was before this call. `NOW` ends it."""

NOW: Final = re.compile(
    r"\b(?:today|just now|this (?:time|morning|afternoon|evening)|now|tonight|again|in the end|finally|at last"
    r"|(?:second|third|fourth|next) time|then|still)\b",
    re.IGNORECASE,
)

NOT_YET: Final = re.compile(
    r"\b(?:if|unless|thinking|expect(?:ing|ed)|figured I['’]d|(?:I|we)['’]d have|half expected|thought I['’]d"
    r"|should (?:she|he|they|I|we|nobody)|in case|'ll|’ll|will|won['’]t be|going to|gonna|would|might"
    r"|may|shall|can|could you|want(?:s|ed)? (?:me|her|him|them|us) to"
    r"|asked (?:her|him|them|me|us|[A-Z]\w+|for)(?: \w+)? to|asking (?:her|him|them) to|ask (?:her|him|them) to"
    r"|tell(?:ing)? (?:her|him|them) to|told (?:her|him|them|me) to|to (?=leave|call|ring|phone|speak|talk|have|get"
    r"|reach|catch)"
    r"|next time|tomorrow|let['’]s|need to|have to|has to|must|supposed to|I['’]m to|try(?:ing)? to|hope to"
    r"|hoping to|plan(?:ning)? to|until|till|once|as soon as|prefers?|rather)\b",
    re.IGNORECASE,
)
"""What comes after it in its clause has not taken place."""

TURN: Final = re.compile(
    r"\b(?:today|just now|this (?:time|morning|afternoon|evening)|tonight|in the end|finally|eventually|at last|then"
    r"|instead"
    r"|but|until|(?:him|her)self|walked in|(?:second|third|fourth) (?:time|try|attempt)|tried again|later|came on"
    r"|after)\b",
    re.IGNORECASE,
)
"""What tells that it went otherwise than before."""

PHONE: Final = re.compile(
    r"\b(?:called|calling|phoned|phoning|telephoned|rang|ringing|rings|rung|dial\w*|redial\w*|voice ?mail|answered"
    r"|answers"
    r"|picked up|picks up|hung up|blower|zoom|hands ?free|on (?:hold|the (?:phone|line|horn))|(?:over|off) the phone"
    r"|by phone"
    r"|(?:a|the|that|this|quick|good|great|long|short|cold|conference|phone) calls? (?:with|from|to|was|today))\b",
    re.IGNORECASE,
)
"""What takes a telephone."""

BEFOREHAND: Final = re.compile(r"\b(?:before|for (?:the|my|our|his|her)|next|another|follow-?up)\b", re.IGNORECASE)
"""What comes after it in its clause is a call to come."""

TO_COME: Final = re.compile(
    r"\b(?:wants?|wanted|wanting|asked for|asking for|asks for|arrange\w*|book(?:ed|ing)?|likes?|set up|schedul\w+"
    r"|agreed|propos\w+"
    r"|invit\w+|sugges\w+|offered|confirm\w*|about|for|next|before|after|since|from)\b",
    re.IGNORECASE,
)
"""Before a visit in its clause: it has not taken place, or was another time."""

DATED: Final = re.compile(
    rf"^\W*(?:(?:is|was|set|fixed|booked|moved) )?(?:for |on |next |this coming )*(?:{_DAYS}|tomorrow|next"
    rf"|the \d+(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
"""After a visit: when it is to be."""

SOMEONE: Final = re.compile(
    r"^\W*(?:to |with )?(?:(?:the|a|an|some|his|her|their|my|our|one of|somebody|someone|whoever|people|reception"
    r"|accounts|sales)\b"
    r"(?! (?:owner|buyer|boss|chairman|chairwoman|chair|principal|head|director|president|doctor|decision|big)\b)"
    r"|(?:(?-i:[A-Z])[\w.'’]+ ){0,3}(?:in|at|on|from) (?:the |their |his |her )?(?:front |sales |post )?(?:desk"
    r"|counter|stores|reception|door"
    r"|gate|switchboard|office|room|warehouse|workshop|accounts|till|lobby)\b"
    r"|(?:(?-i:[A-Z])[\w.'’]+,? ){1,3}who (?:sits|works|covers|shares|answers|does|looks|picks|minds)\b"
    r"|[^.;]{0,30}\b(?:not (?:our|the right)|another [A-Z]|our (?:lot|own|side|team)))",
    re.IGNORECASE,
)
"""What follows "spoke to" where it need not have been the contact."""

ELSE: Final = re.compile(rf"\b{THEIR} (?:\w+ )?{OTHER}\b", re.IGNORECASE)
"""Somebody in the contact's place."""

ANY: Final = re.compile(r"\b(?:a|an|some|the|another|his|her|their) (?:[\w-]+ )?$", re.IGNORECASE)
"""What comes before somebody without a name."""

A_COLLEAGUE: Final = re.compile(
    r"(?:\b(?:our|my) \w+|(?-i:\b(?!I\b|We\b|Just\b|Then\b|Finally\b|Also\b|And\b|So\b|Okay\b"
    r"|Today\b)[A-Z]\w+)) (?:has |had |just )?$",
    re.IGNORECASE,
)
"""Before "spoke to": it was not the rep who did."""

HANDED_OVER: Final = re.compile(r"\b(?:through|patched|transferred|passed|handed|took|got on|came on)\b", re.IGNORECASE)
"""A talk that somebody else led to."""

NO_CALL: Final = re.compile(r"\b(?:calls?|call(?:ed|ing)|phone|chat|in writing|note|spoken)\b", re.IGNORECASE)
"""A note that says of itself that there was no call."""
