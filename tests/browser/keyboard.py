"""Through a page by the Tab key: each stop, whether it can be seen, and what is never come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# What can have the focus; of the radio buttons of one question Tab comes to one.
NOTE_UNFOCUSED = """() => {
  document.body.tabIndex = -1; // Tab begins at the top again, also where a script has moved the focus
  document.body.focus();
  document.body.removeAttribute('tabindex');
  const looks = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor,
            style.borderWidth, style.color, style.textDecorationLine].join();
  };
  const show = (element) => [element, element.nextElementSibling].filter(Boolean)
    .map((each) => looks(each) + looks(each, '::before')).join();
  const groups = new Set();
  const open = document.querySelector('dialog[open]') || document;
  const all = [...open.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((each) => each.type !== 'hidden' && !each.disabled)
    .filter((each) => each.checkVisibility({visibilityProperty: true}))
    .filter((each) => {
      if (each.type !== 'radio') return true;
      const first = !groups.has(each.name);
      groups.add(each.name);
      return first;
    });
  window.keyboard = {show, before: new Map(all.map((each) => [each, show(each)])), met: new Set()};
  const wanted = [...open.querySelectorAll('input[type=radio]')];
  for (const each of wanted) window.keyboard.before.set(each, show(each));
  window.keyboard.all = all;
  // a dialog has the focus from the start
  if (open !== document) window.keyboard.met.add(document.activeElement);
}"""
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const {show, before, met, all} = window.keyboard;
  const key = element.type === 'radio' ? all.find((each) => each.name === element.name) : element;
  if (window.keyboard.last === key) return {again: true}; // such as the parts of a date
  window.keyboard.last = key;
  if (met.has(key)) return null;
  met.add(key);
  const box = element.getBoundingClientRect();
  const labels = [...(element.labels || [])];
  const own = (hit) => hit && (element.contains(hit) || labels.some((label) => label.contains(hit)));
  const shares = [0.05, 0.5, 0.95];
  const at = (x, y) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
  const points = shares.flatMap((x) => shares.map((y) => at(x, y)));
  const seen = points.filter(own).length;
  const label = element.getAttribute('aria-label') || element.innerText || element.id || element.name || '';
  const outlined = () => getComputedStyle(element).outlineStyle !== 'none';
  return {
    name: `${element.tagName.toLowerCase()} ${label}`.trim().slice(0, 60),
    shows: before.has(element) ? before.get(element) !== show(element) : outlined(),
    seen: seen / points.length,
  };
}"""
NOT_MET = """() => window.keyboard.all
  .filter((each) => !window.keyboard.met.has(each) && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 80))"""
MOST_STOPS = 200


@dataclass(frozen=True, kw_only=True)
class Stop:
    """An element that has the focus. `shows`: it looks otherwise than without; `seen`: the share in sight."""

    name: str
    shows: bool
    seen: float


def stops_of(page: Page) -> Iterator[Stop]:
    """Press Tab from the page's beginning until something comes a second time, or the page has ended."""
    page.evaluate(NOTE_UNFOCUSED)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate(STOP)
        if stop is None:
            return
        if "again" not in stop:
            yield Stop(**stop)
    raise AssertionError("Tab comes to no end")


def never_met(page: Page) -> list[str]:
    """What can have the focus, and did not get it while `stops_of` went through the page."""
    found: list[str] = page.evaluate(NOT_MET)
    return found
