import pytest

from ui.api import Api


@pytest.fixture
def api(mill_assistant):
    return Api(mill_assistant)


def test_reports_are_listed(api):
    assert api.list_reports() == [
        {
            "id": "alder-paper-2024",
            "title": "Alder Paper Sustainability Report 2024",
            "company": "Alder Paper",
            "year": 2024,
            "language": "en",
        }
    ]


def test_an_answer_is_the_public_object(api):
    answer = api.ask("How many people did Alder Paper employ?")
    assert list(answer)[:3] == ["question", "resolved_question", "verdict"]
    assert answer["citations"][0]["document"] == "alder-paper-2024"
    with pytest.raises(ValueError, match="2,001 characters"):
        api.ask("x" * 2001)
    with pytest.raises(ValueError, match="no such report: none"):
        api.ask("How many people?", documents=["none"])


def test_passages_are_found_with_their_places(api, mill_index):
    best, _ = api.search("How many people work in the mills?", 2)
    assert best["rank"] == 1
    assert best["section"] == ["People"]
    text = mill_index.documents["alder-paper-2024"].text
    assert text[best["start"] : best["end"]] == best["quote"]
    assert "1,284 people" in best["quote"]


def test_facts_are_found_by_words(api):
    (fact,) = api.facts("WATER 2024")
    figure = {"text": "198,750", "number": "198750", "value": "198750", "base_unit": "m3"}
    assert fact.items() >= {"metric": "Water withdrawal", "period": "2024", "unit": "m³", **figure}.items()
    assert len(api.facts(limit=3)) == 3
    assert api.facts(documents=["none"]) == []
