// Saves each answer as it is given. Without this script the page's buttons save; nothing is kept on the device.
import { offerReadingAloud } from "./_aloud.js";

const form = document.getElementById("main-form");
const words = form.dataset;
const find = (name) => form.querySelector(`[data-${name}]`);
const named = (name) => form.elements.namedItem(name);
const live = find("saved");
const copy = find("saved-copy");
const cards = Array.from(form.querySelectorAll("[data-outcome]"));
const unsaved = new Map();
const refused = new Map();
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const TYPING_PAUSE = 1500;
const SKIPPED = "skipped";
// What was sent and not answered yet. It is sent again as it was: its answer alone may have been lost, and then
// the server must not take what it has of us for a change from another page.
let batch = null;
let wait = FIRST_WAIT;
let again = 0;
let typing = 0;
let sending = false;
let failing = false;
let leaving = null;
let gone = false;
let underWay = new AbortController();
let whenSaved = [];

const isAllSaved = () => !batch && !unsaved.size;

function say(text, failed) {
  failing = failed;
  for (const place of [live, copy]) {
    place.textContent = text;
    place.classList.toggle("app-saved__state--failed", failed);
  }
}

function countAnswered() {
  let done = 0;
  for (const card of cards) {
    const questions = card.querySelectorAll("fieldset").length;
    const chosen = card.querySelectorAll("input[type=radio]:checked").length;
    done += questions ? chosen === questions : card.querySelector("textarea").value.trim() !== "";
  }
  find("answered").textContent = words.progress.replace("{n}", done);
  const bar = form.querySelector(".app-saved progress");
  if (bar) bar.value = done;
}

// Whether an answer is not with most people in what is shown of the groups; where that cannot be told, any score.
function seesItDifferently(card) {
  return Array.from(card.querySelectorAll("fieldset")).some((question) => {
    const score = question.querySelector("input:checked")?.value;
    const isScore = Number.isInteger(Number(score ?? NaN));
    return isScore && !question.dataset.withMost?.split(" ").includes(score);
  });
}

// What depends on the answers that one sees: the words of "Keep my earlier answer", and the question why it moved.
function compare(card) {
  let moved = false;
  for (const question of card.querySelectorAll("[data-earlier]")) {
    const { earlier } = question.dataset;
    const chosen = question.querySelector("input:checked");
    const kept = chosen && chosen.value === earlier;
    moved ||= chosen && !kept && chosen.value !== SKIPPED;
    question.querySelector("[data-keep]").textContent = (kept ? words.kept : words.keep).replace("{n}", earlier);
  }
  const reason = card.querySelector("[data-reason]");
  if (reason) reason.hidden = !moved && !reason.querySelector("textarea").value;
  const dissent = card.querySelector("[data-dissent]");
  // It does not go while one is in it.
  if (dissent && !dissent.contains(document.activeElement)) {
    dissent.hidden = !dissent.querySelector("input").checked && !seesItDifferently(card);
  }
}

function show(name, value) {
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value !== "";
    else if (field.type !== "hidden") field.value = value;
    compare(field.closest("[data-outcome]"));
  }
}

// Puts into the page what another page has changed, unless it is being changed here too: then the server is not
// yet told that it was seen, and says so when it meets the newer answer.
function take({ seen, elsewhere, told }) {
  if (!seen) return;
  const names = Object.keys(elsewhere);
  const busy = names.filter((name) => unsaved.has(name) || refused.has(name));
  for (const name of names) if (!busy.includes(name)) show(name, elsewhere[name]);
  if (!busy.length) named("seen").value = seen;
  if (told) find("told").textContent = told; // it stays: the next answer comes sooner than one can read
  if (names.length) countAnswered();
}

