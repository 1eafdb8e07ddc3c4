// Moves outcomes at once, by button or by dragging, and saves each order as it is given. Without this script the
// buttons' own POST does both. Nothing is kept on the device.
const form = document.getElementById("main-form");
const words = form.dataset;
const fields = form.elements;
const find = (name) => form.querySelector(`[data-${name}]`);
const placed = find("placed");
const left = find("left");
const places = Number(words.places);
const listed = Array.from(form.querySelectorAll("[data-outcome]")).sort((a, b) => a.dataset.at - b.dataset.at);
const cards = new Map(listed.map((card) => [card.dataset.outcome, card]));
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const TYPING_PAUSE = 1500;
const EDGE = 80; // pixels from the top or bottom of the window where dragging scrolls
let order = fields.order.value.split(" ").filter(Boolean);

// The same rules as delphi/domain/ranking.py.
function offered(id) {
  if (!order.includes(id)) return order.length < places ? ["put"] : [];
  const first = order[0] === id;
  const last = order[order.length - 1] === id;
  return ["out", ...(first ? [] : ["up"]), ...(last ? [] : ["down"])];
}

function moved(move, id) {
  if (!offered(id).includes(move)) return order;
  const rest = order.filter((other) => other !== id);
  if (move === "out") return rest;
  const at = { put: rest.length, up: order.indexOf(id) - 1, down: order.indexOf(id) + 1 }[move];
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

// `still` stays where it is in the page and the others move around it, so that it keeps the focus.
function arrange(list, items, still) {
  const at = items.indexOf(still);
  if (items.every((item, place) => list.children[place] === item)) return;
  if (at < 0 || still.parentNode !== list) return list.append(...items);
  still.before(...items.slice(0, at));
  still.after(...items.slice(at + 1));
}

function show(still) {
  arrange(placed, order.map((id) => cards.get(id)), still);
  arrange(left, listed.filter((card) => !order.includes(card.dataset.outcome)), still);
  for (const [id, card] of cards) {
    const number = card.querySelector("[data-number]");
    number.textContent = order.includes(id) ? order.indexOf(id) + 1 : "";
    number.hidden = !order.includes(id);
    for (const button of card.querySelectorAll("button[name=move]")) {
      button.hidden = !offered(id).includes(button.value.split("-")[0]);
    }
  }
  find("none-placed").hidden = order.length > 0;
  find("none-left").hidden = order.length < listed.length;
  find("full").hidden = order.length < places || order.length === listed.length;
  find("used").textContent = words.progress.replace("{n}", order.length);
  fields.order.value = order.join(" ");
}

function announce(id) {
  const label = cards.get(id).querySelector("[data-label]").textContent;
  const sentence = order.includes(id) ? words.movedTo : words.takenOut;
  // the two marks keep a label in another direction to itself
  find("moved").textContent = sentence
    .replace("{n}", order.indexOf(id) + 1)
    .replace("{text}", () => `\u2068${label}\u2069`);
  for (const [other, card] of cards) card.classList.toggle("app-rank--moved", other === id);
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=move]");
  if (!button) return;
  event.preventDefault();
  const [move, id] = button.value.split("-");
  const card = cards.get(id);
  order = moved(move, id);
  show(card);
  const goesOn = button.hidden ? card.querySelector("button[name=move]:not([hidden])") || card : button;
  // who pressed by hand has the page where they want it
  goesOn.focus({ preventScroll: event.detail > 0 });
  announce(id);
  keepOrder();
});

// Dragging: the item takes each place that the pointer comes to; letting go saves, Escape takes it back.
function orderAt(id, y, before) {
  const rest = before.filter((other) => other !== id);
  if (y > find("outside").getBoundingClientRect().top) return rest;
  if (rest.length >= places) return before;
  const middle = (other) => {
    const { top, bottom } = cards.get(other).getBoundingClientRect();
    return (top + bottom) / 2;
  };
  const at = rest.filter((other) => middle(other) < y).length;
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

function drag(id, pointer, y) {
  const card = cards.get(id);
  const before = order;
  const follow = () => {
    order = orderAt(id, y, before);
    show(card);
  };
  const scroll = setInterval(() => {
    const beyond = Math.min(y - EDGE, 0) + Math.max(y - window.innerHeight + EDGE, 0);
    if (beyond) window.scrollBy(0, beyond / 4);
    if (beyond) follow();
  }, 16);
  const over = new AbortController();
  const end = (goesBack) => {
    over.abort();
    clearInterval(scroll);
    card.classList.remove("app-rank--held");
    if (goesBack) order = before;
    show(card);
    if (order.join() === before.join()) return;
    announce(id);
    keepOrder();
  };
  const on = (target, type, react) => target.addEventListener(type, react, { signal: over.signal });
  const mine = (react) => (event) => event.pointerId === pointer && react(event);
  on(form, "pointermove", mine((event) => {
    y = event.clientY;
    follow();
  }));
  on(form, "pointerup", mine(() => end(false)));
  on(form, "pointercancel", mine(() => end(true)));
  on(document, "keydown", (event) => event.key === "Escape" && end(true));
  card.classList.add("app-rank--held");
}

form.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button || form.querySelector(".app-rank--held")) return;
  event.preventDefault();
  // the form, because the handle itself moves about in the page
  form.setPointerCapture(event.pointerId);
  drag(handle.closest("[data-outcome]").dataset.outcome, event.pointerId, event.clientY);
});

