// Renews the figures of a running round while somebody looks at them. Without this script one reloads the page.
const EVERY = 30_000;
const FOR_AT_MOST = 60 * 60_000; // a page that was left open asks no more after an hour
const place = document.getElementById("watched");
const until = Date.now() + FOR_AT_MOST;
let goesOn = !matchMedia("(prefers-reduced-motion: reduce)").matches;

const button = document.createElement("button");
button.type = "button";
button.className = "govuk-button govuk-button--secondary app-noprint";

function show() {
  button.textContent = goesOn ? place.dataset.stop : place.dataset.goOn;
}

function isWanted() {
  // what somebody stands on with the keyboard is not taken away from under them
  return goesOn && document.visibilityState === "visible" && !place.contains(document.activeElement);
}

async function renew() {
  if (!isWanted()) return;
  try {
    const response = await fetch(location.href, { redirect: "manual" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("watched");
    if (!fresh || !isWanted()) return;
    for (const open of place.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`#${open.id}`);
      if (same) same.open = true;
    }
    place.replaceChildren(...fresh.childNodes);
  } catch {
    // no connection: it stays as it is
  }
}

button.addEventListener("click", () => {
  goesOn = !goesOn;
  show();
});
show();
place.before(button);
const timer = setInterval(() => {
  if (Date.now() < until) {
    renew();
    return;
  }
  clearInterval(timer);
  button.remove();
}, EVERY);
