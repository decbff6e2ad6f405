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
    assert.match(await page.title(), /12b-25/);
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
    const worst = () => page.locator("tbody").evaluateAll((bodies) => bodies.map((body) => body.dataset.worst));
    assert.deepEqual(await worst(), [...await worst()].sort());
    await page.getByRole("button", { name: "Notice due" }).click();
    const dates = await page.locator("tbody").evaluateAll((bodies) => bodies.map((body) => body.dataset.notice));
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
    const sorted = async (most) => {
      const all = (await page.locator("tbody").evaluateAll((bodies) => bodies.map((body) => body.dataset.name))).slice(0, most);
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
    assert.match(await page.locator("tbody").last().getAttribute("data-name"), /IGENE 0/);
    assert.deepEqual(page.complaints, []);
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
