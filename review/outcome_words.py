"""The words that tell that a call was in vain, as rows. English only; what is not here is asked."""

from __future__ import annotations

from typing import Final

from review.outcome_cues import MACHINE, OTHER, SOMEBODY, THEIR, Row, rows

IN_VAIN_ROWS: Final[tuple[Row, ...]] = (
    *rows(
        "seems_gatekeeper",
        rf"\b{THEIR} {OTHER}(?:['’]s| (?:is|was|got|took|had|just|only|will|can|could|couldn|does|doesn|did|didn|has"
        rf"|wants|screens"
        r"|answers|reads|wrote|writes|knows|asked|gave|offered|explained|picks))",
        r"\b(?:answering service|switchboard|front desk|receptionist|gate ?keeper|reception(?: desk)?|dispatcher)\b"
        r"(?! (?:software|system|area|desk furniture|chairs?|counter|phones?))",
    ),
    *rows(
        "passed_on",
        r"\b(?:['’]ll|will|going to|promised to|offered to|can) (?:brief|tell|inform|update|remind|ask|let) (?:the "
        r"|his |her )?(?:boss|[A-Z]\w+|him|her|them|guv\w*|manager)\b"
        r"|\bmessage to\b|\bnot the (?:right )?(?:man|woman|one|person|contact)\b|\b(?:not|n['’]t) seen (?:him|her)\b"
        r"|\bnever (?:met|heard of|seen) (?:him|her)\b|\bby mistake\b|\bnot (?:our|my) [A-Z]\w+",
        r"\b(?:he|she|they|who|someone|somebody|promised|said)(?:['’]ll|['’]d| will| would| to| is going to"
        r"|['’]s going to)? (?:try to |be sure to "
        r"|make sure to )?(?:pass (?:it|that|this|my|the|me)|let (?:him|her|them)\b|tell (?:him|her|them)\b"
        r"|give (?:him|her|them) (?:my|the|a)|mention it to|"
        r"leave (?:him|her|them) a|see that (?:he|she) gets|put a note|hand it|ask (?:him|her|dr|mr|mrs))\w*",
        r"\bpass(?:ed|ing|es)? (?:it|that|this|the word|word|my \w+|the \w+) (?:on|along|over|up)\b",
        r"\b(?:he|she|they|who|[A-Z][\w.]+)(?:['’]s|['’]re| is| was| are) (?:(?!been|had)\w+ )?(?:in (?:a )?meetings?"
        r"|in (?:surgery|theatre|court|class|hospital"
        r"|transit|[A-Z]\w+)|with (?:a )?(?:patients?|clients?|customers?)|on (?:site|vacation|holiday|leave|the road"
        r"|nights|another|a job|the other"
        r"|the (?:combine|tractor|roof|shop floor|floor|boat))|at (?:lunch|a funeral|a conference|the bank"
        r"|the dentist)|out (?:of|on|until|till|today|for|with)"
        r"|off (?:sick|today|until|till|\w+days?)|away|travel+ing|not (?:in|there|at (?:his|her))|unavailable"
        r"|gone (?:to|for|home|till|until)"
        r"|n['’]t (?:in|there|at))\b|\b(?:stepped|popped) out\b|\bno idea (?:when|where)\b|\bno notion\b"
        r"|\b(?:isn['’]t|wasn['’]t|aren['’]t|weren['’]t) (?:in|there|around|available|at (?:his|her) desk)\b",
    ),
    *rows(
        "voicemail",
        r"\b(?:recorded|dropped) (?:him |her |them )?(?:a|my|another) (?:voice )?(?:message|memo|note)\b"
        r"|\bvoice (?:memo|note) left\b",
        r"(?:^|[,;:.–-] ?)(?:then |and )*(?:the |his |her |their )?(?:voice ?mail|mailbox|answerphone"
        r"|machine)(?=[,.;]|$)",
        r"\bmessages? left\b|\bon (?:his|her|their|the|both) (?:answering )?(?:machine|voice ?mail|answerphone)s?\b"
        r"|\bsaid my piece\b"
        r"|\bspoke (?:after|at) the (?:tone|beep)\b|\b(?:talk|listen)(?:ed|ing)? to (?:his|her|the) greeting\b",
        r"\b(?:his|her|their|the|a|[A-Z][\w'’]+['’]s) (?:voice ?mail|recording|recorded (?:voice|message|greeting)"
        r"|answer(?:ing)? ?(?:machine|phone)|answerphone|greeting|outgoing message)\b(?! (?:system|software|platform))",
        r"\b(?:left|leaving) (?:him |her |them |[A-Z]\w+ )?(?:word|one|another(?: one)?|a cheerful one|a short one"
        r"|(?:my|the"
        r"|a) (?:spiel|pitch|cell|mobile|callback|call-?back|\w+ spiel)|(?:a |my )?(?:vm|v ?mail|voice ?note))\b"
        r"(?! with\b| at (?:the )?(?:reception|front))|\bLM\b",
        r"\b(?:talked|spoke|talking|chatted|speaking) (?:to|with) (?:a|his|her|their|the) (?:machine|recording|tape"
        r"|beep)\b"
        r"|^\W*machine\b|\bthe machine (?:got|took|picked|kicked|came|cut|answered)\b|\bnothing but (?:the|a) beep\b"
        r"|\b(?:to|got|get|hit|met by|into) (?:the|his|her|their|a) (?:machine|tape|inbox|voice ?mail|vm|mailbox)\b",
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
        r"\bleft my (?:name|number|details)\b(?![^.;]{0,20} (?:with|at) )",
        r"\b(?:got|hit|reached|to|just|only) (?:the|a|his|her|their) (?:machine|recording|greeting)\b|^\W*machine\b",
        r"\bleft one (?:after|at|on) the (?:beep|tone)\b",
        r"\bafter the (?:beep|tone)\b",
    ),
    *rows(
        "no_answer",
        r", (?:but )?(?:nothing|nada|zip|crickets|dead silence)\W*$|\bdead silence\b",
        r"\bjust (?:the )?(?:ringing|a dial tone)\b|\b(?:aren|ain|wasn)['’]t (?:answering|picking)\b"
        r"|\bneither['’]s picking up\b"
        r"|\bcould(?:n['’]t| not) get an? (?:answer|reply)\b|\b(?:keeps|kept) (?:on )?ringing\b|\b(?:hangs up on"
        r"|cuts) you(?: off)?\b",
        r"^\W*(?:and )?(?:nothing|zip|nada|zilch|crickets|no dice)(?: again| both times| at \w+)?\W*$",
        r"\b(?:neither|none)(?: one)?(?: of (?:them|the \w+))? (?:answer|pick)(?:ed|ing|s)?\b"
        r"|\bnobody(?:['’]s| is| was)? (?:there|in|home|about|around|picking|came)\b|\bno one (?:comes|came|about"
        r"|there)\b"
        r"|\bno (?:pick ?-?up|one picking)\b",
        r"\b(?:it|phone|line|that)(?: (?:just|only))? (?:rang|rings|ringing)(?= (?:and|out|eight|ten|a dozen|forever"
        r"|for|until"
        r"|till)|[.,;]|$)",
        r"\b(?:let|leave|left) it (?:ring|go (?:on|for|\w+ rings))\b|\b(?:two|three|four|five|six|seven|eight|nine"
        r"|ten|twelve|fifteen|twenty|dozen"
        r"|\d+) (?:or (?:so|\w+) )?rings(?! and (?:then )?(?:he|she|they)| and (?:then )?[A-Z])\b|\brings? off\b"
        r"|\bringing off the hook\b|\b(?:it|line) (?:just )?(?:dies|died|cuts? (?:off|out)|clicks)\b"
        r"|\bring(?:ing)? tone\b(?! and)|\bline(?:['’]s| is| was) (?:tied up|jammed|engaged|busy)\b",
        r"\bdid(?:n['’]t| not) get (?:an? )?(?:answer|pick ?up|response)\b|\b(?:never|not) (?:got|get) an answer\b"
        r"|\bwent unanswered\b|\bunanswered\b|\bgave up (?:at|after) (?:the )?(?:\w+|\d+)(?: rings?)?\b(?= *[.,]|$)",
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
    *rows(
        "gatekeeper",
        rf"\b{THEIR} (?:[\w-]+ ){{0,2}}?{OTHER}, (?:a|an|one|the)\b[^.;,]{{0,25}}, (?:said|says|told|picked|answered"
        rf"|took|was|wouldn)",
        r"\b(?:asked for|wanted|was after)\b[^;]{0,40}?, (?:but )?(?:I )?got (?:Mr|Mrs|Ms)\b"
        r"|\bwas after the\b[^.;]{0,30}\bthis was\b",
        r"\b(?:put|wrote|jotted|written|scribbled) (?:down )?(?:my|our) (?:name|number|details)\b"
        r"|\bmade (?:me )?a ticket\b|\b(?:got the message|see that \w+ \w+ got)\b",
        rf"^\W*(?:\w+ ){{0,3}}?{OTHER}(?: (?:at|in|of|for|on) (?:the )?(?:[\w'’]+ ){{1,3}}?)(?:answered|answers"
        rf"|picked up|picks up)\b",
        rf"(?<!['’]s )(?<!has )(?<!ve )(?<!also )\b(?:got|reached|it was|spoke to|spoke with|talked to|talked with"
        rf"|speaking with|speaking to|through to) (?:\w+ )?"
        rf"(?:only |just )?{THEIR}(?: [\w-]+){{0,2}}? (?:{OTHER}|{SOMEBODY})\b(?= (?:who|in|from|at|on|there|named"
        rf"|called|said)\b"
        r"|,? (?:first|instead|again|only))",
        rf"\b(?:spoke|talked|chatted) (?:to|with) [A-Z][\w.'’]+(?: [A-Z]\w+)?,? (?:who['’]s |who is |who was )?(?:at "
        rf"|in |on |from )?"
        rf"(?:his|her|their|the|a) {OTHER}\b",
        rf"\b{THEIR} (?:[\w-]+ ){{0,2}}?(?:{OTHER}|{SOMEBODY})\b(?:,? (?:[A-Z]\w+|named \w+|called \w+)),?(?: (?:at"
        rf"|in|from|on) (?:the )?\w+)?,?"
        rf" (?:picked|answered|answers|took|wouldn|would not|won|said|says|told|tells|promised|will|put)",
        rf"\b{OTHER} (?:to|of|for) (?:the )?[\w ]{{1,20}} (?:says|said|told|answered|picked|wouldn|took)\b",
        rf"\basked for\b[^.;]{{0,40}}?(?:,| and| but) (?:I )?(?:only )?(?:got|was given|reached) (?:his|her|their|the"
        rf"|a|some)\b"
        rf"|(?<!['’]s )(?<!has )(?<!ve )(?<!also )\bgot (?:his|her|their|the|some|[A-Z]\w+['’]s) {OTHER}\b",
        r"\b(?:took|takes|taking|taken|wrote|writing|jotted|writes|noted) (?:down )?my (?:name|number|details|message"
        r"|info)\b",
        rf"\bleft (?:my |a |the |it|word)(?:\w+ )?(?:and (?:my )?\w+ )?(?:with|at) (?:him|her|them|reception"
        rf"|the front|{THEIR} (?:\w+ )?(?:{OTHER}|{SOMEBODY})|[A-Z]\w+)\b",
        r"\b(?:doesn['’]t|does not|don['’]t|do not|never|won['’]t) (?:take|talk to|put|speak to)(?: through)?"
        r" (?:any )?(?:sales )?(?:calls|suppliers|vendors|salesm[ae]n|salespeople|reps)\b|\bscreen(?:s|ed|ing)\b"
        r" (?:\w+ )?(?:everybody|everyone|calls|his|her|me)\b|\bpassed (?:me )?(?:around|from pillar)\b"
        r"|\b(?:no ?body|nobody) gets past\b|\bstonewall(?:ed|ing)?\b|\bbrick wall\b|\bfobbed off\b",
        r"\b(?:spoke|talked|chatted|speaking|got|reached|was talking|had) (?:only |just |briefly |again )?(?:to"
        r"|with|on to|through to|as far as)?"
        rf"(?:\W*only\W*)? ?{THEIR}(?: [\w-]+){{0,2}}? {OTHER}\b(?! (?:said yes|numbers?|lines?"
        r"|in (?:the end )?and))",
        r"\b(?:spoke|talked|chatted) (?:to|with) (?:reception|switchboard|the front desk|dispatch|somebody else"
        r"|someone else)\b",
        r"\b(?:got|reached) (?:only |just |as far as |no further than )?(?:reception|the switchboard"
        r"|the front desk|dispatch)\b",
        rf"\b(?:{OTHER}|{SOMEBODY})\b(?:['’]s|\W+who)?(?:,? (?:at|in|from|on|of|for|over"
        rf"|there)\b(?: [\w'’]+){{0,4}}?)?,?(?: \w+)?? (?:picked (?:it |the phone )?up|answer(?:ed|s)|took (?:a|the"
        r"|my|down)|taking a message|"
        r"has taken|took it|wouldn['’]t|would not|won['’]t|said|says|told me|tells me|reckons|reckoned|promised"
        r"|will pass|is passing|"
        r"passed|put me (?:off|on hold)|fobbed me|blocked|stonewalled|knew nothing|asked me to)",
        rf"\b(?:answered|picked up) by {THEIR}? ?(?:\w+ )?{OTHER}\b|\b(?:it was|this was|that was) (?:only "
        rf"|just )?{THEIR} {OTHER}\b",
        r"\b(?:would(?:n['’]t| not)|won['’]t|refused to|did(?:n['’]t| not)) (?:put|let|connect) me (?:through"
        r"|past)\b|\bcouldn['’]t get past\b|\bdidn['’]t get past\b",
        r"\bleft (?:a |my |the )?(?:message|word|name|number|name and number|details) (?:with|at) (?!the (?:beep|tone"
        r"|terms|price"
        r"|date|details|offer|number|info|new|quote|figures)|my|all|a (?:price|date|number))",
        r"\b(?:took|taken|take|pass(?:ed|ing)? on|will pass on|pass along) (?:a|my|the) message\b",
        r"\b(?:whoever|the (?:one|person|guy|girl|lady|lad|woman|man)(?: who)?|somebody|someone|some (?:guy|girl"
        r"|lad|lady|kid|woman|man|bloke))"
        r"(?: there| else)? (?:picked up|answered)\b",
        r"\b(?:he|she|they)(?:['’]s| is| was|['’]re| are)? (?:in a meeting|in meetings|off sick|on leave|on holiday"
        r"|on vacation|out of the office"
        r"|not in|out on site|at lunch|on another (?:call|line)|away)(?:\b[^.;]{0,30})? (?:they|she|he|reception"
        r"|the \w+) (?:said|says|told)\b",
    ),
    *rows(
        "wrong_number",
        r"\b(?:been|was|is) (?:his|her|my|their) (?:own )?number (?:since|for)\b|\bsame name,? (?:but )?(?:wrong"
        r"|different)\b|\bwrong (?:one|\w+) altogether\b"
        r"|\b(?:you )?want the other [A-Z]\w+|\bwho you (?:reach|get) (?:at|on) (?:the|that)\b|\bit['’]s just not\b"
        r"|\bcalled what I thought was\b",
        r"\bno (?:such person|[A-Z]\w+ (?:here|there)|(?:mr|mrs|ms|dr)\.? [A-Z]\w+ (?:here|there|at))\b"
        r"|\b(?:there['’]s|there is) no"
        r" (?:mr|mrs|ms|dr|[A-Z]\w+)\b[^.;]{0,20}\b(?:here|there|number|address|company)\b|\b(?:nobody|no one) (?:by"
        r"|of|with) (?:that|the|his|her)"
        r" name\b|\b(?:nobody|no one) called [A-Z]\w+|\b(?:doesn['’]t|didn['’]t|don['’]t) know (?:any|of any|of an?"
        r"|a) (?:[A-Z]|mr)\w+",
        r"\b(?:number|extension|cell|mobile|line|phone|landline)\b(?: [\w'’]+){0,6}? (?:is|was|belongs|belonged|goes"
        r"|went|rings"
        r"|turned out|turns out|comes up)(?: now| actually| just| really| to be| through)* (?:to (?:a|an|some"
        r"|the wrong|somebody"
        r"|someone)|for (?:the |a )?(?:previous|wrong|old|former|different)|some\b|an? (?:different|old|private|pizza"
        r"|nail|hair|fax"
        r"|stranger|family|house|school|kid|lady|woman|man|bakery|restaurant|shop)|somebody|someone|his old|her old"
        r"|no good|wrong|bad)",
        r"\b(?:reached|got|get|dialled|dialed|rang|called)(?: (?:what turned out to be|instead))? (?:a|an"
        r"|some) (?:private|nail|hair|pizza|tanning|"
        r"pet|tyre|tire|kebab|taxi|barber|laundr|florist|funeral|church|day ?care|stranger|complete|total|family)\w*",
        r"\b(?:has(?:n['’]t| not)|had(?:n['’]t| not)|doesn['’]t|does not|didn['’]t|no longer|not|never) (?:works?"
        r"|worked|working|been) "
        r"(?:there|here|for (?:them|us|the company)|at the company|with (?:them|us|the company)|(?:there|here) any)\b"
        r"|\b(?:no longer|not) with (?:the|them|us|that)\b|\b(?:left|quit) the (?:company|firm|business|practice"
        r"|school|place)\b"
        r"|\b(?:he|she|[A-Z]\w+)(?:['’]s| has| had)? (?:left|moved on|quit|retired|passed away|gone) (?:there|months?"
        r"|years?|(?:\w+ ){1,2}(?:months?|years?|weeks?) ago"
        r"|in (?:the )?(?:spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august"
        r"|september|october|november|december))\b",
        r"\b(?:was after|looking for)\b[^;]{0,40}?\b(?:reached|got) (?:Mr|Mrs|Ms|Dr)\b"
        r"|\bsame name,? (?:but )?different\b",
        r"\bprivate residence\b|\bdialled wrong\b|\bmis-?dialled\b|\bmis-?dialed\b|\bbad number\b|\bold number\b"
        r"|\bnot in service\b|\bthree[- ]tone\b"
        r"|\bnumber(?:['’]s| is| was)? (?:\w+ )?(?:no good|wrong|dead|bogus|bad|fake|out of date|stale|defunct)\b"
        r"|\bwrong (?:\w+ )?number\b"
        r"|\b(?:transposed|swapped|mixed up|typed|wrong) (?:\w+ )?digits?\b|\b(?:line"
        r"|number) for [A-Z][\w' ]+ is (?:dead|disconnected)\b",
        r"\b(?:isn['’]t|is not|not|wasn['’]t|no longer) [A-Z][\w'’]+['’]s (?:number|mobile|cell|phone|line|extension)\b"
        r"|\b(?:mobile|number|cell|phone) (?:any ?more|any longer)\b|\b(?:somebody|someone) else(?:['’]s)? (?:number"
        r"|phone|mobile|has (?:it|the number|that"
        r" number))\b|\bnot even the right\b",
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
)
"""In no order: all that fit count."""
