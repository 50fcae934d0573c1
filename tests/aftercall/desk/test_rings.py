"""A promised call rings once for its moment: through sleep, changes of the clock, journeys, kills and moved calls."""

import os
import time as clocks
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercall.desk.companion.rings import LATE, Ring, Rung, evening_to_ring, next_moment, ring_of, to_ring
from aftercall.desk.companion.slots import until
from memos.slots import Slot

NINE = time(9)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]


def slot(
    number: int = 1, day: date = date(2026, 11, 24), at: time | None = time(14, 30), zone: str | None = None
) -> Slot:
    return Slot(number, f"20261121-164005-{number:04x}", day, at, zone)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def test_a_call_rings_at_its_time_and_one_without_at_the_alarm_of_its_day() -> None:
    slots = [slot(1), slot(2, at=None)]
    assert to_ring(slots, NINE, Rung({}), local("2026-11-24 08:59")) == []
    assert [ring.call_id for ring in to_ring(slots, NINE, Rung({}), local("2026-11-24 09:00"))] == [2]
    assert [ring.call_id for ring in to_ring(slots, NINE, Rung({}), local("2026-11-24 14:30"))] == [2, 1]
    assert next_moment(slots, NINE, local("2026-11-24 09:00")) == local("2026-11-24 14:30")


def test_a_call_without_a_time_never_rings_where_there_is_no_alarm_for_those() -> None:
    assert to_ring([slot(at=None)], None, Rung({}), local("2027-11-24 09:00")) == []
    assert next_moment([slot(at=None)], None, local("2020-11-24 09:00")) is None


def test_a_time_in_another_zone_rings_when_it_is_that_time_there() -> None:
    there = datetime(2026, 11, 24, 14, 30, tzinfo=ZoneInfo("Asia/Kolkata"))
    ring = ring_of(slot(zone="Asia/Kolkata"), NINE)
    assert ring is not None
    assert ring.moment == there


def test_what_was_rung_is_known_after_a_restart(tmp_path: Path) -> None:
    path, now = tmp_path / "home" / "rung.json", local("2026-11-24 15:00")
    [ring] = to_ring([slot()], NINE, Rung.read(path), now)
    Rung.read(path).with_rings([ring], open_keys={ring.key}, now=now).write(path)
    assert to_ring([slot()], NINE, Rung.read(path), now) == []
    # Moved within the day, it rings again at its new time.
    assert len(to_ring([slot(at=time(14, 45))], NINE, Rung.read(path), now)) == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"rung": {"a": 3}, "evening": null}', '{"rung": {"a": "2026-11-24"}}', "\0"]
)
def test_a_file_that_makes_no_sense_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rung.json"
    path.write_text(content)
    assert Rung.read(path) == Rung({})


def test_what_is_closed_for_long_is_forgotten_and_what_is_open_never() -> None:
    now = local("2026-11-24 15:00")
    old, ring = Ring(1, "a", now - timedelta(days=100), "a"), Ring(2, "b", now - timedelta(days=100), "b")
    rung = Rung({}).with_rings([old, ring], open_keys={"a", "b"}, now=now).with_rings([], open_keys={"b"}, now=now)
    assert set(rung.at) == {"b"}


def test_what_a_wrong_clock_has_rung_rings_at_its_time() -> None:
    wrong, now = local("2030-01-01 00:00"), local("2026-11-20 10:00")
    [ring] = to_ring([slot()], NINE, Rung({}), wrong)
    rung = Rung({}, wrong.date()).with_rings([ring], open_keys={ring.key}, now=wrong).believed(now)
    assert rung == Rung({}, None)


def test_the_evening_comes_once_a_day() -> None:
    evening = time(17)
    assert not evening_to_ring(evening, Rung({}), local("2026-11-24 16:59"))
    assert evening_to_ring(evening, Rung({}), local("2026-11-24 17:00"))
    assert not evening_to_ring(evening, Rung({}, date(2026, 11, 24)), local("2026-11-24 21:00"))
    assert evening_to_ring(evening, Rung({}, date(2026, 11, 24)), local("2026-11-25 17:00"))
    assert not evening_to_ring(None, Rung({}), local("2026-11-24 17:00"))


@pytest.mark.parametrize("day", [date.max, date(9999, 12, 30), date(1, 1, 1)])
def test_a_year_that_no_clock_shows_rings_never_or_now_and_breaks_nothing(day: date) -> None:
    assert len(to_ring([slot(day=day)], NINE, Rung({}), local("2026-11-24 15:00"))) <= 1


# -- whole days -----------------------------------------------------------------------------------------------------


