"use strict";
(() => {
  const table = document.getElementById("docket");
  if (!table) return;
  const filters = document.getElementById("filters");
  const [find, type, show] = ["find", "type", "show"].map((id) => document.getElementById(id));
  const count = document.getElementById("count");
  const headings = [...table.tHead.querySelectorAll("th[data-key]")];
  // Read once: a page of a thousand filings asks for it ten thousand times.
  const bodies = [...table.tBodies].map((body, n) => ({ body, n, data: { ...body.dataset }, text: body.textContent.toLowerCase() }));
  const usual = { key: "due", down: true };
  let order = usual;

  // The reader's clock, on Eastern time as the deadlines are.
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York", year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
  const away = (date) => Math.round((Date.parse(date) - Date.parse(today)) / 864e5);
  const when = (date) => ["today", "tomorrow"][away(date)] || `in ${away(date).toLocaleString("en")} days`;
  const part = (date, options) => new Date(date).toLocaleDateString("en-US", { timeZone: "UTC", ...options });
  const long = (date) => `${part(date, { weekday: "short" })} ${part(date, { month: "short", day: "numeric", year: "numeric" })}`;
  // The days before a notice is due in which its row says so.
  const SOON = 30;
  const isDate = (key) => ["due", "notice", "extended"].includes(key);
  const is = (data, state) => data.state.split(" ").includes(state);
  const isNext = (data) => data.notice >= today && !is(data, "filed");

  // The line between the dates to come and those that are past, where both are shown.
  const line = document.createElement("tbody");
  line.className = "today";
  const cell = line.insertRow().insertCell();
  cell.colSpan = table.tHead.rows[0].cells.length;
  cell.textContent = `Today, ${long(today)}`;

  // A narrow window shows the table as a list, and some browsers take its roles away then.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const element of [table, ...table.querySelectorAll("thead, tbody, tr, th, td"), line, line.rows[0], cell]) {
    element.setAttribute("role", roles[element.tagName] || (element.scope === "col" ? "columnheader" : "rowheader"));
  }

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
    next: isNext,
    unsigned: (data) => is(data, "unsigned"),
    open: (data) => !is(data, "filed"),
    stale: (data) => is(data, "stale"),
  };

  const divide = () => {
    const sides = bodies.filter(({ body, data }) => !body.hidden && data[order.key]).map(({ data }) => data[order.key] >= today);
    line.hidden = !(sides.includes(true) && sides.includes(false));
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
    divide();
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
    for (; n < rows.length; last = rows[n++]) {
      if (rows[n] === line) last.after(line);
      if (last.nextElementSibling !== rows[n]) break;
    }
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
    const rows = sorted.map(({ body }) => body);
    line.remove();
    if (isDate(order.key)) {
      const first = sorted.findIndex((row) => !value(row) || order.down === value(row) < today);
      rows.splice(first < 0 ? rows.length : first, 0, line);
    }
    divide();
    place(rows, table.tHead);
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
      order = { key, down: order.key === key ? !order.down : isDate(key) };
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

  const set = (value, by) => {
    [find.value, type.value, show.value, order] = ["", "", value, by];
    filter();
    sort();
    keep();
  };

  // Marks the notices to come in the table and at the head of the page, and today in the pictures.
  const mark = () => {
    const next = bodies.filter(({ data }) => isNext(data));
    for (const { body, data } of bodies) body.classList.toggle("past", Boolean(data.notice) && data.notice < today);
    for (const { body, data } of next.filter(({ data }) => away(data.notice) <= SOON)) {
      const badge = document.createElement("span");
      badge.className = "when";
      badge.textContent = when(data.notice);
      body.querySelector(".deadline").append(" ", badge);
    }
    for (const svg of document.querySelectorAll("svg[data-first]")) {
      const { first, side, day } = svg.dataset;
      const x = Number(side) + (0.5 - away(first)) * day;
      if (away(first) > 0 || x > svg.viewBox.baseVal.width - side) continue;
      const now = svg.querySelector(".weekend").cloneNode();
      for (const [name, value] of Object.entries({ class: "now", x, width: 1 })) now.setAttribute(name, value);
      svg.querySelector(".weekend").before(now);
    }
    if (!next.length) return;
    const date = next.map(({ data }) => data.notice).sort()[0];
    const those = next.filter(({ data }) => data.notice === date);
    const bold = document.createElement("b");
    bold.textContent = those.length === 1 ? those[0].data.name : `${those.length.toLocaleString("en")} notices`;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Show all to come";
    button.addEventListener("click", () => {
      set("next", { key: "notice", down: false });
      document.getElementById("filings").focus();
    });
    const box = document.getElementById("next");
    box.append("Next: ", bold, `, due ${long(date)}, ${when(date)}. `, button);
    box.hidden = false;
  };

  filters.addEventListener("input", filter);
  document.getElementById("clear").addEventListener("click", () => set("", usual));
  filters.hidden = false;
  table.classList.add("sorts");
  sort();
  filter();
  mark();
})();
