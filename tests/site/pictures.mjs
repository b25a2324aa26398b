// Takes the pictures that the README shows: `npm run pictures`, after `cargo build --release`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clean, files, folder, launch, program, report, root, run } from './browser.mjs';

const board = join(folder(), 'board');
run(program, ['demo', board, '--today', '2026-11-23']);
const site = report(board, '--today', '2026-11-23');
const browser = await launch();
// One that is under way: neither new nor done.
const active = (path) => /class="tag on_track"/.test(readFileSync(join(site, path), 'utf8'));
const partner = files(site, '.html').filter((path) => path.startsWith('partners/')).find(active);
const pictures = [
  ['portfolio', 'index.html', 'light', 1100],
  ['partner', partner, 'dark', 1350],
];
for (const [name, path, colorScheme, height] of pictures) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height } });
  const page = await context.newPage();
  await page.goto(`file://${join(site, path)}`);
  await page.screenshot({ path: join(root, 'docs/images', `${name}.png`) });
  await context.close();
}
await browser.close();
clean();
