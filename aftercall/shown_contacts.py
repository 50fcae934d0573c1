"""Contacts as rows of data and as words on the screen."""

from aftercall.output import Row
from aftercall.shown import who
from memos.models import Contact, ContactPoint, Merge, Talks


def contact_detail(contact: Contact, talks: Talks | None) -> Row:
    """A contact as data, with all that is known: what --json prints of it in `contacts`."""
    return {
        "id": contact.id,
        "name": contact.name,
        "company": contact.company,
        "role": contact.role,
        "phone": contact.phone,
        "email": contact.email,
        "further": [{"kind": point.kind, "value": point.value, "label": point.label} for point in contact.points],
        "spellings": list(contact.spellings),
        "note": contact.note,
        "memos": talks.count if talks else 0,
        "last_spoken_at": talks.last_spoken_at.isoformat(timespec="seconds") if talks else None,
    }


def merge_row(merge: Merge) -> Row:
    """A merge as data."""
    return {
        "id": merge.id,
        "kind": merge.kind,
        "memo": merge.memo_id,
        "kept": {"id": merge.kept.id, "name": merge.kept.name, "company": merge.kept.company},
        "merged": {"id": merge.merged.id, "name": merge.merged.name, "company": merge.merged.company},
        "merged_at": merge.merged_at.isoformat(timespec="seconds"),
        "undone_at": merge.undone_at.isoformat(timespec="seconds") if merge.undone_at else None,
        "moved": dict(merge.moved),
    }


def labelled(point: ContactPoint) -> str:
    """ "+15125550143 (mobile)"."""
    return f"{point.value} ({point.label})" if point.label else point.value


def what(merge: Merge) -> str:
    """ "D. Whitfield (Brightwater) into Dana Whitfield (Brightwater)", and so of moves and splits."""
    return {
        "merge": f"{who(merge.merged)} into {who(merge.kept)}",
        "move": f"{merge.memo_id} from {who(merge.merged)} to {who(merge.kept)}",
        "split": f"{who(merge.kept)} out of {who(merge.merged)}",
    }[merge.kind]


def moved(merge: Merge) -> str:
    """ "4 memos and 1 followups" : what went along in a merge; empty where nothing did."""
    names = {"memos": "memo", "followups": "promised call"}
    counted = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for table, name in names.items()
        if (count := merge.moved.get(table))
    ]
    return " and ".join(counted)
