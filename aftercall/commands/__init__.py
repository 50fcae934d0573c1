"""One module per command. Each has a ``command``; what it needs of the rooms is imported when it runs."""

from typing import Final

COMMANDS: Final = {
    "record": "record",
    "watch": "watch",
    "jot": "jot",
    "import": "import_",
    "transcribe": "transcribe",
    "inbox": "inbox",
    "review": "review",
    "when": "when",
    "search": "search",
    "list": "list_",
    "show": "show",
    "edit": "edit",
    "move": "move",
    "due": "due",
    "contacts": "contacts",
    "done": "done",
    "snooze": "snooze",
    "cancel": "cancel",
    "brief": "brief",
    "stats": "stats",
    "calendar": "calendar",
    "team": "team",
    "delete": "delete",
    "purge": "purge",
    "export": "export",
    "backup": "backup",
    "restore": "restore",
    "model": "model",
    "plugins": "plugins",
    "config": "config",
    "completion": "completion",
    "doctor": "doctor",
}
"""Every command, in the order of a memo's way, and its module in aftercall/commands."""
