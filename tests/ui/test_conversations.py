import json
from dataclasses import replace

import pytest

from assistant.answer import Answer, Calculation, Citation, Claim
from ui.conversations import Conversation, ConversationStore
from ui.render import Turn

CITATION = Citation(1, "alder", "Alder", ("People", "Jobs"), 7, "alder#0", 4, 9, "mills")
ANSWER = Answer(
    "How many?",
    "How many mills?",
    "answered",
    "12 mills [1].",
    "12",
    (Claim("12 mills [1].", (1,)),),
    (CITATION,),
    Calculation("6 + 6", "12", "mills"),
    0.9,
    0.2,
)
TURN = Turn("How many?", ANSWER, suggestions=("And ships?",))


def test_a_conversation_comes_back_as_it_was_saved(tmp_path):
    store = ConversationStore(tmp_path / "conversations")
    saved = store.append(Conversation.new(), TURN)
    assert store.load(saved.id) == saved
    assert saved.turns == (TURN,)
    assert saved.name == "How many?"
    assert [path.name for path in store.folder.iterdir()] == [f"{saved.id}.jsonl"], "nothing is left beside it"


def test_another_tabs_turns_are_kept(tmp_path):
    store = ConversationStore(tmp_path)
    first = store.append(Conversation.new(), TURN)
    store.append(first, Turn("In the other tab", ANSWER))
    both = store.append(first, Turn("Here", ANSWER))
    assert [turn.question for turn in both.turns] == ["How many?", "In the other tab", "Here"]


def test_names_and_ratings_change_without_the_rest():
    conversation = Conversation.new().with_turn(TURN).with_turn(TURN)
    assert conversation.renamed("  Mills\nand ships ").name == "Mills and ships"
    assert conversation.renamed(" ") == conversation
    assert len(conversation.renamed("x" * 500).name) == 80
    rated = conversation.with_rating(1, "down")
    assert [turn.rating for turn in rated.turns] == ["", "down"]
    assert replace(rated, turns=conversation.turns) == conversation


def test_recent_conversations_are_listed_newest_first(tmp_path):
    store = ConversationStore(tmp_path)
    assert store.recent() == []
    old = store.append(Conversation.new(), Turn("Old", ANSWER))
    new = store.append(Conversation.new(), Turn("New", ANSWER))
    (tmp_path / "0000000000000000.jsonl").write_text("not JSON\n")
    assert store.recent() == [(new.id, "New"), (old.id, "Old")]
    store.delete(new.id)
    assert store.recent() == [(old.id, "Old")]
    store.delete(new.id)


@pytest.mark.parametrize("id", ["", "../../etc/passwd", "0123456789abcdef", "0123456789ABCDEF", "x" * 16])
def test_an_id_that_is_not_there_begins_a_new_conversation(tmp_path, id):
    store = ConversationStore(tmp_path)
    conversation = store.load(id)
    assert conversation.turns == ()
    assert conversation.id != id


def test_a_delete_stays_in_its_folder(tmp_path):
    outside = tmp_path / "keep.jsonl"
    outside.write_text("kept")
    ConversationStore(tmp_path / "conversations").delete("../keep")
    assert outside.read_text() == "kept"


@pytest.mark.parametrize("damage", ["", "[]\n", '{"id": "a"}\n', "\xff"])
def test_a_damaged_conversation_is_refused_in_one_line(tmp_path, damage):
    store = ConversationStore(tmp_path)
    saved = store.append(Conversation.new(), TURN)
    path = tmp_path / f"{saved.id}.jsonl"
    path.write_bytes(damage.encode("latin-1"))
    with pytest.raises(ValueError, match="is damaged: delete the file"):
        store.load(saved.id)


def test_a_file_reads_one_json_object_a_line(tmp_path):
    store = ConversationStore(tmp_path)
    saved = store.append(Conversation.new(), TURN)
    head, turn = (json.loads(line) for line in (tmp_path / f"{saved.id}.jsonl").read_text("utf-8").splitlines())
    assert head == {"id": saved.id, "name": "How many?", "updated": saved.updated}
    assert turn["answer"]["citations"][0]["quote"] == "mills"
