// Reads an outcome aloud, with voices of this device only: any other voice would send the text to a server. Without
// such a voice for all that an outcome's card says, the card has no button. Nothing is kept.
const speech = window.speechSynthesis;
const form = document.getElementById("main-form");
const words = form.dataset;
const question = form.querySelector("[data-question]");
const CHOICE = ".app-scale__point";
const READ = `h2, .app-question__descriptor, .app-question__full div, .app-answers h3, .app-answers h4, .app-answers p,
  .app-answers > ul > li, legend, ${CHOICE}, .govuk-label, .govuk-hint, .govuk-error-message`;
const HIDDEN = ".govuk-visually-hidden";
const FOLDED = "[hidden], details:not([open])";
const NOW = "app-aloud-now";
let on = null; // the card that is read; there, a choice is read as well when somebody comes to it
let queue = [];
let speaking = null; // Chromium forgets to tell the end of what nobody holds

const base = (language) => language.toLowerCase().split(/[-_]/)[0];
const cards = () => form.querySelectorAll("[data-outcome]");

function voiceFor(language) {
  const fits = (voice) => voice.localService === true && base(voice.lang) === base(language);
  const voices = speech.getVoices().filter(fits);
  return voices.find((voice) => voice.default) || voices[0];
}

function isReadable(card) {
  const marked = [card, question].flatMap((part) => (part ? Array.from(part.querySelectorAll("[lang]")) : []));
  const languages = new Set([document.documentElement, ...marked].map(({ lang }) => lang));
  return Array.from(languages).every(voiceFor);
}

function textsIn(node) {
  if (node.nodeType === Node.TEXT_NODE) return [node];
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(HIDDEN)) return [];
  return Array.from(node.childNodes).flatMap(textsIn);
}

// What is said of a part: one piece for each stretch in one language.
function piecesOf(part) {
  const pieces = [];
  for (const node of textsIn(part)) {
    const text = node.data.trim().replace(/\s+/g, " ");
    const { lang } = node.parentElement.closest("[lang]");
    const last = pieces[pieces.length - 1];
    if (!text) continue;
    if (last && last.lang === lang) last.text += (part.matches(CHOICE) ? ", " : " ") + text;
    else pieces.push({ part, lang, text });
  }
  return pieces;
}

// A question that all outcomes share stands above them, and is hidden where it would be repeated.
function partsOf(card) {
  const shown = Array.from(card.querySelectorAll(READ)).filter((part) => !part.closest(FOLDED));
  return shown.map((part) => (part.matches(`legend${HIDDEN}`) ? question : part)).filter(Boolean);
}

function mark(part) {
  for (const each of form.querySelectorAll(`.${NOW}`)) each.classList.remove(NOW);
  if (part) part.classList.add(NOW);
}

function hush() {
  speaking = null;
  queue = [];
  mark(null);
  speech.cancel();
}

function name(card) {
  card.querySelector(".app-aloud span").textContent = on === card ? words.stop : words.aloud;
}

function stop() {
  const card = on;
  on = null;
  if (card) name(card);
  hush();
}

function goOn() {
  const piece = queue.shift();
  mark(piece && piece.part);
  if (!piece) return;
  const voice = voiceFor(piece.lang);
  // Left to the browser, the voice could be one that is not local.
  if (!voice) return goOn();
  const utterance = Object.assign(new SpeechSynthesisUtterance(piece.text), { voice, lang: voice.lang });
  utterance.onend = () => utterance === speaking && goOn();
  utterance.onerror = () => utterance === speaking && stop();
  speaking = utterance;
  speech.speak(utterance);
}

function read(parts) {
  hush();
  queue = parts.flatMap(piecesOf);
  goOn();
}

function toggle(card) {
  const starts = on !== card;
  stop();
  if (!starts) return;
  on = card;
  name(card);
  read(partsOf(card));
}

function addButton(card) {
  const title = card.querySelector("h2");
  const button = document.createElement("button");
  const hidden = document.createElement("span");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary app-aloud";
  hidden.className = "govuk-visually-hidden";
  hidden.append(" (", ...title.cloneNode(true).childNodes, ")");
  button.append(document.createElement("span"), hidden);
  button.addEventListener("click", () => toggle(card));
  title.after(button);
  name(card);
}

function offer() {
  for (const card of cards()) {
    const button = card.querySelector(".app-aloud");
    const may = isReadable(card);
    if (may && !button) addButton(card);
    if (may || !button) continue;
    if (on === card) stop();
    button.remove();
  }
}

export function offerReadingAloud() {
  if (!speech) return;
  offer();
  // Not addEventListener, which older Safaris do not have here.
  speech.onvoiceschanged = offer;
  for (const kind of ["focusin", "change"]) {
    form.addEventListener(kind, ({ target }) => {
      const point = on && on.contains(target) && target.closest(CHOICE);
      if (point && !point.classList.contains(NOW)) read([point]);
    });
  }
  document.addEventListener("keydown", ({ key }) => key === "Escape" && stop());
  document.addEventListener("chorus:leaving", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  form.addEventListener("submit", stop);
  window.addEventListener("pagehide", stop);
  // "Exit this page" in another tab: this one goes too, and is silent before the neutral site has answered.
  if ("BroadcastChannel" in window) new BroadcastChannel("chorus-exit").onmessage = stop;
}
