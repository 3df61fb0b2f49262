import re
import shutil
import socket
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from eval.question import read_questions
from eval.run import run as evaluate
from tests.ui.test_scorecards import note, noted, write_questions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'"),  # Gradio's own, with pandas 3
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),  # likewise
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def served(chromium, mill_assistant, tmp_path_factory):
    """The chat on a free port of this machine, and its home; Gradio leaves loops open unless the browser's runs."""
    from ui.app import build_app
    from ui.theme import launch_options

    home = tmp_path_factory.mktemp("home")
    app = build_app(mill_assistant, home)
    _, url, _ = app.launch(
        server_name="127.0.0.1", server_port=free_port(), prevent_thread_lock=True, **launch_options()
    )
    yield url, home
    app.close()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, served):
    """A fresh browser on the chat; whatever goes wrong in it, or leaves this machine, fails the test."""
    url, _ = served
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    outside, errors = [], []
    page.on("request", lambda request: outside.append(request.url) if not is_local(request.url, url) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    page.locator(".welcome").wait_for()
    yield page
    context.close()
    assert outside == [], "nothing may be asked of another host"
    assert errors == []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_local(requested, url):
    return requested.startswith((url, "data:", "blob:"))


def ask(page, question, turn=0):
    page.get_by_role("textbox", name="Question").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(f".turn[data-turn='{turn}'] .answer")
    answer.wait_for()
    return answer


def test_a_question_gets_an_answer_and_the_highlighted_quote(page):
    answer = ask(page, "How many people did Alder Paper employ?")
    assert answer.locator(".value").inner_text().startswith("1,284")
    assert answer.locator(".pill").inner_text() == "Stated"
    card = page.locator(".evidence-set:visible .card").first
    assert "1,284" in card.locator("mark").all_inner_texts()[0]
    assert "Alder Paper Sustainability Report 2024" in card.locator("h3").inner_text()
    assert card.locator(".place p").inner_text() == "People"


def test_each_stage_is_seen_while_an_answer_is_made(page, mill_assistant, monkeypatch):
    at_once = mill_assistant.ask

    def slowly(question, turns, documents, progress):
        def told(stage):
            progress(stage)
            time.sleep(0.3)

        return at_once(question, turns, documents, told)

    monkeypatch.setattr(mill_assistant, "ask", slowly)
    page.evaluate("""() => {
      window.stages = [];
      new MutationObserver(() => {
        const stage = document.querySelector('.turn .stage')?.textContent;
        if (stage && stage !== window.stages.at(-1)) window.stages.push(stage);
      }).observe(document.body, {childList: true, characterData: true, subtree: true});
    }""")
    ask(page, "How much hazardous waste did the mills produce in 2023?")
    assert page.evaluate("window.stages") == ["Searching…", "Reading…", "Checking…"]


def test_a_click_on_a_citation_marks_its_card_and_back_again(page):
    answer = ask(page, "How many people did Alder Paper employ?")
    mark = answer.locator(".mark").first
    mark.hover()
    assert "1,284" in page.get_by_role("tooltip").inner_text()
    mark.click()
    card = page.locator(".card.current")
    assert card.count() == 1
    assert card.get_attribute("id") == "evidence-0-1"
    assert page.evaluate("document.activeElement.id") == "evidence-0-1"
    card.get_by_role("button", name="Back to the answer").click()
    assert page.evaluate("document.activeElement.dataset.card") == "evidence-0-1"


def test_whoever_reads_on_comes_back_to_the_quote(page):
    ask(page, "How many people did Alder Paper employ?")
    card = page.locator(".evidence-set:visible .card").first
    card.get_by_role("button", name="Next passage").click()
    card.get_by_text("1 passage after the quote").wait_for()
    assert card.locator("mark").first.inner_text().startswith("The safety manual says: <script>")
    for _ in range(2):
        card.get_by_role("button", name="Next passage").click()
    card.get_by_text("3 passages after the quote").wait_for()
    assert card.locator(".section").inner_text() == "Environment"
    card.get_by_role("button", name="Back to the quote").click()
    assert "1,284" in card.locator("mark").first.inner_text()
    assert not card.get_by_role("button", name="Back to the quote").is_visible()
    card.get_by_role("button", name="Previous passage").click()
    card.get_by_text("The report begins here.").wait_for()
    assert card.locator(".section").inner_text() == "People"
    card.get_by_role("button", name="Next passage").click()
    card.get_by_text("1 passage after the quote").wait_for()
    ask(page, "What was the water withdrawal in 2024?", 1)
    page.locator(".turn[data-turn='0'] .mark").first.click()
    assert "1,284" in page.locator(".evidence-set:visible mark").first.inner_text(), "a new answer shows all quotes"


def test_a_follow_up_keeps_the_evidence_of_each_answer(page):
    ask(page, "What was the total energy consumption in 2024?")
    ask(page, "And in 2023?", 1)
    assert page.locator(".turn").count() == 2
    assert page.locator(".evidence-set:visible").get_attribute("data-turn") == "1"
    page.locator(".turn[data-turn='0'] .mark").first.click()
    assert page.locator(".evidence-set:visible").get_attribute("data-turn") == "0"
    assert "45,975" in page.locator(".evidence-set:visible mark").all_inner_texts()


def test_an_example_is_asked_with_a_click_and_what_follows_too(page):
    chip = page.locator(".welcome .chip").first
    question = chip.inner_text()
    chip.click()
    page.locator(".turn[data-turn='0'] .answer").wait_for()
    assert page.locator(".question").inner_text() == question
    page.locator(".turn .chip").first.click()
    page.locator(".turn[data-turn='1'] .answer").wait_for()


def test_a_conversation_survives_a_reload_and_can_be_named_and_deleted(page):
    ask(page, "How many people did Alder Paper employ?")
    name = page.get_by_label("Name of this conversation")
    name.fill("Mills & people")
    name.press("Enter")
    page.locator("#listing button[aria-current]", has_text="Mills & people").wait_for()
    page.reload()
    page.locator(".turn .answer").wait_for()
    assert page.get_by_label("Name of this conversation").input_value() == "Mills & people"
    assert "1,284" in page.locator(".evidence-set:visible mark").first.inner_text()
    page.get_by_label("Conversation menu").click()
    page.get_by_role("button", name="Delete conversation").click()
    page.get_by_role("button", name="Delete for good?").click()
    page.locator(".welcome").wait_for()
    assert page.locator("#listing button", has_text="Mills & people").count() == 0


def test_a_conversation_is_downloaded(page):
    ask(page, "How many people did Alder Paper employ?")
    for kind, suffix in (("Excel", ".xlsx"), ("Markdown", ".md"), ("JSON", ".json")):
        page.get_by_label("Conversation menu").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Export to {kind}").click()
        assert download.value.suggested_filename.endswith(suffix)


def test_a_complaint_becomes_a_test_question(page, served):
    ask(page, "How many people did Alder Paper employ?")
    page.get_by_role("button", name="Wrong or incomplete").click()
    page.get_by_label("What would be right?").fill("96")
    page.get_by_role("button", name="Save").click()
    page.locator("#status", has_text="kept as a test question").wait_for()
    assert not page.get_by_label("What would be right?").is_visible()
    (kept,) = read_questions(served[1] / "feedback.jsonl")
    assert kept.answers == ("96",)


def test_facts_are_found_shown_in_place_and_downloaded(page):
    page.get_by_role("tab", name="Facts").click()
    page.get_by_label("Find facts").fill("water 2024")
    page.locator("#facts-count", has_text="1 of 8 facts").wait_for()
    page.get_by_test_id("cell-0-0").click()
    assert page.locator("#fact-evidence mark").inner_text() == "198,750"
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "facts.xlsx"


def test_facts_picked_are_drawn_and_downloaded(page):
    page.get_by_role("tab", name="Facts").click()
    page.get_by_label("Find facts").fill("water 2024")
    page.locator("#facts-count", has_text="1 of 8 facts").wait_for()
    page.get_by_test_id("cell-0-0").click()
    page.get_by_role("button", name="Add to the chart").click()
    page.get_by_role("img", name="Water withdrawal: 2023 210,400, 2024 198,750").wait_for()
    page.get_by_label("Find facts").fill("waste")
    page.locator("#facts-count", has_text="2 of 8 facts").wait_for()
    page.get_by_role("button", name="Chart", exact=True).click()
    page.get_by_role("img", name="Hazardous waste: 2023 83.5, 2024 71.2").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of these").click()
    assert Path(download.value.path()).read_text("utf-8-sig").count("Water withdrawal") == 2
    page.get_by_role("button", name="Remove Water withdrawal").click()
    page.get_by_role("img", name="Water withdrawal").wait_for(state="detached")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("region", name="Chart").wait_for(state="hidden")


def test_the_last_evaluation_and_what_failed_are_seen(page, served, mill_assistant, tmp_path):
    page.get_by_role("tab", name="Evaluation").click()
    page.get_by_text("No question set was run yet.").wait_for()
    questions = write_questions(tmp_path / "mills.jsonl")
    evaluate(read_questions(questions), mill_assistant, tmp_path / "out")
    note(served[1], noted(tmp_path / "out", questions))
    page.get_by_role("tab", name="Facts").click()
    page.get_by_role("tab", name="Evaluation").click()
    page.get_by_text("2 of 3 questions failed").wait_for()
    assert page.locator(".tiles div", has_text="Strict accuracy").locator("dd").first.inner_text() == "33%"
    failed = page.locator(".failures li").first
    assert failed.locator("h3").inner_text() == "How many <b>people</b> did Alder Paper employ?"
    assert failed.get_by_text("Expected 999 <i>").is_visible()
    page.get_by_role("img", name="wrong of those answered").wait_for()
    assert page.get_by_label("Run").input_value().startswith("mills · ")
    (served[1] / "evaluations.jsonl").unlink()


def test_text_of_a_report_or_question_is_text_and_nothing_else(page, mill_report):
    hostile = "<script>window.hacked=5</script><img src=x onerror=window.hacked=6>${window.hacked=7}{{constructor}}"
    ask(page, f"What does the safety manual say? {hostile}")
    ask(page, "Where is the policy, and the picture?", 1)
    assert hostile in page.locator(".question").first.inner_text()
    shown = " ".join(page.locator(".around").all_text_contents())
    assert '<img src=x onerror="window.hacked = 2">' in mill_report.read_text("utf-8")
    assert '<img src=x onerror="window.hacked = 2">' in shown
    assert "[the policy](javascript:window.hacked=3), ![a picture](http://pictures.invalid/a.png)" in shown
    assert page.evaluate("window.hacked") is None
    assert page.locator("#panes img, #panes script, #panes a[href]").count() == 0


def test_a_megabyte_is_refused_and_nothing_is_lost(page):
    ask(page, "How many people did Alder Paper employ?")
    page.get_by_role("textbox", name="Question").fill("x" * 1_000_000)
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "shorten it to 2,000" in page.get_by_role("alert").inner_text()
    assert page.locator(".turn").count() == 1


def test_the_page_names_no_script_style_font_or_image_of_another_host(page, served):
    served_html = page.request.get(served[0]).text()
    fetched = re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?!\./|/|data:)([^\"']+)", served_html)
    assert [place for place in fetched if re.match(r"(?:https?:)?//", place) and not is_local(place, served[0])] == []
    assert "connect-src 'self'" in page.request.get(served[0]).headers["content-security-policy"]


def live_chat(index, home):
    """A chat over a library, whose reports and language model can be changed."""
    from assistant.assistant import Assistant
    from assistant.generation.writer import worded
    from assistant.reading.reader import load_reader
    from index.embedder import load_embedder
    from index.library import Library
    from ui.live import Live

    library, plain = Library(home), Assistant(index, load_reader())
    index.save(library.index_folder)
    return Live(plain, library, load_embedder(), lambda other, name: worded(plain.over(other), name))


@contextmanager
def opened(live, home, chromium):
    """A page of a chat that is served for it."""
    from ui.app import build_app
    from ui.theme import launch_options

    app = build_app(live, home)
    address = {"server_name": "127.0.0.1", "server_port": free_port()}
    _, url, _ = app.launch(prevent_thread_lock=True, **address, **launch_options())
    context = chromium.new_context()
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()
    app.close()


def test_a_report_is_added_asked_and_removed(mill_index, chromium, tmp_path):
    ships, broken = tmp_path / "birch-shipping-2023.md", tmp_path / "broken.pdf"
    ships.write_text("# Birch Shipping Report 2023\n\n## Fleet\n\nBirch Shipping owns 30 ships.\n", "utf-8")
    broken.write_bytes(b"%PDF-1.4 nothing")
    home = tmp_path / "home"
    with opened(live_chat(mill_index, home), home, chromium) as page:
        page.get_by_role("tab", name="Reports").click()
        page.locator("#upload input[type=file]").set_input_files([ships, broken])
        page.locator("#upload-status", has_text="birch-shipping-2023.md added.").wait_for()
        assert "broken.pdf" in page.locator("#upload-status").get_by_role("alert").inner_text()
        page.locator(".report", has_text="Birch Shipping Report 2023").locator("summary").click()
        assert page.get_by_text("Fleet", exact=True).is_visible()
        page.get_by_role("tab", name="Ask").click()
        page.get_by_role("checkbox", name="Alder Paper Sustainability Report 2024").uncheck()
        ask(page, "How many ships does Birch Shipping own?")
        assert page.locator(".card mark").first.inner_text().startswith("Birch Shipping owns 30 ships")
        page.get_by_role("tab", name="Reports").click()
        page.get_by_role("button", name="Remove Birch Shipping Report 2023").click()
        page.get_by_role("button", name="Remove for good?").click()
        page.locator("#upload-status", has_text="Report removed.").wait_for()
        assert page.locator("#reports label").count() == 1
        page.get_by_role("tab", name="Ask").click()
        assert page.locator(".card").get_by_text("no longer in the library").count() == 0, "the answer stays as it was"
        page.reload()
        page.locator(".card", has_text="no longer in the library").first.wait_for()


def test_users_log_in_and_see_their_own_conversations(mill_assistant, chromium, tmp_path):
    from ui.app import build_app
    from ui.auth import Passwords, password_line
    from ui.theme import launch_options

    people = {"ada": "correct horse", "grace": "battery staple"}
    passwords = Passwords("\n".join(password_line(user, password) for user, password in people.items()))
    app = build_app(mill_assistant, tmp_path)
    address = {"server_name": "127.0.0.1", "server_port": free_port()}
    _, url, _ = app.launch(auth=passwords.allow, prevent_thread_lock=True, **address, **launch_options())
    listed = {}
    for user, password in people.items():
        context = chromium.new_context()
        page = context.new_page()
        outside: list[str] = []
        page.on("request", lambda request, seen=outside: seen.append(request.url))
        page.goto(url)
        assert page.locator("#question").count() == 0
        for tried, comes in (("wrong horse", "text=Incorrect Credentials"), (password, ".welcome")):
            page.get_by_label("username").fill(user)
            page.get_by_label("password").fill(tried)
            page.get_by_role("button", name="Login").click()
            page.locator(comes).wait_for()
        ask(page, f"How many people did Alder Paper employ, {user}?")
        listed[user] = page.locator("#listing li").all_inner_texts()
        assert [place for place in outside if not is_local(place, url)] == []
        context.close()
    app.close()
    assert listed == {user: [f"How many people did Alder Paper employ, {user}?"] for user in people}
    assert sorted(path.name for path in (tmp_path / "conversations").iterdir()) == ["ada", "grace"]


def test_a_program_asks_over_http(served):
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(served[0], verbose=False, analytics_enabled=False)
    assert "1,284" in client.predict("How many people did Alder Paper employ?", api_name="/ask")["answer"]
    assert client.predict(api_name="/list_reports")[0]["id"] == "alder-paper-2024"
    assert client.predict("water", api_name="/facts")[0]["metric"] == "Water withdrawal"
    with pytest.raises(AppError, match="shorten it to 2,000"):
        client.predict("x" * 3000, api_name="/search")
    assert {"/ask", "/search", "/facts", "/list_reports"} == set(
        client.view_api(return_format="dict")["named_endpoints"]
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_fits_in_both_widths_and_themes(chromium, served, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(served[0])
    page.locator(".welcome").wait_for()
    ask(page, "What was the total energy consumption in 2024?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out sideways"
    chat, proof = page.locator("#chat").bounding_box(), page.locator("#proof").bounding_box()
    beside = proof["x"] >= chat["x"] + chat["width"]
    assert beside == (width == 1280)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(int(part) for part in re.findall(r"\d+", background)[:3]) > 380
    assert light == (scheme == "light")
    context.close()


def test_the_keyboard_alone_is_enough(page):
    assert page.evaluate("document.activeElement.matches('#question textarea')"), "the question box has the focus"
    page.keyboard.type("How many people did Alder Paper employ?")
    page.keyboard.press("Enter")
    page.locator(".turn .answer").wait_for()
    page.locator(".mark").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "evidence-0-1"


def test_a_citation_shows_its_page_as_printed(mill_index, chromium, tmp_path):
    from tests.pdf_files import filing_pdf

    home, path = tmp_path / "home", tmp_path / "filing.pdf"
    live = live_chat(mill_index, home)
    filing_pdf(path)
    list(live.add([path]))
    live.remove("alder-paper-2024")
    with opened(live, home, chromium) as page:
        ask(page, "What were the net sales?")
        page.locator(".card summary", has_text="Page 1 as printed").first.click()
        image = page.get_by_role("img", name="Page 1 as printed, with the quote boxed").first
        image.wait_for()
        assert image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 900


def test_a_language_model_is_chosen_in_the_settings(mill_index, chromium, tmp_path):
    from tests.assistant.generation.test_writer import Scripted
    from tests.chat_server import serving

    home = tmp_path / "home"
    with opened(live_chat(mill_index, home), home, chromium) as page:
        page.get_by_role("button", name="Settings").click()
        model, status = page.get_by_label("Language model"), page.locator("#settings-status")
        model.fill("model#gguf")
        page.get_by_role("button", name="Use").click()
        status.get_by_role("alert").wait_for()
        assert "no variant 'gguf' of a generator" in status.inner_text()
        with serving(Scripted("At the end of 2024, Alder Paper employed 1,284 people {employed}.")) as server:
            model.fill(server.url)
            model.press("Enter")
            status.get_by_text(f"Worded by {server.url}.").wait_for()
            ask(page, "How many people did Alder Paper employ?")
            assert "At the end of 2024, Alder Paper" in page.locator(".turn").last.inner_text()
        model.fill("")
        page.get_by_role("button", name="Use").click()
        status.get_by_text("Worded without a model.").wait_for()
        ask(page, "How many people did Alder Paper employ at the end of 2024?", 1)
        assert "At the end of 2024, Alder Paper" not in page.locator(".turn").last.inner_text()
