"""Address books as phones, mail programs and CRMs write them, and broken ones, are read into cards."""

from __future__ import annotations

import csv
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memos.cards.card import Card, Fault, points_of
from memos.cards.encoding import decoded
from memos.cards.files import read
from memos.cards.taking import plan
from memos.errors import NoAddressBook
from memos.known import Known

HERS = "+15125550143"
BOOKS = Path(__file__).parents[1] / "data" / "contacts"


def book(name: str, country: str = "US") -> tuple[list[Card], list[Fault]]:
    return split(read((BOOKS / name).read_bytes(), country))


def split(found) -> tuple[list[Card], list[Fault]]:
    found = list(found)
    return [each for each in found if isinstance(each, Card)], [each for each in found if isinstance(each, Fault)]


def cards_of(text: str, country: str = "US") -> list[Card]:
    return split(read(text.encode(), country))[0]


def faults_of(text: str, country: str = "US") -> list[tuple[int, bool]]:
    return [(fault.line, fault.lost) for fault in split(read(text.encode(), country))[1]]


def spoilt(faults: list[Fault]) -> list[Fault]:
    """The faults, without what is only said: columns that are not known, and an encoding that was guessed."""
    return [fault for fault in faults if not ("passed over" in fault.what or "was guessed" in fault.what)]


def numbers(card: Card) -> list[tuple[str, str | None]]:
    return [(point.value, point.label) for point in points_of(card, "phone")]


def addresses(card: Card) -> list[tuple[str, str | None]]:
    return [(point.value, point.label) for point in points_of(card, "email")]


