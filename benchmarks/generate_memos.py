"""A store of many memos that never were, with a realistic spread: for search.py, and for trying things out.

Some contacts have one memo and a few have hundreds; some words stand in half of all memos and most in one or two;
most memos last half a minute and some two; one call in six ends without a next one. They are stored by the store's
own code, in one transaction. The same seed gives the same memos. Usage: generate_memos.py FILE [COUNT] [SEED]
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, TypeVar

_T = TypeVar("_T")

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlite_utils import Database  # noqa: E402  # after the path

from memos import records  # noqa: E402
from memos.database import connect, transaction  # noqa: E402
from memos.models import ConfirmedMemo, ContactRef, Promise, Sentence  # noqa: E402
from memos.outcomes import Outcome  # noqa: E402
from memos.settle import settle  # noqa: E402

TODAY: Final = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
YEARS: Final = 5
MEMOS_PER_CONTACT: Final = 12
LONGEST_OPEN: Final = timedelta(days=30)
WORDS_A_SECOND: Final = 2.6
MISHEARD: Final = 0.03
"""Share of words that the rep had to correct."""

FIRST: Final = (
    "Laura Marcus Fiona Daniel Susan Priya Ahmed Katarzyna Catherine Katherine Jan Mark Mary Olga Pedro Ingrid Tom "
    "Nadia Yusuf Helen Walter Chloe Bruno Mei Hiroshi Aoife Sean Greta Lukas Amelia Victor Dana Rosa Oliver Edith"
).split()
OPENINGS: Final = (
    "Just off the phone with {name} at {company}.",
    "That was {name}, {role} at {company}.",
    "Spoke to {name} from {company}, the {role}.",
    "Call with {first} at {company} took {minutes} minutes.",
    "Left a voicemail for {name}, {company}.",
)
BODY: Final = (
    "They run about {number} {thing} and are tired of the {noun}.",
    "The budget is {price} dollars for the {noun}, and {first} thinks that is tight.",
    "She wants the quote for {number} {thing} in writing before the board meets.",
    "He asked whether we deliver the {noun} to {place} as well.",
    "Their contract with {rival} runs until {month}.",
    "{first} likes the demo but the {role} has to agree.",
    "I quoted {price}, delivery included.",
    "They had trouble with the {noun} last {month}, and nobody called them back.",
    "The decision is made by {other}, who is new in the company.",
    "He will send me the numbers for {place}.",
    "I promised a reference from the {noun} trade and a plan on one page.",
    "No {noun} this year, they said, but the {thing} have to be replaced.",
    "The invoice for the {thing} was paid twice.",
    "Key word here is {rare}.",
    "Direct number is {phone}.",
    "They compare us with {rival} and look at price first.",
    "{first} is on holiday in {month}.",
    "Shipping to {place} takes too long at the moment.",
    "The pilot with {number} {thing} went well.",
    "He mentioned {rare} and {rare2}, I have to look that up.",
)
CLOSINGS: Final = (
    "I'm calling again {when}.",
    "We agreed to talk again {when}.",
    "Next call is {when}.",
    "She wants to hear from me {when}.",
)
OUTCOMES: Final = {
    "Left a voicemail": (Outcome.VOICEMAIL,),
    "": (*[Outcome.REACHED] * 6, Outcome.NO_ANSWER, Outcome.GATEKEEPER, Outcome.THEY_CALLED, Outcome.NO_CALL),
}
"""By how a memo begins."""
NO_CALL: Final = ("they went with a rival", "wrong number", "they call us", "no need this year", "out of business")
ROLES: Final = "purchasing manager,managing director,head of finance,office manager,plant manager,owner,buyer".split(
    ","
)
NOUNS: Final = (
    "fuel report,maintenance contract,warehouse lighting,customer data,service level,price list,cleaning service,"
    "payroll,printer lease,packaging line,phone system,forklift,warranty,training,insurance,software licence,"
    "spare parts,heating,solar roof,water treatment,catering,security camera,delivery schedule,medical waste"
).split(",")
THINGS: Final = "trucks,units,apartments,seats,pallets,licences,machines,vans,branches,chairs,sensors,pumps".split(",")
MONTHS: Final = "January February March April May June July August September October November December".split()
SYLLABLES: Final = (
    "ba be bel ber bor bran ca cal car chi cor da dal del dor du el en fal far fen fi gar gel gra ha hal har hel hol "
    "in ja ka kal ker kin ko la lan len lo lu ma mar mel mi mon mor na nel ni no or pa pen per pol ra ran ri ro "
    "ru sa san sel shaw si sol sta ta tal ten ter thorn ti tor tra ul va van ver vi wal wen wes wil yor za zel zi"
).split()
ENDINGS: Final = "son,ski,berg,ton,ley,man,er,ini,ova,field,wood,well,ford,stein,ez,sen,kov,ard,ini,worth".split(",")
KINDS: Final = "Logistics,Dental Supply,Ceramics,Foods,Property,Motors,Labs,Systems,& Sons,Print,Hotels,Steel".split(
    ","
)


class Maker:
    """Draws memos; `rare` words, like people's names, come with the frequencies of Zipf's law."""

    def __init__(self, count: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._shift = 977 * (seed - 2026)  # stores of two seeds have no id in common
        self._names = [self._word().title() + self._pick(ENDINGS) for _ in range(2500)]
        self._rare = sorted({self._word(3) for _ in range(20000)})
        self._random.shuffle(self._rare)
        self._places = [self._word().title() for _ in range(300)]
        self.contacts = [self._contact() for _ in range(max(1, count // MEMOS_PER_CONTACT))]
        self._count = count

    def memos(self) -> Iterator[tuple[int, ConfirmedMemo]]:
        """Memos in the order they were spoken, each with the index of its contact."""
        first = TODAY.date() - timedelta(weeks=52 * YEARS)
        for number in range(self._count):
            weekday, of_the_day = divmod(number / self._count * 52 * YEARS * 5, 1)
            day = first + timedelta(weeks=weekday // 5, days=weekday % 5 - first.weekday())
            spoken_at = datetime.combine(day, time(8), UTC) + timedelta(hours=9) * of_the_day
            who = self._zipf(len(self.contacts), 0.4)
            yield who, self._memo(number, spoken_at.replace(microsecond=0), self.contacts[who])

    def _pick(self, choices: Sequence[_T]) -> _T:
        return self._random.choice(choices)

    def _zipf(self, count: int, flatness: float) -> int:
        """An index below `count`, small ones far more often."""
        return min(count - 1, int(count ** (self._random.random() ** flatness)) - 1)

    def _word(self, syllables: int = 2) -> str:
        return "".join(self._pick(SYLLABLES) for _ in range(self._random.randint(1, syllables) + 1))

    def _contact(self) -> ContactRef:
        name = f"{self._pick(FIRST)} {self._pick(self._names)}"
        company = f"{self._word().title()} {self._pick(KINDS)}"
        return ContactRef(name, company, f"+1{self._random.randint(2_000_000_000, 9_999_999_999)}", None)

    def _memo(self, number: int, spoken_at: datetime, contact: ContactRef) -> ConfirmedMemo:
        sentences = self._sentences(contact, spoken_at)
        as_heard = [self._misheard(sentence) for sentence in sentences]
        text, heard = " ".join(sentences), " ".join(as_heard)
        call, reason = None, None
        if self._random.random() < 1 / 6:
            reason = self._pick(NO_CALL)
        else:
            due = (spoken_at + timedelta(days=int(self._random.lognormvariate(2.2, 0.9)) + 1)).date()
            clock = (
                time(self._random.randint(8, 17), self._pick([0, 0, 0, 30, 15]))
                if self._random.random() < 0.6
                else None
            )
            call = Promise(due, clock, None, sentences[-1])
        return ConfirmedMemo(
            id=f"{spoken_at:%Y%m%d-%H%M%S}-{number + self._shift & 0xFFFF:04x}",
            spoken_at=spoken_at,
            duration=round(len(text.split()) / WORDS_A_SECOND, 2),
            source="microphone: Headset",
            heard=heard,
            text=text,
            sentences=tuple(
                Sentence(position, was, now, "keep" if was == now else "edit", round(len(now) / 15, 2))
                for position, (was, now) in enumerate(zip(as_heard, sentences, strict=True))
            ),
            language="en",
            engine="faster-whisper",
            model="base",
            weights_sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            transcript_json=self._transcript(heard),
            contact=contact,
            confirmed_by="rep",
            confirmed_at=spoken_at + timedelta(minutes=self._random.randint(1, 240)),
            reading_seconds=round(len(text) / 15, 2),
            next_call=call,
            no_next_call_reason=reason,
            outcome=self._pick(next(outcomes for begin, outcomes in OUTCOMES.items() if text.startswith(begin))),
        )

    def _sentences(self, contact: ContactRef, spoken_at: datetime) -> list[str]:
        def fill(template: str) -> str:
            return template.format(
                name=contact.name,
                first=contact.name.split()[0],
                company=contact.company,
                other=f"{self._pick(FIRST)} {self._names[self._zipf(len(self._names), 1)]}",
                rival=f"{self._places[self._zipf(len(self._places), 1)]} {self._pick(KINDS)}",
                role=self._pick(ROLES),
                noun=self._pick(NOUNS),
                thing=self._pick(THINGS),
                place=self._places[self._zipf(len(self._places), 1)],
                month=self._pick(MONTHS),
                rare=self._rare[self._zipf(len(self._rare), 1)],
                rare2=self._rare[self._zipf(len(self._rare), 1)],
                number=self._random.randint(2, 400),
                minutes=self._random.randint(2, 40),
                price=f"{self._random.randint(4, 990) * 50:,}",
                phone=f"312-555-{self._random.randint(0, 9999):04}",
                when=f"on {date.strftime(spoken_at + timedelta(days=self._random.randint(1, 30)), '%A the %d')}",
            )

        length = max(1, min(40, round(self._random.lognormvariate(1.6, 0.5))))
        body = [self._pick(BODY) for _ in range(length)]
        return [fill(template) for template in (self._pick(OPENINGS), *body, self._pick(CLOSINGS))]

    def _misheard(self, sentence: str) -> str:
        words = sentence.split()
        for place, word in enumerate(words):
            if self._random.random() < MISHEARD and len(word) > 3:
                words[place] = word[:2] + self._pick(SYLLABLES) + word[3:]
        return " ".join(words)

    def _transcript(self, heard: str) -> str:
        """As long as a real one: it is most of what is stored of a memo."""
        words, at = [], 0.3
        for word in heard.split():
            end = round(at + 1 / WORDS_A_SECOND, 2)
            words.append({"text": word, "start": at, "end": end, "probability": 1 - self._random.random() ** 4})
            at = end
        segment = {"start": 0.3, "end": at, "text": heard, "words": words, "avg_logprob": -0.2}
        segment |= {"compression_ratio": 1.5, "no_speech_prob": 0.01, "temperature": 0.0}
        return json.dumps({"segments": [segment], "language": "en", "duration": at}, ensure_ascii=False)


def generate(path: Path, count: int, seed: int = 2026) -> None:
    """Make a new store at `path` with `count` memos."""
    maker = Maker(count, seed)
    conn = connect(path, read_only=False, busy_seconds=10)
    db = Database(conn, execute_plugins=False)
    with transaction(conn, "IMMEDIATE"):
        contacts = [
            db.table("contacts").insert({"name": one.name, "company": one.company, "phone": one.phone}).last_pk
            for one in maker.contacts
        ]
        for who, memo in maker.memos():
            contact = contacts[who]
            assert isinstance(contact, int)
            records.insert(db, memo, contact)
        for contact in contacts:
            assert isinstance(contact, int)
            settle(conn, contact, TODAY)
        # Nobody keeps promises open that are months old.
        db.execute(
            "UPDATE followups SET state = 'cancelled', closed_at = ? WHERE state = 'open' AND due_date < ?",
            [TODAY.isoformat(), (TODAY - LONGEST_OPEN).date().isoformat()],
        )
    conn.close()


if __name__ == "__main__":
    generate(Path(sys.argv[1]), *map(int, sys.argv[2:]))
