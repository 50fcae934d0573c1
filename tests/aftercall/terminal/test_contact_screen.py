"""The contact: offered where it is known, never changed behind the rep's back."""

from dataclasses import replace

import pytest
from scripted_terminal import Answer, Gone, Key, Line, ScriptedTerminal

from aftercall.terminal.contact_screen import ask_contact
from memos.models import Contact, ContactRef
from memos.phones import phone_numbers
from review.contact_question import ContactQuestion, KnownContacts
from review.errors import NotConfirmed

DANA = Contact(1, "Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.example")
DAN = Contact(2, "Dan Whitford", "Acme", None, None)


def ask(
    *answers: Answer, hint: str | None = None, text: str = "", known: tuple[Contact, ...] = ()
) -> tuple[ContactRef | None, ScriptedTerminal]:
    terminal = ScriptedTerminal(answers)
    book = KnownContacts(lambda name, company: list(known), lambda number: [c for c in known if c.phone == number])
    question = ContactQuestion(hint, text, book, "US")
    ask_contact(terminal, question)
    assert terminal.all_given
    return question.contact, terminal


@pytest.mark.parametrize("typed", ["", "   ", ",", " , ", "\x1b"])
def test_enter_alone_names_nobody(typed: str) -> None:
    assert ask(Line(typed))[0] is None


def test_what_was_said_before_recording_is_offered() -> None:
    contact, terminal = ask(Line(None), Line(""), hint="Laura Bennett, Hartwell Logistics")

    assert terminal.prompts[0] == ("contact:", "Laura Bennett, Hartwell Logistics")
    assert contact == ContactRef("Laura Bennett", "Hartwell Logistics")


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("Dana", ContactRef("Dana")),
        ("  Dana ,  Acme, Inc. ", ContactRef("Dana", "Acme, Inc.")),
        (", Acme", ContactRef("Acme", "Acme")),
        ("Da\x1bna", ContactRef("Dana")),
    ],
)
def test_somebody_new_is_taken_as_typed(typed: str, contact: ContactRef) -> None:
    assert ask(Line(typed), Line(""))[0] == contact


@pytest.mark.parametrize("typed", ["Dana Whitfield", "dana whitfield", "Dana Whitfield, brightwater"])
def test_a_contact_of_that_name_is_taken_over_with_number_and_address(typed: str) -> None:
    contact, terminal = ask(Line(typed), Line(None), known=(DANA, DAN))

    assert contact == ContactRef("Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.example", id=1)
    assert terminal.prompts[1] == ("number to dial:", "+15125550143")


def test_a_company_that_is_typed_is_added_to_a_contact_without_one() -> None:
    contact, _ = ask(Line("Dana Whitfield, Acme"), Line(None), known=(Contact(3, "Dana Whitfield", None, None, None),))

    assert contact == ContactRef("Dana Whitfield", "Acme", id=3)


@pytest.mark.parametrize(
    ("key", "name", "company"), [("1", "Dana Whitfield", "Brightwater"), ("n", "Dana Whitfield", "Zeta")]
)
def test_the_same_name_at_another_company_is_asked_about(key: str, name: str, company: str) -> None:
    contact, terminal = ask(Line("Dana Whitfield, Zeta"), Key(key), Line(""), known=(DANA,))

    assert contact is not None
    assert (contact.name, contact.company) == (name, company)
    assert "somebody new: Dana Whitfield (Zeta)" in terminal.shown


def test_a_near_miss_is_offered_by_number() -> None:
    contact, terminal = ask(Line("Dana Witfield"), Key("2"), Line(""), known=(DANA, DAN))

    assert contact == ContactRef("Dan Whitford", "Acme", id=2)
    assert "1  Dana Whitfield (Brightwater), +15125550143" in terminal.shown
    assert "n  somebody new: Dana Witfield" in terminal.shown


