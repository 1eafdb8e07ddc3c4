"""Reading aloud in a real browser.

Chromium has no voices here: a stand-in for the browser's speech records what it is asked to say, and goes on
when the test lets it.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, Route, expect

from delphi.web.language import LANGUAGES
from tests.browser.axe import COLOURS, USUAL_LOOK, Look, faults_of
from tests.browser.conftest import ServeApp
from tests.browser.panellist_ground import Ground, ground_on
from tests.browser.panellist_pages import NARROW, SECTION
from tests.browser.test_panellist import SAVED, saved, wait_until

Open = Callable[..., Page]
Voice = dict[str, Any]
LOCAL = {"name": "Here", "lang": "en-GB", "localService": True, "default": False}
REMOTE = {"name": "Far", "lang": "en-US", "localService": False, "default": True}
ARABIC = {"name": "Huna", "lang": "ar_EG", "localService": True, "default": False}
NEUTRAL = "https://neutral.example/**"
STAND_IN = """
  window.voices = VOICES;
  window.said = [];
  window.silences = 0;
  let speaking = null;
  const speech = {
    getVoices: () => window.voices,
    speak(utterance) {
      speaking = utterance;
      window.said.push([utterance.voice.name, utterance.lang, utterance.text]);
    },
    cancel() {
      if (speaking) window.silences += 1;
      speaking = null;
    },
  };
  window.sayOne = () => {
    const { onend } = speaking;
    speaking = null;
    onend();
  };
  window.fail = () => speaking.onerror();
  window.sayAll = () => { while (speaking) window.sayOne(); };
  window.change = (voices) => { window.voices = voices; speech.onvoiceschanged(); };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
"""
CHOICES = [
    "1, Strongly disagree",
    "2",
    "3",
    "4",
    "5, Neither",
    "6",
    "7",
    "8",
    "9, Strongly agree, You in Round 1",
    "I cannot say",
    "Skip this one",
]


@pytest.fixture
def ground(app: Flask) -> Ground:
    """Somebody who rates in a later round, one with two questions an outcome, one who comments."""
    return ground_on(app, people=("rater", "rater of two criteria", "commenter"))


@pytest.fixture
def open_(ground: Ground, browser: Browser, live_server: ServeApp) -> Iterator[Open]:
    """Opens a section in a browser with these voices, or as the machine's own browser is."""
    address, contexts = live_server(ground.app), []

    def open_page(
        *voices: Voice, who: str = "rater", language: str = "en", stand_in: bool = True, width: int = 1280
    ) -> Page:
        contexts.append(browser.new_context(base_url=address, locale=language))
        cookie = {"name": "chorus", "value": ground.cookies[who], "url": address}
        contexts[-1].add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own TypedDict
        if stand_in:
            contexts[-1].add_init_script(STAND_IN.replace("VOICES", json.dumps(voices)))
        page = contexts[-1].new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(SECTION)
        return page

    yield open_page
    for context in contexts:
        context.close()


def buttons(page: Page) -> Locator:
    """The buttons that read aloud."""
    return page.locator("button.app-aloud")


def start(page: Page) -> Locator:
    """Let the first outcome be read; gives its button."""
    button = buttons(page).first
    button.click()
    expect(button).to_contain_text("Stop reading")
    return button


def said(page: Page) -> list[str]:
    """The texts that were said so far."""
    texts: list[str] = page.evaluate("said.map(([, , text]) => text)")
    return texts


def is_silent(page: Page) -> bool:
    """Whether what was being said was broken off, and nothing is marked any more."""
    broken_off: bool = page.evaluate("silences === 1 && !document.querySelector('.app-aloud-now')")
    return broken_off


def hold(route: Route) -> None:
    """A site that does not answer: the page that leads there stays for as long."""


def test_an_outcome_is_read_from_its_name_to_the_last_choice(open_: Open) -> None:
    page = open_(LOCAL)
    question = page.locator("[data-question]").inner_text()
    answers = page.locator("[data-outcome] .app-answers__card p").first.inner_text()
    start(page)
    page.evaluate("sayAll()")
    read = said(page)
    assert read[:3] == ["A safe home", "A place where nobody comes in.", "Answers in Round 1"]
    assert answers in read[3:]
    at = read.index(question)
    assert at > read.index(answers)
    assert read[at + 1 : at + 1 + len(CHOICES)] == CHOICES


