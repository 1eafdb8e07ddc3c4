// Saves each answer as it is given. Without this script the page's buttons save; nothing is kept on the device.
const form = document.querySelector("form[data-answer-url]");
const words = form.dataset;
const live = form.querySelector("[data-saved]");
const copy = form.querySelector("[data-saved-copy]");
const unsaved = new Map();
const refused = new Map();
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const TYPING_PAUSE = 1500;
let wait = FIRST_WAIT;
let again = 0;
let typing = 0;
let sending = false;
let failing = false;
let leaving = null;

function say(text, failed) {
  failing = failed;
  live.textContent = text;
  copy.textContent = text;
  live.classList.toggle("app-saved__state--failed", failed);
  copy.classList.toggle("app-saved__state--failed", failed);
}

function countAnswered() {
  let done = 0;
  for (const card of form.querySelectorAll("[data-outcome]")) {
    const names = new Set(Array.from(card.querySelectorAll("input[type=radio]"), (input) => input.name));
    const chosen = card.querySelectorAll("input[type=radio]:checked").length;
    const text = card.querySelector("textarea");
    done += names.size ? chosen === names.size : text.value.trim() !== "";
  }
  form.querySelector("[data-answered]").textContent = words.progress.replace("{n}", done);
  const bar = form.querySelector(".app-saved progress");
  if (bar) bar.value = done;
}

function letGo() {
  if (!leaving || unsaved.size) return;
  const button = leaving;
  leaving = null;
  form.requestSubmit ? form.requestSubmit(button) : form.submit();
}

function retry() {
  say(words.waiting, true);
  clearTimeout(again);
  again = setTimeout(send, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function settle(sent) {
  for (const [name, value] of sent) if (unsaved.get(name) === value) unsaved.delete(name);
}

async function told(response, sent) {
  const known = (response.headers.get("content-type") || "").startsWith("application/json");
  if (response.status >= 500 || response.status === 429) return retry();
  if (!known) return say(words.signedOut, true);
  const { status, fields } = await response.json();
  if (response.status === 409) return say(status, true);
  settle(sent);
  wait = FIRST_WAIT;
  for (const name of fields) refused.set(name, status);
  const [problem] = refused.values();
  say(problem || status, Boolean(problem));
  if (response.ok && unsaved.size) send();
  letGo();
}

async function send() {
  clearTimeout(again);
  if (sending || !unsaved.size) return;
  sending = true;
  if (!failing) say(words.saving, false);
  const sent = Array.from(unsaved);
  const body = new URLSearchParams(sent);
  for (const name of ["csrf_token", "round"]) body.set(name, form.elements.namedItem(name).value);
  let response = null;
  try {
    response = await fetch(words.answerUrl, { method: "POST", body, redirect: "manual" });
  } catch {
    // no connection: told below
  }
  sending = false;
  await (response ? told(response, sent) : retry());
}

function keep(field) {
  unsaved.set(field.name, field.value);
  refused.delete(field.name);
  countAnswered();
}

form.addEventListener("change", (event) => {
  clearTimeout(typing);
  keep(event.target);
  send();
});
form.addEventListener("input", (event) => {
  if (event.target.type === "radio") return;
  keep(event.target);
  clearTimeout(typing);
  typing = setTimeout(send, TYPING_PAUSE);
});
// Leaving by a button: the page's own POST saves everything, unless there is no connection to carry it.
form.addEventListener("submit", (event) => {
  if (failing && unsaved.size) {
    event.preventDefault();
    leaving = event.submitter;
    send();
  } else {
    unsaved.clear();
    refused.clear();
  }
});
window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => {
  if (!unsaved.size && !refused.size) return;
  event.preventDefault();
  event.returnValue = "";
});