@pytest.mark.parametrize("key", ["0", "3", "x", "\r", "²", "y"])
def test_only_a_number_that_is_offered_counts(key: str) -> None:
    contact, terminal = ask(Line("Dana Witfield"), Key(key), Key("n"), Line(""), known=(DANA, DAN))

    assert contact == ContactRef("Dana Witfield", new=True)
    assert "A number from 1 to 2, n for somebody new" in terminal.shown


def test_two_of_the_same_name_are_both_offered() -> None:
    other = Contact(4, "Dana Whitfield", "Zeta", None, None)

    contact, _ = ask(Line("Dana Whitfield"), Key("2"), Line(""), known=(DANA, other))
    assert contact == ContactRef("Dana Whitfield", "Zeta", id=4)

    contact, _ = ask(Line("Dana Whitfield, Zeta"), Line(""), known=(DANA, other))
    assert contact == ContactRef("Dana Whitfield", "Zeta", id=4)


def test_a_number_heard_in_the_memo_is_offered() -> None:
    contact, terminal = ask(Line("Marcus"), Line(None), text="His direct number is 312-555-0142, or so.")

    assert terminal.prompts[1] == ("number to dial:", "+13125550142")
    assert contact == ContactRef("Marcus", None, "+13125550142")


def test_a_known_number_comes_before_one_that_was_heard() -> None:
    _, terminal = ask(Line("Dana Whitfield"), Line(None), text="Call 312-555-0142.", known=(DANA,))

    assert terminal.prompts[1][1] == "+15125550143"


@pytest.mark.parametrize("bad", ["soon", "12", "+999 1", "call me", "1234567890123456789"])
def test_what_is_no_number_is_asked_again_with_what_was_typed(bad: str) -> None:
    contact, terminal = ask(Line("Dana"), Line(bad), Line("+44 20 7946 0358"))

    assert "That is no phone number" in terminal.shown
    assert terminal.prompts[2] == ("number to dial:", bad)
    assert contact == ContactRef("Dana", None, "+442079460358")


def test_a_number_that_is_no_valid_one_is_kept_as_written_when_it_is_left_so() -> None:
    contact, terminal = ask(Line("Dana"), Line("555-0143"), Line(None))

    assert "Enter keeps it as it is." in terminal.shown
    assert contact == ContactRef("Dana", None, "555-0143")


def test_no_number_is_an_answer() -> None:
    contact, _ = ask(Line("Dana Whitfield"), Line(""), known=(DANA,))

    assert contact == ContactRef("Dana Whitfield", "Brightwater", None, "dana@brightwater.example", id=1)


@pytest.mark.parametrize("answers", [(Gone(),), (Line("Dana"), Gone())])
def test_leaving_is_possible_at_both_prompts(answers: tuple[Answer, ...]) -> None:
    with pytest.raises(NotConfirmed):
        ask(*answers)


def test_numbers_are_found_in_order_and_prices_are_none() -> None:
    text = "I quoted $14,750 for 300 units; call 312-555-0142 or +44 20 7946 0358 on 2026-11-24 at 14:30."

    assert list(phone_numbers(text, "US")) == ["+13125550142", "+442079460358"]


INTRODUCING = "Just off the phone with Dana Whitfield, head of purchasing at Brightwater."


def test_whom_the_memo_introduces_is_offered_and_made_with_what_was_said() -> None:
    text = f"{INTRODUCING} Call 312-555-0142 or email dana at brightwater dot com."

    contact, terminal = ask(Line(None), Line(None), Line(None), Line(None), text=text)

    assert terminal.prompts == [
        ("contact:", "Dana Whitfield, Brightwater"),
        ("number to dial:", "+13125550142"),
        ("e-mail:", "dana@brightwater.com"),
        ("role:", "head of purchasing"),
    ]
    assert contact == ContactRef(
        "Dana Whitfield", "Brightwater", "+13125550142", "dana@brightwater.com", "head of purchasing"
    )


def test_what_was_misheard_of_them_is_left_out() -> None:
    text = f"{INTRODUCING} Her email is data at bright dot com."

    assert ask(Line(None), Line(""), Line(""), Line(""), text=text)[0] == ContactRef("Dana Whitfield", "Brightwater")


