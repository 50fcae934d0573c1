"""Which column of a CSV file says what, told by its header: docs/contacts.md lists where each name is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Headers without case, spaces and signs; "Person - " before Pipedrive's is dropped.
_FIELDS: Final = {
    "full": "name fullname displayname contactname",
    "given": "firstname givenname forename first",
    "middle": "middlename additionalname",
    "family": "lastname familyname surname last",
    "company": (
        "company companyname organization organisation organizationname organisationname organization1name"
        " account accountname associatedcompany associatedcompanyname primaryassociatedcompany"
    ),
    "role": "jobtitle organizationtitle organisationtitle organization1title position role",
    "notes": "notes note description contactdescription",
    "nicknames": "nickname",
}
_BY_HEADER: Final = {header: name for name, headers in _FIELDS.items() for header in headers.split()}

_KIND: Final = "business|work|office|companymain|main|direct|home|mobile|cell|primary|other|personal|secondary|whatsapp"
_PHONE: Final = re.compile(
    rf"(?P<before>{_KIND})?(?:phone|telephone|tel|(?P<kind>mobile|mobilephone|cell|cellphone|fax))(?:number|no)?"
    rf"\d?(?:value)?(?P<after>{_KIND})?"
)
_EMAIL: Final = re.compile(
    rf"(?P<before>{_KIND}|additional)?e?mail(?P<kind>)(?:address|addresses)?\d?(?:address|value)?(?P<after>{_KIND})?"
)
_LABEL: Final = re.compile(r"((?:phone|email)\d)(?:type|label)")


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column are: the name of a field of Entry, or "phones" or "emails" with what is known of it.

    `label_at` is the column that says which number or address it is, `preferred` whether the header says so.
    """

    field: str
    at: int
    label: str = ""
    label_at: int | None = None
    preferred: bool = False


def recognise(header: Sequence[str]) -> list[Column]:
    """The columns that say something of a contact; empty when none of them could name one.

    "Title" is the role in Salesforce, and "Dr." in Outlook, which has a "Job Title" as well.
    """
    keys = [_key(text) for text in header]
    labels = {match[1]: at for at, key in enumerate(keys) if (match := _LABEL.fullmatch(key))}
    has_role = any(_BY_HEADER.get(key) == "role" for key in keys)
    found = []
    for at, key in enumerate(keys):
        phone = _PHONE.fullmatch(key)
        if point := phone or _EMAIL.fullmatch(key):
            says = " ".join(filter(None, point.group("before", "kind", "after")))
            label_at = labels.get(key.removesuffix("value"))
            found.append(Column("phones" if phone else "emails", at, says, label_at, says == "primary"))
        elif key in _BY_HEADER:
            found.append(Column(_BY_HEADER[key], at))
        elif key == "title" and not has_role:
            found.append(Column("role", at))
    naming = {"full", "given", "family", "company", "emails"}
    return found if any(column.field in naming for column in found) else []


def _key(header: str) -> str:
    return re.sub(r"[\W_]+", "", header.casefold().strip().removeprefix("person - "))
