// What the tests of the site share: sites, made by the program, and a browser without a network.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = resolve(root, process.env.MDBOARD ?? 'target/release/mdboard');

const folders = [];

/** A new folder that is gone when the tests are over. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), 'mdboard-site-'));
  folders.push(made);
  return made;
}

export function clean() {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
}

export function run(file, args, options = {}) {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28, ...options });
}

/** Makes the site of a board. */
export function report(board, ...more) {
  const site = join(folder(), 'site');
  run(program, ['-C', board, '-q', 'report', '--out', site, ...more]);
  return site;
}

/** All files of a site that end like this, by their paths in it. */
export function files(site, end, below = '') {
  return readdirSync(join(site, below), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(site, end, join(below, entry.name)) : [join(below, entry.name)]))
    .filter((path) => path.endsWith(end))
    .sort();
}

export const size = (path) => statSync(path).size;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Opens pages and notes what goes wrong on them: what they print, and what they ask for elsewhere. */
export async function visitor(browser, site, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => wrong.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`file://${site}/`)) wrong.push(`request: ${request.url()}`);
  });
  return { page, wrong, go: (path) => page.goto(`file://${join(site, path)}`) };
}