@pytest.mark.parametrize(
    ("hint", "offered"),
    [
        ("Marcus", "Marcus"),
        ("Dana", "Dana Whitfield, Brightwater"),
        ("Dana, Acme", "Dana, Acme"),
        (None, "Dana Whitfield, Brightwater"),
    ],
)
def test_the_hint_goes_before_what_is_introduced_unless_that_is_more_of_the_same(
    hint: str | None, offered: str
) -> None:
    _, terminal = ask(Line(""), hint=hint, text=INTRODUCING)

    assert terminal.prompts[0] == ("contact:", offered)


def test_whose_number_it_is_goes_before_what_is_introduced() -> None:
    text = "Just off the phone with Diana Whitefield. Call 512-555-0143."

    contact, terminal = ask(Line(None), Line(None), text=text, known=(DANA,))

    assert terminal.prompts[0] == ("contact:", "Dana Whitfield, Brightwater")
    assert contact == ContactRef("Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.example", id=1)


def test_another_number_in_the_memo_is_told() -> None:
    _, terminal = ask(Line("Dana Whitfield"), Line(None), text="Call 312-555-0142.", known=(DANA,))

    assert "another number is in the memo: +13125550142" in terminal.shown


def test_one_fits_by_name_and_another_by_number_and_both_are_offered() -> None:
    terminal = ScriptedTerminal([Line("Dan Whitfort"), Key("2"), Line("")])
    book = KnownContacts(lambda name, company: [DAN], lambda number: [DANA, replace(DANA, id=9, name="Ann Whitfield")])
    question = ContactQuestion(None, "Call 512-555-0143.", book, "US")

    ask_contact(terminal, question)

    assert question.contact is not None
    assert question.contact.name == "Dana Whitfield"
    assert [f"{n}  {name}" in terminal.shown for n, name in enumerate(["Dan", "Dana", "Ann"], start=1)] == [True] * 3


def test_in_another_language_nobody_is_introduced() -> None:
    terminal = ScriptedTerminal([Line("")])
    book = KnownContacts(lambda name, company: [], lambda number: [])
    question = ContactQuestion(None, INTRODUCING, book, "US", english=False)

    ask_contact(terminal, question)

    assert question.contact is None
    assert terminal.prompts == [("contact:", "")]


@pytest.mark.parametrize("key", ["q", "l", "\x1b"])
def test_leaving_is_possible_where_one_is_chosen(key: str) -> None:
    with pytest.raises(NotConfirmed):
        ask(Line("Dana Witfield"), Key(key), known=(DANA, DAN))


ANNA = Contact(5, "Anna Becker", "Becker & Sons", "+15125550100", None)


def test_somebody_new_with_the_number_of_somebody_known_is_new_and_whose_number_it_is_is_told() -> None:
    terminal = ScriptedTerminal([Line("Paul Becker, Becker & Sons"), Key("n"), Line("512-555-0100")])
    book = KnownContacts(lambda name, company: [ANNA], lambda number: [ANNA, DANA])
    question = ContactQuestion(None, "", book, "US")

    ask_contact(terminal, question)
    contact = question.contact

    assert contact == ContactRef("Paul Becker", "Becker & Sons", "+15125550100", new=True)
    assert "the number of Dana Whitfield (Brightwater)" in terminal.shown


@pytest.mark.parametrize(("key", "who"), [("1", {"id": 5}), ("n", {"new": True})])
def test_a_number_that_leads_to_a_name_alike_is_a_question(key: str, who: dict[str, int]) -> None:
    terminal = ScriptedTerminal([Line("Anne Becher"), Line("512-555-0100"), Key(key)])
    book = KnownContacts(lambda name, company: [], lambda number: [ANNA] if number == ANNA.phone else [])
    question = ContactQuestion(None, "", book, "US")

    ask_contact(terminal, question)
    contact = question.contact

    assert terminal.all_given
    assert contact is not None
    assert (contact.id, contact.new, contact.phone) == (who.get("id"), bool(who.get("new")), "+15125550100")


