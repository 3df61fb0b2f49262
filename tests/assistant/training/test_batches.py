import random

import numpy as np
import pytest

from assistant.training.batches import Window, batches, padded, windows
from assistant.training.mix import Example
from index.bert import load_tokenizer


@pytest.fixture(scope="module")
def tokenizer(minilm):
    tokenizer = load_tokenizer(minilm)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def example(question, passage, answer=""):
    start = passage.index(answer) if answer else 0
    return Example(question, passage, start, start + len(answer), (answer,) if answer else ())


FILLER = "The mill made paper and board of wood and old paper all through the year. " * 20
LONG = FILLER + "Alder Paper employed 1,284 people. " + FILLER


def test_a_window_holds_the_answer_wherever_it_is_cut(tokenizer):
    asked = "How many people did Alder Paper employ?"
    starts = set()
    for seed in range(12):
        (window,) = windows([example(asked, LONG, "1,284")], tokenizer, 64, random.Random(seed))
        assert len(window.ids) == 64
        assert tokenizer.decode(window.ids[window.start : window.end + 1]) == "1, 284"
        assert tokenizer.decode(window.ids[1 : window.question_length - 1]) == asked.lower()
        starts.add(window.start)
    assert len(starts) > 4, "the answer stands at changing places"


def test_a_window_is_question_and_passage_between_marks(tokenizer):
    (window,) = windows([example("How many?", "12 mills", "12 mills")], tokenizer, 64, random.Random(1))
    tokens = [tokenizer.id_to_token(i) for i in window.ids]
    assert tokens == ["[CLS]", "how", "many", "?", "[SEP]", "12", "mills", "[SEP]"]
    assert (window.question_length, window.start, window.end) == (5, 5, 6)


def test_no_answer_is_the_first_token(tokenizer):
    short, long = windows(
        [example("How many?", "Some mills"), example("How many?", LONG)], tokenizer, 48, random.Random(1)
    )
    assert (short.start, short.end, long.start, long.end) == (0, 0, 0, 0)
    assert len(long.ids) == 48


def test_a_long_question_is_cut_and_an_answer_that_fits_no_window_left_out(tokenizer):
    (window,) = windows([example("why " * 90, "12 mills", "12")], tokenizer, 64, random.Random(1))
    assert window.question_length == 50
    assert windows([example("What?", LONG, LONG[:900])], tokenizer, 64, random.Random(1)) == []


def test_batches_are_padded(tokenizer):
    batch = padded([Window([101, 7, 102, 8, 9, 102], 3, 3, 4), Window([101, 7, 102, 102], 3, 0, 0)])
    assert {name: array.shape for name, array in batch.items()} == {
        "input_ids": (2, 6),
        "token_type_ids": (2, 6),
        "attention_mask": (2, 6),
        "start": (2,),
        "end": (2,),
    }
    assert batch["input_ids"].tolist() == [[101, 7, 102, 8, 9, 102], [101, 7, 102, 102, 0, 0]]
    assert batch["token_type_ids"].tolist() == [[0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 0, 0]]
    assert batch["attention_mask"].sum(1).tolist() == [6, 4]
    assert (batch["start"].tolist(), batch["end"].tolist()) == ([3, 0], [4, 0])
    assert all(array.dtype == np.int64 for array in batch.values())


def test_every_window_is_in_one_batch_within_the_budget():
    made = [Window([i] * length, 1, 0, 0) for i, length in enumerate([5, 50, 20, 21, 6, 49, 22, 7] * 5, 1)]
    seen = []
    for batch in batches(made, 100, random.Random(2)):
        assert batch["input_ids"].size <= 100
        seen += batch["input_ids"][:, 0].tolist()
    assert sorted(seen) == list(range(1, 41))
