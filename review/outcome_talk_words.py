"""The words that tell of a talk, or that there was no call, as rows. English only; what is not here is asked."""

from __future__ import annotations

from typing import Final

from review.outcome_cues import SOMEBODY, THEIR, Row, rows

TALK_ROWS: Final[tuple[Row, ...]] = (
    *rows(
        "they_called",
        r"\b[A-Z][\w'’]+ (?:rang|phoned|called) to (?!the\b)\w+|\bgot called by\b|\b[A-Z]\w+ calling me\b"
        r"|\bgot back to me\b(?! (?:by|on|with|in|via) (?:an? )?(?:e-?mail|text|writing|whatsapp))"
        r"|(?:['’]s|\bhis|\bher|\btheir) (?:wife|husband|son|daughter|mother|father|brother|sister|boss|manager"
        r"|assistant|buyer|owner"
        r"|chef) (?:just )?(?:rang|called|phoned|rings) (?:me|us|in(?! sick))\b"
        r"|\b[A-Z][\w'’]+ (?:rang|phoned|called) (?:the office|from (?:his|her|their|the|a))\b",
        r"\b(?:he|she|they|[A-Z][\w'’]+)(?:,? (?:from|over at|at|of|over in|down at|in) (?:the "
        r"|our )?[\w'’]+(?: [\w'’&]+){0,3}?)?,? "
        r"(?:just |actually )?(?:phoned|rang|rings|phones|called|buzzed|dialled in|telephoned)(?= (?:me|us"
        r"|in(?! sick)\b|back|up|while|when|wanting|asking|to (?:say|ask|tell|see"
        r"|let|check|thank|complain|cancel|confirm|order)|about|at \w+ (?:to|about|and|wanting)|out of)|,|\.|;|$)",
        r"\b(?:(?:he|she|they|[A-Z][\w'’]+) (?:rings|phones|calls) (?:me|us)\b(?! (?:a|an|the|mr|honey|by|names)\b)"
        r"|[A-Z][\w'’]+['’]s (?:called|rung|phoned) (?:me|us)\b)",
        r"\b(?:phone|cell|mobile|telephone|my desk phone) (?:goes|went|rings|rang|buzzed|started"
        r"|lit up)\b[^.;]{0,30}?\b(?:and |, )?(?:it['’]s|it was|there['’]s)\b",
        r"\b(?:my|the) (?:phone|cell|mobile|telephone)(?: \w+)? (?:rang|went|goes|rings|buzzed)\b(?= (?:in|while|at"
        r"|during|as|when|and it|and there|just)\b)"
        r"(?! (?:in|at|just) (?:the office|his|her|their|no|and rang))",
        r"\bcall (?:from|off) (?!me\b|the machine)(?=[\w'’])|^\W*(?:incoming|inbound)\b|\bbeat me to it\b"
        r"|\b(?:tried|reached|got) me (?:first|while|on|before|at)\b",
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
    *rows(
        "reached",
        r"\b(?:passed|handed|gave) (?:her|him|them) (?:over )?the phone\b|\b(?:and then|then) (?:he|she"
        r"|they) got on\b|\b(?:had|got) [A-Z]\w+ (?:on speaker|to the phone)"
        r"|^\W*on with [A-Z]\w+|\bmade contact with\b|\bdid get through to\b|\b(?:she|he|they) talked (?:for|about"
        r"|and)\b|\b(?:laugh|chat|minutes) on the (?:tele)?phone\b"
        r"|\bhad [A-Z]\w+ on (?:the|speaker|for)\b|\bdid all the talking\b|\b(?:checked|checking) in with [A-Z]\w+"
        r"|\b[A-Z]\w+ (?:him|her)self today\b",
        r"\b(?:had|got) (?:him|her|them|[A-Z][\w'’]+) (?:on (?:the|a) (?:line|phone|blower|horn|call)|live|for (?:a"
        r"|an|about|ten|twenty|five|forty|half|\w+ minutes)"
        r"|in person on the|himself|herself|at (?:supper|lunch|dinner|breakfast|home|work|last)|first (?:try|time"
        r"|ring|go))\b",
        r"\b(?:caught up|touched base|checked in|followed up|hooked up|connected|got together|done"
        r"|through) with [A-Z][\w.'’]+(?: [\w'’]+){0,3}? (?:by|over|on|via) (?:the )?(?:phone|telephone|blower|line)\b"
        r"|\b(?:minutes|hour|half an hour|while|morning) on the (?:phone|blower|line|horn) (?:with|to)\b"
        r"|\bon the (?:phone|line|blower|horn) (?:to|with) [A-Z]\w+",
        r"\b(?:chinwag|natter|chat|chats|yak|gab|heart[- ]to[- ]heart|word|words|ding-?dong|to-?and-?fro"
        r"|back[- ]and[- ]forth|frank exchange|catch-?up|pow-?wow|confab) (?:\w+ )?with\b"
        r"|\bconference call with\b|\btalked shop with\b",
        r"\b(?:he|she|they|[A-Z][\w'’]+) (?:just |even |actually )*(?:answers|answered|picks up|picked up|came on"
        r"|took the phone|took my call|grabbed the phone|came to the phone"
        r"|got on the line)(?! (?:my (?:e-?mail|letter)|the (?:e-?mail|letter)|by e))\b",
        r"\b(?:owner|boss|chairman|man|woman|lady|chef|doctor|director|manager|president) (?:him|her)self (?:answered"
        r"|picked up|came on|took)\b",
        r"\b(?:he|she|they)(?:['’]d)? (?:picked up|answered) (?:him|her)self\b|\bput (?:me )?(?:on|through) to (?:him"
        r"|her)\b|\b(?:patched|transferred|put) me (?:\w+ )?(?:through )?to\b",
        r"\bI (?:finally |just |eventually |did )?got (?:a hold of |hold of )?(?:him|her|them|[A-Z][\w]+)\b(?= (?:at"
        r"|on|in|from|over|before|between)\b|[.,;!]|$)",
        r"\b(?:nailed down|nail down|pinned down|ran down|got hold of|run down|ran to ground|cornered"
        r"|collared) (?:him|her|[A-Z]\w+)\b|\b(?:got|have|had) (?:him|her) live\b"
        r"|\bgot (?:him|her)\b(?= *[.,;!]| at\b| on the| today| this| between)|\b(?:finally|at last"
        r"|today) (?:\w+ )?(?:a )?human (?:being)?",
        r"\breached (?:him|her|them|(?:mr|mrs|ms|dr)\.? [A-Z]\w+|[A-Z][\w'’]+)\b(?!['’])(?<!['’]s)(?<!['’])",
        r"\b(?:spoke|spoken|speaking|talked|talking|chatted|chatting|chat|conversation|word|catch[ -]?up|call|convo"
        r"|phone call|talk|natter) (?:\w+ )?(?:with\b|w/)|\b(?:spoke|spoken|speaking|talked|talking|chatted"
        r"|chatting) (?:\w+ )?to\b",
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
    *rows(
        "seems_reached",
        r"\bwe(?:['’]ve|['’]d| both)? (?:hashed out|went (?:over|through|back)|kept it|did (?:it|the numbers)"
        r"|got it done|laughed|gave|covered|sorted|worked out|worked through|shook on|signed off"
        r"|spoke|talked|chatted|discussed|agreed|settled|ended up|ran through|compared|reviewed|caught up|fixed"
        r"|came to)\b",
        r"\b(?:good|great|quick|long|nice|brief|frank|short|detailed|two|lovely|useful|decent|pleasant"
        r"|proper) (?:one with [A-Z]\w+|(?:phone )?calls?|chat|talk|conversation|discussion)\b"
        r"|\bnotes? (?:from|on|of|after) (?:the|my|our|a|today['’]s) (?:phone )?(?:call|chat|conversation|talk)\b"
        r"|\bgot into the\b|\bwhen I (?:called|rang|phoned)\b|^\W*talked (?:about|through|for)\b",
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
    *rows(
        "in_vain",
        r"\bnever got to (?:him|her|them|[A-Z]\w+)\b",
        rf"\b(?:spoke|talked|chatted) (?:to|with) {THEIR}(?: [\w-]+){{0,2}}? {SOMEBODY}\b",
        r"\b(?:did(?:n['’]t| not)|could(?:n['’]t| not)|can(?:['’]t|not)|have(?:n['’]t| not)|has(?:n['’]t| not)"
        r"|never|not|no luck|without|unable to|failed to|yet to|wasn['’]t able to|still can['’]t)"
        r"(?: \w+){0,3}? (?:speak|spoken|speaking|talk|talked|talking|reach|reached|reaching|get (?:a )?hold"
        r"|got (?:a )?hold|getting (?:a )?hold|get through|got through|getting through|get (?:him|her|them)\b"
        r"|got (?:him|her|them)\b|catch|caught|raise|connect)",
    ),
    *rows(
        "missed",
        r"\b(?:but|and) (?:I|we) (?:just )?missed (?:it|him|her|them|the call)\b|\bcould(?:n['’]t| not) (?:pick up"
        r"|take it|get to it)\b",
        r"\b(?:he|she|they|[A-Z][\w'’]+)(?:['’]d| had| has)? (?:left|leaves) (?:me|us) (?:a|another|two"
        r"|three)\b[^.;]{0,20}\b(?:voice ?mail|message)",
        r"\b(?:got|had|have|found|listened to|heard)(?: \w+)? (?:voice ?mails?|(?:voice )?messages?) from\b"
        r"|\bmissed (?:a |two |three )?calls? from\b",
    ),
    *rows(
        "seems_in_vain",
        r"\bhung up (?:at once|straight|right away|before|again|on)\b|\b(?:got |was |we got |he |she "
        r"|it )cut (?:me )?off\b|\bno talk\b|\bhear nothing\b",
        r"\bmissed (?:him|her|them|each other|my call|[A-Z]\w+)\b|\bno (?:joy|luck|dice)\b(?! with the)"
        r"|\b(?:nowhere|phone tag)\b|\b(?:he|she|they)(?:['’]s| is| was|['’]re| were)? (?:out|away|not in|not there"
        r"|unavailable|busy|in a meeting|in meetings|on leave|on holiday|on vacation|off sick|off today|at lunch)\b",
        r"^\W*(?:I )?(?:just )?tried (?:to (?:call|ring|phone|reach|get)|(?:calling|ringing|phoning|reaching)"
        r"|[A-Z]\w+|him|her|them|again)\b",
        r"\bas soon as I said (?:who|where|my)\b|\bhung up on me\b",
    ),
    *rows(
        "note",
        r"\bin (?:the|our) (?:\w+ )?(?:sales|team|staff|internal) (?:meeting|call|huddle)\b|\bdream(?:t|ed)\b"
        r"|\b(?:spoke|talked|chatted|checked in|checked|caught up|sat) (?:to|with) (?:my|our|the) "
        r"(?:manager|boss|team|accounts?|installer|colleague|director|warehouse|finance|legal|support|engineers?|guys"
        r"|people|own)\b",
        r"\bnot (?:dialling|dialing|calling|ringing|phoning) anyone\b|\ball I have on\b",
        r"\bnote to (?:self|myself)\b|\b(?:a |quick |just a )reminder\b|^\W*reminder\b|\bremember(?:ed)? (?:to|that"
        r"|I)\b|\bto-?do\b|\bmental note\b|\bmemo to (?:self|myself|me)\b|\bdon['’]t (?:let me )?forget\b"
        r"|\b(?:that['’]s the whole note|thinking (?:aloud|out loud)|(?:this is )?(?:just|only) (?:a note|notes))\b",
        r"^\W*(?:\w+ )?(?:I )?(?:just )?(?:saw|read|noticed|spotted|found|looked|checked"
        r"|heard)\b[^.;]{0,30}\b(?:linkedin|website|web site"
        r"|online|facebook|instagram|newspaper|paper|news|article|newsletter|press release|trade press"
        r"|through the grapevine|on the radio|crm|file|notes|companies house)\b|\blinkedin\b",
        r"\b(?:not a call|this isn['’]t (?:a|about a) call|nothing to do with a call"
        r"|haven['’]t (?:actually )?spoken|just (?:a note|thinking|jotting|noting|logging|writing)|jotting"
        r"|idea for|correction to|amend(?:ment|ing)?|my (?:last|previous) (?:memo|note))\b",
        r"\bno (?:phone )?calls? (?:today|made|yet|this time|here|as such|so far|needed|necessary|involved)\b"
        r"|\bhaven['’]t (?:called|rung|phoned) (?:yet|her|him|them|anyone|anybody"
        r"|[A-Z]\w+)\b|\b(?:didn['’]t|did not|not) (?:call|ring|phone|pick up the phone|dial) (?:once|today|her|him"
        r"|them|anyone|anybody)\b"
        r"|\bbefore I (?:call|ring|phone|speak|dial)\b|\bno chat today\b|\bnothing (?:on|over|by) the phone\b"
        r"|\ball in writing\b"
        r"|\bwithout (?:calling|ringing|phoning|a call)\b|\bnever (?:touched|picked up) the phone\b"
        r"|\bdidn['’]t touch the phone\b",
        r"\bprep(?:ped|ping|aring|ared|aration|are)?\b (?:for|the|my|a|work|notes|day)|^\W*(?:\w+ ){0,2}(?:working"
        r"|worked) (?:up|on|out|through)"
        r"|\b(?:drafting|drafted|researching|researched|planning|reviewing|reviewed|reading (?:through|up)|updating"
        r"|updated|filed|filing|going over"
        r"|building|built|put together|putting together|typed up|writing up|wrote up|tidied|cleaned up|entered"
        r"|logged) (?:the|my|a|where|his|her|their|some)\b"
        r"|\bsitting here\b|^\W*update on\b|\badmin day\b|\bpaperwork day\b|\bdesk (?:day|research)\b"
        r"|\bhomework (?:on|for)\b",
    ),
    *rows(
        "visit",
        r"\b(?:walked (?:over|across|up)|popped my head|at (?:the|his|her|their) counter|went (?:over|round|across) to"
        r"|had a (?:sandwich|pint|beer|bite) with|met up with)\b",
        r"\b(?:delivered the|handed over the|spent the (?:\w+ )?(?:morning|afternoon|day) (?:at|in|with)"
        r"|on the floor with|sat next to|got introduced to|swapped cards"
        r"|plant tour|trial plot|job(?:['’]s)? (?:finished|done) at|installed the|trade fair|walked us)\b",
        r"\b(?:met|visited|ran into|bumped into|bumped in to|sat down with|caught (?:him|her|them|[A-Z]\w+) at the"
        r"|had (?:\w+ )?(?:lunch|coffee|breakfast|dinner"
        r"|a beer|drinks|tea|a meeting) with|was (?:at|in|over at) (?:the |their |his |her )?(?:trade|fair|show|site"
        r"|stand|booth|office|plant|shop)|dropped (?:in"
        r"|by|off)|drove (?:by|past|out|over|down|up|to)|popped (?:in|by|round|over)|called in at|stopped (?:by|in|at"
        r"|off)|swung by|site (?:visit|survey|walk)"
        r"|in person|face[- ]to[- ]face|walk-?through (?:of|with|at)|walked (?:in|the|round|around|through)"
        r"|went (?:over to|out to|round to|to see|down to|by the)"
        r"|toured|tour of|paid (?:a visit|\w+ a visit)|knocked on|door[- ]knock\w*|called over at|looked in on"
        r"|came by|came (?:in|out|over) to (?:the|our|my)"
        r"|visited by|shook (?:his|her|their) hand|showed (?:me|us) (?:round|around|the)|showed up at|turned up at)\b",
        r"\b(?:great|good|nice|quick|long|short|productive|today['’]s|the|a|my|this) (?:\w+ )?(?:visit|site visit"
        r"|meeting|demo|demonstration|walk-?through|presentation"
        r"|lunch|breakfast|coffee|dinner|trade (?:show|fair)|tour|installation|delivery run|training session"
        r"|open house|tasting) (?:at|with|to|in|for (?:the|[A-Z])|today|this"
        r"|yesterday|went|was)\b|^\W*(?:\w+ ){0,2}(?:visit(?:ed)?|meeting|demo|demoed|presented|site walk|(?:lunch"
        r"|coffee)(?= with| at)|trade show)\b",
        r"\b(?:in|at|around|across) (?:her|his|their|our) (?:\w+ )?(?:conference room|boardroom|board room"
        r"|meeting room|showroom|workshop|kitchen|barn|booth|stand|lobby|parking lot|car park|table)\b"
        r"|\bin the room\b|\bjob ?site\b|\bpeople in the room\b|\b(?:took|snapped) (?:\w+ )?(?:pictures|photos"
        r"|measurements|the measurements)\b|\bmeasured up\b"
        r"|\b(?:I was|we were|saw|met|caught|ran into|talked to|talked with|spoke to|spoke with|chatted with"
        r"|been)\b[^.;]{0,40} at (?:the |a )?(?:\w+ ){0,2}(?:breakfast|expo|trade show|trade fair|conference|fair"
        r"|convention|golf|barbecue|reception party|mixer|networking)\b",
    ),
    *rows(
        "written",
        r"\b(?:got|had|received|sent|there was|there['’]s|answered|read|just in|came|an?)(?: \w+){0,3} (?:e-?mail"
        r"|letter|text|whatsapp"
        r"|message on linkedin|linkedin message|post ?card|fax|dm|teams message|slack|text message)s? (?:from|to|off"
        r"|in|about|back|asking|saying)\b",
        r"\b(?:e-?mailed|texted|messaged|whatsapped|wrote to|wrote|dm['’]?d|faxed|posted|mailed)(?: back| to)? (?:me"
        r"|her|him|them|over|back"
        r"|us|[A-Z]\w+|the)\b|\b(?:he|she|they|[A-Z]\w+) (?:just )?(?:e-?mailed|texted|messaged|wrote|replied)\b"
        r"|\bby (?:e-?mail|text|letter|post|whatsapp)\b(?! (?:it|the|her|him))|\b(?:over|on|via|through) (?:e-?mail"
        r"|whatsapp|slack|linkedin|teams chat|text|the portal)\b",
        r"^\W*(?:just |I )?(?:sent|forwarded|submitted|uploaded|shipped|posted|mailed) (?:\w+ )?(?:the|a|off|over"
        r"|over the|out|in the|my|some|her|him|them)\b",
    ),
    *rows(
        "plan",
        r"^\W*(?:I )?(?:have to|have got to|need to|must|gotta|got to|ought to|should|remember to|owe|going to"
        r"|want to) (?:\w+ ){0,3}?(?:call|ring|phone|buzz)\b",
        r"\bcalls? to (?:make|put in|do)\b|\bcalls? (?:list|sheet)\b",
    ),
)
"""In no order: all that fit count."""
