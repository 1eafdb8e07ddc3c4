// Sorts a table of results where it stands. Without this script the same links ask the server for the same order.
const words = new Intl.Collator(document.documentElement.lang);

function keyOf(row, column) {
  const text = row.cells[column].dataset.order;
  if (text === undefined || text === "") return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function compare(one, other) {
  return typeof one === "number" ? one - other : words.compare(one, other);
}

function sortRows(table, column, direction) {
  const sign = direction === "descending" ? -1 : 1;
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row, column) }));
  const known = rows.filter(({ key }) => key !== null);
  known.sort((one, other) => sign * compare(one.key, other.key));
  const unknown = rows.filter(({ key }) => key === null);
  table.tBodies[0].append(...[...known, ...unknown].map(({ row }) => row));
}

function turned(address, direction) {
  const next = new URL(address);
  next.searchParams.set("order", direction === "descending" ? "ascending" : "descending");
  return next.href;
}

function follow(link, heading, table) {
  const asked = new URL(link.href);
  const direction = asked.searchParams.get("order");
  sortRows(table, heading.cellIndex, direction);
  for (const other of heading.parentElement.cells) other.setAttribute("aria-sort", "none");
  heading.setAttribute("aria-sort", direction);
  history.replaceState(null, "", asked);
  link.href = turned(link.href, direction);
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest(".app-sort");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link, link.closest("th"), table);
  });
}
