'use strict';
// Sorts and filters tables that are complete without it. What is chosen stands behind the address's
// `#`, so that it can be sent to somebody and the back button leads back.
(() => {
  const panel = document.querySelector('[data-filter]');
  const tables = [...document.querySelectorAll('table[data-sort]')];
  const filtered = [...document.querySelectorAll('tr[data-text]')];
  const count = document.querySelector('[data-count]');
  const fields = panel ? [...panel.querySelectorAll('[name]')] : [];

  const read = () => new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
  const write = (state, replaces) => {
    const text = state.toString();
    if (text === read().toString()) return;
    const address = text ? `#${text}` : location.pathname.split('/').pop() + location.search;
    history[replaces ? 'replaceState' : 'pushState'](null, '', address);
  };

  const filter = (state) => {
    const words = (state.get('q') || '').toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = fields.filter((field) => field.name !== 'q' && state.get(field.name));
    let shown = 0;
    for (const row of filtered) {
      const lacks = (field) => !(row.dataset[field.name] || '').split('\n').includes(state.get(field.name));
      const hides = words.some((word) => !row.dataset.text.includes(word)) || chosen.some(lacks);
      row.hidden = hides;
      if (!hides && row.closest('table[data-sort]')) shown += 1;
    }
    if (count) count.textContent = `${shown} of ${count.dataset.count} shown`;
  };

  const value = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.v ?? cell.textContent.trim().toLowerCase();
  };
  const compare = (a, b) => {
    if (a === b) return 0;
    // What is not known comes last, whichever way.
    if (a === '') return 1;
    if (b === '') return -1;
    const [x, y] = [Number(a), Number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a < b ? -1 : 1;
  };
  const sort = (table, at, descends) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, place) => ({ row, place: Number(row.dataset.place ?? place), key: at === null ? '' : value(row, at) }));
    const sign = descends ? -1 : 1;
    rows.sort((a, b) => {
      const unknown = (a.key === '') - (b.key === '');
      return unknown || sign * compare(a.key, b.key) || a.place - b.place;
    });
    body.append(...rows.map(({ row }) => row));
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      if (place === at) head.setAttribute('aria-sort', descends ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };

  const apply = () => {
    const state = read();
    for (const field of fields) field.value = state.get(field.name) || '';
    filter(state);
    for (const table of tables) {
      const [name, way] = (state.get(table.dataset.sort) || '').split('.');
      const heads = [...table.tHead.rows[0].cells];
      const at = heads.findIndex((head) => head.dataset.key === name);
      sort(table, at < 0 ? null : at, way === 'down');
    }
  };

  for (const table of tables) {
    [...table.tBodies[0].rows].forEach((row, place) => { row.dataset.place = place; });
    for (const head of table.tHead.rows[0].cells) {
      if (!head.dataset.key) continue;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const state = read();
        const way = head.getAttribute('aria-sort');
        // Numbers are looked at from the largest on.
        const first = head.classList.contains('n') ? 'descending' : 'ascending';
        const next = way === null ? first : way === first ? (first === 'ascending' ? 'descending' : 'ascending') : null;
        if (next === null) state.delete(table.dataset.sort);
        else state.set(table.dataset.sort, `${head.dataset.key}.${next === 'descending' ? 'down' : 'up'}`);
        write(state, false);
        apply();
      });
    }
  }
  if (panel) {
    panel.hidden = false;
    const take = (replaces) => {
      const state = read();
      for (const field of fields) {
        if (field.value) state.set(field.name, field.value);
        else state.delete(field.name);
      }
      write(state, replaces);
      filter(state);
    };
    panel.addEventListener('input', (event) => take(event.target.name === 'q' && read().has('q')));
  }
  addEventListener('hashchange', apply);
  addEventListener('popstate', apply);
  if (read().size > 0) apply();
})();
