import pytest

from assistant.grounding.draft import Sentence, drafted

DRAFT = (
    "<think>Passage [3] may do. Or not.</think>Revenue was EUR 1.5 million. [1] It rose by 3% [2, 3]. "
    "No. None were sold [4].\n\nThe brands are:\n- **Kestrel** [1]\n- Havnblue [2][5]\nDone."
)


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_a_draft_becomes_sentences_however_it_is_cut(size):
    pieces = [DRAFT[at : at + size] for at in range(0, len(DRAFT), size)]
    found = list(drafted(pieces))
    assert [(sentence.lead, sentence.bare, sentence.cited) for sentence in found] == [
        ("", "Revenue was EUR 1.5 million.", (1,)),
        ("", "It rose by 3%.", (2, 3)),
        ("", "No. None were sold.", (4,)),
        ("The brands are:", "Kestrel", (1,)),
        ("The brands are:", "Havnblue", (2, 5)),
        ("", "Done.", ()),
    ]
    assert found[3].said == "The brands are: Kestrel"


def test_a_sentence_is_given_when_the_next_begins():
    given = []

    def pieces():
        for piece in ("Revenue rose. ", "[1", "] ", "Profit ", "fell [2]", ". And"):
            yield piece
            given.append(len(found))

    found = []
    for sentence in drafted(pieces()):
        found.append(sentence.text)
    assert found == ["Revenue rose. [1]", "Profit fell [2].", "And"]
    assert given == [0, 0, 0, 1, 1, 2]


def test_a_thought_that_was_opened_elsewhere_is_left_out():
    assert [s.text for s in drafted(["Let me see. It says 5. ", "Hm.</think>It is 7 [1]."])][-1] == "It is 7 [1]."


def test_a_thought_that_never_ends_is_no_draft():
    assert list(drafted(["<think>Let me ", "see. It says 5."])) == []
    assert list(drafted([])) == []


def test_marks_are_renumbered_in_their_places():
    sentence = Sentence("It has 5 [7] and 6 [2, 9] sites.")
    assert sentence.with_marks({7: 1, 2: 2}) == "It has 5 [1] and 6 [2] sites."
    assert sentence.with_marks({}) == sentence.bare == "It has 5 and 6 sites."
