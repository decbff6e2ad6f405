// The redline in a browser: both widths, light and dark, by keyboard, without scripts, by axe.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fits, folder, launch, open, run, samples, violations } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** The address of the redline of two states of the samples: words, a check box, a filing that went and one that came. */
const redline = (t) => {
  const path = folder(t);
  cpSync(samples(t), join(path, "old"), { recursive: true });
  cpSync(join(path, "old"), join(path, "new"), { recursive: true });
  const change = (name, from, to) => {
    const file = join(path, "new/filings", name);
    const text = readFileSync(file, "utf8");
    assert.ok(text.includes(from), `${name} has ${from}`);
    writeFileSync(file, text.replaceAll(from, to));
  };
  change("quillfeather-2025-10-k.yaml", "the Company", "the Registrant");
  change("osprey-knoll-2025-10-q-a.yaml", "filed_within_extension: false", "filed_within_extension: true");
  const filing = readFileSync(join(path, "new/filings/arbor-lane-2025-n-csr.yaml"), "utf8");
  writeFileSync(join(path, "new/filings/another-lane-2025-n-csr.yaml"), filing.replace("Arbor Lane", "Another Lane"));
  run(path, "redline", "old", "new", "--format", "html", "-o", "redline.html");
  return `file://${path}/redline.html`;
};

describe("the redline", () => {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`fits and is accessible at ${width}, ${colorScheme}`, async (t) => {
        const page = await open(t, browser, { viewport: { width, height }, colorScheme });
        await page.goto(redline(t));
        assert.ok(await fits(page));
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.complaints, []);
      });
    }
  }

  test("needs no scripts, and its changes can be told without their colours", async (t) => {
    const page = await open(t, browser, { javaScriptEnabled: false });
    await page.goto(redline(t));
    assert.equal(await page.locator("script").count(), 0);
    const style = (selector, property) => page.locator(selector).first().evaluate((e, p) => getComputedStyle(e)[p], property);
    assert.match(await style("ins", "textDecorationLine"), /underline/);
    assert.match(await style("del", "textDecorationLine"), /line-through/);
    assert.ok(await page.locator("del:visible", { hasText: "Company" }).count());
    assert.ok(await page.locator("ins:visible", { hasText: "Registrant" }).count());
  });

  test("shows what is folded on request, also in print", async (t) => {
    const page = await open(t, browser);
    await page.goto(redline(t));
    const added = page.locator("details.whole ins", { hasText: "Another Lane" }).first();
    const unchanged = page.locator("details.same p").first();
    const shown = async () => [await added.isVisible(), await unchanged.isVisible()];
    assert.deepEqual(await shown(), [false, false]);
    await page.check("#all");
    assert.deepEqual(await shown(), [true, true]);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await shown(), [true, true]);
  });

  test("has a list of changes that the keyboard follows", async (t) => {
    const page = await open(t, browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(redline(t));
    const all = await page.locator("a[href^='#']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(all.length > 5);
    const reached = [];
    while (reached.length < all.length) {
      await page.keyboard.press("Tab");
      const [href, there] = await page.evaluate(() => {
        const href = document.activeElement.getAttribute("href");
        return [href, href && Boolean(document.getElementById(decodeURIComponent(href.slice(1))))];
      });
      if (href === null) {
        assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the end came before all links");
        continue; // a table that can be scrolled
      }
      assert.ok(there, `${href} leads somewhere`);
      reached.push(href);
    }
    assert.deepEqual(reached, all);
    await page.keyboard.press("Enter");
    const last = await page.evaluate(() => document.activeElement.getAttribute("href") ?? location.hash);
    const box = await page.locator(`[id="${decodeURIComponent(last.slice(1))}"]`).boundingBox();
    assert.ok(box.y > -50 && box.y < 900, "the change is on the screen");
  });
});