function goOn() {
  if (!isAllSaved()) return send();
  for (const done of whenSaved.splice(0)) done();
  if (!leaving) return;
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

// The round takes nothing of this person: nothing is tried again, and the page's buttons lead on.
function giveUp(status) {
  unsaved.clear();
  batch = null;
  leaving = null;
  for (const done of whenSaved.splice(0)) done();
  say(status, true);
}

async function hear(response) {
  const known = (response.headers.get("content-type") || "").startsWith("application/json");
  if (response.status >= 500 || response.status === 429) return retry();
  if (!known) return say(words.signedOut, true);
  const answer = await response.json();
  if (response.status === 409) return giveUp(answer.status);
  for (const [name, value] of batch) if (unsaved.get(name) === value) unsaved.delete(name);
  const names = batch.map(([name]) => name);
  batch = null;
  wait = FIRST_WAIT;
  for (const name of answer.fields) refused.set(name, answer.status);
  take(answer);
  const [problem] = refused.values();
  say(problem || answer.status, Boolean(problem));
  if (response.ok) document.dispatchEvent(new CustomEvent("chorus:saved", { detail: { names } }));
  goOn();
}

function post(fields, options) {
  const body = new URLSearchParams(fields);
  for (const name of ["csrf_token", "round", "seen"]) body.set(name, named(name).value);
  return fetch(words.answerUrl, { method: "POST", body, redirect: "manual", ...options });
}

async function send() {
  clearTimeout(again);
  if (gone || sending || isAllSaved()) return;
  sending = true;
  if (!failing) say(words.saving, false);
  batch ||= Array.from(unsaved);
  let response = null;
  try {
    underWay = new AbortController();
    response = await post(batch, { signal: underWay.signal });
  } catch {
    // no connection: told below
  }
  sending = false;
  await (response ? hear(response) : retry());
}

function keep(field) {
  unsaved.set(field.name, field.type === "checkbox" && !field.checked ? "" : field.value);
  refused.delete(field.name);
  compare(field.closest("[data-outcome]"));
  countAnswered();
}

form.addEventListener("change", (event) => {
  clearTimeout(typing);
  keep(event.target);
  send();
});
form.addEventListener("input", (event) => {
  if (event.target.type !== "textarea") return;
  keep(event.target);
  clearTimeout(typing);
  typing = setTimeout(send, TYPING_PAUSE);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=keep]");
  if (!button) return;
  event.preventDefault();
  const [name, value] = button.value.split("=");
  show(name, value);
  keep(form.querySelector(`[name="${name}"]:checked`));
  send();
});
// Leaving by a button: the page's own POST saves everything, unless there is no connection to carry it. What is
// on its way arrives first: it holds older answers, and would stand as the later ones if it came after. Who
// presses again does not wait.
form.addEventListener("submit", (event) => {
  const isOnItsWay = sending && !leaving;
  if (isOnItsWay || (failing && !isAllSaved())) {
    event.preventDefault();
    leaving = event.submitter;
    send();
  } else {
    unsaved.clear();
    refused.clear();
    batch = null;
  }
});
// Back from another window, where one may have signed in again.
for (const [target, kind] of [[window, "online"], [window, "focus"], [document, "visibilitychange"]]) {
  target.addEventListener(kind, send);
}
window.addEventListener("beforeunload", (event) => {
  if (gone || (isAllSaved() && !refused.size)) return;
  event.preventDefault();
  event.returnValue = "";
});
// From _exit.js and _stay.js: the page goes at once, or as soon as everything is saved. Where it goes at once,
// nothing older is sent any more (the browser tells that the page is hidden, and an answer waits to be tried
// again): it would arrive after the newest and stand as the later. The exit's button is listened to as well: without
// _exit.js, its form leads out and nobody is asked whether to stay.
function goAtOnce() {
  if (!gone && !isAllSaved()) {
    underWay.abort();
    post(unsaved, { keepalive: true }).catch(() => {});
  }
  gone = true;
}
document.getElementById("exit")?.addEventListener("submit", goAtOnce);
document.addEventListener("chorus:leaving", ({ detail }) => {
  if (detail.why === "exit") goAtOnce();
  else if (!isAllSaved()) detail.waitUntil(new Promise((done) => { whenSaved.push(done); send(); }));
});
for (const card of cards) compare(card);
// Last: answers are saved even where a browser's voices are not as they should be.
offerReadingAloud();
