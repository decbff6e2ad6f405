// `latefile serve` in a browser: a save reloads what it touches, and findings stand beside the document.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fits, launch, open, samples, serve, violations } from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const FILING = "filings/igene-1997-10-k.yaml";
const edit = (path, from, to) => {
  const text = readFileSync(join(path, FILING), "utf8");
  assert.ok(text.includes(from), from);
  writeFileSync(join(path, FILING), text.replace(from, to));
};
const inFrame = (page) => page.frameLocator("#document").locator("body");
const shows = async (locator, text) => {
  for (const start = Date.now(); !(await locator.textContent({ timeout: 60000 })).includes(text);) {
    assert.ok(Date.now() - start < 60000, `waiting for ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe("latefile serve", () => {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    test(`is accessible and fits at ${width}`, async (t) => {
      const { address } = await serve(t, samples(t));
      const page = await open(t, browser, { viewport: { width, height } });
      for (const path of ["", "view/igene-1997-10-k/form12b25.htm", "view/fennimore-bright-2026-10-q/form12b25.txt"]) {
        await page.goto(address + path);
        assert.ok(await fits(page), path);
        assert.deepEqual(await violations(page), [], path);
      }
      assert.deepEqual(page.complaints, []);
    });
  }

  test("reloads the docket and the document after a save, where they were left", async (t) => {
    const path = samples(t);
    const { address } = await serve(t, path);
    const docket = await open(t, browser);
    await docket.goto(address);
    await docket.getByLabel("Find").fill("igene");
    const page = await open(t, browser, { viewport: { width: 1280, height: 700 } });
    await page.goto(address);
    await page.getByRole("link", { name: "Notice of igene-1997-10-k, HTML" }).click();
    await shows(inFrame(page), "IGENE Biotechnology, Inc.");
    const frame = () => page.frames().find((frame) => frame.url().includes("/out/"));
    await frame().evaluate(() => window.scrollTo(0, 500));
    edit(path, "name: IGENE Biotechnology, Inc.", "name: IGENE Renamed, Inc.");
    await shows(inFrame(page), "IGENE Renamed, Inc.");
    await shows(page.locator("h1"), "IGENE Renamed, Inc.");
    await page.waitForFunction(() => document.getElementById("document").contentWindow.scrollY === 500);
    await shows(docket.locator("tbody:visible th .name"), "IGENE Renamed, Inc.");
    assert.equal(await docket.locator("#count").textContent(), "1 of 16 filings", "the filter outlives the reload");
    assert.deepEqual([...docket.complaints, ...page.complaints], []);
  });

  test("shows a finding with its file and line as soon as it is saved, and takes it away again", async (t) => {
    const path = samples(t);
    const { address } = await serve(t, path);
    const page = await open(t, browser);
    await page.goto(`${address}view/igene-1997-10-k/form12b25.txt`);
    edit(path, "form: 10-K", "form: 10-X");
    await page.waitForSelector(".finding.error");
    const line = readFileSync(join(path, FILING), "utf8").split("\n").findIndex((text) => text.includes("10-X")) + 1;
    assert.match(await page.locator(".finding.error .place").textContent(), new RegExp(`^igene-1997-10-k\\.yaml:${line}:\\d+$`));
    assert.match(await page.locator("#live").textContent(), /Changed since the build/);
    assert.deepEqual(await violations(page), []);
    edit(path, "form: 10-X", "form: 10-K");
    await page.waitForSelector(".finding.error", { state: "detached" });
    assert.equal(await page.locator("#live").textContent(), "");
  });

  test("shows a PDF, and a page that lost its server says so", async (t) => {
    const { address, child } = await serve(t, samples(t));
    const page = await open(t, browser);
    await page.goto(`${address}view/igene-1997-10-k/form12b25.pdf`);
    assert.deepEqual(page.complaints, []);
    assert.equal(await page.locator("[aria-current]").textContent(), "PDF");
    child.kill("SIGINT");
    assert.equal(await new Promise((resolve) => child.on("exit", resolve)), 130);
    await shows(page.locator("#live"), "does not answer");
  });
});