def vcard(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


class TestVCard:
    def test_a_phone_of_apple(self):
        cards, faults = book("ios.vcf")
        assert faults == []
        dana, harlow, jose = cards
        assert (dana.name, dana.company, dana.role) == ("Dana Whitfield", "Brightwater, Inc.", "Fleet Manager")
        assert dana.note == "Prefers mornings, never Mondays.\nAssistant: Ruth; she gatekeeps."
        assert dana.spellings == ("Dee",)
        assert numbers(dana) == [
            ("+15125550143", "mobile"),
            ("+15125550150", "work"),
            ("+15125550144", "reception"),
            ("+15125550199", "home"),
        ]
        assert addresses(dana) == [("dana@brightwater.example", "work"), ("dana@whitfield.example", "home")]
        assert (harlow.name, harlow.company) == ("Harlow Tyre Services", "Harlow Tyre Services")
        assert jose.name == "José María Núñez"

    def test_google(self):
        [marcus, li], faults = book("google.vcf")
        assert faults == []
        assert (marcus.company, marcus.role) == ("Northgate Dental Supply", "Purchasing Manager")
        assert numbers(marcus) == [("+13125550142", "mobile"), ("+13125550100", "work")]
        assert (li.name, numbers(li)) == ("李伟", [("+8613912345678", "mobile")])

    def test_version_4(self):
        [zoe, company], faults = book("version4.vcf")
        assert faults == []
        assert (zoe.name, zoe.company, zoe.role) == ("Zoë Müller", "Groß & Söhne GmbH", "Einkaufsleiterin")
        assert numbers(zoe) == [("+4930901820;ext=22", "work"), ("+4915123456789", "mobile"), ("+4930901821", "fax")]
        assert zoe.note == "Zweite Zeile folgt\nhier."
        assert (company.name, company.company) == ("Brightwater, Inc.", "Brightwater, Inc.")

    def test_outlook_which_writes_version_2_1(self):
        [card], faults = book("outlook.vcf", "DE")
        assert faults == []
        assert (card.name, card.company, card.role) == ("Jürgen Groß", "Maß AG", "Head of Sales, EMEA")
        assert card.note is not None
        assert card.note.splitlines() == [
            "Line one",
            "Line two is much longer than a line may be, so it goes on",
            "Line three",
        ]
        assert numbers(card) == [("+4915123456780", "mobile"), ("+4930901820", "work"), ("+4930901821", "fax")]

    def test_quoted_printable_in_version_3(self):
        [card], faults = book("quoted-printable-in-3.vcf")
        assert faults == []
        assert (card.name, numbers(card)) == ("Wiśniewski Łukasz", [("+48225550123", "mobile")])

    def test_a_broken_one_loses_only_what_is_broken_and_says_where(self):
        cards, faults = book("broken.vcf")
        assert [(card.line, card.name) for card in cards] == [(2, "Anna Lee"), (16, "Tom Baker")]
        assert [(fault.line, fault.lost) for fault in faults] == [
            (1, False),
            (5, False),
            (6, False),
            (7, False),
            (9, False),
            (12, True),
            (22, True),
            (26, False),
            (27, True),
        ]
        assert numbers(cards[0]) == [("+12125550123", "mobile")]

    @pytest.mark.parametrize(
        ("lines", "name"),
        [
            (["FN:", "N:Whitfield;Dana;Q.;Dr.;MBA"], "Dana Q. Whitfield"),
            (["N:Whitfield;Dana;Mary,Ann;;"], "Dana Mary Ann Whitfield"),
            (["N:Whitfield"], "Whitfield"),
            (["N:;Dana"], "Dana"),
            (["fn:Dana Whitfield"], "Dana Whitfield"),
            (["FN:Whitfield\\, Dana"], "Whitfield, Dana"),
            (["FN:Back\\\\slash"], "Back\\slash"),
            (["FN:Smith, John"], "Smith, John"),
            (["FN:  Dana \t Whitfield "], "Dana Whitfield"),
            (["ORG:Acme\\; Sons;Sales;EMEA"], "Acme; Sons"),
            (["EMAIL:dana@acme.example"], "dana@acme.example"),
            (["FN;LANGUAGE=en:Dana", "FN;LANGUAGE=ja:ダナ"], "Dana"),
            (["FN:Da", " na\u2028Whit", "\tfield"], "Dana Whitfield"),
        ],
    )
    def test_who_it_is(self, lines, name):
        assert [card.name for card in cards_of(vcard(*lines))] == [name]

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (["TEL:(512) 555-0143"], [(HERS, None)]),
            (["TEL;VALUE=uri:tel:+1-512-555-0143"], [(HERS, None)]),
            (['TEL;TYPE="work,voice";VALUE=uri:tel:+1-512-555-0143'], [(HERS, "work")]),
            (["TEL;HOME:5125550143", "TEL;CELL;PREF:5125550144"], [("+15125550144", "mobile"), (HERS, "home")]),
            (["TEL;PREF=50:512 555 0143", "TEL;PREF=1:512 555 0144"], [("+15125550144", None), (HERS, None)]),
            (["TEL;TYPE=work,fax:5125550143", "TEL;HOME:5125550144"], [("+15125550144", "home"), (HERS, "fax")]),
            (["TEL:+15125550143", "TEL;TYPE=cell:512-555-0143"], [(HERS, None)]),
            (["tel;type=cell:512-555-0143"], [(HERS, "mobile")]),
            (["a.TEL:5125550143", "a.X-ABLabel:Direct line", "b.X-ABLabel:Other"], [(HERS, "direct")]),
            (["TEL:", "TEL: "], []),
        ],
    )
    def test_which_number_is_the_one_to_dial(self, lines, expected):
        [card] = cards_of(vcard("FN:Dana", *lines))
        assert numbers(card) == expected

    @pytest.mark.parametrize("name", ["PHOTO", "LOGO", "KEY", "item1.PHOTO"])
    @pytest.mark.parametrize(
        "picture",
        [
            [";ENCODING=b;TYPE=JPEG:/9j/4AAQ", " SkZJRg==", " more"],
            [";ENCODING=BASE64;JPEG:", " /9j/4AAQ", " SkZJRg==", ""],
            [";ENCODING=BASE64:/9j/4AAQ", "SkZJRg==", "notindented", ""],
            [":data:image/jpeg;base64,/9j/4AAQ", " SkZJRg=="],
            [";VALUE=uri:https://pictures.example/dana.jpg"],
        ],
    )
    def test_a_picture_is_passed_over_in_every_form(self, name, picture):
        text = vcard("FN:Dana", name + picture[0], *picture[1:], "TEL:+15125550143", "ORG:Acme")
        assert faults_of(text) == []
        [card] = cards_of(text)
        assert (card.name, card.company, numbers(card)) == ("Dana", "Acme", [(HERS, None)])

    def test_groups_are_no_contacts(self):
        assert cards_of(vcard("KIND:group", "FN:Team") + vcard("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group")) == []

    @pytest.mark.parametrize("charset", ["nonsense", "utf-16", "us-ascii", "UTF-8"])
    def test_a_charset_that_is_wrong_loses_no_card(self, charset):
        text = vcard(f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Zo=EB", "ORG:Acme")
        assert [card.company for card in cards_of(text)] == ["Acme"]

    def test_lines_are_counted_as_they_stand_in_the_file(self):
        text = "\n\n" + vcard("FN:Dana", "NOTE:a", " b", "", "TEL:nonsense") + "\n" + vcard("ORG;:", "TEL:x")
        assert faults_of(text) == [(9, False), (12, True)]

    def test_a_long_folded_picture_takes_no_longer_than_its_length(self):
        picture = "\r\n ".join(["A" * 74] * 40_000)
        [card] = cards_of(vcard("FN:Dana", f"PHOTO;ENCODING=b:{picture}"))
        assert card.name == "Dana"


class TestTable:
    @pytest.mark.parametrize(
        ("name", "country", "main", "others", "email"),
        [
            ("google.csv", "US", "+15125550143", ["+15125550199", "+15125550150"], "dana@brightwater.example"),
            ("google-old.csv", "US", "+15125550143", ["+15125550199"], "dana@brightwater.example"),
            ("hubspot.csv", "US", "+15125550150", ["+15125550143"], "dana@brightwater.example"),
            ("salesforce.csv", "US", "+15125550150", ["+15125550143", "+15125550159"], "dana@brightwater.example"),
            ("salesforce-loader.csv", "US", "+15125550150", ["+15125550143"], "dana@brightwater.example"),
            ("pipedrive.csv", "US", "+15125550143", ["+15125550150", "+15125550144"], "dana@brightwater.example"),
        ],
    )
    def test_every_program_s_columns_are_known(self, name, country, main, others, email):
        cards, faults = book(name, country)
        assert spoilt(faults) == []
        dana = cards[0]
        assert dana.name == "Dana Whitfield"
        assert dana.company in ("Brightwater", "Brightwater, Inc.")
        assert dana.role == "Fleet Manager"
        assert [value for value, _ in numbers(dana)] == [main, *others]
        assert addresses(dana)[0][0] == email

    def test_outlook_in_its_own_encoding(self):
        [juergen, priya], faults = book("outlook.csv", "DE")
        assert spoilt(faults) == []
        assert (juergen.name, juergen.company, juergen.role) == ("Jürgen Groß", "Maß AG", "Vertriebsleiter")
        assert juergen.note == "Erste Zeile\nzweite „Zeile“ – €"
        assert numbers(juergen) == [
            ("+4915123456780", "mobile"),
            ("+4930901820", "work"),
            ("+4930901829", "home"),
            ("+4930901821", "fax"),
        ]
        assert priya.line == 4

    def test_semicolons_and_the_line_that_excel_adds(self):
        [zoe], faults = book("outlook-semicolons.csv")
        assert spoilt(faults) == []
        assert (zoe.name, zoe.company) == ("Zoë Müller", "Groß & Söhne; GmbH")

    def test_tabs_in_utf_16_and_the_apostrophe_that_keeps_off_formulas(self):
        [dana, tom], faults = book("tabs.txt")
        assert faults == []
        assert numbers(dana) == [(HERS, None)]
        assert (tom.name, tom.company) == ("Tom Baker", "Acme")

    def test_who_has_no_name_goes_by_company_or_address(self):
        assert [card.name for card in book("google.csv")[0]][2] == "Harlow Tyre Services"
        assert [card.name for card in book("hubspot.csv")[0]][2] == "info@globex.example"

    def test_a_broken_one_loses_only_its_bad_rows_and_says_which(self):
        cards, faults = book("broken.csv")
        assert [(card.line, card.name) for card in cards] == [(2, "Anna Lee"), (6, "Bert Hill"), (11, "Eve Short")]
        assert cards[1].note == "two\nlines"
        assert [(fault.line, fault.lost) for fault in faults] == [
            (2, False),
            (3, True),
            (4, True),
            (5, True),
            (8, True),
            (12, True),
        ]

    def test_the_rest_of_a_bad_row_is_no_contact(self):
        text = 'Name,Company,Notes\nAnna,Acme,"a note\nsays "so"\n\nlast line"\nTom,Acme,fine\nKate,Acme\n'
        cards, faults = split(read(text.encode(), "US"))
        assert [card.name for card in cards] == ["Tom", "Kate"]
        assert [fault.line for fault in faults] == [2, 3, 5]

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_a_quote_that_is_never_closed_costs_one_row(self, newline):
        rows = [f"Person {number},Acme,+1212555{number:04}" for number in range(2000)]
        rows[700] = 'Stray,"Acme,+12125550123'
        text = newline.join(["Name,Company,Phone", *rows])
        cards, faults = split(read(text.encode(), "US"))
        assert len(cards) == 1999
        assert [(fault.line, fault.lost) for fault in faults] == [(702, True)]

    @pytest.mark.parametrize(
        ("header", "row", "role"),
        [
            ("Name,Title", "Dana,Buyer", "Buyer"),
            ("Title,Name,Job Title", "Dr.,Dana,Buyer", "Buyer"),
            ("Title,Name,Job Title", "Dr.,Dana,", None),
        ],
    )
    def test_a_title_is_a_role_unless_there_is_a_job_title(self, header, row, role):
        [card] = cards_of(f"{header}\n{row}\n")
        assert card.role == role

    def test_several_addresses_in_one_cell_and_names_beside_them(self):
        [card] = cards_of('Name,Email\nDana,"Dana <d@x.example>; mailto:e@x.example"\n')
        assert [value for value, _ in addresses(card)] == ["d@x.example", "e@x.example"]

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("512 555 0143 ::: 512 555 0144", ["+15125550143", "+15125550144"]),
            ("512 555 0143; 512 555 0144", ["+15125550143", "+15125550144"]),
            ("+1 512 555 0143, +1 512 555 0144", ["+15125550143", "+15125550144"]),
            ("512 555 0143, ext. 9", ["+15125550143;ext=9"]),
        ],
    )
    def test_several_numbers_in_one_cell(self, cell, expected):
        [card] = cards_of(f'Name,Phone\nDana,"{cell}"\n')
        assert [value for value, _ in numbers(card)] == expected

    def test_what_is_no_valid_number_is_kept_as_written_and_told(self):
        [card], faults = split(read(b"Name,Phone,Mobile\nDana,555-0143,ask Tom\n", "US"))
        assert numbers(card) == [("555-0143", None)]
        assert [(fault.line, fault.lost, fault.what.rpartition(": ")[2]) for fault in faults] == [
            (2, False, "kept as written"),
            (2, False, "left out"),
        ]

    @pytest.mark.parametrize("country", ["FR", "France", "Frankreich"])
    def test_a_row_s_own_country_is_obeyed(self, country):
        [card] = cards_of(f"Name,Phone,Country\nDana,06 12 34 56 78,{country}\n")
        assert numbers(card) == [("+33612345678", None)]

    def test_a_number_that_a_spreadsheet_has_spoilt_is_told(self):
        assert faults_of("Name,Phone\nDana,5.12556E+11\n") == [(2, False)]

    @pytest.mark.parametrize("name", ["workbook.csv", "no-names.csv"])
    def test_what_is_no_address_book_says_so(self, name):
        with pytest.raises(NoAddressBook, match="nothing was imported") as error:
            book(name)
        assert error.value.exit_code == 1

    def test_an_empty_file_says_so(self):
        with pytest.raises(NoAddressBook, match="empty"):
            list(read(b" \n\n", "US"))


