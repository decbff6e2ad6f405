"use strict";
(() => {
  const table = document.getElementById("docket");
  if (!table) return;
  const form = document.getElementById("filters");
  const [find, type, show] = ["find", "type", "show"].map((id) => document.getElementById(id));
  const count = document.getElementById("count");
  const bodies = [...table.tBodies].map((body) => ({ body, data: body.dataset, text: body.textContent.toLowerCase() }));
  const headings = [...table.tHead.querySelectorAll("th[data-key]")];
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
    const said = visible.size === all ? `${all} ${all === 1 ? "filing" : "filings"}` : `${visible.size} of ${all} filings`;
    if (count.textContent !== said) count.textContent = said;
    document.getElementById("nothing").hidden = visible.size > 0;
    keep();
  };

  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const sort = () => {
    const value = ({ data }) => data[order.key] || "";
    const compare = (a, b) => collator.compare(value(a), value(b)) * (order.down ? -1 : 1) || a.data.n - b.data.n;
    // What has no such value stands last, whatever the direction.
    const sorted = [...bodies].sort((a, b) => !value(a) - !value(b) || compare(a, b));
    if (sorted.some(({ body }, n) => table.tBodies[n] !== body)) table.append(...sorted.map(({ body }) => body));
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
