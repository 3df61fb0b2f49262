from assistant.calculation.grammars.antonyms import is_opposite


def test_a_name_with_the_opposite_word_alone_is_the_opposite():
    assert is_opposite({"gross", "profit"}, "Net profit")
    assert is_opposite({"cash", "beginning"}, "Cash, end of period")
    assert not is_opposite({"gross", "profit"}, "Gross and net profit")
    assert not is_opposite({"profit"}, "Net profit")
