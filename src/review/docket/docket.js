"use strict";
(() => {
  const table = document.getElementById("docket");
  if (!table) return;
  const form = document.getElementById("filters");
  const [find, type, show] = ["find", "type", "show"].map((id) => document.getElementById(id));
  const count = document.getElementById("count");
  const headings = [...table.tHead.querySelectorAll("th[data-key]")];
  // Read once: a page of a thousand filings asks for it ten thousand times.
  const bodies = [...table.tBodies].map((body, n) => ({ body, n, data: { ...body.dataset }, text: body.textContent.toLowerCase() }));
  let order = { key: "due", down: true };

  // What is shown is kept in the address, so that it outlives a reload and can be sent to somebody.
  const keep = () => {
    const said = new URLSearchParams();
    if (find.value.trim()) said.set("find", find.value.trim());
    if (type.value) said.set("type", type.value);
    if (show.value) said.set("show", show.value);
    if (order.key !== "due" || !order.down) said.set("sort", (order.down ? "-" : "") + order.key);
    const hash = said.toString() ? "#" + said : "";
    if (hash !== location.hash) {
      try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* a file may not */ }
    }
  };

  const shown = {
    "": () => true,
    error: (data) => data.worst === "0",
    warning: (data) => data.worst < "2",
    unsigned: (data) => data.state.split(" ").includes("unsigned"),
    open: (data) => !data.state.split(" ").includes("filed"),
    stale: (data) => data.state.split(" ").includes("stale"),
  };

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const visible = new Set();
    for (const { body, data, text } of bodies) {
      const fits = words.every((word) => text.includes(word)) && (!type.value || data.type === type.value) && (shown[show.value] || shown[""])(data);
      body.hidden = !fits;
      if (fits) visible.add(data.n);
    }
    for (const row of document.querySelectorAll("svg .row")) {
      row.classList.toggle("out", !row.dataset.rows.split(" ").some((n) => visible.has(n)));
    }
    const all = bodies.length;
    const number = (n) => n.toLocaleString("en");
    const said = visible.size === all ? `${number(all)} ${all === 1 ? "filing" : "filings"}` : `${number(visible.size)} of ${number(all)} filings`;
    if (count.textContent !== said) count.textContent = said;
    document.getElementById("nothing").hidden = visible.size > 0;
    keep();
  };

  // Puts rows below what is in its place already: those on the first screen at once, the rest a part at a
  // time, so that a browser that lays out thousands of rows shows what was asked for meanwhile.
  let rest = () => {};
  let waiting = 0;
  const place = (rows, last, most = 40) => {
    clearTimeout(waiting);
    const part = document.createDocumentFragment();
    let n = 0;
    while (n < rows.length && last.nextElementSibling === rows[n]) last = rows[n++];
    for (let seen = 0; n < rows.length && seen < most; n++) {
      part.append(rows[n]);
      seen += !rows[n].hidden;
    }
    const end = part.lastElementChild;
    last.after(part);
    rest = (most) => end && place(rows.slice(n), end, most);
    if (end) waiting = setTimeout(rest, 0, 200);
  };
  addEventListener("beforeprint", () => rest(Infinity));

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const sort = () => {
    const value = ({ data }) => data[order.key] || "";
    const compare = (a, b) => collator.compare(value(a), value(b)) * (order.down ? -1 : 1) || a.n - b.n;
    // What has no such value stands last, whatever the direction.
    const sorted = [...bodies].sort((a, b) => !value(a) - !value(b) || compare(a, b));
    place(sorted.map(({ body }) => body), table.tHead);
    for (const heading of headings) {
      if (heading.dataset.key === order.key) heading.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    }
  };

  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => {
      const key = heading.dataset.key;
      order = { key, down: order.key === key ? !order.down : ["due", "notice", "extended"].includes(key) };
      sort();
      keep();
    });
    heading.append(button);
  }

  const said = new URLSearchParams(location.hash.slice(1));
  find.value = said.get("find") || "";
  for (const [select, name] of [[type, "type"], [show, "show"]]) {
    if ([...select.options].some((option) => option.value === said.get(name))) select.value = said.get(name);
  }
  const wanted = said.get("sort") || "";
  const key = wanted.replace(/^-/, "");
  if (headings.some((heading) => heading.dataset.key === key)) order = { key, down: wanted.startsWith("-") };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => {
    order = { key: "due", down: true };
    setTimeout(() => { filter(); sort(); keep(); });
  });
  form.hidden = false;
  table.classList.add("sorts");
  sort();
  filter();
})();