def test_a_question_of_its_own_is_read_before_its_choices(open_: Open) -> None:
    page = open_(LOCAL, who="rater of two criteria")
    start(page)
    page.evaluate("sayAll()")
    read = said(page)
    legends = [
        text.partition("(")[0].strip() for text in page.locator("[data-outcome] legend").all_inner_texts()[:2]
    ]
    first, second = map(read.index, legends)
    assert read[first + 1].startswith("1")
    assert "Skip this one" in read[first:second]
    assert read[second + 1].startswith("1")


def test_in_a_comment_round_the_question_of_the_box_and_who_reads_it_are_read(open_: Open) -> None:
    page = open_(LOCAL, who="commenter")
    box = page.locator("[data-outcome] label").first.inner_text()
    start(page)
    page.evaluate("sayAll()")
    read = said(page)
    assert read[read.index(box) + 1].startswith("Who reads this:")


def test_what_is_folded_is_read_only_when_it_is_open(open_: Open) -> None:
    page = open_(LOCAL)
    button = start(page)
    page.evaluate("sayAll()")
    assert "A place to live without fear." not in said(page)
    button.click()
    page.get_by_text("Full description").first.click()
    full = page.locator(".app-question__full div").first.inner_text()
    button.click()
    page.evaluate("sayAll()")
    assert full in said(page)


def test_voices_that_are_not_local_are_never_used(open_: Open) -> None:
    page = open_(REMOTE, LOCAL)
    start(page)
    page.evaluate("sayAll()")
    assert set(page.evaluate("said.map(([voice, lang]) => voice + ' ' + lang)")) == {"Here en-GB"}


@pytest.mark.parametrize("voices", [(), (REMOTE,), (ARABIC,), (LOCAL | {"localService": None},)])
def test_without_a_local_voice_in_the_language_there_is_no_button(
    open_: Open, voices: tuple[Voice, ...]
) -> None:
    page = open_(*voices)
    assert page.evaluate("typeof speechSynthesis.onvoiceschanged") == "function"
    assert buttons(page).count() == 0


def test_a_text_in_another_language_is_read_by_a_voice_of_that_language(open_: Open) -> None:
    page = open_(ARABIC, LOCAL, language="ar")
    buttons(page).first.click()
    page.evaluate("sayAll()")
    read = page.evaluate("said")
    assert read[0] == ["Huna", "ar_EG", "بيت آمن"]
    one = read.index(["Huna", "ar_EG", "1"])
    assert read[one + 1] == ["Here", "en-GB", "Strongly disagree"]


def test_a_card_that_could_be_read_only_in_part_has_no_button(open_: Open) -> None:
    assert buttons(open_(ARABIC, language="ar")).count() == 0


def test_a_text_whose_voice_has_gone_is_left_out_and_not_read_by_another(open_: Open) -> None:
    page = open_(ARABIC, LOCAL, language="ar")
    buttons(page).first.click()
    page.evaluate("voices.pop()")
    page.evaluate("sayAll()")
    assert {voice for voice, *_ in page.evaluate("said")} == {"Huna"}


def test_voices_that_come_late_bring_the_buttons_and_take_them_away(open_: Open) -> None:
    page = open_()
    assert buttons(page).count() == 0
    page.evaluate("voices => change(voices)", [LOCAL])
    assert buttons(page).count() == page.locator("[data-outcome]").count()
    page.evaluate("voices => change(voices)", [LOCAL])
    assert buttons(page).count() == page.locator("[data-outcome]").count()
    start(page)
    page.evaluate("change([])")
    assert buttons(page).count() == 0
    assert is_silent(page)


def test_the_browser_that_has_no_voices_shows_no_button_and_saves_answers(open_: Open) -> None:
    page = open_(stand_in=False)
    page.locator("input[value='3']").first.check()
    expect(saved(page)).to_have_text(SAVED)
    assert buttons(page).count() == 0


def test_a_browser_whose_speech_is_broken_saves_answers(open_: Open) -> None:
    page = open_(LOCAL)
    page.add_init_script("speechSynthesis.getVoices = () => { throw new Error('broken'); }")
    page.reload()
    page.locator("input[value='3']").first.check()
    expect(saved(page)).to_have_text(SAVED)


def test_the_part_that_is_read_is_framed_one_at_a_time(open_: Open) -> None:
    page = open_(LOCAL)
    start(page)
    marked = page.locator(".app-aloud-now")
    assert marked.all_inner_texts() == ["A safe home"]
    assert marked.evaluate("part => getComputedStyle(part).outlineStyle") == "dashed"
    page.evaluate("sayOne()")
    assert marked.all_inner_texts() == ["A place where nobody comes in."]
    page.evaluate("sayAll()")
    assert marked.count() == 0


