"""Words and names as people type them find what was meant, and what was changed is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memos.models import ContactRef
from memos.query import Query
from memos.search import Filters
from memos.store import Store

MEMOS = [
    ("The warehouse lighting quote is too high.", ContactRef("Jan Kowalski", "Kowalski Ceramics")),
    ("The warehouse needs lighting in spring.", ContactRef("Catherine O'Neill", "Zürich Labs")),
    ("Budget of 14,750 for the warehouse.", ContactRef("Jan Kowalski", "Kowalski Ceramics")),
    ("The budget is approved; the café pays.", ContactRef("Li Na", None)),
    ("Insurance, not assurance.", ContactRef("Marta Kowalska", "Acme")),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory, make_memo):
    with Store.open(tmp_path_factory.mktemp("spelling") / "memos.db") as store:
        for number, (text, contact) in enumerate(MEMOS):
            store.confirm(make_memo(number, text=text, heard=text.replace("budget", "buget"), contact=contact))
        yield store


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wharehouse", "warehouse"),
        ("WAREHUOSE", "warehouse"),
        ("warehouse lihgting", "warehouse lighting"),
        ("budgte quotr", "budget quote"),
        ("kovalski", "kowalski"),
        ("Katherine", "catherine"),
        ("zurihc", "zurich"),
        ("caffe", "cafe"),
        ("buget", "budget"),  # it was heard so, and a mishearing is nothing to correct to
        ('lihgting -budgte "buget of"', 'lighting -budgte "buget of"'),
    ],
)
def test_a_word_that_few_memos_have_is_corrected_to_the_nearest(filled, typed, meant):
    assert str(filled.respell(typed).query) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "warehouse",
        "budgets",
        "14,751",
        "lii",
        "xyzzyplugh",
        "wareh*",
        '"wharehouse"',
        "-wharehouse",
        "assurance",
        "🙂",
    ],
)
def test_what_is_known_or_near_nothing_or_meant_as_it_is_stays(filled, typed):
    assert filled.respell(typed) is None


def test_each_change_is_told(filled):
    meant = filled.respell("wharehouse spring", Filters(contact="Katherine"))
    assert meant.changes == (("wharehouse", "warehouse"), ("Katherine", "Catherine"))
    hits = filled.search(str(meant.query), meant.filters)
    assert [hit.memo.text for hit in hits] == [MEMOS[1][0]]


@pytest.mark.parametrize(
    ("filters", "meant"),
    [
        ({"contact": "Kovalsky"}, {"contact": "Kowalska"}),
        ({"contact": "Jan Kovalski"}, {"contact": "Jan Kowalski"}),
        ({"company": "Ceramix"}, {"company": "Ceramics"}),
        ({"company": "Zurihc Lab"}, {"company": "Zürich Labs"}),
    ],
)
def test_a_name_that_nobody_goes_by_is_put_as_the_nearest(filled, filters, meant):
    found = filled.respell("", Filters(**filters)).filters
    near = Filters(**meant)
    if filters == {"contact": "Kovalsky"}:  # as near to Kowalski: either will do
        assert found.contact in {"Kowalska", "Kowalski"}
    else:
        assert found == near


@pytest.mark.parametrize("filters", [{"contact": "jan"}, {"company": "acme"}, {"contact": "Bartholomew"}, {}])
def test_a_name_that_is_known_or_near_nobody_stays(filled, filters):
    assert filled.respell("", Filters(**filters)) is None


def test_the_word_of_more_memos_wins_among_equally_near_ones(store, make_memo):
    for number, text in enumerate(["A tender.", "A sender.", "A sender again."]):
        store.confirm(make_memo(number, text=text, heard=text, contact=None))
    assert str(store.respell("xender").query) == "sender"


def test_the_vocabulary_follows_changes_and_deletions(store, make_memo):
    store.confirm(make_memo(0, text="The gizmotron.", contact=ContactRef("Anna Lee", "Initech", "+12125550123")))
    store.confirm(make_memo(1, text="A call.", contact=ContactRef("Anna Lea", "Globex", "+12125550123", id=1)))
    assert str(store.respell("gizmotran").query) == "gizmotron"
    assert str(store.respell("globux").query) == "globex"
    assert store.respell("initexh") is None
    store.erase([make_memo(0).id])
    assert store.respell("gizmotran") is None
    assert store.check() == []


@given(st.text(st.characters() | st.sampled_from('"*-+:(){}^ \0\udcff🙂ß')), st.text(max_size=5), st.text(max_size=5))
def test_nothing_that_is_typed_raises_and_what_is_proposed_can_be_searched(filled, query, contact, company):
    meant = filled.respell(query, Filters(contact=contact, company=company))
    if meant:
        assert meant.changes
        filled.search(str(meant.query), meant.filters)


@given(st.text(st.characters() | st.sampled_from('"*- ab')))
def test_a_query_that_is_written_out_and_read_again_is_the_same(text):
    query = Query.parse(text)
    assert Query.parse(str(query)).terms == query.terms


def test_one_slip_in_the_first_letter_is_nearer_than_two_elsewhere_and_farther_than_one(store, make_memo):
    for number, text in enumerate(["Gizmotron.", "Xizmotronix.", "Tender.", "Fendero."]):
        store.confirm(make_memo(number, text=text, heard=text, contact=None))
    assert str(store.respell("xizmotron").query) == "gizmotron"
    assert str(store.respell("fender").query) == "fendero"
