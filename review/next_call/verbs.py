"""Words that tell what is done: talks with the account, other doings, who acts, and when."""

CALL = {
    form: tense
    for tense, forms in {
        "base": "call phone ring telephone speak talk chat zoom dial reconnect reconvene regroup facetime skype "
        "callback redial",
        "present": "calls phones rings telephones speaks talks chats zooms dials reconnects",
        "ing": "calling belling phoning ringing telephoning speaking talking chatting zooming dialing dialling "
        "redialing redialling reconnecting reconvening",
        "past": "called phoned telephoned rang rung spoke spoken talked chatted zoomed dialed dialled reconnected",
    }.items()
    for form in forms.split()
}
# First word of a call said in two words, its tense, and what must follow.
PHRASAL = {
    form: (tense, follow)
    for tense, follow, forms in (
        ("base", "up", "catch"),
        ("ing", "up", "catching"),
        ("past", "up", "caught"),
        ("base", "base", "touch"),
        ("ing", "base", "touching"),
        ("past", "base", "touched"),
        ("base", "in", "check"),
        ("ing", "in", "checking"),
        ("past", "in", "checked"),
        ("base", "back", "circle loop"),
        ("ing", "back", "circling looping"),
        ("past", "back", "circled looped"),
        ("base", "up", "hit ping"),
        ("base", "on", "hop jump"),
        ("ing", "on", "hopping jumping"),
    )
    for form in forms.split()
}
# "Give her a bell": a call by another name.
GIVEN = frozenset("catchup bell buzz shout tinkle tingle jingle dingle chinwag yell holler natter".split())
CALL_NOUNS = GIVEN | frozenset("call callback zoom chat ring phone facetime".split())
# "She was good with a call".
CONTENT = frozenset("good happy fine okay ok comfortable cool".split())
ROUTINE = frozenset("weekly monthly daily standing regular".split())
WEAK = frozenset(
    "meet meeting follow followup chase chasing try trying reach teams conversation discussion "
    "appointment visit".split()
)
# What ends in -ing is a doing without being listed.
OTHER = frozenset(
    "email emails mail send sends text message deliver delivers delivered delivery ship ships arrive arrives sign "
    "signs expire expires renew renews renewal end ends start starts begin begins finish finishes test "
    "tests trial pilot demo demos decide decides review reviews present install installs order orders pay pays "
    "invoice quote close closes launch launches return returns leave leaves travel fly flies submit "
    "submits approve approves forward prepare drop read fix replace collect inspect tender bid audit train hire "
    "retire holiday vacation pto deadline contract warranty board committee budget interview surgery "
    "conference exhibition show expo lands live switch switches buy buys kick kicks cancel fit expected decision "
    "lease agreement event webinar workshop site maternity".split()
)
BEFORE_VERB = frozenset("to will should can could would must".split())
STATES = frozenset("back away out off due available".split())
BEING = frozenset("is are be was were been gets get comes come goes being still am stay stays went".split())
NOT_DOING = frozenset(
    "morning evening anything something nothing everything during building spring string having following according "
    "including considering pending coming looking hoping planning thinking saying wanting waiting pricing ceiling "
    "outstanding interesting running".split()
)
NOT_A_CALL_AFTER = frozenset(
    "center centre centers centres volume volumes log logs recording recordings system systems number numbers "
    "line lines bill bills contract contracts handling queue queues road binder main off out "
    "provider case cases sheet sheets note notes script scripts list lists it".split()
)
PAST_AUX = frozenset("was were had did been".split())
PASSIVE = frozenset("being be is are get gets getting".split())
TELEPHONES = frozenset("phone line telephone mobile cell landline blower horn".split())
CONFERENCES = frozenset("conference appointment meeting date".split())
# They would talk to the rep.
WILLING = frozenset("want wants can could like free happy available prefer hope hoping me with".split())
# "He came on the phone", "left it on her mobile": that talk is over.
WAS_ON = frozenset("was were been came just got left tried message voicemail".split())
FUTURE = frozenset("will shall going gonna should need needs want wants must".split())
THIRD = frozenset(
    "he she they he'll she'll they'll he's she's they're him her they've them who he'd she'd they'd who'll "
    "who's who'd".split()
)
FIRST = frozenset("i we i'll we'll i'm we're me us i'd we'd let's i've we've you my our".split())
# "He said call him": who acts is whoever is told to.
REPORTS = frozenset("said says say told suggested asked was".split())
IMPERSONAL = frozenset("it's that's there's".split())
POSSESSIVE = frozenset("his her their its the a an my our".split())
INTERNAL = frozenset("legal engineering support pricing marketing engineers logistics dispatch warehouse".split())
DEPARTMENTS = INTERNAL | frozenset("finance accounts ops operations production procurement purchasing hr".split())
IRREGULAR_PAST = frozenset(
    "spoke rang said told went was were had sent got met came saw gave left bought took made did kept thought found "
    "knew ran began caught felt heard put lost won paid brought wrote sat understood".split()
)
NOT_PAST = frozenset("indeed speed exceed proceed embed based interested supposed unified planned diarised".split())
# "I'll call my contact", "our customer": the account.
ACCOUNT = frozenset("contact guy man woman lady customer client buyer person prospect lead champion".split())
# "Dave in purchasing": no doing.
AT_WORK = frozenset("accounting manufacturing buying estimating".split()) | DEPARTMENTS
# "My boss is calling me", "Jess in our support team will call": no talk with the account.
COLLEAGUES = frozenset("boss manager director colleague assistant partner team wife husband mum mother".split())
OUR_SIDE = frozenset("team office department branch side desk".split()) | DEPARTMENTS
# Before "call" as a noun these tell that it was held.
HELD = frozenset("returned had was were finished came after from during".split())
# After "did" these speak of a call to come.
ASKS = frozenset("ask say tell want mention suggest promise agree".split())
ONE_OF_THEM = frozenset({("one", "with"), ("one", "is")})
SEVERAL = frozenset("two three four 2 3 4 both several few couple of more".split())
# They begin a question inside a clause: "to see how it went", "ask whether he liked it".
ASKED_AFTER = frozenset("how whether".split())
# "The check-in call": no word has a hyphen by then.
TWO_WORD_TALKS = frozenset({("kick", "off"), ("check", "in"), ("three", "way"), ("drop", "in")})
# Words that make a noun of "call" right after them.
NOUN_MARKS = DEPARTMENTS | frozenset(
    "a the our my next another quick phone zoom video conference teams followup up short proper this that first second "
    "final last intro discovery his her their sales good great long brief review technical scoping minute hour new any "
    "call weekly cold missed earlier previous whole same nice decent regular demo kickoff planning handover full group "
    "joint".split()
)
