"""A text is cut into the pieces that the encoder knows."""

import pytest

from review.word_pieces import BEGIN, END, UNKNOWN, pieces_of, words_of

PIECES = [BEGIN, END, UNKNOWN, *"abcdefg", "##s", "##ing", "ring", "rang", "his", "cafe", "'", ",", "##mail"]
NUMBERS = {piece: number for number, piece in enumerate(PIECES)}


def cut(text: str, most: int = 100) -> list[str]:
    return [PIECES[number] for number in pieces_of(text, NUMBERS, most)[0]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("  \n", []),
        ("Ring", ["ring"]),
        ("rings, ringing", ["ring", "##s", ",", "ring", "##ing"]),
        ("Café’s", ["cafe", "'", UNKNOWN]),
        ("ringx", [UNKNOWN]),
        ("his_a", ["his", UNKNOWN, "a"]),
        ("ring" + "s" * 100, [UNKNOWN]),
        ("\ufdd0", [UNKNOWN]),
    ],
)
def test_the_longest_known_pieces_are_taken_between_a_begin_and_an_end(text: str, pieces: list[str]) -> None:
    assert cut(text) == [BEGIN, *pieces, END]


def test_of_a_long_text_the_first_pieces_are_taken() -> None:
    assert cut("a b c d e f g", 5) == [BEGIN, "a", "b", "c", END]
    assert cut("a b c", 5) == [BEGIN, "a", "b", "c", END]
    assert cut("ringsss a", 4) == [BEGIN, "ring", "##s", END]


def test_words_are_in_lower_case_and_without_accents_and_marks_stand_alone() -> None:
    assert [word for word, _ in words_of("Señora Núñez—didn’t, at 3.30")] == [
        *("senora", "nunez", "—", "didn", "'", "t", ",", "at", "3", ".", "30"),
    ]


def test_each_piece_is_where_its_word_is_in_the_text_as_it_was_said() -> None:
    text = "İn the Café’s ring, ringing"
    pieces, places = pieces_of(text, NUMBERS, 100)
    found = [(PIECES[piece], text[begin:end]) for piece, (begin, end) in zip(pieces, places, strict=True)]
    assert found == [
        (BEGIN, ""),
        (UNKNOWN, "İn"),
        (UNKNOWN, "the"),
        ("cafe", "Café"),
        ("'", "’"),
        (UNKNOWN, "s"),
        ("ring", "ring"),
        (",", ","),
        ("ring", "ringing"),
        ("##ing", "ringing"),
        (END, ""),
    ]
