// Shows what others have answered so far as soon as one's own answer is saved. Without this script the page shows
// it the next time that it is asked for.
const form = document.getElementById("main-form");

async function renew(place) {
  try {
    const response = await fetch(place.dataset.live, { redirect: "manual" });
    if (!response.ok || !(response.headers.get("content-type") || "").startsWith("application/json")) return;
    const { html } = await response.json();
    const page = new DOMParser().parseFromString(html, "text/html");
    const isOpen = place.querySelector("details")?.open;
    place.replaceChildren(...page.querySelector("[data-live]").childNodes);
    const numbers = place.querySelector("details");
    if (numbers && isOpen) numbers.open = true;
  } catch {
    // no connection: it stays as it is
  }
}

document.addEventListener("chorus:saved", ({ detail }) => {
  const cards = detail.names.map((name) => form.querySelector(`input[type=radio][name="${name}"]`)?.closest("[data-outcome]"));
  for (const card of new Set(cards)) {
    const place = card?.querySelector("[data-live]");
    if (place) renew(place);
  }
});
