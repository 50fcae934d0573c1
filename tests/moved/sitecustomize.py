"""Python imports this as it starts where PYTHONPATH leads here: it moves the clock of whatever a test runs (clock.py).

time-machine also loads pytest and dateutil where they are installed. Not here: they take longer than a command may, and
what a command loads is tested.
"""

import os
import sys
import time

for optional in ("pytest", "dateutil"):
    sys.modules[optional] = None  # type: ignore[assignment] # which is how Python marks what cannot be imported
import time_machine  # noqa: E402

for optional in ("pytest", "dateutil"):
    del sys.modules[optional]

time_machine.travel(time.time() + float(os.environ["TESTS_CLOCK"])).start()
time.time()  # its clock begins to run when it is first asked
