"""Address books of invented people, taken in: how many come out, who was taken for whom, who was asked about, how long.

Each book holds so many people; of these, 30 % share the number of a switchboard or the address of an office, and names
are made of few first names and surnames, so that many have one of them in common, and some both. One in ten stands in
the book a second time, as other programs write the same person: with a slip in the name, an initial, without accents,
the surname first, or without the company. Counted are pairs of entries: decided wrongly (two people made one unasked),
truly the same and decided or asked, and asked though they are two. Usage: address_books.py [PEOPLE [BOOKS]]
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from memos.cards.card import Card  # noqa: E402  # after the path
from memos.cards.taking import Taken, plan  # noqa: E402
from memos.known import Known, fold  # noqa: E402
from memos.models import ContactPoint  # noqa: E402

FIRST: Final = (
    "Anna Paul Maria José Zoë Peter Ruth Samir Li Björn Clara Hugo Ines Karl Vera Omar Nina Tomás Eva Max".split()
)
LAST: Final = (
    "Becker Lindqvist Okafor Whitfield Núñez Marsh Olsen Baker Nowak Rossi Dupont Visser Silva Young Hughes Weber "
    "Castillo Petrov Tanaka Moreau Brandt Keller Larsson Fischer Costa Novak Romano Bakker Santos Murphy"
).split()
COMPANIES: Final = [f"{word} {kind}" for word in ("North", "Harbor", "Blue", "Iron", "Cedar", "Union") for kind in (
    "Freight", "Dental", "Farms", "Systems", "Partners", "Supply")]  # fmt: skip
SHARED: Final = 0.3
TWICE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Book:
    """The entries of an address book, and which person each is; `people` is how many there are."""

    cards: list[Card]
    whose: list[int]
    people: int


@dataclass(frozen=True, slots=True)
class Count:
    """What became of it: contacts made, pairs decided wrongly, same pairs found of how many, pairs asked in vain."""

    made: int
    wrong: int
    found: int
    same: int
    in_vain: int
    seconds: float


def book(size: int, dice: random.Random, *, twice: float = TWICE, shared: float = SHARED) -> Book:
    """`size` people, no two of whom have both name and company in common, and some of them a second time."""
    people: dict[tuple[str, str], Card] = {}
    while len(people) < size:
        name, company = f"{dice.choice(FIRST)} {dice.choice(LAST)}", dice.choice(COMPANIES)
        if len(people) * 2 > len(FIRST) * len(LAST) * len(COMPANIES):
            company = f"{company} {len(people)}"
        people.setdefault((name, company), _card(name, company, dice, shared))
    entries = [(number, card) for number, card in enumerate(people.values())]
    again = dice.sample(entries, round(size * twice))
    entries += [(number, replace(card, **_otherwise(card, dice))) for number, card in again]  # type: ignore[arg-type]  # fields of a card
    dice.shuffle(entries)
    cards = [replace(card, line=line) for line, (_, card) in enumerate(entries, start=2)]
    return Book(cards, [number for number, _ in entries], size)


def _card(name: str, company: str, dice: random.Random, shared: float) -> Card:
    office = fold(company).replace(" ", "")
    values = [f"+1512555{dice.randrange(10_000):04}", f"{fold(name).replace(' ', '.')}{dice.randrange(999)}@x.example"]
    if dice.random() < shared:
        values = [f"+1512556{hash_of(office) % 10_000:04}", f"info@{office}.example"]
    points = [ContactPoint("email" if "@" in value else "phone", value) for value in values]
    return Card(0, name, company, None, None, tuple(dice.sample(points, dice.choice((1, 2)))), ())


def hash_of(text: str) -> int:
    """The same number for the same text in every run."""
    return sum(ord(letter) * 31**at for at, letter in enumerate(text))


def _otherwise(card: Card, dice: random.Random) -> dict[str, str | None]:
    """The same person as another program writes them."""
    first, last = card.name.split()
    at = dice.randrange(1, len(last) - 1)
    ways: list[dict[str, str | None]] = [
        {"name": f"{first} {last[:at]}{last[at + 1 :]}"},
        {"name": f"{first} {last[:at]}{last[at]}{last[at:]}"},
        {"name": f"{first[0]}. {last}"},
        {"name": f"{last} {first}"},
        {"name": fold(card.name).title(), "company": None},
        {"company": None},
    ]
    return dice.choice(ways)


def count(of: Book) -> Count:
    """Take a book in, with nobody to ask, and count."""
    begun = time.process_time()
    taken = plan(of.cards, Known([], {}), {})
    seconds = time.process_time() - begun
    ids = [outcome.after.id for outcome in taken]
    whose_contact: dict[int, int] = {}
    wrong = sum(
        whose_contact.setdefault(contact, person) != person for contact, person in zip(ids, of.whose, strict=True)
    )
    seen: set[int] = set()
    same = found = in_vain = 0
    for outcome, person in zip(taken, of.whose, strict=True):
        asked = {whose_contact[each.contact.id] for each in outcome.doubt}
        if person in seen:
            same += 1
            found += person in asked or _decided(outcome, whose_contact, person)
        in_vain += len(asked - {person})
        seen.add(person)
    return Count(len(set(ids)), wrong, found, same, in_vain, seconds)


def _decided(outcome: Taken, whose_contact: dict[int, int], person: int) -> bool:
    return outcome.before is not None and whose_contact[outcome.before.id] == person


def near_equal(size: int) -> Iterator[tuple[str, list[Card]]]:
    """Books of names that hardly differ: with a number each, one number for all, and one company for all."""
    for what, company, number in (
        ("a number each", "Company {0}", "+1512{0:07}"),
        ("one number for all", "Company {0}", "+15125550100"),
        ("one company for all", "Acme", "+1512{0:07}"),
        ("50 at each number and company", "Company {1}", "+1512{1:07}"),
    ):
        yield what, [
            Card(n, f"Jo Person{n}", company.format(n, n // 50), None, None,
                 (ContactPoint("phone", number.format(n, n // 50)),), ())
            for n in range(size)
        ]  # fmt: skip


def main() -> None:
    """Print what is counted, the median of the books, and the times."""
    given = [int(word) for word in sys.argv[1:3]]
    size, books = (*given, *(500, 20)[len(given) :])
    counts = [count(book(size, random.Random(seed))) for seed in range(books)]
    alone = [count(book(size, random.Random(seed), twice=0)) for seed in range(books)]
    print(
        f"{books} books of {size} people, nobody twice: {sum(each.made for each in alone)} contacts of {books * size}"
    )
    print(f"pairs decided wrongly: {sum(each.wrong for each in (*alone, *counts))}")
    same = sum(each.same for each in counts)
    print(f"pairs that are the same, decided or asked: {sum(each.found for each in counts)} of {same}")
    print(f"pairs asked in vain, median of a book: {statistics.median(each.in_vain for each in counts):.0f}")
    for many in (5_000, 20_000):
        for what, cards in near_equal(many):
            begun = time.process_time()
            made = {outcome.after.id for outcome in plan(cards, Known([], {}), {})}
            print(f"{many} near-equal names, {what}: {len(made)} contacts, {time.process_time() - begun:.1f} s")


if __name__ == "__main__":
    main()
