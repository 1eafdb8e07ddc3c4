"""Take pictures of the demonstration's pages: `make pictures` renews those that the README shows.

With a folder as argument, pictures of all pages go there instead: phone and desk, light and dark.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs" / "images"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = (320, 780), (1280, 900)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STUDY, PRACTICE = "/studies/mscos_2022", "/studies/mscos_2022_practice"
PANELLIST_PAGES = {
    "welcome": "/rate/welcome",
    "consent": "/rate/consent",
    "section": "/rate/section/4",
    "finish": "/rate/finish",
}
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
    """A running demonstration: its address, and sign-in links by who they are for."""

    address: str
    links: dict[str, str]


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
    panellist = _signed_in(browser, demo, "Panellist: survivor", size=(600, 1130))
    _agree(panellist, demo)
    panellist.goto(f"{demo.address}/rate/section/4")
    panellist.screenshot(path=DOCS / "rating.png")
    researcher = _signed_in(browser, demo, "Researcher", size=(1280, 1430))
    researcher.goto(f"{demo.address}{STUDY}/lineage")
    researcher.screenshot(path=DOCS / "lineage.png")


def take_all_pictures(browser: Browser, demo: Demo, folder: Path) -> None:
    """Take every page, on a phone and on a desk, light and dark, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    people = (("Panellist: survivor", PANELLIST_PAGES), ("Researcher", RESEARCHER_PAGES))
    for who, pages in people:
        page = _signed_in(browser, demo, who, size=DESK)
        if who.startswith("Panellist"):
            _agree(page, demo)
        for name, path in pages.items():
            page.goto(demo.address + path)
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
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(demo.links[who])
    page.locator("main form button").click()
    return page


def _agree(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.address}/rate/consent")
    page.locator("input[name=agree][value=yes]").check()
    page.locator("main form button").first.click()


def main() -> None:
    """Take the README's pictures, or all of them into the folder that is named."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        raise SystemExit("This needs Chromium: install the package chromium")
    with sync_playwright() as playwright, running_demo() as demo:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if len(sys.argv) > 1:
            take_all_pictures(browser, demo, Path(sys.argv[1]))
        else:
            take_readme_pictures(browser, demo)
        browser.close()


if __name__ == "__main__":
    main()
