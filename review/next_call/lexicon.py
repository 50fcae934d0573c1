"""Words of the calendar and of the clock."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed weds wednsday",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

# Short weekday names that are everyday words as well: they count only with a capital, where the neighbours agree.
DOUBTFUL = frozenset("sat sun wed".split())

CARDINALS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {word: number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}

ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}

UNITS = {
    name: unit
    for unit, names in {
        "second": "seconds secs sec",
        "minute": "minute minutes mins min minute's",
        "hour": "hour hours hrs hr hour's",
        "day": "day days day's",
        "week": "week weeks week's wk wks",
        "fortnight": "fortnight fortnights fortnight's",
        "month": "month months month's",
        "quarter": "quarter quarters quarter's qtr qtrs",
        "year": "year years year's yr yrs",
    }.items()
    for name in names.split()
}

PARTS_OF_DAY = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm", "lunchtime": "pm"}

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

# Words that may stand right after "at three" or "on the fifth" without turning the number into a count.
AFTER_A_NUMBER = frozenset(
    "after again and around as at because before but by central eastern for from gmt he his her he's if i i'll i'd i'm "
    "in instead is it it's just let's local mountain my next o'clock off on once or our pacific please right sharp she "
    "she's since so still that their then there they this to today tomorrow tonight uk us until via was we we'll we're "
    "when where which while who will with works would you your suits precisely exactly though unless about onwards "
    "her's best better latest bst est edt pst pdt cst cet utc regardless always perhaps got no not".split()
)

# What a number belongs to when one of these words stands right before it.
LABELS = frozenset(
    "number no order quote po ref reference invoice ext extension room suite unit version phase model lot "
    "part ticket case page floor building level tier option grade size route bay line point points item stage "
    "step series type class gate zone release serial batch house apartment apt section clause article "
    "appendix".split()
)
