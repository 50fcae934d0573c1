"""Words by what they mean, one list for each meaning: whoever asks looks here.

Talks and other doings are in `verbs`, the calendar and the clock in `lexicon`. Words that mean something only together
are written with hyphens, as `marks` reads them.
"""

from review.next_call.phrases import Phrases

# An appointment is shifted, by form; what is put back or brought forward has a list of its own.
MOVE = frozenset("move push shift reschedule change bump postpone switch swap delay defer prepone slip".split())
MOVES = frozenset("moves pushes shifts reschedules bumps postpones switches swaps defers prepones slips slides".split())
MOVED = frozenset(
    "moved pushed shifted rescheduled changed bumped postponed switched swapped delayed deferred preponed "
    "slipped slid shoved nudged".split()
)
MOVING = frozenset(
    "moving pushing shifting rescheduling changing bumping postponing switching swapping delaying deferring "
    "preponing".split()
)
CARRIED = frozenset("put brought".split())
# What is brought forward comes before the day it was set for.
BROUGHT_FORWARD = frozenset("prepone preponed preponing earlier sooner".split())
BRING = frozenset("bring bringing brought".split())

# What was said just before is put right; a few of them do so only together with another word.
CORRECTING = frozenset("sorry no wait actually mean meant correction rather pardon oops whoops".split())
STRIKE = frozenset("scratch strike".split())

# A call will not take place.
CALL_OFF = frozenset("cancel scrap ditch".split())
CALLING_OFF = frozenset("cancelling canceling scrapping ditching".split())
CALLED_OFF = frozenset("cancelled canceled scrapped ditched".split())

# A day is fixed.
BOOKED = frozenset(
    "booked scheduled arranged fixed set settled confirmed pencilled penciled lined locked blocked reserved".split()
)
AGREED = frozenset("agree agrees agreeable agreed".split())
DIARY = frozenset("diary calendar".split())
# Somebody speaks of a day that may be meant for us.
SPOKEN_OF = frozenset("said asked told suggested offered requested proposed promised".split())

# It was so, and is no longer.
AT_FIRST = frozenset("first originally initially".split())

# They turn a sentence round, as does every "n't".
NEGATIONS = frozenset("no not never none nobody nothing nowhere neither nor without cannot hardly barely".split())

UNTIL = frozenset("until till til".split())


_THE_CALL = ("the-call", "that-call", "this-call", "our-call", "his-call", "her-call", "their-call")


def _with(verbs: frozenset[str], *objects: str) -> frozenset[str]:
    return frozenset(f"{verb}-{thing}" for verb in verbs for thing in objects)


# Said between two days, these replace the first by the second.
REPLACING = Phrases(
    MOVED,
    MOVES - {"slips", "slides"},
    _with(MOVE | MOVING, "it"),
    _with(STRIKE | CALL_OFF, "that"),
    _with(BRING, "forward", "it-forward"),
    "put-back push-back "
    "sorry wait actually i-mean i-meant correction or-rather pardon oops whoops "
    "make-that make-it made-it hang-on hold-on my-mistake instead "
    "apologies no-no let's-say ended-up settled-on ignore-that forget-that "
    "it-should-be that-should-be rather-do rather-make rather-it rather-have "
    "can-we-do could-we-do can-we-make could-we-make well-say is-now it's-now any-more anymore "
    "we-took went-for check-that that's-wrong that-was-wrong is-wrong my-bad got-that-wrong "
    "tell-a-lie i-lie that-was-before misspoke call-it now-it-is "
    "take-that-back take-it-back took-that-back or-so-i-thought not-right isn't-right landed-on it-dawned "
    "turns-out turned-out then-remembered suddenly-remembered he-remembered she-remembered he-remembers "
    "she-remembers just-realised just-realized just-noticed".split(),
)

# Said after a day, these tell that there will be no call.
NO_CALL = Phrases(
    CALLED_OFF,
    _with(CALL_OFF | CALLING_OFF | {"drop", "forget"}, *_THE_CALL),
    _with(CALL_OFF, "it-.", "that-."),
    "forget-about-it forget-about-the-call forget-that forget-it to-cancel-it called-off called-it-off call-it-off "
    "called-that-off call-that-off call's-off that's-off it's-off calls-off call-is-off is-off-. pulled-out backed-out "
    "backs-out backing-out fell-through fallen-through isn't-happening not-happening won't-happen isn't-going-ahead "
    "not-going-ahead won't-go-ahead rescinded withdrawn-from withdrew-from withdrawn-his withdrawn-her "
    "rather-you-didn't rather-i-didn't rather-we-didn't please-don't-. please-don't-, please-don't-call "
    "please-don't-ring please-don't-phone not-keen-. not-keen-on-a-call rather-i-just-e-mail rather-i-just-e-mailed "
    "rather-i-just-email rather-i-just-emailed rather-i-e-mail rather-i-e-mailed rather-i-email rather-i-emailed "
    "rather-have-an-e-mail rather-have-an-email rather-just-have-an-email just-e-mail-it just-email-it "
    "just-e-mail-instead just-email-instead no-point no-need not-to-bother don't-bother to-say-don't said-don't-. "
    "said-don't-, said-don't-call said-don't-ring said-don't-phone said-no-. said-no-, said-no-and said-no-call "
    "said-no-thanks said-no-to rather-not-. no-call-then so-no-call is-no-call there's-no-call no-call-on no-calls "
    "wasn't-up-for not-up-for isn't-necessary not-necessary isn't-needed not-needed no-longer-needed off-the-calendar "
    "off-the-diary out-of-the-diary taken-it-off took-it-off doesn't-need-the-call don't-need-the-call "
    "doesn't-need-a-call doesn't-want-the-call doesn't-want-a-call nothing-on-the-calendar nothing-in-the-diary "
    "don't-need-me doesn't-need-me needn't-call needn't-ring not-to-call-. not-to-call-, not-to-ring-. not-to-ring-, "
    "not-to-phone-. not-to-phone-,".split(),
)
