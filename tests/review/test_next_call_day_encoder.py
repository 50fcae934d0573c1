"""What a memo as a whole says of its days is what its layers were trained to say, and is told as a fact."""

from datetime import UTC, datetime

import numpy as np
import pytest
import torch
from safetensors.numpy import load, save

from benchmarks.train_day_encoder import SCALE, Dates, Days, row_of, trained
from review.encoder import Layers, begin
from review.next_call import _read_memo
from review.next_call.day_encoder import pieces_at, scores, scores_by, told
from review.next_call.day_features import WHOLE, candidates
from review.next_call.feature_words import spell
from review.next_call.memo import Memo

WEDNESDAY = datetime(2026, 11, 18, 16, 40, tzinfo=UTC)
TEXT = "I'll ring her Tuesday. She flies out on Friday."
PLACES = ((14, 21), (40, 46))


def memo(text: str) -> Memo:
    return _read_memo(text, WEDNESDAY, "en-US")


def test_what_was_trained_gives_the_same_scores_without_pytorch() -> None:
    day = frozenset({WEDNESDAY.date()})
    memos = [
        Dates(TEXT, PLACES, (day, frozenset()), day),
        Dates("Nothing more. He sails on Friday.", ((26, 32),), (frozenset(),), frozenset({None})),
    ] * 16
    stored = load(save(trained(memos)))
    row = row_of(memos[0])
    assert row is not None
    net = Days()
    state = {name: torch.zeros_like(each) for name, each in net.state_dict().items()}
    for name in state:
        scale = stored.get(f"{name}.scale")
        whole = stored[name].astype(np.float32) * (1 if scale is None else scale[:, None])
        state[name] = torch.from_numpy(whole / (SCALE if name.startswith("head") else 1))
    net.load_state_dict(state)
    net.eval()
    with torch.no_grad():
        [(days, none)] = net([row])

    found = scores_by(Layers(stored), begin(TEXT), PLACES)

    assert found == pytest.approx(
        [*days.tolist(), *none.tolist()], abs=0.3
    )  # of some five; PyTorch's in half precision
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] > found[1]  # what it learnt


def test_the_same_memos_give_the_same_weights() -> None:
    memos = [Dates(TEXT, PLACES, (frozenset({WEDNESDAY.date()}), frozenset()), frozenset({WEDNESDAY.date()}))] * 3

    assert save(trained(memos)) == save(trained(memos))


def test_a_memo_that_names_no_day_or_not_the_right_one_teaches_nothing() -> None:
    today = WEDNESDAY.date()

    assert row_of(Dates("Nothing.", (), (), frozenset({None}))) is None
    assert row_of(Dates(TEXT, PLACES, (frozenset(), frozenset()), frozenset({today}))) is None
    assert row_of(Dates(TEXT, PLACES, (frozenset(), frozenset()), frozenset({None}))) is not None


def test_a_day_has_the_pieces_of_its_words() -> None:
    pieces = begin(TEXT).places

    assert {TEXT[slice(*pieces[at])] for at in pieces_at(PLACES[0], pieces)} == {"Tuesday"}
    assert pieces_at((0, 0), pieces) == []
    assert pieces_at((len(TEXT), len(TEXT) + 4), pieces) == []


def test_a_day_beyond_what_is_read_has_no_score_and_the_others_have() -> None:
    text = f"I'll ring her Tuesday. {'And so on. ' * 200}She flies out on Friday."
    friday = (text.index("Friday"), text.index("Friday") + 6)

    *days, none = scores(text, (PLACES[0], friday))

    assert (days[0] is None, days[1] is None, none is None) == (False, True, False)
    assert told([days[0], None, none])[1] is None
    assert sum(f"{WHOLE} " in " ".join(one.features) for one in candidates(memo(text)) if one.value) > 0


def test_scores_are_told_as_how_probable_each_is() -> None:
    assert told([0.0, 0.0]) == ["50 to 75 % probable", "50 to 75 % probable"]
    assert told([10.0, 0.0]) == ["more than 99 % probable", "less than 1 % probable"]
    assert told([1000.0, None, 990.0, 996.0]) == [
        "97 to 99 % probable",
        None,
        "less than 1 % probable",
        "1 to 3 % probable",
    ]


def test_each_day_and_none_has_the_fact_and_the_weights_know_it() -> None:
    found = candidates(memo(TEXT))
    facts = [[fact for fact in one.features if fact.startswith(WHOLE)] for one in found]

    assert all(len(of_one) == 1 for of_one in facts)
    assert spell(facts[0][0]).startswith("the memo as a whole: ")
    assert facts[-1][0].endswith("that there is none")


def test_another_reader_of_the_whole_may_stand_in_its_place() -> None:
    found = candidates(memo(TEXT), lambda _, places: [5.0] * len(places) + [0.0])

    assert {fact for one in found for fact in one.features if fact.startswith(WHOLE)} == {
        f"{WHOLE} 25 to 50 % probable",
        f"{WHOLE} less than 1 % probable that there is none",
    }