// Saving: one request after another, and the same one again until it is answered, so that the server can tell
// an order that came twice from one that another page gave.
let pending = null;
let orderWaits = false;
let commentWaits = false;
let refused = "";
let wait = FIRST_WAIT;
let again = 0;
let typing = 0;
let sending = false;
let failing = false;
let leaving = null;
let gone = false;
let underWay = new AbortController();
let whenSaved = [];
const unsaved = () => Boolean(pending || orderWaits || commentWaits);

function say(text, failed) {
  failing = failed;
  for (const place of [find("saved"), find("saved-copy")]) {
    place.textContent = text;
    place.classList.toggle("app-saved__state--failed", failed);
  }
}

function retry() {
  say(words.waiting, true);
  clearTimeout(again);
  again = setTimeout(send, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function nextRequest() {
  const body = new URLSearchParams();
  for (const name of ["csrf_token", "round", "seen", "seen_comment"]) body.set(name, fields.namedItem(name).value);
  if (orderWaits) body.set("order", order.join(" "));
  if (commentWaits) body.set("comment", fields.comment.value);
  return body;
}

function post(body, options) {
  return fetch(words.answerUrl, { method: "POST", body, redirect: "manual", ...options });
}

function goOn() {
  if (unsaved()) return send();
  for (const done of whenSaved.splice(0)) done();
  if (!leaving) return;
  const button = leaving;
  leaving = null;
  form.requestSubmit ? form.requestSubmit(button) : form.submit();
}

// The round takes nothing of this person: nothing is tried again, and the page's buttons lead on.
function giveUp(status) {
  pending = null;
  orderWaits = false;
  commentWaits = false;
  leaving = null;
  for (const done of whenSaved.splice(0)) done();
  say(status, true);
}

async function told(response) {
  const known = (response.headers.get("content-type") || "").startsWith("application/json");
  if (response.status >= 500 || response.status === 429) return retry();
  if (!known) return say(words.signedOut, true);
  const answer = await response.json();
  if (response.status === 409) return giveUp(answer.status);
  if (pending.has("comment")) refused = "";
  if (!response.ok) refused = answer.status;
  pending = null;
  wait = FIRST_WAIT;
  fields.seen.value = answer.seen;
  fields.seen_comment.value = answer.seen_comment;
  say(refused || answer.status, Boolean(refused));
  goOn();
}

async function send() {
  clearTimeout(again);
  if (gone || sending || !unsaved()) return;
  if (!pending) {
    pending = nextRequest();
    orderWaits = false;
    commentWaits = false;
  }
  sending = true;
  if (!failing) say(words.saving, false);
  let response = null;
  try {
    underWay = new AbortController();
    response = await post(pending, { signal: underWay.signal });
  } catch {
    // no connection: told below
  }
  sending = false;
  await (response ? told(response) : retry());
}

function keepOrder() {
  orderWaits = true;
  send();
}

fields.comment.addEventListener("input", () => {
  commentWaits = true;
  clearTimeout(typing);
  typing = setTimeout(send, TYPING_PAUSE);
});
fields.comment.addEventListener("change", send);
form.addEventListener("submit", (event) => {
  if (!unsaved()) {
    refused = "";
    return;
  }
  event.preventDefault();
  leaving = event.submitter;
  send();
});
// Back from another window, where one may have signed in again.
for (const [target, kind] of [[window, "online"], [window, "focus"], [document, "visibilitychange"]]) {
  target.addEventListener(kind, send);
}
window.addEventListener("beforeunload", (event) => {
  if (gone || (!unsaved() && !refused)) return;
  event.preventDefault();
  event.returnValue = "";
});

// From _exit.js and _stay.js: the page goes at once, or as soon as everything is saved. Where it goes at once,
// nothing older is sent any more (the browser tells that the page is hidden, and an answer waits to be tried
// again): it would arrive after the newest and stand as the later. The exit's button is listened to as well: without
// _exit.js, its form leads out and nobody is asked whether to stay.
function goAtOnce() {
  if (!gone && unsaved()) {
    underWay.abort();
    const newest = nextRequest();
    for (const [name, value] of pending || []) if (!newest.has(name)) newest.set(name, value);
    post(newest, { keepalive: true }).catch(() => {});
  }
  gone = true;
}
document.getElementById("exit")?.addEventListener("submit", goAtOnce);
document.addEventListener("chorus:leaving", ({ detail }) => {
  if (detail.why === "exit") goAtOnce();
  else if (unsaved()) detail.waitUntil(new Promise((done) => { whenSaved.push(done); send(); }));
});

document.querySelector("[data-drag-hint]").hidden = false;
for (const handle of form.querySelectorAll("[data-handle]")) handle.hidden = false;
show();
