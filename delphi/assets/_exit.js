// "Exit this page": blank at once, the session ended, the neutral site in this page's place; also by Shift three
// times, and in every tab of ours. Without this script the button's form does it.
const PRESSES = 3;
const PAUSE = 5000;
const COVERED = "app-covered";
const form = document.getElementById("exit");

// Nobody is asked whether to leave, and nothing of the page is left to be seen.
export function cover() {
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  document.documentElement.classList.add(COVERED);
  document.title = "…";
}

// Lets other scripts of the page send what is not saved yet; what they give to waitUntil() is returned.
export function announce(why) {
  const pending = [];
  const detail = { why, waitUntil: (promise) => pending.push(promise) };
  document.dispatchEvent(new CustomEvent("chorus:leaving", { detail }));
  return pending;
}

function go() {
  cover();
  document.body.replaceChildren();
  location.replace(form.dataset.to);
}

function watchShift(leave) {
  const live = document.createElement("span");
  live.className = "app-exit__presses";
  live.setAttribute("aria-live", "polite");
  form.append(live);
  let alone = false;
  let presses = 0;
  let pause = 0;
  const count = (number) => {
    presses = number;
    live.textContent = ["", form.dataset.two, form.dataset.one][number] || "";
    clearTimeout(pause);
    if (number) pause = setTimeout(count, PAUSE, 0);
  };
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) count(0);
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    if (presses + 1 < PRESSES) count(presses + 1);
    else leave();
  }, true);
}

if (form) {
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("chorus-exit") : null;
  const leave = () => {
    announce("exit");
    // keepalive: it arrives although the page is gone by then
    fetch(form.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    if (tabs) tabs.postMessage("exit");
    go();
  };
  if (tabs) tabs.onmessage = go;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  watchShift(leave);
  // Browsers may keep whole pages for "back", against no-store: they get a blank one, and ask for it anew.
  window.addEventListener("pagehide", () => document.documentElement.classList.add(COVERED));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
