"""vCard 3.0 (RFC 2426) and 4.0 (RFC 6350), and what of 2.1 phones still write, in whatever version they claim."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from memos.cards.card import Card, Entry, Fault, Raw

_PROPERTY = re.compile(
    r'(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<parameters>(?:;(?:"[^"]*"|[^":;])*)*):(?P<value>.*)', re.DOTALL
)
_PARAMETER = re.compile(r';((?:"[^"]*"|[^";:])*)')
_FIELD = re.compile(r"((?:\\.|[^;])*)(?:;|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")

# A picture is most of a card, and what of it cannot be read would only be told as damage.
_PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_QUOTED_PRINTABLE = re.compile(r"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)

# A soft line break before one of these is none: something cut the text off there.
_MARKER = re.compile(r"(?:BEGIN|END):VCARD\s*$", re.IGNORECASE)

# Types that do not tell one number or address from another.
_NO_LABEL = {"pref", "voice", "internet", "msg", "text", "x-internet"}


@dataclass(frozen=True, slots=True)
class _Property:
    line: int
    group: str
    name: str
    types: tuple[str, ...]
    preference: int | None
    value: str

    @property
    def text(self) -> str:
        return _plain(self.value)

    @property
    def fields(self) -> list[str]:
        """The parts between semicolons; commas between the words of one part become spaces."""
        return [_plain(_COMMA.sub(" ", part)) for part in _FIELD.findall(self.value)]


def read(text: str, country: str) -> Iterator[Card | Fault]:
    """The cards in `text`, and what cannot be read, in order. Groups of contacts are passed over.

    A line that makes no sense is told of and left out; a card that begins and does not end is lost.
    """
    properties: list[_Property] = []
    begun: int | None = None
    for number, line in _unfolded(text):
        found = _property(number, line)
        name = found.name if found else ""
        marker = name in ("BEGIN", "END") and found is not None and found.value.strip().upper() == "VCARD"
        if marker and name == "BEGIN":
            if begun is not None:
                yield _cut_off(begun)
            begun, properties = number, []
        elif begun is None:
            yield Fault(number, f"{_start(line)} stands outside of a card: left out", lost=False)
        elif marker:
            yield from _card(begun, properties, country)
            begun = None
        elif found is None:
            yield Fault(number, f"{_start(line)} is no line of a vCard: left out", lost=False)
        else:
            properties.append(found)
    if begun is not None:
        yield _cut_off(begun)


def _cut_off(line: int) -> Fault:
    return Fault(line, "the card that begins here has no END:VCARD: not taken", lost=True)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with those folded under it, and the number of its first; without pictures and empty lines."""
    number, parts, in_picture, soft = 0, [""], False, False
    for position, line in enumerate(text.split("\n"), start=1):
        if in_picture and (line[:1] in (" ", "\t") or ":" not in line):
            continue
        in_picture = False
        if soft and not _MARKER.match(line):
            # A soft line break of quoted-printable (RFC 2045, 6.7): the text goes on in the first column.
            parts += ["\n", line]
        elif line[:1] in (" ", "\t") and parts[0]:
            parts.append(line[1:])
        else:
            if parts[0]:
                yield number, "".join(parts)
            in_picture = bool(_PICTURE.match(line))
            number, parts = position, ["" if in_picture else line.strip()]
        soft = line.endswith("=") and bool(_QUOTED_PRINTABLE.match(parts[0]))
    if parts[0]:
        yield number, "".join(parts)


def _property(number: int, line: str) -> _Property | None:
    match = _PROPERTY.fullmatch(line)
    if match is None:
        return None
    types: list[str] = []
    preference = charset = None
    quoted_printable = False
    for parameter in _PARAMETER.findall(match["parameters"]):
        # vCard 2.1 leaves out the names of parameters: TEL;CELL;PREF:…
        name, _, value = parameter.replace('"', "").rpartition("=")
        name = name.strip().upper() or "TYPE"
        if value.upper() == "QUOTED-PRINTABLE":
            quoted_printable = True
        elif name == "TYPE":
            types += [word.strip().casefold() for word in value.split(",")]
        elif name == "PREF" and re.fullmatch("[0-9]{1,3}", value):
            preference = int(value)
        elif name == "CHARSET":
            charset = value
    if "pref" in types and preference is None:
        preference = 1
    value = match["value"]
    if quoted_printable:
        value = _decoded(value, charset)
    return _Property(number, (match["group"] or "").upper(), match["name"].upper(), tuple(types), preference, value)


def _decoded(value: str, charset: str | None) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _card(line: int, properties: list[_Property], country: str) -> Iterator[Card | Fault]:
    by_name: dict[str, list[_Property]] = {}
    for each in properties:
        by_name.setdefault(each.name, []).append(each)

    def first(name: str) -> str:
        return next((text for each in by_name.get(name, ()) if (text := each.text.strip())), "")

    if "group" in (first("KIND").casefold(), first("X-ADDRESSBOOKSERVER-KIND").casefold()):
        return
    labels = {each.group: each.text for each in by_name.get("X-ABLABEL", ()) if each.group}
    names = by_name["N"][0].fields if "N" in by_name else []
    family, given, middle = (*names, "", "", "")[:3]
    entry = Entry(
        line,
        full=first("FN"),
        given=given,
        middle=middle,
        family=family,
        company=next((_plain(unit) for each in by_name.get("ORG", ()) if (unit := _FIELD.findall(each.value)[0])), ""),
        role=first("TITLE") or first("ROLE"),
        country=next((parts[6] for each in by_name.get("ADR", ()) if len(parts := each.fields) > 6), ""),
        notes=[each.text for each in by_name.get("NOTE", ())],
        nicknames=[_plain(name) for each in by_name.get("NICKNAME", ()) for name in _COMMA.split(each.value)],
        phones=_raws(by_name.get("TEL", []), labels),
        emails=_raws(by_name.get("EMAIL", []), labels),
    )
    card, faults = entry.card(country)
    yield from faults
    if card:
        yield card


def _raws(properties: list[_Property], labels: dict[str, str]) -> list[Raw]:
    best = min((each.preference for each in properties if each.preference is not None), default=None)
    return [
        Raw(each.line, each.text, _label(each, labels), each.preference is not None and each.preference == best)
        for each in properties
        if each.text.strip()
    ]


def _label(of: _Property, labels: dict[str, str]) -> str | None:
    """The label of its own that iOS and macOS give it (`_$!<Work>!$_` is one of theirs), or else its types."""
    own = re.sub(r"_\$!<(.*)>!\$_", r"\1", labels.get(of.group, "")).casefold() if of.group else ""
    return own or ", ".join(kind for kind in of.types if kind not in _NO_LABEL) or None


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _start(line: str) -> str:
    return repr(line if len(line) <= 40 else f"{line[:40]}…")
