"""Words that mean the same to what became of a call: the model that reads it counts each of them as one."""

from __future__ import annotations

from typing import Final

CLASSES: Final[dict[str, str]] = {
    # Who is spoken of.
    "HE": "he she",
    "HIM": "him",
    "ME": "me us",
    "HIS": "his her",
    "ROLE": "assistant secretary pa ea receptionist reception switchboard operator colleague coworker co-worker "
    "gatekeeper deputy apprentice clerk bookkeeper nurse hygienist foreman dispatcher dispatch porter "
    "caretaker teammate maid guard gatehouse gateman doorman concierge cashier waiter waitress storeman "
    "warehouseman custodian janitor cleaner nanny babysitter carer housekeeper neighbor neighbour "
    "intern trainee temp junior security helpdesk admin administrator telephonist locum matron orderly "
    "coordinator sidekick minion underling bursar barman barmaid bartender groundsman stablehand "
    "stockman volunteer usher steward attendant butler driver mechanic technician stylist hostess host "
    "lobby sacristan verger sexton registrar fitter bouncer valet associate",
    "KIN": "wife husband son daughter mum mom mother dad father brother sister flatmate roommate teenager "
    "boyfriend girlfriend fiance fiancé fiancée partner grandmother grandma grandpa grandfather niece "
    "nephew uncle aunt cousin daddy mummy granny mum-in-law sister-in-law mam oga mother-in-law "
    "brother-in-law father-in-law missus hubby kid",
    "SOMEBODY": "girl guy lad lady gal feller oke student monsieur mister woman man bloke chap fella fellow boy "
    "youngster gentleman gent person human stranger somebody someone whoever dude voice",
    "NOBODY": "nobody noone no-one none",
    "BOSS": "boss owner manager director principal buyer chairman chairwoman ceo cfo cio cto gm vp president "
    "headteacher head md chef foreperson treasurer superintendent chief",
    # What answers in nobody's place.
    "MACHINE": "voicemail voice-mail voicemails vm answerphone ansaphone answering-machine machine mailbox "
    "voicebox beep greeting recording answering recorded voice-box inbox box robot automated tone "
    "transcribing",
    "MESSAGE": "message messages msg msgs word",
    "RINGS": "rings ringing rung ringtone unanswered engaged busy",
    "DEAD": "disconnected dead defunct unobtainable discontinued invalid bogus expired out-of-service unallocated",
    "WRONG": "wrong incorrect mistyped transposed interchanged misdialed misdialled mixed-up old previous",
    "SHOP": "pizza pizzeria salon bakery florist laundromat laundrette dentist pharmacy kebab takeaway barber "
    "nail tire tyre church daycare nursery kennels vet plumber paralegal bookshop tattoo launderette "
    "taxi cab funeral butcher optician residence household flat fishmonger",
    # What is done with a telephone.
    "CALLED": "rang called phoned dialled dialed tried buzzed redialed redialled belled telephoned",
    "CALL": "ring call dial try buzz calls telephone telephones phones",
    "CALLING": "calling phoning dialing dialling trying telephoning buzzing",
    "PHONE": "phone blower mobile cell cellphone landline line handset extension number",
    "SPOKE": "spoke talked chatted conversed discussed spoken",
    "TALK": "chat natter chinwag conversation catch-up catchup talk discussion exchange debrief",
    "REACHED": "reached caught nabbed collared cornered",
    "UNREACHED": "unreachable unavailable elusive",
    "ANSWERED": "answered answers answer pickup",
    "PICK": "picked picks picking pick",
    "THROUGH": "through patched transferred",
    "ON_HOLD": "hold queue hanging",
    "INBOUND": "inbound incoming unprompted unsolicited",
    "BACK": "back returned returning",
    # What is said, wanted and agreed: what a talk brings.
    "SAID": "said says told tells tell asked asks mentioned explained admitted complained replied "
    "goes reckons reckoned thinks thought swore joked moaned grumbled insisted claimed hinted suggested "
    "repeated warned promised promises laughed sighed",
    "WANTS": "wants needs wanted needed likes liked loves loved hates hated prefers preferred wishes hopes "
    "insists requires expects fancies craves worries worried keen interested happy unhappy pleased "
    "cross annoyed furious fuming thrilled delighted undecided hesitant skeptical sceptical curious "
    "open nervous concerned upset wary",
    "AGREED": "agreed agrees accepted accepts signed signs ordered orders bought buys buying taking takes took "
    "approved approving approves committed cancelled canceled cancelling renewing renewed renews booked "
    "confirmed settled decided chose chosen picked-out declined refused rejected hashed negotiated "
    "haggled upgraded extended postponed pushed moved switching switched placing placed upped",
    "TERMS": "price pricing quote discount budget contract order terms deal offer renewal delivery trial demo "
    "deposit invoice units pallets cases boxes percent warranty freight proposal samples",
    # When it was.
    "FINALLY": "finally eventually",
    "TODAY": "today now tonight just",
    "BEFORE": "yesterday ago earlier previously last before since",
    "DAY": "monday tuesday wednesday thursday friday saturday sunday weekend monday's friday's",
    "LATER": "tomorrow later",
    "TIMES": "twice thrice times attempt attempts third fourth fifth ",
    # Where nobody called anybody.
    "VISITED": "visited visit dropped stopped popped swung drove walked met toured tour inspected bumped "
    "ran delivered installed handed onsite on-site stand booth fair conference expo "
    "breakfast",
    "WROTE": "emailed e-mailed email e-mail mail mailed texted text messaged whatsapp whatsapped linkedin wrote "
    "letter fax faxed dm slack posted courier couriered sms",
    "NOTE": "note notes reminder memo prepping prep prepped planning reviewing reviewed review drafting drafted "
    "researching researched reading thinking brainstorming to-do todo idea ideas",
    "AWAY": "out away holiday vacation leave meetings travelling traveling abroad sick surgery",
    "PASS": "pass passed passes passing relay let",
}
"""Class to words, in lower case."""

CLASS_OF: Final = {word: name for name, words in CLASSES.items() for word in words.split()}

CALLS: Final = frozenset({"CALLED", "CALL", "CALLING"})
WHO: Final = frozenset({"ROLE", "KIN", "SOMEBODY"})
TITLES: Final = frozenset("mr mrs ms dr st prof madam sir miss doctor mister ma'am".split())
NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen couple".split()
)
