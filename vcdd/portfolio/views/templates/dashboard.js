"use strict";
(() => {
  const table = document.getElementById("heat");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const value = (row, at) => row.cells[at].dataset.v ?? row.cells[at].textContent;
  const compare = (a, b) => (a !== "" && b !== "" && !isNaN(a) && !isNaN(b) ? a - b : a.localeCompare(b));
  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((a, b) => (down ? -1 : 1) * compare(value(a, head.cellIndex), value(b, head.cellIndex)));
      body.append(...rows);
    });
  }
  const box = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const filter = () => {
    const words = box.value.toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(words);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${rows.length}`;
  };
  box.addEventListener("input", filter);
  filter();
  const unfold = () => {
    const part = location.hash.startsWith("#c") ? document.getElementById(location.hash.slice(1)) : null;
    if (part) { part.open = true; part.scrollIntoView(); }
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
