// The pages of `mdboard report` in a browser: what they ask for, what can be done on them, and what
// an engine for accessibility and a validator say of them.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { clean, files, folder, launch, program, report, root, run, size, visitor } from './browser.mjs';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const PARTNERS = 200;
const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const TURN = '\u202e\u2066evil\u2069';

let browser;
let own;
let large;
let hostile;

before(async () => {
  own = report(root);
  large = report(board(['--partners', String(PARTNERS), '--commits', '2500', '--items', '31']));
  hostile = report(hostileBoard());
  browser = await launch();
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  clean();
});

function git(repository, ...args) {
  const plain = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', PATH: process.env.PATH };
  return run('git', ['-C', repository, ...args], { env: plain });
}

function board(options) {
  const made = folder();
  git(made, 'init', '-q', '-b', 'main');
  const stream = run(program, ['demo', '--fast-import', ...options]);
  run('git', ['-C', made, 'fast-import', '--quiet'], { input: stream });
  git(made, 'reset', '-q', '--hard', 'main');
  return made;
}

/** A board whose every text tries to be more than text. */
function hostileBoard() {
  const made = folder();
  git(made, 'init', '-q', '-b', 'main');
  const write = (path, text) => {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  };
  const matter = (name) => `---\nname: '${name}'\nowner: '${SCRIPT}'\ntype: '"><b>type'\nstart_date: 2026-01-01\ntags: ['${SCRIPT}', '" onclick="alert(3)']\n---\n`;
  const items = `# ${SCRIPT} ${TURN}\n\n## ${SCRIPT} (Day 1-7)\n\n- [ ] ${SCRIPT} ${TURN}\n- [ ] [x](javascript:alert(4)) @<b>x</b>\n- [x] </bdi></td></table></main><h1>out</h1> ✅ 2026-01-03\n- [!] waits (blocked: ${SCRIPT})\n  - [ ] below ${TURN}\n`;
  write('partners/a/README.md', matter(`${SCRIPT} ${TURN}`));
  write(`partners/a/plan.md`, items);
  write(`partners/b" onmouseover="alert(5)/plan.md`, `${matter("' onfocus=alert(6) x='")}${items}`);
  write('partners/c/plan.md', '---\nowner: "javascript:alert(7)"\n---\n- [ ] x\n');
  git(made, 'add', '-A');
  const author = ['-c', `user.name=${SCRIPT.replace(/[<>]/g, '"')} ${TURN}`, '-c', 'user.email=a@example.com'];
  run('git', ['-C', made, ...author, 'commit', '-q', '-m', `${SCRIPT} ${TURN}`]);
  write('partners/c/plan.md', '---\nowner: "javascript:alert(7)"\n---\n- [x] x\n');
  run('git', ['-C', made, ...author, 'commit', '-qam', SCRIPT]);
  return made;
}