class TestEncoding:
    TEXT = "Name,Company\nZoë Groß,„Maß“ AG – €\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_each_is_told_from_the_others(self, encoding):
        assert decoded(self.TEXT.encode(encoding)) == (self.TEXT, encoding if encoding == "cp1252" else None)

    def test_one_broken_byte_does_not_spoil_the_rest(self):
        raw = "Zoë, Jürgen, Łukasz, ".encode() + b"\xff" + "Ána".encode()
        assert decoded(raw) == ("Zoë, Jürgen, Łukasz, \ufffdÁna", None)

    @pytest.mark.parametrize(
        ("name", "encoding", "first"),
        [
            ("polish.csv", "cp1250", "Łukasz Wójcik"),
            ("russian.csv", "cp1251", "Анна Петрова"),
            ("outlook-german.csv", "cp1252", "Jürgen Groß"),
        ],
    )
    def test_one_that_is_none_of_unicode_s_is_guessed_and_said(self, name, encoding, first):
        cards, faults = book(name)
        assert cards[0].name == first
        assert (faults[0].line, faults[0].lost) == (1, False)
        assert f"its encoding was guessed: {encoding}" in faults[0].what

    def test_a_line_of_a_vcard_that_says_in_which_charset_it_is_is_read_in_that(self):
        [zoe], faults = book("charsets.vcf")
        assert faults == []
        assert (zoe.name, zoe.company, zoe.role) == ("Zoë Müller", "Źródło", "Einkäuferin")

    def test_a_fold_inside_a_character_spoils_none(self):
        [zoe], faults = book("folded-in-a-character.vcf")
        assert faults == []
        assert (zoe.name, zoe.note) == ("Zoë Müller", "mag Züge und Ausflüge")

    def test_a_vcard_with_carriage_returns_alone_is_one(self):
        cards, faults = book("cr-only.vcf")
        assert faults == []
        assert [(card.line, card.name) for card in cards] == [(1, "Dana Whitfield"), (7, "Tom Baker")]