def test_a_number_that_leads_to_another_name_is_told_and_asks_nothing() -> None:
    terminal = ScriptedTerminal([Line("Tom Hill"), Line("512-555-0100")])
    book = KnownContacts(lambda name, company: [], lambda number: [ANNA])
    question = ContactQuestion(None, "", book, "US")

    ask_contact(terminal, question)

    assert question.contact == ContactRef("Tom Hill", None, "+15125550100")
    assert "the number of Anna Becker (Becker & Sons)" in terminal.shown


def test_the_number_of_somebody_known_is_who_it_was() -> None:
    contact, terminal = ask(Line(None), Line(None), hint="+15125550143", known=(DANA,))

    assert terminal.prompts == [("contact:", "Dana Whitfield, Brightwater"), ("number to dial:", "+15125550143")]
    assert contact is not None
    assert contact.id == DANA.id


def test_the_number_of_nobody_is_offered_with_whom_the_memo_introduces() -> None:
    contact, terminal = ask(Line(None), Line(None), Line(None), hint="+13125550142", text=INTRODUCING)

    assert terminal.prompts[:2] == [("contact:", "Dana Whitfield, Brightwater"), ("number to dial:", "+13125550142")]
    assert contact == ContactRef("Dana Whitfield", "Brightwater", "+13125550142", None, "head of purchasing")


def test_the_number_of_nobody_without_a_name_is_a_contact_without_a_name() -> None:
    assert ask(Line(""), hint="+13125550142")[0] == ContactRef("", phone="+13125550142")


def test_the_number_of_somebody_known_with_the_name_taken_out_is_nobody() -> None:
    assert ask(Line(""), hint="+15125550143", known=(DANA,))[0] is None


NAMELESS = Contact(8, "", None, "+13125550142", None)


@pytest.mark.parametrize(
    ("key", "who"),
    [
        ("1", ContactRef("Rita Olsen", "Acme", "+13125550142", id=8)),
        ("n", ContactRef("Rita Olsen", "Acme", "+13125550142", new=True)),
    ],
)
def test_a_contact_without_a_name_is_offered_and_gets_the_name_that_was_typed(key: str, who: ContactRef) -> None:
    terminal = ScriptedTerminal([Line("Rita Olsen, Acme"), Key(key), Line(None)])
    book = KnownContacts(lambda name, company: [], lambda number: [NAMELESS] if number == NAMELESS.phone else [])
    question = ContactQuestion("+13125550142", "", book, "US")

    ask_contact(terminal, question)

    assert question.contact == who
    assert "1  somebody without a name, +13125550142" in terminal.shown


def test_a_contact_without_a_name_that_gets_none_again_is_the_same() -> None:
    terminal = ScriptedTerminal([Line("")])
    book = KnownContacts(lambda name, company: [], lambda number: [NAMELESS])
    question = ContactQuestion("+13125550142", "", book, "US")

    ask_contact(terminal, question)

    assert question.contact == ContactRef("", phone="+13125550142", id=8)


@pytest.mark.parametrize("key", ["q", "Q", "l"])
@pytest.mark.parametrize("before", [[], [Line("Dana Whitfield")]])
def test_the_letters_that_leave_name_nobody(before: list[Answer], key: str) -> None:
    with pytest.raises(NotConfirmed):
        ask(*before, Line(key))


@pytest.mark.parametrize("key", ["y", "n", "e", "k", "S"])
def test_no_other_key_names_somebody_either(key: str) -> None:
    contact, terminal = ask(Line(key), Line("Dana Whitfield"), Line(""))

    assert contact is not None
    assert contact.name == "Dana Whitfield"
    assert f"{key!r} alone is a key" in terminal.shown


@pytest.mark.parametrize("name", ["李", "Å", "Bo"])
def test_a_short_name_is_a_name(name: str) -> None:
    contact, _ = ask(Line(name), Line(""))

    assert contact is not None
    assert contact.name == name
