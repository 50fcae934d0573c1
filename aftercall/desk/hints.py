"""What the rep can do about an error: the lower rooms say what happened, here it becomes a line that works.

They know neither the commands nor how the program was installed, and another face may offer other ways.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from aftercall.desk.installing import PROGRAM, Environment, command_line, how_to_install, is_installed
from capture import errors as capturing
from ground.errors import AftercallError
from memos import errors as memos
from memos.team import errors as team

HINTS: Final[Mapping[type[AftercallError], str]] = {
    capturing.NoUsableInput: "`aftercall doctor` lists the inputs.",
    capturing.UnknownRecording: "`aftercall inbox` lists them, and `aftercall import FILE` adds a sound file.",
    capturing.AmbiguousRecording: "`aftercall inbox` lists them.",
    memos.NoSuchMemo: "list them with: aftercall list",
    memos.NoSuchContact: "to see who there is: aftercall contacts list",
    memos.NoSuchMerge: "to see what can be undone: aftercall contacts merges",
    memos.BuiltUpon: "to undo that one first: aftercall contacts undo {later}",
    memos.ContactExists: "to change what is known: aftercall contacts edit {contact_id}; "
    "to make two into one: aftercall contacts merge",
    memos.CallClosed: "open it again with: aftercall snooze {memo_id} DAY",
    memos.AlreadyConfirmed: "compare them with: aftercall show {memo_id}",
    memos.CorrectedMeanwhile: "look at it with: aftercall show {memo_id} --versions",
    memos.StoreDamaged: "`aftercall doctor --repair` mends what can be mended, or put a backup in its place",
    memos.StoreTooOld: "any command that opens it for writing, such as aftercall list, brings it up to date",
    memos.StoreTooNew: "update aftercall to open it",
    memos.CalendarTrouble: "they go out with the next: aftercall calendar sync",
    team.NotInATeam: "come into one with: aftercall team join ADDRESS",
    team.InATeam: "leave it first with: aftercall team leave",
    team.TeamPasswordMissing: "put it into AFTERCALL_TEAM_PASSWORD or a pgpass file; join --keep-password keeps it",
    team.TeamLockedOut: "an administrator of the team can let you in; what is here stays, and: aftercall team leave",
    team.TeamTooNew: "update aftercall to sync again",
    team.TeamTooOld: "its administrator makes it, or brings it up to date, with: aftercall team init ADDRESS",
    memos.CalendarPasswordMissing: "give it with: aftercall calendar login",
}
"""By the kind of error, or the nearest of its bases; what stands in braces is what the error carries."""


def line_of(error: BaseException) -> str:
    """The error as one line: its message, what was noted on it, and what would help."""
    said = " ".join([str(error), *getattr(error, "__notes__", [])])
    for hint in hints_of(error):
        said += f" {hint[0].upper()}{hint[1:]}" if said.endswith(".") else f"; {hint}"
    return said


def hints_of(error: BaseException) -> Iterator[str]:
    """What would help: by its kind, and by the facts that it carries.

    These are `packages`, distributions that bring what is missing, and `download`, engine and model whose weights a
    download would bring. Most errors carry neither.
    """
    packages = getattr(error, "packages", ())
    if packages:
        # Where all are installed already, it is their files that are missing or damaged.
        how = how_to_install(packages, Environment.running(), anew=all(map(is_installed, packages)))
        yield f"to install {'them' if len(packages) > 1 else 'it'}: {how}"
    download = getattr(error, "download", ())
    if download:
        engine, model = download
        what = "or to download the model" if packages else "to download the model"
        yield f"{what}: {command_line([PROGRAM, 'model', 'install', model, '--engine', engine])}"
    kind = next((kind for kind in type(error).__mro__ if kind in HINTS), None)
    if kind is not None:
        yield HINTS[kind].format_map(vars(error))
