"""The values that go into the store and come out of it. Datetimes are timezone-aware, durations in seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from memos.outcomes import NOT_TRIED, Attempts, Outcome

if TYPE_CHECKING:
    from memos.call_readings import CallReading

Action = Literal["keep", "edit", "strike"]
State = Literal["open", "done", "cancelled"]
PointKind = Literal["phone", "email"]
ChangeKind = Literal["merge", "move", "split"]

NAMELESS = "somebody without a name"


def name_and_company(name: str, company: str | None) -> str:
    """ "Dana Whitfield (Brightwater)": how a contact is called wherever they are shown."""
    return f"{name} ({company})" if company else name


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it was read: what was heard, what the rep made of it, and how long that took.

    `heard` is empty where speech was not written down, and of what the rep typed in addition. `text` is empty when the
    sentence was struck, or when the former was kept as it is. `seconds` is the time the sentence was on screen.
    """

    position: int
    heard: str
    text: str
    action: Action
    seconds: float


@dataclass(frozen=True, slots=True)
class ContactRef:
    """Whom a memo is about, as the rep confirmed it; `phone` is as :func:`memos.phones.read` gives it.

    `id` is the contact that the rep chose; `new` says that it is somebody new, whoever else goes by that name. With
    neither it is the contact of that name and company, or somebody new where there is none: a number or an address
    never decides. Of a number that is nobody's the name may be empty. Raises ValueError without name and number, and
    where both `id` and `new` are given.
    """

    name: str
    company: str | None = None
    phone: str | None = None
    email: str | None = None
    role: str | None = None
    id: int | None = None
    new: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip() and not self.phone:
            raise ValueError("a contact needs a name")
        if self.new and self.id is not None:
            raise ValueError(f"somebody new cannot be contact {self.id}")

    @property
    def called(self) -> str:
        """ "Dana Whitfield (Brightwater)"; where there is no name, the number stands for it."""
        return name_and_company(self.name or self.phone or NAMELESS, self.company)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A number (E.164) or an e-mail address; `label` says which of several, as "work" or "mobile"."""

    kind: PointKind
    value: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as stored; `spellings` are other ways the name has been written.

    `phone` is the number to dial, `email` the address to write to; `points` are the further ones. `name` is empty of
    a number that nobody was named for yet.
    """

    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    spellings: tuple[str, ...] = ()
    role: str | None = None
    note: str | None = None
    points: tuple[ContactPoint, ...] = ()

    @property
    def called(self) -> str:
        """ "Dana Whitfield (Brightwater)"; where there is no name, the number or the address stands for it."""
        return name_and_company(self.name or self.phone or self.email or NAMELESS, self.company)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two contacts made into one: `merged` became part of `kept`; or a memo moved, or a contact split.

    Then `kept` is who has it now, or who was split off, and `merged` whom it was taken from. `moved` counts the rows
    that went along, by table. `undone_at` is None while it holds. `made_by` is what the member of the team is called
    who has made it on another machine; None: it was made on this one.
    """

    id: int
    kept: Contact
    merged: Contact
    merged_at: dt.datetime
    undone_at: dt.datetime | None
    moved: Mapping[str, int]
    kind: ChangeKind = "merge"
    memo_id: str | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Talks:
    """How many memos there are about a contact, and when they were last spoken with; None: they never were."""

    count: int
    last_spoken_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Promise:
    """The next call that was agreed: its date, the clock time if one was named, and the words it was read from.

    `zone` is the IANA name of the zone that `time` is meant in, None for the rep's own. Raises ValueError
    when `time` is finer than a minute or has a zone of its own.
    """

    date: dt.date
    time: dt.time | None
    zone: str | None
    heard: str

    def __post_init__(self) -> None:
        if self.time and self.time != dt.time(self.time.hour, self.time.minute):
            raise ValueError(f"the time of a call is hours and minutes: {self.time.isoformat()}")


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the rep undertook besides the next call: the sentence that says so, and the day named for it, if any."""

    sentence: str
    by: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoContent:
    """What a memo says and where it comes from, the same before and after it is stored.

    `id` sorts by time and is lower-case, as 20261121-164005-7f3a.
    `heard` is the whole text as it was transcribed, `text` as the rep confirmed it; `duration` is the
    length of the sound and `reading_seconds` how long the rep read, both in seconds. `outcome` is what became of the
    call; None for memos of earlier versions.

    Raises ValueError when a datetime has no zone, or unless exactly one of `next_call` and
    `no_next_call_reason` is given: no call ends without a next step.
    """

    id: str
    spoken_at: dt.datetime
    duration: float
    source: str
    heard: str
    text: str
    sentences: tuple[Sentence, ...]
    language: str
    engine: str
    model: str
    weights_sha256: str
    confirmed_by: str
    confirmed_at: dt.datetime
    reading_seconds: float
    next_call: Promise | None = None
    no_next_call_reason: str | None = None
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        for name, moment in (("spoken_at", self.spoken_at), ("confirmed_at", self.confirmed_at)):
            if moment.utcoffset() is None:
                raise ValueError(f"{name} has no time zone: {moment.isoformat()}")
        reason = self.no_next_call_reason
        if (reason is None) == (self.next_call is None) or (reason is not None and not reason.strip()):
            raise ValueError("a memo needs either a next call or the reason why there is none, and not both")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedMemo(MemoContent):
    """A memo that the rep has read and confirmed, ready to be stored.

    `transcript_json` is the whole transcript with the probability of every word; `commitments` are what the rep has
    confirmed that they undertook; `call_reading` is what was offered as the next call. `private`: it is shared with no
    team.
    """

    transcript_json: str
    contact: ContactRef | None = None
    commitments: tuple[Commitment, ...] = ()
    call_reading: CallReading | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo(MemoContent):
    """A memo as stored. Its transcript is left in the store until asked for: it outweighs all the rest."""

    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What a memo said from one confirmation to the next; `number` counts from 1.

    `reading_seconds` is how long the rep read, or corrected what was there before.
    """

    number: int
    text: str
    sentences: tuple[Sentence, ...]
    confirmed_by: str
    confirmed_at: dt.datetime
    reading_seconds: float


@dataclass(frozen=True, slots=True)
class Correction:
    """New words for a confirmed memo.

    `corrects` is the number of the version that was read. The text is that of the sentences; ValueError where
    nothing is left of them, or `confirmed_at` has no zone.
    """

    corrects: int
    sentences: tuple[Sentence, ...]
    confirmed_by: str
    confirmed_at: dt.datetime
    reading_seconds: float

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a memo without words")
        if self.confirmed_at.utcoffset() is None:
            raise ValueError(f"confirmed_at has no time zone: {self.confirmed_at.isoformat()}")

    @property
    def text(self) -> str:
        """The sentences that were not struck."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A promised call: when it is due, and what has become of it.

    `calendar_uid` and `sequence` are the UID and SEQUENCE of its calendar event (RFC 5545).
    """

    id: int
    memo_id: str
    contact: Contact | None
    due_date: dt.date
    due_time: dt.time | None
    due_zone: str | None
    state: State
    times_put_off: int
    calendar_uid: str
    sequence: int
    created_at: dt.datetime
    closed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DueCall:
    """A follow-up, and the memo that it was promised in.

    `agreed_for` is the day on which the contact expects the call, None where they know of none: putting it off moves
    the due date, not that. `put_off_since`: when it first was. `brief_read`: since the newest memo about the contact.
    """

    follow_up: FollowUp
    memo: Memo
    agreed_for: dt.date | None
    put_off_since: dt.datetime | None
    brief_read: bool
    attempts: Attempts = NOT_TRIED
