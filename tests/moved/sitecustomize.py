"""Python imports this as it starts where PYTHONPATH leads here: it moves the clock of whatever a test runs (clock.py).

time-machine loads pytest and dateutil, too, where they are installed. Not here: they take longer than a command may,
and what a command loads is tested.
"""

import os
import sys
import time
from types import ModuleType

_LEFT_OUT: dict[str, ModuleType | None] = {"pytest": None, "dateutil.parser": ModuleType("one without a parser")}

sys.modules.update(_LEFT_OUT)  # type: ignore[arg-type] # None is how Python marks what cannot be imported
import time_machine  # noqa: E402

for name in _LEFT_OUT:
    del sys.modules[name]

time_machine.travel(time.time() + float(os.environ["TESTS_CLOCK"])).start()
time.time()  # its clock begins to run when it is first asked
