"""A late call comes with words to open it, made of the contact's name and the memo's own words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercall.desk.openings import OpeningSettings, first_name, opening, opening_after_silence
from aftercall.desk.settings import Settings, load
from memos.lateness import Lateness
from memos.models import Contact, DueCall, FollowUp, Memo, Promise, Sentence
from memos.outcomes import Attempts, Outcome

AGREED = date(2026, 11, 4)
USUAL = OpeningSettings.of(Settings())
SPOKEN_AT = datetime(2026, 10, 28, 10, 0, tzinfo=UTC)


def call(
    contact: Contact | None, text: str = "Call her Wednesday about the quote.", heard: str = "Wednesday"
) -> DueCall:
    memo = Memo(
        id="20261028-100000-0001",
        spoken_at=SPOKEN_AT,
        duration=10.0,
        source="typed",
        heard=text,
        text=text,
        sentences=(Sentence(0, text, text, "keep", 2.0),),
        language="en",
        engine="typed",
        model="typed",
        weights_sha256="",
        confirmed_by="Rita",
        confirmed_at=SPOKEN_AT,
        reading_seconds=2.0,
        next_call=Promise(AGREED, None, None, heard),
        contact=contact,
    )
    follow_up = FollowUp(
        id=1,
        memo_id=memo.id,
        contact=contact,
        due_date=AGREED,
        due_time=None,
        due_zone=None,
        state="open",
        times_put_off=0,
        calendar_uid="u",
        sequence=0,
        created_at=SPOKEN_AT,
    )
    return DueCall(follow_up, memo, AGREED, None, brief_read=False)


def contact(name: str, company: str | None = "Brightwater") -> Contact:
    return Contact(1, name, company, None, None)


DANA = contact("Dana Whitfield")


@pytest.mark.parametrize(
    ("late", "kind", "mentions_delay"),
    [
        (-3, Lateness.AS_AGREED, False),
        (0, Lateness.AS_AGREED, False),
        (1, Lateness.AS_AGREED, True),
        (7, Lateness.AS_AGREED, True),
        (8, Lateness.AS_AGREED, True),
        (10, Lateness.AS_AGREED, True),
        (11, Lateness.LATE, False),
        (60, Lateness.LATE, False),
        (61, Lateness.LONG, False),
        (3000, Lateness.LONG, False),
    ],
)
def test_how_late_it_is_decides_the_rule_and_the_words(late: int, kind: Lateness, mentions_delay: bool) -> None:
    found = opening(call(DANA), AGREED, AGREED + timedelta(days=late), USUAL)

    assert (found.kind, found.days_late) == (kind, max(0, late))
    assert ("do not mention the delay" in found.rule) is mentions_delay
    assert "Dana" in found.words
    assert "the quote" in found.words
    assert found.words.lower().count("sorry") == (0 if kind is Lateness.AS_AGREED else 1)
    assert found.words.endswith("." if kind is Lateness.AS_AGREED else "?")
    assert ("a long time" in found.words) is (kind is Lateness.LONG)


def test_the_bounds_are_those_of_the_settings() -> None:
    settings = OpeningSettings.of(Settings(apologise_after=2, long_time_after=5))
    kinds = [opening(call(DANA), AGREED, AGREED + timedelta(days=days), settings).kind.name for days in range(1, 8)]

    assert kinds == ["AS_AGREED", "AS_AGREED", "LATE", "LATE", "LATE", "LONG", "LONG"]


def test_lateness_counts_from_the_agreed_day_to_the_day_of_the_call_though_it_was_put_off() -> None:
    put_off_to = AGREED + timedelta(days=30)

    assert opening(call(DANA), put_off_to, AGREED, USUAL).days_late == 30
    assert opening(call(DANA), put_off_to, AGREED + timedelta(days=40), USUAL).days_late == 40


def test_the_words_of_the_settings_replace_ours() -> None:
    settings = OpeningSettings.of(Settings(opening_late="Hi {name} of {company}! {{{matter}}}"))

    words = opening(call(DANA), AGREED, AGREED + timedelta(days=20), settings).words

    assert words == "Hi Dana of Brightwater! {the quote}"


def test_a_sentence_of_the_memo_is_quoted_as_one() -> None:
    words = opening(
        call(DANA, "She wants 300 units in blue. Call her Friday.", "Friday"),
        AGREED,
        AGREED,
        USUAL,
    ).words

    assert words == "Hello Dana, I am calling as we agreed, about what I noted: ‘She wants 300 units in blue’."


def test_braces_in_a_memo_are_words_like_others() -> None:
    words = opening(
        call(contact("{company}"), "Call {name} Friday about {0.x}.", "Friday"),
        AGREED,
        AGREED,
        USUAL,
    ).words

    assert "{company}" in words


def test_a_contact_that_was_left_alone_is_opened_as_after_a_long_time() -> None:
    found = opening_after_silence(call(DANA).memo, USUAL)

    assert found.kind is Lateness.LONG
    assert "challenges at Brightwater" in found.words


@pytest.mark.parametrize(
    ("name", "company", "called"),
    [
        ("Dana Whitfield", "Brightwater", "Dana"),
        ("Dana", None, "Dana"),
        ("Dr. Anna Lee", "Acme", "Anna"),
        ("Mr. Vance", "Acme", "Mr. Vance"),
        ("Mrs Abbott", None, "Mrs Abbott"),
        ("Whitfield, Dana", "Brightwater", "Dana"),
        ("Brightwater", "brightwater", "there"),
        ("Whitfield,", None, "Whitfield,"),
    ],
)
def test_a_contact_is_called_by_the_first_name_where_there_is_one(name: str, company: str | None, called: str) -> None:
    assert first_name(contact(name, company)) == called


def test_who_was_not_named_is_greeted_all_the_same() -> None:
    assert opening(call(None), AGREED, AGREED + timedelta(days=90), USUAL).words.startswith("Hello there,")
    assert "your company" in opening(call(None), AGREED, AGREED + timedelta(days=90), USUAL).words


@given(st.text(min_size=1).filter(str.strip), st.one_of(st.none(), st.text()), st.text(min_size=1), st.text(min_size=1))
def test_no_name_and_no_memo_makes_it_fail(name: str, company: str | None, text: str, heard: str) -> None:
    for days in (0, 20, 90):
        assert opening(
            call(contact(name, company), text, heard),
            AGREED,
            AGREED + timedelta(days=days),
            USUAL,
        ).words


@pytest.mark.parametrize(
    "wrong", ["Hi {surname}", "Hi {}", "Hi {name", "Hi name}", "{name!r}", "{name:>99}", "{name.x}", "{0}"]
)
def test_a_wrong_placeholder_is_refused_in_one_line(tmp_path: Callable[..., None], wrong: str) -> None:
    from pathlib import Path

    from aftercall.desk.errors import BadSettings

    with pytest.raises(BadSettings) as refused:
        load(Path("/nowhere"), {"AFTERCALL_OPENING_LATE": wrong})

    assert "opening_late must be a text with no other placeholders than {name}, {company}, {matter}" in str(
        refused.value
    )
    assert "\n" not in str(refused.value)


@given(days=st.integers(-30, 200), tries=st.integers(1, 12), expected=st.booleans(), reached=st.booleans())
def test_after_calls_in_vain_no_opening_says_that_it_was_agreed(
    days: int, tries: int, expected: bool, reached: bool
) -> None:
    attempts = Attempts(tries, SPOKEN_AT if reached else None)
    due = replace(call(DANA), agreed_for=AGREED if expected else None, attempts=attempts)

    how = opening(due, AGREED, AGREED + timedelta(days=days), USUAL)

    assert "agreed" not in how.words
    assert how.kind is not Lateness.AS_AGREED
    assert how.rule.startswith(
        f"{'second third fourth fifth sixth seventh eighth ninth tenth'.split()[tries - 1]} try"
        if tries < 10
        else f"try number {tries + 1}"
    )
    assert ("last reached 28 Oct" if reached else "never reached") in how.rule


def test_calls_in_vain_make_a_call_no_less_late() -> None:
    late = AGREED + timedelta(days=20)
    tried = replace(call(DANA), attempts=Attempts(2, SPOKEN_AT))
    before, after = opening(call(DANA), AGREED, late, USUAL), opening(tried, late + timedelta(days=3), late, USUAL)
    assert (before.kind, before.days_late) == (Lateness.LATE, 20)
    assert (after.kind, after.days_late) == (Lateness.LATE, 23)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Got Dana's voicemail, nobody picked up. I'll try her again Wednesday about the van.", "the van"),
        ("Got Dana's voicemail, nobody picked up.", "what we may do for Brightwater"),
    ],
)
def test_who_answered_is_no_matter_to_open_with(text: str, matter: str) -> None:
    due = call(DANA, text)
    memo = replace(due.memo, outcome=Outcome.VOICEMAIL)
    how = opening(replace(due, memo=memo, agreed_for=None, attempts=Attempts(1)), AGREED, AGREED, USUAL)
    assert how.words == f"Hello Dana, I am calling about {matter}. Is this a good moment?"
    assert how.days_late == 0


def test_somebody_who_was_never_reached_is_not_told_of_a_last_talk() -> None:
    memo = replace(call(DANA).memo, outcome=Outcome.NO_ANSWER)
    assert "last spoke" not in opening_after_silence(memo, USUAL).words
