// Shows what another number would change as soon as it is typed. Without this script the button does.
const WAIT = 400;
const form = document.getElementById("what-if");
const tried = document.getElementById("tried");
let timer = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  try {
    const response = await fetch(address, { redirect: "manual" });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    // a number that cannot be read is told with its page, by the button: nobody is interrupted while they type
    if (mine !== asked || page.querySelector(".govuk-error-summary")) return;
    tried.replaceChildren(...page.getElementById("tried").childNodes);
    history.replaceState(null, "", address);
  } catch {
    // no connection: it stays as it is
  }
}

// A slider beside each number; the number's field is what is sent, so that both say the same.
for (const field of form.querySelectorAll("[data-most]")) {
  const slider = document.createElement("input");
  const { least, most, step } = field.dataset;
  Object.assign(slider, { type: "range", className: "app-slider", min: least, max: most, step });
  slider.value = field.value || 1;
  slider.setAttribute("aria-label", `${field.labels[0].textContent.trim()}, as a slider`);
  slider.addEventListener("input", () => {
    field.value = slider.value;
  });
  field.addEventListener("input", () => {
    slider.value = field.value;
  });
  field.after(slider);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
});