async function violations(page) {
  // The page's own policy lets no other script in; this one comes from outside of the page.
  const found = await page.evaluate(async (source) => {
    (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join('\n')}`);
  }, axe);
  return found;
}

test('pages load without an error and ask for nothing', { timeout: 300_000 }, async () => {
  for (const site of [own, large, hostile]) {
    const { page, wrong, go } = await visitor(browser, site);
    const pages = files(site, '.html');
    assert.ok(pages.length >= 7, pages.join());
    for (const path of pages) {
      await go(path);
      assert.ok(await page.title(), path);
      assert.deepEqual(wrong, [], path);
    }
    await page.context().close();
  }
});

test('nobody is kept out', { timeout: 300_000 }, async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const site of [own, hostile, large]) {
      const { page, go } = await visitor(browser, site, { colorScheme, bypassCSP: true });
      const all = files(site, '.html');
      const pages = site === large ? all.filter((path) => !path.includes('/')).concat(all.find((path) => path.includes('/'))) : all;
      for (const path of pages) {
        await go(path);
        assert.deepEqual(await violations(page), [], `${path}, ${colorScheme}`);
      }
      // That the engine looks at all.
      await page.evaluate(() => document.querySelector('main').append(document.createElement('img'), document.createElement('button')));
      assert.equal((await violations(page)).length, 2);
      await page.context().close();
    }
  }
});

test('pages fit a phone, and say the same without a script', { timeout: 120_000 }, async () => {
  for (const site of [own, hostile]) {
    const { page, go } = await visitor(browser, site, { viewport: { width: 360, height: 800 }, javaScriptEnabled: true });
    for (const path of files(site, '.html')) {
      await go(path);
      const overflow = await page.evaluate(() => {
        const wide = (element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.wide');
        const which = [...document.querySelectorAll('body *')].filter(wide).slice(0, 5);
        return document.documentElement.scrollWidth > innerWidth ? which.map((element) => element.outerHTML.slice(0, 200)) : [];
      });
      assert.deepEqual(overflow, [], `${path} is too wide`);
    }
    await page.context().close();
  }
  const { page, go } = await visitor(browser, own, { javaScriptEnabled: false });
  await go('index.html');
  assert.equal(await page.locator('[data-filter]').isVisible(), false);
  assert.ok((await page.locator('table[data-sort] tbody tr').count()) >= 8);
  await page.context().close();
});

test('partners are filtered and sorted, and the back button leads back', { timeout: 120_000 }, async () => {
  const { page, wrong, go } = await visitor(browser, large);
  await go('index.html');
  const rows = page.locator('table[data-sort] tbody tr');
  const shown = page.locator('table[data-sort] tbody tr:visible');
  const names = () => shown.locator('th').allTextContents();
  assert.equal(await rows.count(), PARTNERS);
  const first = await names();

  // A health, then a word.
  await page.selectOption('select[name=health]', 'overdue');
  const overdue = await shown.count();
  assert.ok(overdue > 0 && overdue < PARTNERS, String(overdue));
  assert.ok((await shown.locator('.tag').allTextContents()).every((text) => text === 'overdue'));
  assert.match(page.url(), /#health=overdue$/);
  const wanted = (await names())[0].trim();
  await page.fill('input[name=q]', wanted);
  assert.ok((await names()).every((name) => name.toLowerCase().includes(wanted.toLowerCase())));
  assert.match(await page.locator('[data-count]').textContent(), new RegExp(`^\\d+ of ${PARTNERS} shown$`));
  // The phases are filtered alike.
  const phases = page.locator('main table').last().locator('tbody tr:visible');
  assert.equal(await phases.count(), await shown.count());
  await page.goBack();
  assert.equal(await shown.count(), overdue);
  assert.equal(await page.inputValue('input[name=q]'), '', 'the field says what is looked for');
  await page.goBack();
  assert.equal(await shown.count(), PARTNERS);
  await page.goForward();
  assert.equal(await shown.count(), overdue);
  assert.equal(await page.inputValue('select[name=health]'), 'overdue');

  // The address is enough for somebody else.
  const address = page.url();
  await go('people.html');
  await page.goto(address);
  assert.equal(await shown.count(), overdue);

  // Sorted by what is overdue, the most first; then the least; then as it was.
  await page.selectOption('select[name=health]', '');
  const sort = page.getByRole('button', { name: 'Overdue' });
  const counts = async () => (await shown.locator('td:nth-of-type(4)').allTextContents()).map(Number);
  await sort.click();
  const most = await counts();
  assert.deepEqual(most, [...most].sort((a, b) => b - a));
  assert.equal(await page.locator('th[aria-sort=descending]').count(), 1);
  await sort.click();
  const least = await counts();
  assert.deepEqual(least, [...least].sort((a, b) => a - b));
  await page.goBack();
  assert.deepEqual(await counts(), most);
  await page.goForward();
  await sort.click();
  assert.deepEqual(await names(), first);

  // By keyboard alone: a day that is not known comes last.
  await page.getByRole('button', { name: 'Next due' }).focus();
  await page.keyboard.press('Enter');
  const days = await shown.locator('td:nth-of-type(6)').evaluateAll((cells) => cells.map((cell) => cell.dataset.v));
  const known = days.filter(Boolean);
  assert.deepEqual(days, [...[...known].sort(), ...days.filter((day) => !day)]);
  assert.deepEqual(wrong, []);
  await page.context().close();
});

test('filtering many partners takes no time', { timeout: 120_000 }, async (context) => {
  const site = report(board(['--partners', '1000', '--commits', '4000', '--items', '31']));
  const { page, go } = await visitor(browser, site);
  await go('index.html');
  const took = await page.evaluate(async () => {
    const field = document.querySelector('input[name=q]');
    const times = [];
    for (const text of ['a', 'al', 'alp', 'al', 'a', '', 'z', 'zz', '']) {
      const start = performance.now();
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      // Until it is laid out.
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  });
  const weight = size(join(site, 'index.html'));
  context.diagnostic(`1,000 partners: filtered in ${took.toFixed(0)} ms (median), index.html has ${Math.round(weight / 1024)} KiB`);
  assert.ok(took < 100, `${took} ms`);
  await page.context().close();
});

test('a validator finds no mistake', { timeout: 300_000 }, async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      // Matters of taste: long titles are somebody's, and SVG's elements have no end of their own.
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      'void-style': 'off',
    },
  });
  for (const site of [own, hostile, large]) {
    for (const path of files(site, '.html').slice(0, 30)) {
      const result = await validator.validateString(readFileSync(join(site, path), 'utf8'));
      const told = result.results.flatMap((one) => one.messages).map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
      assert.deepEqual(told.slice(0, 5), [], path);
    }
  }
});
