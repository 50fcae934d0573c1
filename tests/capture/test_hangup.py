"""When a call counts as over: the policy on made-up sequences, and the watch on a real sound server."""

import json
import select
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from virtual_microphone import VirtualMicrophone

from capture.errors import NoSoundServer
from capture.phone import SYSTEMS, audio_system
from capture.phone.hangup import CallEvent, HangUpPolicy, HangUpSettings
from capture.phone.system import Holder
from capture.phone.watch import CONNECT_SECONDS, PhoneWatch

STEP = 0.05


def events(uses: list[tuple[float, float]], until: float, settings: HangUpSettings) -> list[tuple[CallEvent, float]]:
    """What the policy says when the microphone is held during ``uses`` (from, to), looked at every 50 ms."""
    policy = HangUpPolicy(settings)
    found = []
    for index in range(round(until / STEP)):
        now = index * STEP
        held = any(begin <= now < end for begin, end in uses)
        if event := policy.update(held, now):
            found.append((event, now))
    return found


def names(found: list[tuple[CallEvent, float]]) -> list[CallEvent]:
    return [event for event, _ in found]


SETTINGS = HangUpSettings(min_call=5.0, settle=0.3, reopen=1.0)


def test_a_call_ends_once_and_within_half_a_second() -> None:
    found = events([(1, 60)], 90, SETTINGS)
    assert names(found) == [CallEvent.BEGAN, CallEvent.HUNG_UP]
    assert found[1][1] <= 60.5


def test_a_short_use_of_the_microphone_is_no_call() -> None:
    assert names(events([(1, 4)], 30, SETTINGS)) == [CallEvent.BEGAN]


def test_two_calls_at_once_end_with_the_last() -> None:
    found = events([(1, 20), (10, 30)], 60, SETTINGS)
    assert [event for event in names(found) if event is CallEvent.HUNG_UP] == [CallEvent.HUNG_UP]
    assert found[-1][1] > 30


def test_an_app_that_changes_its_device_has_not_hung_up() -> None:
    assert names(events([(1, 20), (20.2, 40)], 40, SETTINGS)) == [CallEvent.BEGAN]


def test_a_slow_change_of_device_is_taken_back() -> None:
    found = names(events([(1, 20), (20.7, 40)], 60, SETTINGS))
    assert found == [CallEvent.BEGAN, CallEvent.HUNG_UP, CallEvent.GOES_ON, CallEvent.HUNG_UP]


def test_a_short_gap_in_a_short_call_counts_it_from_its_beginning() -> None:
    found = names(events([(1, 4), (4.6, 8)], 30, SETTINGS))
    assert found == [CallEvent.BEGAN, CallEvent.HUNG_UP]


def test_the_next_call_is_another_call() -> None:
    found = names(events([(1, 10), (20, 30), (40, 50)], 60, SETTINGS))
    assert found == [CallEvent.BEGAN, CallEvent.HUNG_UP] * 3


WATCH = textwrap.dedent("""
    import json, sys, time
    from capture.phone.hangup import HangUpSettings
    from capture.phone.watch import CONNECT_SECONDS, PhoneWatch
    say = lambda name: print(json.dumps([name, 0.0]), flush=True)
    with PhoneWatch(HangUpSettings(min_call=0.5), tuple(sys.argv[1:]), say) as watch:
        print(json.dumps(["READY", time.monotonic()]), flush=True)
        while True:
            if event := watch.wait(1.0):
                print(json.dumps([event.name, time.monotonic()]), flush=True)
""")


