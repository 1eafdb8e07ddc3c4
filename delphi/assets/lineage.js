// Says above the picture which outcome the pointer or the keyboard is on. Without it, each link has its name all the same.
const hint = document.querySelector("[data-lineage-hint]");
const picture = document.querySelector(".app-lineage");
const invitation = "Point at a band to see which outcome it is.";

function show(event) {
  const strand = event.target.closest(".app-lineage__strand");
  hint.textContent = strand ? strand.getAttribute("aria-label") : invitation;
}

if (hint && picture) {
  hint.hidden = false;
  hint.textContent = invitation;
  picture.addEventListener("pointerover", show);
  picture.addEventListener("focusin", show);
  picture.addEventListener("pointerleave", () => (hint.textContent = invitation));
}
