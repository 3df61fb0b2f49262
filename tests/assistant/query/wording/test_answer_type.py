import pytest

from assistant.query.wording.answer_type import MAX_QUESTION_CHARS, Asked, asked, check_question, names_measure, premise


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many people does Alder Paper employ?", "figure"),
        ("What is the total number of patents?", "figure"),
        ("How much waste was generated in 2023 or 2024?", "figure"),
        ("What percentage of waste was recycled?", "percentage"),
        ("Which share of energy was renewable?", "percentage"),
        ("When was the mill in Birchtown built?", "date"),
        ("In which year did the company go public?", "date"),
        ("Does the company publish a tax report?", "yes_no"),
        ("Is there a plan to cut emissions or not?", "yes_no"),
        ("Does it reuse or recycle water?", "yes_no"),
        ("Were there any fines or penalties?", "yes_no"),
        ("Who chairs the board?", "name"),
        ("Which process is used to bleach paper?", "name"),
        ("Which company owns the mill?", "name"),
        ("Where was the report printed?", "name"),
        ("What town are the headquarters in?", "text"),
        ("On what basis are emissions counted?", "text"),
    ],
)
def test_the_kind_of_answer_is_read_off_the_words(question, wanted):
    assert asked(question) == Asked(wanted)
    assert asked(f"\n {question} ") == Asked(wanted)


def test_only_figures_and_percentages_need_a_number():
    assert [Asked(wanted).is_figure for wanted in ("figure", "percentage", "date", "list", "text")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which awards did it win in 2023?", 0),
        ("What were the main risks?", 0),
        ("Who are the members of the board?", 0),
        ("Name the brands.", 0),
        ("Which three mills were certified?", 3),
        ("What are the two goals for 2030?", 2),
        ("Which 12 mills are certified?", 12),
    ],
)
def test_a_list_says_how_many_it_wants(question, count):
    assert asked(question) == Asked("list", count)


@pytest.mark.parametrize(
    "question",
    [
        "What were total emissions?",
        "What was net profit in 2023?",
        "What are sales in Poland?",
        "What were the Group's costs for energy?",
    ],
)
def test_an_amount_is_a_figure_and_no_list(question):
    assert asked(question) == Asked("figure")


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("What was Alder's net interest margin?", True),
        ("cost of water 2023", True),
        ("What is the strategy?", False),
        ("Who sets the price?", False),
        ("people and planet", False),
    ],
)
def test_what_names_a_measure(question, measures):
    assert names_measure(question) is measures


def test_a_choice_names_its_two_sides():
    assert asked("Was revenue higher in 2022 or 2023?").alternatives == ("Was revenue higher in 2022", "2023")
    assert asked("Which is larger, the mill or the depot?") == Asked("choice", alternatives=("the mill", "the depot"))
    assert asked("When does it start: June or July?").wanted == "choice"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Which standards or frameworks does the report follow?", "list"),
        ("Which customers, suppliers or partners are named?", "list"),
        ("What does the policy say about bribery or corruption?", "text"),
    ],
)
def test_an_open_question_with_an_or_is_no_choice(question, wanted):
    assert asked(question) == Asked(wanted)


def test_what_is_no_question_is_refused():
    check_question("x" * MAX_QUESTION_CHARS)
    for empty in ("", " \n\t "):
        with pytest.raises(ValueError, match="the question is empty"):
            check_question(empty)
    with pytest.raises(ValueError, match="has 10,000 characters: ask in at most 2,000"):
        check_question("x" * 10_000)


@pytest.mark.parametrize(
    ("question", "granted"),
    [
        ("Why did it close the mill?", "Did it close the mill?"),
        ("how were the fines paid", "Were the fines paid?"),
        ("How many fines were paid in 2024?", "Were any fines paid in 2024?"),
        ("Does it have mills?", ""),
        ("What is revenue?", ""),
    ],
)
def test_what_a_question_takes_for_granted_is_a_question(question, granted):
    assert premise(question) == granted
