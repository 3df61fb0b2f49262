import pytest

from assistant.composition.direction import contradicts, is_part

FELL = "Boat sales decreased 5% due to rain, partially offset by increased mill sales."


@pytest.mark.parametrize(
    ("question", "sentence", "other_way"),
    [
        ("Why did boat sales rise?", FELL, True),
        ("Did boat sales grow in 2023?", FELL, True),
        ("Why did boat sales fall?", FELL, False),
        ("What caused the increase in boat sales?", FELL, True),
        ("Why did timber prices rise?", FELL, False),
        ("What were boat sales?", FELL, False),
        ("Did boat sales fall?", "Boat sales were 9 million, up 4% on the year.", True),
        ("Did boat sales fall?", "Boat sales rose in May and fell in June.", False),
        ("Did sales rise or fall?", FELL, False),
    ],
)
def test_what_goes_the_other_way(question, sentence, other_way):
    assert contradicts(question, sentence) == other_way


def test_a_part_is_not_all():
    assert is_part("Does Fell own all of Ash?", "94%")
    assert not is_part("Does Fell own all of Ash?", "100%")
    assert not is_part("Does Fell own Ash?", "94%")
    assert not is_part("Does Fell own all of Ash?", "since 2019")
