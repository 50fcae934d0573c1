"""Records into an inbox, to be killed, starved or deafened by a test.

Usage: record_in_child.py INBOX (quick|realtime|hold) PCM_FILE [BYTES]
       record_in_child.py INBOX microphone DEVICE END_SILENCE
       record_in_child.py INBOX many COUNT

Prints the recording as JSON, and when the first block is in ("ready", its process id, the monotonic time). ``hold``
only begins a recording and holds it until it is killed. BYTES is the size that no file may exceed. ``many`` is ready at
once; given a line, it begins COUNT recordings as fast as it can, and prints for each the monotonic time before and
after it (ns), and its id.
"""

import itertools
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from capture.endpoint import EndpointSettings
from capture.inbox import Inbox
from capture.recorder import Progress, Recorder
from capture.sources import SampleSource, Source
from ground.errors import AftercallError


def record(inbox: Inbox, source: Source, recorder: Recorder, quiet: bool) -> None:
    heard = itertools.count()

    def on_progress(progress: Progress) -> None:
        if not quiet and next(heard) == 0:
            print(json.dumps(["ready", os.getpid(), time.monotonic()]), flush=True)

    outcome = recorder.record(source, on_progress=on_progress)
    print(json.dumps([outcome.recording.to_dict(), str(outcome.trouble or "")]))


def main(folder: str, kind: str, what: str, *rest: str) -> None:
    inbox = Inbox(Path(folder))
    if kind == "hold":
        open_recording = inbox.begin(datetime.now().astimezone(), "held")
        open_recording.write(Path(what).read_bytes())
        print(json.dumps(["ready", os.getpid(), time.monotonic()]), flush=True)
        time.sleep(60)
    elif kind == "many":
        print(json.dumps(["ready"]), flush=True)
        sys.stdin.readline()
        for _ in range(int(what)):
            began = time.monotonic_ns()
            made = inbox.begin(datetime.now().astimezone(), "many").recording.id
            print(json.dumps([began, time.monotonic_ns(), made]))
    elif kind == "microphone":
        from capture.microphone import Microphone, find_input
        from capture.speech import silero_probability

        settings = EndpointSettings(end_silence=float(rest[0]))
        recorder = Recorder(inbox, silero_probability(), lambda: datetime.now().astimezone(), settings)
        record(inbox, Microphone(find_input(what)), recorder, quiet=False)
    else:
        if rest:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest[0]), int(rest[0])))
        source = SampleSource(Path(what).read_bytes(), "samples", realtime=kind == "realtime")
        recorder = Recorder(inbox, lambda block: 1.0, lambda: datetime.now().astimezone(), EndpointSettings())
        record(inbox, source, recorder, quiet=kind == "quick")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except AftercallError as error:
        print(error, *getattr(error, "__notes__", []), file=sys.stderr)
        sys.exit(error.exit_code)
