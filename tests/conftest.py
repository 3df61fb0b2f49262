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
    from index.embedder import load_embedder
    from index.passage_index import PassageIndex

    return PassageIndex.build([load_document(mill_report)], load_embedder())


@pytest.fixture(scope="session")
def minilm():
    """The folder of the default embedder."""
    from index.embedder import default_folder

    return default_folder()


@pytest.fixture(scope="session")
def tiny_reader(minilm, tmp_path_factory):
    """The folder of a small question-answering model that was never trained."""
    import shutil

    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    folder = tmp_path_factory.mktemp("models") / "tiny"
    torch.manual_seed(7)
    sizes = {"hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 96}
    BertForQuestionAnswering(BertConfig(**sizes)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(minilm / name, folder)
    return folder


@pytest.fixture(scope="session")
def mill_assistant(mill_index):
    from assistant.assistant import Assistant
    from assistant.reading.reader import load_reader

    return Assistant(mill_index, load_reader())