@dataclass
class World:
    """A rep's machine over days: its clock, its zone, its calls, and what has rung."""

    path: Path
    now: datetime
    zone: str = "Europe/Berlin"
    open: dict[int, Slot] = field(default_factory=dict)
    rang: Counter[str] = field(default_factory=Counter)
    promised: int = 0

    def set_zone(self, name: str) -> None:
        self.zone = name
        os.environ["TZ"] = name
        clocks.tzset()

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.zone))

    def turn(self, crash: str | None = None) -> None:
        """What `aftercall ring` does, killed before it has shown anything, or after all was noted."""
        rung = Rung.read(self.path).believed(self.local_now)
        rings = to_ring(
            [one for one in self.open.values() if one.due_date <= until(self.now)], NINE, rung, self.local_now
        )
        if crash == "before" or not rings:
            return
        for ring in rings:
            self.rang[ring.key] += 1
            assert ring.call_id in self.open, "it rang after the call was made"
            assert ring.moment <= self.now, "it rang too early"
        keys = {ring.key for one in self.open.values() if (ring := ring_of(one, NINE))}
        rung.with_rings(rings, open_keys=keys, now=self.local_now).write(self.path)

    def check_none_missed(self) -> None:
        """After a turn, every open call whose moment has come has rung, once."""
        for one in self.open.values():
            ring = ring_of(one, NINE)
            assert ring is not None
            if ring.moment <= self.now:
                assert self.rang[ring.key] == 1, (one, self.now)
        assert not [key for key, times in self.rang.items() if times > 1]


HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("awake"), st.integers(1, 180)),  # minutes, with a turn each half hour
        st.tuples(st.just("asleep"), st.integers(1, 60 * 40)),
        st.tuples(st.just("promise"), st.integers(-60, 60 * 30), st.booleans(), st.sampled_from([None, *ZONES])),
        st.tuples(st.just("made"), st.integers(0, 9)),
        st.tuples(st.just("moved"), st.integers(0, 9), st.integers(5, 60 * 30)),
        st.tuples(st.just("travel"), st.sampled_from(ZONES)),
        st.tuples(st.just("clock"), st.integers(-90, 90)),  # minutes that it is put forward or back
        st.tuples(st.just("killed"), st.sampled_from(["before", "after"])),
    ),
    min_size=4,
    max_size=24,
)


@pytest.fixture
def own_zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    clocks.tzset()


def new_slot(world: World, number: int, minutes: int, timed: bool, zone: str | None) -> Slot:
    there = (world.now + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone or world.zone))
    return slot(number, there.date(), time(there.hour, there.minute) if timed else None, zone if timed else None)


def live(world: World, what: tuple[object, ...]) -> None:  # noqa: C901 - one branch for each thing that may happen
    calls = sorted(world.open)
    match what:
        case ("awake", int(minutes)):
            for _ in range(0, minutes, 30):
                world.now += timedelta(minutes=min(30, minutes))
                world.turn()
                world.check_none_missed()
        case ("asleep", int(minutes)):
            world.now += timedelta(minutes=minutes)
        case ("promise", int(minutes), bool(timed), zone):
            world.promised += 1
            assert zone is None or isinstance(zone, str)
            world.open[world.promised] = new_slot(world, world.promised, minutes, timed, zone)
        case ("made", int(which)) if calls:
            del world.open[calls[which % len(calls)]]
        case ("moved", int(which), int(minutes)) if calls:
            number = calls[which % len(calls)]
            moved = new_slot(world, number, minutes, True, None)
            ring = ring_of(moved, NINE)
            if ring and not world.rang[ring.key]:  # by a clock that was put back, to a moment that it rang at before
                world.open[number] = moved
        case ("travel", str(zone)):
            world.set_zone(zone)
        case ("clock", int(minutes)):
            world.now += timedelta(minutes=minutes)
        case ("killed", str(when)):
            world.turn(when)
    world.turn()
    world.check_none_missed()


@settings(max_examples=200)
@given(happenings=HAPPENINGS, start=st.integers(0, 366 * 24))
@pytest.mark.usefixtures("own_zone")
def test_in_a_thousand_days_no_ring_is_missed_and_none_comes_twice(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[tuple[object, ...]], start: int
) -> None:
    """200 lives of several days each, through every change of the clocks of four zones."""
    world = World(
        tmp_path_factory.mktemp("rings") / "rung.json", datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=start)
    )
    world.set_zone("Europe/Berlin")
    with time_machine.travel(world.now, tick=False):
        for what in happenings:
            live(world, what)
        live(world, ("asleep", 60 * 24 * 4))


def test_a_ring_in_time_is_not_taken_for_one_that_was_missed() -> None:
    """The loop looks every half a minute, and a process for it begins within seconds."""
    assert timedelta(seconds=90) < LATE <= timedelta(minutes=5)