class TestWordsOfOtherPrograms:
    @pytest.mark.parametrize(
        ("name", "country", "expected"),
        [
            ("german.csv", "DE", ("Jürgen Groß", "Maß AG", None, ["+4915123456780", "+4930901820"])),
            ("french.csv", "US", ("Inès Moreau", "Dupont & Fils", "Acheteuse", ["+33612345678", "+33142685300"])),
            ("spanish.csv", "US", ("Rosa Castillo", "Aceros Norte", None, ["+34912345678"])),
            (
                "spanish-parts.csv",
                "US",
                ("Rosa Castillo Vega", "Aceros Norte", "Compras", ["+34612345678", "+34912345678"]),
            ),
            ("italian.csv", "US", ("Clara Rossi", "Ferro Srl", "Acquisti", ["+393123456789", "+390669812345"])),
            ("portuguese.csv", "US", ("Tomás Silva", "Cobre Lda", "Compras", ["+5511961234567", "+551123456789"])),
            ("dutch.csv", "US", ("Eva de Visser", "Staal BV", "Inkoop", ["+31612345678", "+31206241111"])),
            (
                "outlook-german.csv",
                "US",
                (
                    "Jürgen Groß",
                    "Maß AG",
                    "Vertriebsleiter",
                    ["+4930901800", "+4915123456780", "+4930901820", "+4930901821"],
                ),
            ),
            (
                "words.csv",
                "US",
                ("Dana Whitfield", None, None, ["+15125550143", "+15125550152", "+15125550151", "+15125550150"]),
            ),
            ("quoted-header.csv", "US", ("Dana Whitfield", "Brightwater", None, ["+15125550143"])),
            ("linkedin.csv", "US", ("Dana Whitfield", "Brightwater", "Fleet Manager", [])),
            ("report.csv", "US", ("Dana Whitfield", "Brightwater", None, ["+15125550143"])),
        ],
    )
    def test_the_first_entry_is_understood(self, name, country, expected):
        cards, faults = book(name, country)
        first = cards[0]
        assert (first.name, first.company, first.role, [value for value, _ in numbers(first)]) == expected
        assert not any(fault.lost for fault in faults)

    @pytest.mark.parametrize(("name", "people"), [("linkedin.csv", 2), ("report.csv", 2), ("quoted-header.csv", 2)])
    def test_what_is_no_entry_makes_nobody(self, name, people):
        assert len(book(name)[0]) == people

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("german.csv", [(1, "not known, and passed over: 'Geburtstag'")]),
            (
                "linkedin.csv",
                [
                    (1, "what stands above the header is no entry: passed over"),
                    (4, "not known, and passed over: 'URL', 'Connected On'"),
                ],
            ),
            ("report.csv", [(4, "what follows the last entry is none: passed over")]),
        ],
    )
    def test_what_was_passed_over_is_named(self, name, told):
        assert [(fault.line, fault.what) for fault in book(name, "DE")[1]] == told

    def test_a_column_that_is_not_known_and_empty_is_not_worth_a_word(self):
        assert faults_of("Name,Shoe size,Phone\nDana,,512 555 0143\n") == []

    @pytest.mark.parametrize("cell", ["Austin", "Room 12", "Main Street 5", "1 Elm Street 78701"])
    def test_an_office_may_be_a_place(self, cell):
        [card] = cards_of(f"Name,Office,Home\nDana,{cell},512 555 0143\n")
        assert numbers(card) == [("+15125550143", "home")]

    def test_one_shown_under_the_company_goes_by_its_own_name(self):
        [dana], faults = book("companies.vcf")
        assert (dana.name, dana.company, dana.role) == ("Dana Whitfield", "Brightwater, Inc.", None)
        assert numbers(dana) == [("+33612345678", "mobile"), ("512 555 0143", "work")]
        assert [fault.what.rpartition(": ")[2] for fault in faults] == ["kept as written", "left out"]

    @pytest.mark.parametrize("title", ["Mrs.", "mr", "Frau Dr.", "Sra.", "Mme"])
    def test_a_form_of_address_is_no_role(self, title):
        assert cards_of(f"Name,Title\nDana,{title}\n")[0].role is None


