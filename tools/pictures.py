"""Take pictures of the demonstration's pages: `make pictures` renews those that the documentation shows.

Two for the README, and the panellist's main pages on a phone and on a desk, in English and Arabic. With a
folder as argument, pictures of all pages go there instead: phone and desk, light and dark.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs" / "images"
PANELLIST_DOCS = DOCS / "panellist"
COLOURS = 64  # flat colours and text: more are not seen, and a picture is a third of the size
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = (320, 780), (1280, 900)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STUDY, PRACTICE = "/studies/mscos_2022", "/studies/mscos_2022_practice"
SURVIVOR, IN_ARABIC = "Panellist: survivor", "Panellist: survivor, in Arabic"
# Sections come in an order of each person's own: this one is found by what it is about.
SECTION_DOMAIN = {SURVIVOR: "Safety", IN_ARABIC: "الأمان"}
LANGUAGES = {"en": SURVIVOR, "ar": IN_ARABIC}
PANELLIST_PAGES = {
    "exit-help": "/rate/exit-help",
    "welcome": "/rate/welcome",
    "consent": "/rate/consent",
    "section": "",
    "finish": "/rate/finish",
    "settings": "/rate/settings",
    "leave": "/rate/leave",
}
IN_DOCS = ("exit-help", "welcome", "section", "finish", "settings", "leave")
HIGHEST = {PHONE: 1300, DESK: 1100}
RESEARCHER_PAGES = {
    "studies": "/studies",
    "study": STUDY,
    "practice": PRACTICE,
    "round": f"{PRACTICE}/rounds/2",
    "close": f"{PRACTICE}/rounds/2/close",
    "panel": f"{PRACTICE}/panel",
    "receipt": f"{PRACTICE}/rounds/2/receipt",
    "results": f"{STUDY}/rounds/1/results",
    "results-workshop": f"{STUDY}/rounds/workshop/results",
    "lineage": f"{STUDY}/lineage",
    "lineage-outcome": f"{STUDY}/lineage/survivors_lead_change",
}


@dataclass(frozen=True)
class Demo:
    """A running demonstration: its address, sign-in links by who they are for, and who has signed in."""

    address: str
    links: dict[str, str]
    signed_in: dict[str, BrowserContext] = field(default_factory=dict)


@contextmanager
def running_demo() -> Iterator[Demo]:
    """Start a demonstration with a folder of its own on a free port; stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "delphi", "demo", "--json", "--port", "0", "--folder", folder]
        server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        try:
            said = json.loads(_first_json(server))
            yield Demo(said["address"], {link["who"]: link["link"] for link in said["links"]})
        finally:
            server.terminate()
            server.wait(timeout=20)


def take_readme_pictures(browser: Browser, demo: Demo) -> None:
    """Renew the README's two pictures: the upper part of each page, with the note on synthetic data."""
    DOCS.mkdir(parents=True, exist_ok=True)
    panellist = _signed_in(browser, demo, SURVIVOR, size=(600, 1130))
    _agree(panellist, demo)
    panellist.goto(demo.address + _section_on(panellist, demo, SECTION_DOMAIN[SURVIVOR]))
    panellist.screenshot(path=DOCS / "rating.png")
    researcher = _signed_in(browser, demo, "Researcher", size=(1280, 1430))
    researcher.goto(f"{demo.address}{STUDY}/lineage")
    researcher.screenshot(path=DOCS / "lineage.png")


def take_panellist_pictures(browser: Browser, demo: Demo) -> None:
    """Renew the pictures of the panellist's main pages, phone and desk, English and Arabic."""
    PANELLIST_DOCS.mkdir(parents=True, exist_ok=True)
    for language, who in LANGUAGES.items():
        page = _signed_in(browser, demo, who, size=DESK)
        _agree(page, demo)
        section = _section_on(page, demo, SECTION_DOMAIN[who])
        for name, (width, height) in product(IN_DOCS, (PHONE, DESK)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(demo.address + (PANELLIST_PAGES[name] or section))
            path = PANELLIST_DOCS / f"{name}-{width}-{language}.png"
            _take_upper_part(page, path, highest=HIGHEST[width, height])


def take_all_pictures(browser: Browser, demo: Demo, folder: Path) -> None:
    """Take every page, on a phone and on a desk, light and dark, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    people = ((SURVIVOR, PANELLIST_PAGES), ("Researcher", RESEARCHER_PAGES))
    for who, pages in people:
        page, section = _signed_in(browser, demo, who, size=DESK), ""
        if who == SURVIVOR:
            _agree(page, demo)
            section = _section_on(page, demo, SECTION_DOMAIN[who])
        for name, path in pages.items():
            page.goto(demo.address + (path or section))
            for (width, height), scheme in product((PHONE, DESK), SCHEMES):
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)


def _first_json(server: "subprocess.Popen[str]") -> str:
    text = ""
    for line in server.stdout or ():
        text += line
        try:
            json.loads(text)
        except ValueError:
            continue
        return text
    raise SystemExit("The demonstration did not start.")


def _signed_in(browser: Browser, demo: Demo, who: str, *, size: tuple[int, int]) -> Page:
    """A page of somebody's; each link is good once, so they stay signed in."""
    if who not in demo.signed_in:
        demo.signed_in[who] = browser.new_context()
        page = demo.signed_in[who].new_page()
        page.goto(demo.links[who])
        page.locator("main form button").click()
    page = demo.signed_in[who].new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(demo.address)
    return page


def _agree(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/rate/consent")
    page.locator("input[name=agree][value=yes]").check()
    page.locator("main form button").first.click()


def _section_on(page: Page, demo: Demo, domain: str) -> str:
    """The path of the panellist's section about a domain: the one in the list of all sections."""
    page.goto(f"{demo.address}/rate/finish")
    link = page.locator(".app-sections .app-split a", has_text=domain).first
    path = link.get_attribute("href")
    if path is None:
        raise SystemExit(f"There is no section about {domain}.")
    return path


def _take_upper_part(page: Page, path: Path, *, highest: int) -> None:
    """Take a page from its top, down to its end or so far, in few colours."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), highest)
    width = (page.viewport_size or {})["width"]
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(colors=COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main() -> None:
    """Take the documentation's pictures, or all of them into the folder that is named."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        raise SystemExit("This needs Chromium: install the package chromium")
    with sync_playwright() as playwright, running_demo() as demo:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if len(sys.argv) > 1:
            take_all_pictures(browser, demo, Path(sys.argv[1]))
        else:
            take_readme_pictures(browser, demo)
            take_panellist_pictures(browser, demo)
        browser.close()


if __name__ == "__main__":
    main()
