// Sorts a table of results where it stands. Without this script the same links ask the server for the same order.
function keyOf(row, column) {
  const text = row.cells[column].dataset.order;
  if (text === undefined || text === "") return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function placeOf(row) {
  return Number(row.dataset.place);
}

// As the server compares: numbers by size, words by their letters.
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

function sortRows(table, column, direction) {
  const sign = direction === "descending" ? -1 : 1;
  const inPlace = [...table.tBodies[0].rows].sort((one, other) => placeOf(one) - placeOf(other));
  const rows = inPlace.map((row) => ({ row, key: keyOf(row, column) }));
  const known = rows.filter(({ key }) => key !== null);
  known.sort((one, other) => sign * compare(one.key, other.key));
  const unknown = rows.filter(({ key }) => key === null);
  table.tBodies[0].append(...[...known, ...unknown].map(({ row }) => row));
}

const other = { ascending: "descending", descending: "ascending" };

function setOrder(link, direction) {
  const address = new URL(link.href);
  address.searchParams.set("order", direction);
  link.href = address.href;
}

function follow(link, heading, table) {
  const asked = new URL(link.href);
  const direction = asked.searchParams.get("order");
  sortRows(table, heading.cellIndex, direction);
  for (const cell of heading.parentElement.cells) {
    cell.setAttribute("aria-sort", cell === heading ? direction : "none");
    const itsLink = cell.querySelector(".app-sort");
    setOrder(itsLink, cell === heading ? other[direction] : itsLink.dataset.first);
  }
  history.replaceState(null, "", asked);
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest(".app-sort");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link, link.closest("th"), table);
  });
}