class Watch:
    """The watch in a process of its own, which sees the virtual sound server."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def next(self) -> tuple[str, float]:
        assert self._process.stdout is not None
        name, moment = json.loads(self._process.stdout.readline())
        return name, moment

    def has_something(self) -> bool:
        """Whether it says anything within half a second."""
        return bool(select.select([self._process.stdout], [], [], 0.5)[0])


@contextmanager
def watching(microphone: VirtualMicrophone, *apps: str) -> Iterator[Watch]:
    process = subprocess.Popen(
        [sys.executable, "-c", WATCH, *apps], env=microphone.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        watch = Watch(process)
        assert watch.next()[0] == "READY"
        yield watch
    finally:
        process.kill()
        process.wait()


@contextmanager
def phone(microphone: VirtualMicrophone, *options: str) -> Iterator[None]:
    """An app that holds the microphone."""
    command = ["parecord", "--device=mic.monitor", "--raw", *options, "/dev/null"]
    process = subprocess.Popen(command, env=microphone.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@pytest.mark.real_time
def test_ten_calls_are_ten_hang_ups_each_seen_within_half_a_second(virtual_microphone: VirtualMicrophone) -> None:
    delays = []
    with watching(virtual_microphone) as watch:
        for _ in range(10):
            with phone(virtual_microphone):
                assert watch.next()[0] == "BEGAN"
                time.sleep(0.6)
            let_go = time.monotonic()
            name, moment = watch.next()
            assert name == "HUNG_UP"
            delays.append(moment - let_go)
            time.sleep(1.0)  # sooner, and it would be the same call that goes on
    print("hang-up -> seen:", [f"{delay:.2f}" for delay in delays])
    assert max(delays) <= 0.5


def test_only_the_apps_that_were_named_count(virtual_microphone: VirtualMicrophone) -> None:
    with watching(virtual_microphone, "zoom") as watch, watching(virtual_microphone, "PARECORD") as other:
        with phone(virtual_microphone):
            assert other.next()[0] == "BEGAN"
            time.sleep(0.6)
        assert other.next()[0] == "HUNG_UP"
        assert not watch.has_something(), "an app that was not named is no call"


@contextmanager
def module(microphone: VirtualMicrophone, name: str, *arguments: str) -> Iterator[None]:
    """A module of the sound server that holds the microphone."""
    load = ["pactl", "load-module", name, *arguments]
    loaded = subprocess.run(load, env=microphone.environment, check=True, capture_output=True, text=True).stdout
    try:
        yield
    finally:
        subprocess.run(["pactl", "unload-module", loaded.strip()], env=microphone.environment, check=True)


@contextmanager
def echo_cancel(microphone: VirtualMicrophone) -> Iterator[None]:
    """It refuses the monitor of a sink, so there is another filter between."""
    with (
        module(microphone, "module-remap-source", "master=mic.monitor", "source_name=headset"),
        module(microphone, "module-null-sink", "sink_name=speaker"),
        module(microphone, "module-echo-cancel", "source_master=headset", "sink_master=speaker", "aec_method=null"),
    ):
        yield


FILTERS: dict[str, Callable[[VirtualMicrophone], AbstractContextManager[None]]] = {
    "loopback": lambda microphone: module(microphone, "module-loopback", "source=mic.monitor", "sink=mic"),
    "echo-cancel": echo_cancel,
    "easyeffects": lambda microphone: phone(microphone, "--client-name=EasyEffects"),
    "pipewire": lambda microphone: phone(microphone, "--property=node.link-group=loopback-1-2"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_what_holds_the_microphone_all_day_to_hand_its_sound_on_is_named_once_and_is_no_call(
    virtual_microphone: VirtualMicrophone, name: str
) -> None:
    with watching(virtual_microphone) as watch, FILTERS[name](virtual_microphone):
        named = [watch.next()]
        with phone(virtual_microphone):
            while (event := watch.next()) != ("BEGAN", event[1]):
                named.append(event)
            time.sleep(0.6)
        assert watch.next()[0] == "HUNG_UP"
        assert not watch.has_something()
    assert {moment for _, moment in named} == {0.0}, "it is named"
    assert len({name for name, _ in named}) == len(named), "once"


@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14"])
def test_a_system_without_a_file_of_its_own_is_told_in_one_line(platform: str) -> None:
    with pytest.raises(NoSoundServer, match=r"^[^\n]+$"):
        audio_system(platform)


def test_each_system_is_a_file_that_can_be_loaded_where_it_is_not_at_home() -> None:
    loaded = "import sys, capture.phone; print(sorted({'pulsectl', 'sounddevice'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
    assert all(isinstance(audio_system(platform), make) for platform, make in SYSTEMS.items())


class Gone:
    """A sound server that goes away for a moment and comes back."""

    def __init__(self) -> None:
        self.there = True

    def open(self) -> None:
        self.look()

    def close(self) -> None:
        pass

    def look(self) -> None:
        if not self.there:
            raise NoSoundServer("gone")

    def wait(self, timeout: float) -> bool:
        self.look()
        time.sleep(timeout)
        return False

    def holders(self) -> tuple[Holder, ...]:
        self.look()
        return (Holder(("Zoom",)),)


def test_a_call_goes_on_while_the_sound_server_is_restarted() -> None:
    system = Gone()
    with PhoneWatch(HangUpSettings(min_call=0.0), system=system) as watch:
        assert watch.wait(0.1) is CallEvent.BEGAN
        system.there = False
        assert watch.wait(0.3) is None
        assert watch.holders == ()
        system.there = True
        assert watch.wait(0.3) is None
        assert watch.holders == ("Zoom",)


def test_a_sound_server_that_is_not_there_yet_is_waited_for_where_that_is_wanted() -> None:
    system = Gone()
    system.there = False
    with pytest.raises(NoSoundServer), PhoneWatch(HangUpSettings(min_call=0.0), system=system):
        pass
    with PhoneWatch(HangUpSettings(min_call=0.0), system=system, patient=True) as watch:
        assert watch.trouble == "gone"
        assert watch.wait(0.3) is None
        system.there = True
        assert watch.wait(CONNECT_SECONDS + 1) is CallEvent.BEGAN


class Idle(Gone):
    """A sound server that says nothing, and counts how often it is asked who holds the microphone."""

    looks = 0

    def holders(self) -> tuple[Holder, ...]:
        self.looks += 1
        return ()


def test_while_nothing_happens_it_is_seldom_asked() -> None:
    system = Idle()
    with PhoneWatch(HangUpSettings(), system=system) as watch:
        for _ in range(12):
            assert watch.wait(0.2) is None
    assert system.looks <= 4
