"""Whom a memo says it is about: "just got off the phone with Dana Whitfield, head of purchasing at Brightwater".

English only. Whisper writes names with capitals, so a name is capitalised words after the phrase that introduces it.
E-mail addresses are taken as written, or as spoken: "dana at brightwater dot com".
"""

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = r"(?:[A-Z][\w'’&-]*|&)"
_PARTICLES: Final = r"(?:(?:de|da|di|van|von|der|den|la|le|el|al|bin) )*"
_NAME: Final = rf"(?:(?:Mr|Mrs|Ms|Dr)\.? )?{_WORD}(?: (?:[A-Z]\. )?{_PARTICLES}{_WORD}){{0,3}}"
_COMPANY: Final = rf"{_WORD}(?:(?: (?:and|of|the|&))*,? {_WORD}){{0,4}}"
_ROLE: Final = (
    r"(?:(?:the|their|his|her|our|a|an) )?"
    r"(?!(?:who|which|whose|and|but|so|or|he|she|it|they|we|I|you|over|back|about)\b)"
    r"(?P<role>[A-Za-z][\w'’-]*(?: [\w'’-]+){0,4}?)"
)
_INTRODUCTIONS: Final = (
    r"off (?:the|a) (?:phone|call|line|zoom|horn) with|on the (?:phone|line) (?:with|to)|hung up (?:with|on)"
    r"|(?:spoke|spoken|speaking|talk|talked|talking|chatted|met|caught up) (?:to|with)|(?:call|meeting|chat|demo) with"
    r"|(?:this|that|it)(?: was| is|'s|’s)|(?:called|rang|phoned|reached)"
)
_INTRODUCED: Final = re.compile(
    rf"\b(?i:{_INTRODUCTIONS}) (?P<name>{_NAME})"
    rf"(?:(?:, {_ROLE},?)? (?:over )?(?:at|from|of|with) (?:the )?(?P<company>{_COMPANY}))?"
)
_FOR_COMPANY: Final = re.compile(rf"\b(?i:this is|it's|it is) (?:for|about) (?:the )?(?P<company>{_COMPANY})")

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_JOINT: Final = r"(?: dot | underscore | dash | hyphen |[._-])"
_PARTS: Final = rf"[a-z0-9]+(?:{_JOINT}[a-z0-9]+)*"
# "We looked at three dot com companies" is no address: somebody's mail is spoken of before one.
_SPOKEN_EMAIL: Final = re.compile(
    rf"\b(?:e-?mails?|mails?|address|write|reach)\b[^.!?]{{0,60}}?\b(?P<local>{_PARTS}) at "
    rf"(?P<host>{_PARTS}(?: dot |\.)(?:com|net|org|info|biz|edu|gov|[a-z]{{2}}))\b",
    re.IGNORECASE,
)
_SPOKEN_JOINTS: Final = {" dot ": ".", " underscore ": "_", " dash ": "-", " hyphen ": "-"}

_NO_NAMES: Final = frozenset(
    "i i'm i'll he she they we you it this that the a an just okay ok yes no monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Introduced:
    """What was said about whom the memo is about; None for what was not."""

    name: str | None = None
    company: str | None = None
    role: str | None = None
    email: str | None = None

    @property
    def as_typed(self) -> str:
        """ "Dana Whitfield, Brightwater", as the rep would answer; empty when nobody was named."""
        return ", ".join(filter(None, (self.name, self.company)))


def introduced(text: str) -> Introduced:
    """Whom ``text`` introduces first. Nothing is raised on any text."""
    email = email_in(text)
    account = _FOR_COMPANY.search(text)
    company = account["company"] if account else None
    for found in _INTRODUCED.finditer(text):
        name = re.sub(r"['’]s$", "", found["name"])
        if name.split()[0].casefold() not in _NO_NAMES:
            return Introduced(name, found["company"] or company, found["role"], email)
    return Introduced(None, company, None, email)


def email_in(text: str) -> str | None:
    """The first e-mail address, written or spoken, in small letters."""
    if written := _EMAIL.search(text):
        return written[0].rstrip(".").lower()
    spoken = _SPOKEN_EMAIL.search(text)
    if spoken is None:
        return None
    address = f"{spoken['local']}@{spoken['host']}"
    for said, joint in _SPOKEN_JOINTS.items():
        address = re.sub(said, joint, address, flags=re.IGNORECASE)
    return address.lower()
