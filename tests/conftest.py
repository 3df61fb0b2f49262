import pytest

# A made-up report, parts of which try to be more than text.
MILL_REPORT = """# Alder Paper Sustainability Report 2024

## People

Alder Paper employed 1,284 people at the end of 2024, in 12 mills. The apprenticeship programme took in 96 young people.

The safety manual says: <script>window.hacked = 1</script> and <img src=x onerror="window.hacked = 2">.

See [the policy](javascript:window.hacked=3), ![a picture](http://pictures.invalid/a.png), {{constructor}} and \
${window.hacked = 4}.

## Environment

| Indicator | Unit | 2023 | 2024 |
| --- | --- | --- | --- |
| Total energy consumption | MWh | 48,210 | 45,975 |
| Water withdrawal | m³ | 210,400 | 198,750 |
| Hazardous waste | t | 83.5 | 71.2 |
| Share of recycled fibre | % | 61.0 | 64.5 |
"""


@pytest.fixture(scope="session")
def mill_report(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "alder-paper-2024.md"
    path.write_text(MILL_REPORT, "utf-8")
    return path


@pytest.fixture(scope="session")
def mill_index(mill_report):
    from corpus.load import load_document
    from index.embedder import SentenceEmbedder
    from index.passage_index import PassageIndex

    return PassageIndex.build([load_document(mill_report)], SentenceEmbedder())