def test_pressing_again_stops(open_: Open) -> None:
    page = open_(LOCAL)
    button = start(page)
    button.press("Enter")
    expect(button).to_contain_text("Read aloud")
    assert is_silent(page)
    assert said(page) == ["A safe home"]


def test_another_outcome_takes_over(open_: Open) -> None:
    page = open_(LOCAL)
    first = start(page)
    buttons(page).nth(1).click()
    expect(first).to_contain_text("Read aloud")
    assert page.get_by_role("button", name="Stop reading").count() == 1
    assert said(page) == ["A safe home", "A doctor"]


def test_escape_stops(open_: Open) -> None:
    page = open_(LOCAL)
    button = start(page)
    page.keyboard.press("Escape")
    expect(button).to_contain_text("Read aloud")
    assert is_silent(page)


def test_a_page_that_goes_out_of_sight_is_silent(open_: Open) -> None:
    page = open_(LOCAL)
    start(page)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert is_silent(page)


@pytest.mark.parametrize(
    "event",
    [
        "document.dispatchEvent(new CustomEvent('chorus:leaving', { detail: { why: 'timeout' } }))",
        "window.dispatchEvent(new Event('pagehide'))",
        "document.getElementById('main-form').dispatchEvent(new Event('submit', { cancelable: true }))",
    ],
)
def test_each_way_to_leave_a_page_is_silent_by_itself(open_: Open, event: str) -> None:
    page = open_(LOCAL)
    start(page)
    page.evaluate(event)
    assert is_silent(page)


def test_a_fault_of_the_voice_ends_the_reading(open_: Open) -> None:
    page = open_(LOCAL)
    button = start(page)
    page.evaluate("fail()")
    expect(button).to_contain_text("Read aloud")
    assert page.locator(".app-aloud-now").count() == 0


def test_exit_is_silent_at_once_in_every_tab(open_: Open) -> None:
    page = open_(LOCAL)
    page.context.route(NEUTRAL, hold)
    other = page.context.new_page()
    other.goto(SECTION)
    silent: set[Page] = set()
    for each in (page, other):
        start(each)
        each.evaluate("() => { speechSynthesis.cancel = () => console.info('silent'); }")
        each.on("console", lambda message: silent.add(message.page))
    page.get_by_role("button", name="Exit this page").click(no_wait_after=True)
    wait_until(page, lambda: silent == {page, other})


def test_leaving_for_another_page_is_silent(open_: Open) -> None:
    page = open_(LOCAL)
    start(page)
    page.evaluate("() => { speechSynthesis.cancel = () => localStorage.setItem('silent', 'yes'); }")
    page.goto("/rate/settings")
    assert page.evaluate("localStorage.getItem('silent')") == "yes"


def test_a_choice_is_read_when_somebody_comes_to_it_or_chooses_it(open_: Open) -> None:
    page = open_(LOCAL)
    start(page)
    page.evaluate("sayAll(); said.length = 0")
    choices = page.locator("[data-outcome]").first.locator("input[type=radio]")
    choices.nth(3).focus()
    choices.nth(3).press("ArrowDown")
    choices.nth(8).click()
    assert said(page) == ["4", "5, Neither", "9, Strongly agree, You in Round 1"]


def test_a_choice_is_read_only_where_reading_is_on(open_: Open) -> None:
    page = open_(LOCAL)
    button = start(page)
    page.locator("[data-outcome]").nth(1).locator("input[type=radio]").first.click()
    button.click()
    page.locator("[data-outcome]").first.locator("input[type=radio]").first.click()
    assert said(page) == ["A safe home"]


def test_reading_sends_and_keeps_nothing(open_: Open) -> None:
    page = open_(LOCAL)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    start(page)
    page.evaluate("sayAll()")
    page.wait_for_load_state("networkidle")
    assert sent == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_axe_finds_nothing_wrong_while_reading(open_: Open, language: str) -> None:
    own = LOCAL | {"name": "Own", "lang": language}
    page = open_(own, LOCAL, language=language, width=NARROW)
    buttons(page).first.click()
    assert page.evaluate("said.length") == 1
    assert faults_of(page, looks=(USUAL_LOOK, Look(width=NARROW, scheme="dark", rules=COLOURS))) == []
    assert buttons(page).first.evaluate("button => button.getBoundingClientRect().height") >= 44


def test_each_button_names_its_outcome_and_is_reached_before_the_choices(open_: Open) -> None:
    page = open_(LOCAL)
    names = [
        page.get_by_role("button", name=f"Read aloud ({label})") for label in ("A safe home", "A doctor")
    ]
    assert [name.count() for name in names] == [1, 1]
    names[0].focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Stop reading (A safe home)")).to_be_focused()
