"""The reading on the page: the same session as at a terminal, and nothing that the session would not allow."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from page_client import Page, Panel, app_at, keep_all, put_into_inbox
from transcripts import transcript_of

from aftercall.desk.stages import REVIEW
from review.reading import shortest_reading


def stored(home: Path, memo: str) -> bool:
    return app_at(home).is_confirmed(memo)


def test_a_memo_is_read_sentence_by_sentence_its_call_and_contact_named_and_then_it_is_stored(
    page: Page, home: Path, memo: str
) -> None:
    panel = page.read(memo)
    seen = []
    while panel.kind == "sentence":
        seen.append(panel.sentence)
        panel = page.after_reading(memo, panel, "keep")
    assert seen == [
        "I spoke with Dana from Brightwater about the quote.",
        "She wants four vans.",
        "I call her next Tuesday at 14:30.",
    ]

    assert panel.kind == "outcome"
    panel = (
        page.after_reading(memo, panel, "accept") if "accept" in panel.acts else page.act(memo, panel, "choose:reached")
    )
    assert panel.kind == "contact"
    panel = page.act(memo, panel, "answer", "Dana Whitfield, Brightwater")
    panel = page.act(memo, panel, "answer", "+1 512 555 0143")
    assert panel.kind == "call"
    assert "Tuesday" in panel.sentence
    assert not stored(home, memo)
    panel = page.after_reading(memo, panel, "meant")

    assert panel.kind == "stored"
    assert "Call Dana Whitfield (Brightwater), +15125550143 on Tuesday" in panel.words
    with app_at(home).store() as store:
        kept = store.get(memo)
    assert kept.text == " ".join(seen)
    assert kept.confirmed_by == "Rita"
    assert all(one.seconds >= shortest_reading(one.text) for one in kept.sentences)


LONG = (
    "She wants four vans before the spring with room for ladders in two of them and asks whether the service is part"
    " of the price."
)
"""Longer to read than a request takes on a busy machine."""


def test_a_sentence_cannot_be_answered_before_it_was_up_for_its_reading_time(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of(LONG))
    panel = page.read(memo)
    first = panel.sentence

    for act in ("keep", "strike", "edit"):
        panel = page.act(memo, panel, act, first if act == "edit" else None)
        assert panel.sentence == first
        assert "quicker than anyone reads" in panel.notes[-1]


@pytest.mark.parametrize("begun", [False, True], ids=["sent at once", "begun and sent at once"])
def test_what_is_new_in_an_edited_sentence_is_read_however_long_the_sentence_was_up(
    page: Page, home: Path, begun: bool
) -> None:
    memo = put_into_inbox(home, transcript_of("I spoke with Dana.", "She is glad."))
    panel = page.read(memo)
    time.sleep(shortest_reading(LONG) + 0.05)
    if begun:
        page.post(f"/read/{memo}", {"act": "editing", "turn": panel.turn})

    panel = page.act(memo, panel, "edit", LONG)

    assert panel.sentence == LONG
    assert "quicker than anyone reads" in panel.notes[-1]
    assert page.after_reading(memo, panel, "keep").sentence == "She is glad."


def test_an_editing_that_took_its_time_is_taken_at_once(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("I spoke with Dana.", "She is glad."))

    panel = page.edit(memo, page.read(memo), LONG)

    assert panel.sentence == "She is glad."


def test_the_time_counts_from_when_a_sentence_was_sent_and_not_from_when_it_came_up(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("I spoke with Dana about it.", LONG))
    panel = page.read(memo)
    time.sleep(shortest_reading(panel.sentence) + 0.05)
    first = page.act(memo, panel, "keep")
    assert first.sentence == LONG

    again = page.act(memo, first, "keep")

    assert again.sentence == first.sentence
    assert "quicker" in again.notes[-1]


def test_the_next_sentence_is_never_sent_before_the_one_before_it_was_answered(page: Page, memo: str) -> None:
    sent = [page.get(f"/read/{memo}").text, page.get("/").text]
    panel = page.read(memo)
    for act in (
        "keep",
        "strike",
        "back",
        "undo",
        "word",
        "shown",
        "look",
        "accept",
        "meant",
        "choose:1",
        "none",
        "read",
    ):
        sent.append(page.post(f"/read/{memo}", {"act": act, "turn": panel.turn, "text": "x"}).text)
        panel = Panel(sent[-1])

    assert "She wants" not in " ".join(sent[:1] + sent[2:]).replace("&#39;", "'")


def test_an_answer_to_another_screen_than_the_one_that_is_up_changes_nothing(page: Page, memo: str) -> None:
    first = page.read(memo)
    second = page.after_reading(memo, first, "keep")
    time.sleep(shortest_reading(second.sentence) + 0.05)

    stale = page.act(memo, first, "keep")

    assert stale.sentence == second.sentence
    assert "answered already" in stale.notes[-1]
    assert page.act(memo, second, "keep").sentence == "I call her next Tuesday at 14:30."


def test_a_memo_that_is_open_in_two_places_is_read_in_one(page: Page, memo: str) -> None:
    here = page.read(memo)
    there = page.read(memo)
    assert here.turn == there.turn

    page.after_reading(memo, here, "keep")

    assert page.read(memo).sentence == "She wants four vans."


def test_what_nobody_looked_at_for_a_while_is_to_be_read_anew(page: Page, memo: str) -> None:
    panel = page.read(memo)
    time.sleep(shortest_reading(panel.sentence) + 0.05)
    page.post(f"/read/{memo}", {"act": "shown", "turn": panel.turn})

    again = page.act(memo, panel, "keep")

    assert again.sentence == panel.sentence
    assert "quicker" in again.notes[-1]


def test_doubtful_words_and_those_that_must_be_right_are_marked_and_told(page: Page, memo: str) -> None:
    panel = page.after_reading(memo, page.read(memo), "keep")

    assert panel.element.xpath(".//*[@id='sentence']/*[contains(@class, 'doubt')]//text()") == ["four"]
    assert "doubtful: four" in panel.words
    assert "check: number four" in panel.words


def test_a_sentence_is_edited_struck_gone_back_to_and_undone_as_at_a_terminal(page: Page, memo: str) -> None:
    panel = page.after_reading(memo, page.read(memo), "strike")
    panel = page.edit(memo, panel, "She wants five vans.")
    panel = page.act(memo, panel, "back")
    assert panel.sentence == "She wants five vans."
    panel = page.act(memo, panel, "undo")
    assert panel.sentence == "She wants four vans."
    panel = page.act(memo, panel, "edit", "  ")
    assert "Nothing would be left" in panel.notes[-1]

    panel = page.act(memo, panel, "add", "Her budget is 40k.")

    assert panel.notes[-1] == "Added after this sentence; it is up next."
    panel = page.after_reading(memo, panel, "keep")
    assert panel.sentence == "Her budget is 40k."


def test_a_reading_that_is_left_goes_on_where_it_was_left_and_nothing_is_stored(
    page: Page, home: Path, memo: str
) -> None:
    panel = page.after_reading(memo, page.read(memo), "keep")

    left = page.act(memo, panel, "leave")

    assert left.kind == "left"
    assert "Nothing is lost" in left.words
    again = page.read(memo)
    assert again.sentence == "She wants four vans."
    assert "Going on at sentence 2; what you answered is kept." in again.notes
    assert not stored(home, memo)


def test_a_server_that_ends_in_the_middle_loses_nothing_and_stores_nothing(
    serve: Callable[..., Page], home: Path, memo: str
) -> None:
    page = serve().open()
    page.after_reading(memo, page.read(memo), "keep")
    page.server.end()
    page.thread.join(20)
    assert not page.thread.is_alive()
    assert len(app_at(home).inbox.notes.read(memo, REVIEW)["sentences"]) == 1

    again = serve().open().read(memo)

    assert again.sentence == "She wants four vans."
    assert not stored(home, memo)


def test_a_memo_is_thrown_away_only_by_the_word(page: Page, home: Path, memo: str) -> None:
    panel = page.act(memo, page.read(memo), "discard", "yes")
    assert "Not thrown away" in panel.notes[-1]

    gone = page.act(memo, panel, "discard", "discard")

    assert gone.kind == "gone"
    assert "Thrown away, as you asked." in gone.words
    assert "No memo yet" in page.get("/").text


def test_a_memo_that_is_being_read_at_a_terminal_is_not_read_here(page: Page, home: Path, memo: str) -> None:
    with app_at(home).inbox.alone_with(memo, "held"):
        panel = page.read(memo)
        assert panel.kind == "trouble"
        assert "is being read" in panel.words

    assert page.read(memo).kind == "sentence"


def test_a_reading_whose_page_was_closed_is_left_so_that_a_terminal_can_have_it(
    serve: Callable[..., Page], home: Path, memo: str
) -> None:
    page = serve(linger=2, reading_linger=0.3).open()
    page.read(memo)
    deadline = time.monotonic() + 10
    while page.server._house.reading(memo)._screen.kind != "left":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with app_at(home).inbox.alone_with(memo, "held"):
        pass


def test_a_memo_of_which_every_sentence_was_struck_is_read_again_or_left(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("She wants four vans."))
    panel = page.after_reading(memo, page.read(memo), "strike")
    assert panel.kind == "nothing_left"

    panel = page.act(memo, panel, "again")

    assert panel.sentence == "She wants four vans."


def test_the_next_memo_is_read_where_one_waits_and_this_one_is_kept(page: Page, home: Path, memo: str) -> None:
    put_into_inbox(home, transcript_of("She wants nine vans."))
    first, second = (waiting.id for waiting in app_at(home).inbox.recordings())
    panel = page.read(first)
    assert "next" in panel.acts

    answer = page.post(f"/read/{first}", {"act": "next", "turn": panel.turn})

    assert answer.headers["hx-redirect"] == f"/read/{second}"
    last = page.read(second)
    assert "next" not in last.acts
    assert page.act(second, last, "next").kind == "left"
    assert page.read(first).sentence == panel.sentence


def test_a_memo_without_a_sentence_can_be_heard_whole(page: Page, home: Path) -> None:
    pcm = b"".join((n % 200 * 100).to_bytes(2, "little", signed=True) for n in range(16000 * 2))
    memo = put_into_inbox(home, transcript_of("Yes."), pcm=pcm)
    panel = page.read(memo)
    assert panel.kind == "no_speech"

    sound = page.get(f"/read/{memo}/sound/sentence", params={"turn": panel.turn})

    assert panel.keys()["h"] == "Hear h"
    assert len(sound.content) == 44 + len(pcm)


def test_what_reads_like_no_speech_says_so_and_is_read_all_the_same_when_asked_for(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("Yes."))
    panel = page.read(memo)
    assert panel.kind == "no_speech"
    assert "This reads like no speech" in panel.words

    assert page.act(memo, panel, "read").sentence == "Yes."


def test_a_contact_that_is_alike_is_offered_with_why(
    page: Page, home: Path, fill: Callable[..., None], make_memo: Callable[..., object]
) -> None:
    fill(home, make_memo(1, contact=make_memo(1).contact.__class__("Dana Whitfield", "Brightwater", "+15125550143")))
    memo = put_into_inbox(home, transcript_of("She wants four vans."))
    panel = keep_all(page, memo, page.read(memo))
    panel = page.act(memo, panel, "choose:reached")

    panel = page.act(memo, panel, "answer", "Dana Witfield, Brightwater")

    assert "Dana Whitfield (Brightwater), +15125550143 a name like it, the same company" in panel.words
    assert {"choose:1", "new", "leave"} <= panel.acts


def test_a_day_is_typed_shown_on_the_strip_and_has_to_be_read(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("She wants four vans."))
    panel = page.act(memo, keep_all(page, memo, page.read(memo)), "choose:reached")
    panel = page.act(memo, panel, "answer", "")
    assert "No next call was heard" in panel.words
    assert len(panel.element.xpath(".//ol[@class='strip']/li")) == 14

    panel = page.act(memo, panel, "type", "in three days at ten")
    assert len(panel.element.find_class("offered")) == 1
    quick = page.act(memo, panel, "meant")
    assert "quicker" in quick.notes[-1]
    assert page.after_reading(memo, quick, "meant").kind == "stored"


def promising(page: Page, home: Path) -> tuple[str, Panel]:
    """A memo in which two things were promised, read up to that question."""
    heard = ("I'll send her the quote by Friday.", "I promised him the price list.")
    memo = put_into_inbox(home, transcript_of(*heard))
    panel = page.act(memo, keep_all(page, memo, page.read(memo)), "choose:reached")
    return memo, page.act(memo, panel, "answer", "")


def test_what_was_promised_besides_the_call_is_confirmed_struck_and_taken_back_in(page: Page, home: Path) -> None:
    memo, panel = promising(page, home)
    assert panel.kind == "commitments"
    first, second = (" ".join(line.text_content().split()) for line in panel.element.find_class("said"))
    assert first.startswith("by Friday")
    assert second == "no day named: “I promised him the price list.”"
    quick = page.act(memo, panel, "accept")
    assert "quicker than anyone reads" in quick.notes[-1]

    panel = page.act(memo, quick, "strike:1")
    assert "struck: by Friday" in panel.words
    panel = page.act(memo, page.act(memo, panel, "strike:2"), "strike:1")
    assert "nothing of that number" in page.act(memo, panel, "strike:3").notes[-1]
    time.sleep(shortest_reading(first) + 0.05)
    panel = page.read(memo)
    panel = page.act(memo, panel, "accept")

    assert panel.kind == "call"
    page.act(memo, panel, "none", "they signed elsewhere")
    with app_at(home).store() as store:
        assert [task.sentence for task in store.tasks.open()] == ["I'll send her the quote by Friday."]


def test_what_was_promised_gets_another_day_or_none_and_is_to_be_read_once_more(page: Page, home: Path) -> None:
    memo, panel = promising(page, home)
    assert panel.keys()["a"] == "Another day a"
    assert panel.element.xpath(".//select[@name='act']/option/@value") == ["day:1", "day:2"]
    assert "No day was understood" in page.act(memo, panel, "day:1", "bananas").notes[-1]
    panel = page.read(memo)
    assert "nothing of that number" in page.act(memo, panel, "day:3", "in three days").notes[-1]
    panel = page.act(memo, page.read(memo), "day:1", "None")
    assert "no day named: “I'll send her the quote by Friday.”" in panel.words
    panel = page.act(memo, panel, "day:2", "in three days")
    _, second = (" ".join(line.text_content().split()) for line in panel.element.find_class("said"))
    assert second.startswith("by ")
    assert "in 3 days: “I promised him the price list.”" in second
    quick = page.act(memo, panel, "accept")
    assert "quicker than anyone reads" in quick.notes[-1]

    time.sleep(shortest_reading(panel.words) + 0.05)
    panel = page.act(memo, quick, "accept")

    assert panel.kind == "call"
    page.act(memo, panel, "none", "they signed elsewhere")
    in_three_days = app_at(home).now().date() + timedelta(days=3)
    with app_at(home).store() as store:
        by = {task.sentence: task.by for task in store.tasks.open()}
    assert by == {"I'll send her the quote by Friday.": None, "I promised him the price list.": in_three_days}


def test_of_one_promise_nobody_asks_which_gets_another_day(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("I'll send her the quote by Friday."))
    panel = page.act(memo, keep_all(page, memo, page.read(memo)), "choose:reached")
    panel = page.act(memo, panel, "answer", "")

    assert not panel.element.xpath(".//select")
    assert "in 2 days" in page.act(memo, panel, "day:1", "in two days").words


def test_none_of_what_was_promised_is_kept_when_the_rep_says_so(page: Page, home: Path) -> None:
    memo, panel = promising(page, home)

    panel = page.act(memo, panel, "none")

    assert panel.kind == "call"
    page.act(memo, panel, "none", "they signed elsewhere")
    with app_at(home).store() as store:
        assert store.tasks.open() == []


def test_no_next_call_takes_a_reason(page: Page, home: Path) -> None:
    memo = put_into_inbox(home, transcript_of("She wants four vans."))
    panel = page.act(memo, keep_all(page, memo, page.read(memo)), "choose:reached")
    panel = page.act(memo, panel, "answer", "")
    panel = page.act(memo, panel, "none", "-")
    assert "A few words will do" in panel.notes[-1]

    panel = page.act(memo, panel, "none", "they signed elsewhere")

    assert panel.kind == "stored"
    assert "No next call (they signed elsewhere)" in panel.words


def test_the_sound_of_the_sentence_that_is_up_is_served_and_of_no_other(page: Page, home: Path) -> None:
    pcm = b"".join((n % 200 * 100).to_bytes(2, "little", signed=True) for n in range(16000 * 4))
    memo = put_into_inbox(home, transcript_of("She wants four vans.", "And two trucks."), pcm=pcm)
    first = page.read(memo)
    assert first.element.xpath(".//*[@data-start]")[1].get("data-start") == "0.4"
    sound = page.get(f"/read/{memo}/sound/sentence", params={"turn": first.turn})
    assert sound.headers["content-type"] == "audio/wav"
    assert 1.6 < (len(sound.content) - 44) / 32000 < 2.0

    page.after_reading(memo, first, "keep")

    assert page.get(f"/read/{memo}/sound/sentence", params={"turn": first.turn}).status_code == 404


def test_many_answers_at_once_are_one(page: Page, memo: str) -> None:
    panel = page.read(memo)
    time.sleep(shortest_reading(panel.sentence) + 0.05)
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(page.act(memo, panel, "keep").sentence)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["She wants four vans."] * 8


def test_a_form_without_our_script_leads_to_the_page(page: Page, memo: str) -> None:
    panel = page.read(memo)
    time.sleep(shortest_reading(panel.sentence) + 0.05)

    answer = page.post(f"/read/{memo}", {"act": "keep", "turn": panel.turn}, htmx=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/read/{memo}"
    assert page.read(memo).sentence == "She wants four vans."
