"""Whatever reps do, and in whatever order and however often they sync: in the end all have the same book."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from cutting_proxy import CuttingProxy
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from postgres_server import REPS, PostgresServer
from team_checks import Book
from team_in_memory import InMemory
from team_machine import SECRET_NUMBER, TeamMachine
from team_reps import connect, make_book

from memos.models import Contact
from memos.outcomes import Outcome
from memos.team.entries import written

TestInMemory = InMemory.TestCase
TestInMemory.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.fixture(scope="module")
def server(postgres: PostgresServer) -> Iterator[None]:
    """The server, and a way to it that breaks, for machines, which take no fixtures."""
    OnPostgres.postgres, OnPostgres.proxy = postgres, CuttingProxy(postgres.port)
    yield
    OnPostgres.proxy.close()


class OnPostgres(TeamMachine):
    """Against a real one, the way to which breaks at any piece that is sent: few."""

    postgres: ClassVar[PostgresServer]
    proxy: ClassVar[CuttingProxy]

    def __init__(self) -> None:
        super().__init__()
        self.book = make_book(self.postgres)

    def connect(self, rep: str, cut: int | None) -> Any:
        self.proxy.cut_after(None if cut is None else 2 * cut)
        return connect(self.postgres.url(self.book, rep, self.proxy.port))

    def server_book(self) -> Book:
        with connect(self.postgres.url(self.book, "boss")) as boss:
            found = boss.rows("SELECT key, author, stamp, body FROM aftercall.entries")
        return {key: (author, stamp, written(body)) for key, author, stamp, body in found}


@pytest.mark.usefixtures("server")
def test_any_order_with_a_real_server_whose_way_breaks() -> None:
    run_state_machine_as_test(
        OnPostgres, settings=settings(max_examples=4, stateful_step_count=15, deadline=None, phases=[Phase.generate])
    )


def test_a_long_walk_with_a_real_server_whose_way_breaks(server: None) -> None:
    """What is rare in short ones: seventy steps of every kind, the same in every run."""
    walk(OnPostgres(), random.Random(1), 70)


@pytest.mark.parametrize("seed", range(8))
def test_a_long_walk_in_memory(seed: int) -> None:
    walk(InMemory(), random.Random(seed), 40)


def walk(machine: TeamMachine, chance: random.Random, steps: int) -> None:
    """Random steps, each as likely as the others, but syncs and memos more so; then all sync, and are compared."""

    def rep() -> str:
        return chance.choice(REPS)

    def some() -> int:
        return chance.randrange(40)

    ways: list[Callable[[], None]] = [
        lambda: machine.confirm(
            rep(), chance.randrange(5), chance.choice([None, *Outcome]), chance.randrange(10), chance.random() < 0.2
        ),
        lambda: machine.confirm(rep(), chance.randrange(4), Outcome.REACHED, chance.randrange(10), False),
        lambda: machine.correct(rep(), some()),
        lambda: machine.move_memo(rep(), some(), some()),
        lambda: machine.merge(rep(), some(), some()),
        lambda: machine.split(rep(), some(), some(), chance.random() < 0.5),
        lambda: machine.undo_merge(rep()),
        lambda: machine.undo_a_colleagues_merge(rep(), some()),
        lambda: machine.change_number(rep(), some()),
        lambda: machine.delete_memo(rep(), some()),
        lambda: machine.delete_person(rep(), some(), chance.randrange(8)),
        lambda: machine.snooze(rep(), some(), chance.randrange(1, 20), chance.random() < 0.5),
        lambda: machine.change_a_colleagues(rep(), some(), chance.randrange(20)),
        lambda: machine.close(rep(), some(), chance.choice(["done", "cancelled"])),
        lambda: machine.task(rep(), some(), chance.randrange(-2, 10)),
        lambda: machine.answer(rep(), some(), chance.choice(["40k", "50k", ""])),
        lambda: machine.sync(rep(), chance.choice([None, None, *range(8)])),
        lambda: machine.sync(rep(), None),
    ]
    machine.begin()
    for _ in range(steps):
        chance.choice(ways)()
    machine.teardown()


Step = tuple[Any, ...]


def follow(*steps: Step) -> None:
    machine = InMemory()
    machine.begin()
    for what, *how in steps:
        getattr(machine, what)(*how)
    machine.teardown()


@pytest.mark.parametrize("days", [1, 4])
def test_a_call_that_was_opened_since_stays_when_a_move_is_undone(days: int) -> None:
    follow(
        ("move_memo", "ben", 30, 26),
        ("confirm", "ben", 0, Outcome.THEY_CALLED, days, False),
        ("undo_merge", "ben"),
    )


def test_a_call_is_open_again_when_the_talk_that_closed_it_is_given_to_somebody_else_and_deleted() -> None:
    follow(
        ("delete_memo", "cara", 18),
        ("merge", "ben", 31, 22),
        ("confirm", "cara", 2, Outcome.REACHED, 1, False),
        ("move_memo", "cara", 26, 15),
        ("delete_memo", "cara", 14),
    )


def test_what_went_into_a_call_that_goes_with_its_person_is_a_call_of_its_own_again() -> None:
    follow(
        ("confirm", "ben", 0, Outcome.GATEKEEPER, 7, False),
        ("merge", "ben", 25, 11),
        ("confirm", "ben", 1, Outcome.WRONG_NUMBER, 1, False),
        ("delete_person", "cara", 31, 0),
    )


def test_what_was_done_to_a_promise_by_hand_stays_with_it_when_it_is_part_of_another_call_for_a_time() -> None:
    follow(
        ("snooze", "cara", 30, 9, True),
        ("merge", "cara", 19, 32),
        ("move_memo", "cara", 10, 13),
    )


def test_calls_are_told_anew_when_a_merge_is_undone_after_another_talk() -> None:
    follow(
        ("merge", "cara", 31, 29),
        ("confirm", "cara", 1, Outcome.REACHED, 7, False),
        ("undo_merge", "cara"),
    )


def test_whom_a_rep_has_made_one_with_somebody_private_is_two_people_for_the_team() -> None:
    follow(
        ("confirm", "ben", 0, Outcome.REACHED, 7, False),
        ("confirm", "ben", 1, Outcome.GATEKEEPER, 8, True),
        ("merge", "ben", 24, 31),
        ("delete_memo", "ben", 36),
        ("confirm", "ben", 3, Outcome.REACHED, 6, False),
        ("move_memo", "ben", 14, 9),
        ("merge", "ana", 7, 5),
    )


def test_a_merge_of_a_colleagues_takes_nothing_out_of_a_private_one() -> None:
    follow(
        ("confirm", "ana", 2, Outcome.REACHED, 3, False),
        ("merge", "ana", 19, 39),
        ("merge", "cara", 2, 36),
        ("confirm", "ana", 2, Outcome.NO_ANSWER, 0, True),
        ("confirm", "ana", 1, Outcome.REACHED, 0, False),
    )


def test_a_memo_that_went_with_a_person_stays_gone_where_it_was_given_to_somebody_else_meanwhile() -> None:
    follow(
        ("confirm", "ben", 2, Outcome.REACHED, 9, False),
        ("close", "ben", 15, "cancelled"),
        ("move_memo", "ben", 33, 11),
        ("sync", "ben", None),
        ("delete_person", "ana", 2, 0),
        ("undo_merge", "ben"),
    )


def test_what_only_a_private_memo_has_taught_goes_with_it() -> None:
    follow(
        ("merge", "ben", 23, 9),
        ("sync", "ben", None),
        ("sync", "cara", None),
        ("change_number", "cara", 5),
        ("confirm", "cara", 1, Outcome.NO_ANSWER, 3, True),
        ("delete_memo", "cara", 24),
    )


def test_what_was_done_to_a_call_while_its_contact_was_private_is_said_to_nobody() -> None:
    follow(
        ("confirm", "ana", 3, Outcome.REACHED, 6, False),
        ("merge", "ana", 8, 11),
        ("confirm", "ana", 3, Outcome.REACHED, 6, True),
        ("close", "ana", 3, "cancelled"),
        ("undo_merge", "ana"),
        ("merge", "ana", 3, 32),
        ("merge", "ana", 6, 24),
        ("close", "ana", 27, "cancelled"),
        ("undo_merge", "ana"),
    )


def test_a_call_that_was_opened_since_keeps_its_id_when_a_merge_is_undone() -> None:
    follow(
        ("confirm", "ben", 3, Outcome.REACHED, 4, False),
        ("delete_memo", "ben", 30),
        ("merge", "ben", 21, 12),
        ("confirm", "ben", 2, Outcome.REACHED, 7, False),
        ("change_a_colleagues", "ana", 20, 13),
        ("undo_merge", "ben"),
    )


def test_whom_a_split_gives_a_number_of_a_private_memo_is_private() -> None:
    machine = InMemory()
    machine.begin()
    machine.confirm("ana", 2, Outcome.REACHED, 3, True)
    store = machine.stores["ana"]
    [giver] = [one for one in store.contacts() if (one.phone or "").startswith(SECRET_NUMBER)]
    store.address_book.split(giver, Contact(0, "Sam Quick", None, giver.phone, None), [], [])
    assert store.address_book.is_private(store.find_contact("Sam Quick").id)
    machine.teardown()
    assert "Sam Quick" not in repr(machine.server_book())


def test_what_a_private_memo_has_taught_stays_untold_when_others_merge_and_part_whom_it_was_given_to() -> None:
    follow(
        ("merge", "ben", 11, 3),
        ("merge", "cara", 0, 27),
        ("merge", "cara", 28, 25),
        ("sync", "ben", None),
        ("move_memo", "ana", 0, 4),
        ("undo_merge", "cara"),
    )
    follow(
        ("split", "ben", 35, 36, False),
        ("move_memo", "ana", 12, 11),
        ("merge", "ben", 37, 34),
        ("change_number", "ben", 6),
        ("merge", "cara", 20, 16),
        ("sync", "ben", None),
    )


def test_a_number_that_a_colleague_replaces_is_dropped_where_a_private_memo_about_another_contact_has_it_too() -> None:
    follow(
        ("merge", "ben", 1, 4),
        ("change_number", "ben", 1),
        ("sync", "ben", None),
        ("undo_merge", "ben"),
    )


def test_what_a_private_memo_has_taught_goes_back_when_who_has_merged_undoes_it() -> None:
    follow(
        ("merge", "cara", 19, 36),
        ("split", "cara", 0, 3, True),
        ("merge", "cara", 36, 7),
        ("sync", "cara", None),
        ("merge", "ana", 31, 8),
        ("undo_merge", "cara"),
        ("merge", "ana", 23, 36),
    )


def test_who_is_one_with_somebody_private_stays_private_when_a_colleagues_merge_is_undone() -> None:
    follow(
        ("split", "ben", 0, 24, False),
        ("merge", "ana", 0, 1),
        ("merge", "ben", 4, 0),
        ("undo_a_colleagues_merge", "ana", 0),
    )
