import pytest

from index.synonyms import SYNONYMS
from index.words import english, related, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many tons of CO₂e were saved?", ["tons", "co", "2", "e", "saved"]),
        ("The 1,284 people’s ISO14001 rate, 3.5%", ["1284", "people's", "iso", "14001", "rate", "3.5"]),
        ("长安2023", ["长", "安", "2023"]),
        ("What is it?", []),
        ("CFOs and CEOs", ["cfo", "ceo"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("centres", "center"),
        ("labour", "labor"),
        ("organisations", "organization"),
        ("recognised", "recognized"),
        ("kilometres", "kilometer"),
        ("programmes", "program"),
        ("emissions", "emission"),
        ("company's", "company"),
    ],
)
def test_one_stem_for_both_spellings(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("hours", "hors"), ("more", "moer"), ("rise", "rize")])
def test_other_words_keep_their_stems(one, other):
    assert stem(one) != stem(other)


def test_synonyms_and_phrases():
    found = related([stem(word) for word in words("NOx from plants")])
    assert found[stem("nitrogen")] == found[stem("oxide")] == 0.5
    assert found[stem("factory")] == 1.0
    assert stem("plants") not in found
    assert related(["zebra"]) == {}
    assert stem("nox") in related([stem("nitrogen"), stem("oxide")])
    assert stem("nox") not in related([stem("nitrogen"), stem("gas")])


def test_groups_have_members_that_leave_words():
    assert all(len(group) > 1 for group in SYNONYMS)
    assert all(words(member) for group in SYNONYMS for member in group)


def test_english_words():
    assert {"scope", "intensity", "labour"} <= english()
    assert "indepedent" not in english()


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ("operating profit", "operating income"),
        ("half-finished goods", "work in process"),
        ("staff", "employees"),
        ("Swedish", "Sweden"),
        ("German", "Germany"),
        ("seventies", "1970"),
        ("absenteeism", "sick leave"),
        ("flats", "residential units"),
    ],
)
def test_what_reports_call_what_is_asked_for(asked, reported):
    found = related([stem(word) for word in words(asked)])
    assert {stem(word) for word in words(reported)} - {stem(word) for word in words(asked)} <= set(found)


def test_every_synonym_has_a_word_that_is_searched():
    assert all(words(member) for group in SYNONYMS for member in group)
