// What the tests share: Chromium, a repository of samples, and the tool run on it.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const latefile = process.env.LATEFILE ?? join(root, "target/release/latefile");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The browser: CHROMIUM names it, else it is looked for where systems put it. */
export const launch = () => {
  const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];
  const executablePath = process.env.CHROMIUM ?? usual.find((path) => existsSync(path));
  if (!executablePath) throw new Error("Chromium is missing: Debian: chromium, Homebrew: chromium; or name one by CHROMIUM");
  const args = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-sync", "--no-first-run"];
  // The sandbox does not start for root, as in containers; only our own pages are opened.
  return chromium.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0 });
};

/** A folder that goes with the test. */
export const folder = (t) => {
  const path = mkdtempSync(join(tmpdir(), "latefile-browser-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** The samples with their outputs. */
export const samples = (t) => {
  const path = folder(t);
  for (const part of ["filings", "out", "templates"]) cpSync(join(root, part), join(path, part), { recursive: true });
  return path;
};

/** The case of the docket: filings that are built, changed since, never built and not to be read. */
export const odd = (t) => {
  const path = folder(t);
  cpSync(join(root, "tests/cases/docket/filings"), join(path, "filings"), { recursive: true });
  try {
    run(path, "build", "--formats", "text,html");
  } catch { /* one has errors, which is what it is for */ }
  return path;
};

export const run = (cwd, ...args) => execFileSync(latefile, args, { cwd, stdio: "pipe" });

/** The address of a docket that was written. */
export const docket = (path) => {
  run(path, "docket", "-o", "docket.html");
  return `file://${path}/docket.html`;
};

/** A server of a folder, once its first build is over; its address, and what it says. */
export const serve = async (t, cwd) => {
  const child = spawn(latefile, ["serve", "--templates", "templates", "--port", "0", "--message-format", "short"], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let address;
  for await (const line of createInterface({ input: child.stderr })) {
    address ??= line.match(/http:\S+/)?.[0];
    if (/ · .* s$/.test(line)) break;
  }
  child.stderr.resume();
  return { address, child };
};

/** A page in a window of its own. What it complains of fails the test. */
export const open = async (t, browser, options) => {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  return page;
};

/** What axe finds, a line each; none is good. */
export const violations = async (page) => {
  // Not as a script of the page, which its policy would refuse.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 90)}`));
};

/** Whether nothing has to be scrolled sideways. */
export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
