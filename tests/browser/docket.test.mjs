// The docket in a browser: both widths, light and dark, by keyboard, without scripts, by axe.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { docket, fits, folder, launch, odd, open, root, samples, violations } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const WIDTHS = [[390, 844], [820, 1180], [1280, 900]];
const names = (page) => page.locator("tbody:visible th .name").allTextContents();

describe("the docket", () => {
  for (const [width, height] of WIDTHS) {
    for (const colorScheme of ["light", "dark"]) {
      for (const [what, make] of [["samples", samples], ["a repository with everything wrong", odd]]) {
        test(`of ${what} fits and is accessible at ${width}, ${colorScheme}`, async (t) => {
          const page = await open(t, browser, { viewport: { width, height }, colorScheme });
          await page.goto(docket(make(t)));
          assert.ok(await fits(page));
          for (const details of await page.locator("details").all()) await details.evaluate((element) => { element.open = true; });
          assert.ok(await fits(page));
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(page.complaints, []);
        });
      }
    }
  }

  test("is as wide as a narrow phone, and its smallest text can be read", async (t) => {
    const page = await open(t, browser, { viewport: { width: 320, height: 640 } });
    await page.goto(docket(samples(t)));
    assert.ok(await fits(page));
    const sizes = await page.evaluate(() => [...document.querySelectorAll("svg text")].map((text) => {
      const { a } = text.getScreenCTM();
      return parseFloat(getComputedStyle(text).fontSize) * a;
    }));
    assert.ok(Math.min(...sizes) > 7.5, `${Math.min(...sizes)}`);
  });

  test("is complete without scripts", async (t) => {
    const path = samples(t);
    const page = await open(t, browser, { javaScriptEnabled: false });
    await page.goto(docket(path));
    assert.equal(await page.locator("tbody").count(), 16);
    assert.equal(await page.locator("tbody:visible").count(), 16);
    assert.equal(await page.locator("#filters").isVisible(), false, "a filter that cannot filter is not there");
    assert.equal(await page.locator("thead button").count(), 0);
    const row = page.locator("tbody", { hasText: "igene-1997-10-k" });
    await row.getByRole("link", { name: "Notice of igene-1997-10-k, HTML" }).click();
    assert.match(await page.title(), /^IGENE Biotechnology, Inc\.: NT 10-K/);
    await page.goBack();
    assert.equal(await page.locator("summary").first().isVisible(), true);
    await page.locator("tbody summary").first().click();
    assert.ok(await page.locator("tbody details[open] .finding").first().isVisible());
  });

  test("is found, filtered and sorted by keyboard alone", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(docket(samples(t)));
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the table of filings");
    assert.ok((await page.locator(".skip").boundingBox()).height > 20, "the link is seen once it has the focus");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "filings");
    await page.keyboard.press("Tab");
    await page.keyboard.type("quillfeather ");
    assert.equal(await page.locator("#count").textContent(), "2 of 16 filings");
    assert.ok((await names(page)).every((name) => name.startsWith("Quillfeather")));
    assert.equal(await page.locator("svg .row:not(.out)").count(), 1, "the timeline shows which");
    await page.keyboard.press("Tab");
    await page.keyboard.type("NT 10-K/A");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator("#count").textContent(), "1 of 16 filings");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("count").textContent === "16 filings");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Registrant");
    const heading = page.locator("th", { hasText: "Registrant" });
    await page.keyboard.press("Enter");
    assert.equal(await heading.getAttribute("aria-sort"), "ascending");
    const ascending = await names(page);
    assert.deepEqual(ascending, [...ascending].sort(new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare));
    await page.keyboard.press("Space");
    assert.equal(await heading.getAttribute("aria-sort"), "descending");
    assert.equal((await names(page))[0], ascending.at(-1));
    assert.equal(await page.locator("[aria-sort]").count(), 1);
    assert.deepEqual(await violations(page), []);
  });

  test("sorts by every date and by what is worst, and says so when nothing is like that", async (t) => {
    const page = await open(t, browser);
    await page.goto(docket(odd(t)));
    await page.getByRole("button", { name: "Findings" }).click();
    const worst = () => page.locator("tbody[data-n]").evaluateAll((bodies) => bodies.map((body) => body.dataset.worst));
    assert.deepEqual(await worst(), [...await worst()].sort());
    await page.getByRole("button", { name: "Notice due" }).click();
    const dates = await page.locator("tbody[data-n]").evaluateAll((bodies) => bodies.map((body) => body.dataset.notice));
    const known = dates.filter(Boolean);
    assert.deepEqual(dates, [...known.sort().reverse(), ...dates.filter((date) => !date)], "what is not known stands last");
    await page.getByLabel("Show").selectOption("error");
    assert.deepEqual(await names(page), ["Late Harbor — Café", "unread-2026-10-q"]);
    await page.getByLabel("Find").fill("nothing is called so");
    assert.ok(await page.locator("#nothing").isVisible());
    assert.deepEqual(await violations(page), []);
  });

  test("of thousands of filings counts them as people do, and sorts the first screen at once, then all", async (t) => {
    const path = folder(t);
    mkdirSync(join(path, "filings"));
    const sample = readFileSync(join(root, "filings/igene-1997-10-k.yaml"), "utf8");
    for (let n = 0; n < 1204; n++) writeFileSync(join(path, `filings/igene-${n}.yaml`), sample.replace("name: IGENE", `name: IGENE ${n}`));
    const page = await open(t, browser);
    await page.goto(docket(path));
    assert.match(await page.locator(".tallies li").first().textContent(), /^1,204 notices$/);
    assert.equal(await page.locator("#count").textContent(), "1,204 filings");
    assert.deepEqual(await page.locator("svg .name").allTextContents(), ["1,204 notices"], "a number in the place of names");
    const sorted = async (most) => {
      const all = (await page.locator("tbody[data-n]").evaluateAll((bodies) => bodies.map((body) => body.dataset.name))).slice(0, most);
      assert.deepEqual(all.map((name) => Number(name.match(/\d+/))), all.map((_, n) => n));
    };
    await page.evaluate(() => {
      document.querySelector("th[data-key=name] button").click();
      const first = [...document.querySelectorAll("tbody")].slice(0, 40);
      document.title = first.map((body) => body.dataset.name.match(/\d+/)[0]).join(" ");
    });
    assert.equal(await page.title(), Array.from({ length: 40 }, (_, n) => n).join(" "));
    await page.waitForFunction(() => document.querySelector("tbody:last-of-type").dataset.name.includes("1203"));
    await sorted(1204);
    // What is printed is whole, however soon.
    await page.getByRole("button", { name: "Registrant" }).click();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.match(await page.locator("tbody[data-n]").last().getAttribute("data-name"), /IGENE 0/);
    assert.deepEqual(page.complaints, []);
  });

  test("gives a filing one line, and its head stays in sight", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 500 } });
    await page.goto(docket(samples(t)));
    const row = page.locator("tbody", { hasText: "Arbor Lane" });
    assert.ok((await row.boundingBox()).height < 42);
    await page.evaluate(() => scrollTo(0, document.getElementById("docket").getBoundingClientRect().bottom + scrollY - 400));
    assert.equal((await page.locator("thead th").first().boundingBox()).y, 0);
    assert.equal(await row.getByText("arbor-lane-2025-n-csr", { exact: true }).isVisible(), false);
    await row.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.ok(await row.getByText("arbor-lane-2025-n-csr", { exact: true }).isVisible());
    assert.equal(await page.locator(".kicker").innerText(), "Form 12b-25");
  });

  test("repeats its head in print", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(docket(samples(t)));
    await page.emulateMedia({ media: "print" });
    const style = (selector, name) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], name);
    assert.equal(await style("thead", "display"), "table-header-group");
    assert.equal(await style("thead button", "display"), "contents", "Chromium does not repeat a button");
    assert.ok((await page.locator("tbody", { hasText: "Arbor Lane" }).boundingBox()).height < 20);
  });

  test("folds a finding after its first line", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(docket(odd(t)));
    const row = page.locator("tbody", { hasText: "Late Harbor" });
    const before = (await row.locator(".first").boundingBox()).height;
    assert.ok(before < 30);
    assert.match(await row.locator(".first").innerText(), /^error /);
    assert.equal(await row.locator(".finding").first().isVisible(), false);
    await row.locator("summary").click();
    assert.ok(await row.locator(".finding .where").first().isVisible());
    assert.equal(await row.locator(".first").isVisible(), false);
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`folds a filing on a phone to its name and its day, ${javaScriptEnabled ? "with" : "without"} scripts`, async (t) => {
      const page = await open(t, browser, { viewport: { width: 390, height: 844 }, javaScriptEnabled });
      await page.goto(docket(samples(t)));
      const row = page.locator("tbody", { hasText: "Harbor Point" });
      assert.ok((await row.boundingBox()).height < 60);
      assert.match(await row.innerText(), /^Harbor Point Energy Corporation and 2 more\s+Tue Aug 12, 2025\s+Details of \S+$/);
      await row.scrollIntoViewIfNeeded();
      const { x, y } = await row.boundingBox();
      await page.mouse.click(x + 150, y + 15);
      assert.ok(await row.getByRole("link", { name: "Notice of harbor-point/2025-10-q, PDF" }).isVisible());
      assert.match(await row.innerText(), /Aug 11, 2025/);
      assert.ok(await fits(page));
    });
  }

  test("marks the next notices by the clock of its reader, on Eastern time", async (t) => {
    const address = docket(samples(t));
    const at = async (time, colorScheme = "light") => {
      const page = await open(t, browser, { viewport: { width: 1280, height: 900 }, timezoneId: "Asia/Tokyo", colorScheme });
      await page.clock.setFixedTime(new Date(time));
      await page.goto(address);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(page.complaints, []);
      return page;
    };
    const page = await at("2026-04-29T15:00:00Z");
    assert.match(await page.locator("#next").innerText(), /^Next: Aciéries de la Vallée Fleurie S\.A\., due Fri May 1, 2026, in 2 days\./);
    assert.deepEqual(await page.locator(".when").allTextContents(), ["in 2 days"]);
    assert.deepEqual(await page.locator("tbody").evaluateAll((bodies) => bodies.slice(0, 4).map((body) => body.className.split(" ").at(-1))), ["worst-1", "worst-2", "today", "past"]);
    assert.equal(await page.locator(".today").textContent(), "Today, Wed Apr 29, 2026");
    assert.equal(await page.locator("svg .now").count(), 1);
    await page.getByRole("button", { name: "Show all to come" }).click();
    assert.deepEqual(await names(page), ["Aciéries de la Vallée Fleurie S.A.", "Fennimore, Bright & Co. Coffee Roasters, Inc."]);
    assert.equal(await page.locator(".today").isVisible(), false, "no line where nothing is past");
    assert.match(page.url(), /#show=next&sort=notice$/);
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal((await names(page)).length, 16);
    assert.equal((await names(page))[0], "Fennimore, Bright & Co. Coffee Roasters, Inc.");
    assert.deepEqual(await (await at("2026-05-02T01:00:00Z", "dark")).locator(".when").allTextContents(), ["today"]);
    assert.equal(await (await at("2030-01-01T12:00:00Z")).locator("#next").isVisible(), false);
  });

  test("sorts what has no extension last", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(docket(samples(t)));
    for (const times of [1, 2]) {
      await page.getByRole("button", { name: "Extended to" }).click();
      const column = await page.locator("tbody[data-n] td[data-label='Extended to']").allTextContents();
      const last = column.findIndex((text) => text === "Not sought");
      assert.ok(last > 0 && column.slice(last).every((text) => text === "Not sought"), `${times}: ${column}`);
    }
  });

  test("has its roles, which a list on a phone would lose, from its script", async (t) => {
    const path = samples(t);
    const page = await open(t, browser, { viewport: { width: 390, height: 844 } });
    await page.goto(docket(path));
    assert.doesNotMatch(readFileSync(join(path, "docket.html"), "utf8"), /role="(table|row|cell|rowheader|columnheader|list)"/);
    for (const [selector, role] of [["table", "table"], ["tbody tr", "row"], ["tbody th", "rowheader"], ["tbody td", "cell"], ["thead th", "columnheader"]]) {
      assert.equal(await page.locator(selector).first().getAttribute("role"), role);
    }
  });

  test("keeps in its address what it shows", async (t) => {
    const page = await open(t, browser);
    await page.goto(docket(samples(t)));
    await page.getByLabel("Find").fill("harbor");
    await page.getByRole("button", { name: "Registrant" }).click();
    const before = await names(page);
    assert.match(page.url(), /#find=harbor&sort=name$/);
    await page.reload();
    assert.deepEqual(await names(page), before);
    assert.ok(before.length < 16);
  });
});
