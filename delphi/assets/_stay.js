// Asks before the time-out whether one wants to stay, and clears the page when it comes. The server alone decides:
// it is told how long nothing was done here, and answers how long is left, whatever other tabs did.
import { announce, cover } from "./_exit.js";

const dialog = document.getElementById("stay");
const ACTIVITY = ["pointerdown", "keydown", "input", "scroll"];
const SAVING_TOLD_AFTER = 1000;

function watch() {
  const { stay, out, saving } = dialog.dataset;
  const before = Number(dialog.dataset.before) * 1000;
  const now = () => Date.now(); // goes on while the device sleeps
  let active = now();
  let ends = now() + Number(dialog.dataset.left) * 1000;
  let asked = false;
  let timer = 0;

  const next = () => {
    clearTimeout(timer);
    // a browser's timers end at 24 days
    timer = setTimeout(check, Math.max(0, (asked ? ends : ends - before) - now()));
  };

  async function ask() {
    const body = new URLSearchParams({ idle: Math.round((now() - active) / 1000) });
    body.set("csrf_token", document.querySelector("#exit [name=csrf_token]").value);
    const response = await fetch(stay, { method: "POST", body, redirect: "manual" });
    if (response.ok) ends = now() + (await response.json()).left * 1000;
    return response.ok;
  }

  async function check() {
    if (now() < (asked ? ends : ends - before)) return next();
    const signedIn = await ask().catch(() => true);
    if (!signedIn || now() >= ends) return end();
    if (ends - now() > before) close();
    else if (!asked) open();
    next();
  }

  function open() {
    asked = true;
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  }

  function close() {
    asked = false;
    if (dialog.open && dialog.close) dialog.close();
    else dialog.removeAttribute("open");
  }

  async function stayHere() {
    active = now();
    const signedIn = await ask().catch(() => true);
    if (!signedIn) return end();
    close();
    // a session's last minutes cannot be put off: then it ends without being asked about again
    asked = ends - now() <= before;
    next();
  }

  async function end() {
    clearTimeout(timer);
    close();
    cover();
    const told = setTimeout(tell, SAVING_TOLD_AFTER);
    await Promise.allSettled(announce("timeout"));
    clearTimeout(told);
    location.replace(out);
  }

  function tell() {
    const words = document.createElement("p");
    words.className = "app-cover";
    words.setAttribute("role", "alert");
    words.textContent = saving;
    document.body.append(words);
  }

  for (const kind of ACTIVITY) {
    window.addEventListener(kind, () => { if (!asked) active = now(); }, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", check);
  window.addEventListener("focus", check);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stayHere();
  });
  dialog.querySelector("[data-stay-here]").addEventListener("click", stayHere);
  next();
}

if (dialog) watch();