class TestOneBadLine:
    def test_a_short_book_leaves_every_other_reader_of_csv_its_long_cells(self):
        cards_of("Name\nDana\n")
        assert list(csv.reader(["x" * 200_000])) == [["x" * 200_000]]

    def test_a_cell_of_more_than_128_kilobytes_is_a_note(self):
        [dana, tom] = cards_of(f"Name,Notes\nDana,{'x' * 200_000}\nTom,short\n")
        assert (len(dana.note), tom.name) == (200_000, "Tom")

    def test_a_preference_of_five_thousand_digits_is_none(self):
        [dana] = cards_of(vcard("FN:Dana", f"TEL;PREF={'1' * 5000}:512 555 0143", version="4.0"))
        assert numbers(dana) == [("+15125550143", None)]

    def test_a_hundred_thousand_nicknames_take_seconds(self):
        begun = time.process_time()
        [dana] = cards_of(vcard("FN:Dana", "NICKNAME:" + ",".join(f"Dee{n}" for n in range(100_000))))
        [taken] = plan([dana], Known([], {}), {})
        assert len(taken.after.spellings) == 100_000
        assert time.process_time() - begun < 5


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_is_too_broken_to_be_read(raw):
    for start in (b"", b"BEGIN:VCARD\nFN:Dana\n", b"Name,Phone,Email,Company\n"):
        with suppress(NoAddressBook):
            for each in read(start + raw, "US"):
                assert each.line > 0


PIECES = [
    *("BEGIN:VCARD", "END:VCARD", "FN:Dana", "TEL;CELL:512 555 0143", "PHOTO:", " folded", "=C3", "", "junk", "N:;;"),
    *("NOTE;ENCODING=QUOTED-PRINTABLE:a=", "item1.X-ABLabel:x", "ORG:;", 'TEL;TYPE="a:1'),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_no_order_of_lines_is_too_broken_and_every_whole_card_is_taken(lines):
    text = "\n".join([*lines, "BEGIN:VCARD", "FN:Last One", "END:VCARD"])
    assert cards_of(text)[-1].name == "Last One"
