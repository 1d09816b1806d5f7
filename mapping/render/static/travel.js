// A map that travels: search, tables and card around the map, from what the page itself holds.
// Joined with its sisters in one closure.

const held = new Map();
for (const block of document.querySelectorAll('[data-holds]')) held.set(block.dataset.holds, JSON.parse(block.textContent));
const { shell, state, details } = Object.fromEntries(['shell', 'state', 'details'].map((name) => [name, held.get(name)]));
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

class Page {
  constructor() {
    const box = byId('map');
    const files = [...held].filter(([name]) => !['shell', 'state', 'details'].includes(name));
    document.documentElement.classList.add('live-page');
    byId('no-script').remove();
    box.hidden = false;
    this.state = state;
    this.chosen = '';
    this.map = window.CommonsAtlas.create('map', { ...shell, files, onSelect: (id) => this.choose(id, false) });
    window.CommonsAtlas.update(this.map, state);
    box.before(node('a', { class: 'skip', href: '#find-text' }, 'Skip the map'));
    this.card = byId('details');
    this.announced = byId('announced');
    this.tables = { place: new Table('places', (id) => this.choose(id, true)), area: new Table('areas', (id) => this.choose(id, true)) };
    this.ids = held.get(state.places).features.map((feature) => `place:${feature.properties.place_id}`);
    this.codes = held.get(state.areas).features.map((feature) => `area:${feature.properties.code}`);
    this.finder = new Finder(byId('find'), this.tables.place.rows, this.tables.area.rows, () => this.narrow());
    this.narrow();
    if (state.selected) this.choose(state.selected, false);
    this.listen();
  }

  listen() {
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.chosen || event.target.closest('#find, #map')) return;
      if (this.card.contains(event.target)) this.back();
      this.choose('', false);
    });
    const root = document.documentElement;
    const refit = (isPrinting) => {
      root.classList.toggle('printing', isPrinting);
      this.map.invalidateSize({ animate: false, pan: false });
      this.map.atlas.fit(false);
    };
    addEventListener('beforeprint', () => refit(true));
    addEventListener('afterprint', () => refit(false));
  }

  narrow() {
    const { finder, tables } = this;
    const { place, area } = finder.tests();
    tables.place.narrow(place, 'No place here fits. Change the words or the choices, or show all.');
    tables.area.narrow(area, 'No area here is called so or is in these deciles. Change the words or the choices, or show all.');
    const told = `Showing ${[tables.place, tables.area].map((table) => table.counted()).filter(Boolean).join(' and ')}.`;
    if (finder.count.textContent !== told) finder.count.textContent = told;
    finder.clear.hidden = finder.isWide;
    const kept = new Set(tables.place.shown.map(({ id }) => id));
    this.state = { ...this.state, shown: state.shown.filter((position) => kept.has(this.ids[position])), lit: this.lit() };
    window.CommonsAtlas.update(this.map, this.state);
  }

  // The areas in the deciles that are chosen here, of those that the view shades.
  lit() {
    const { deciles } = this.finder;
    if (!deciles) return state.lit;
    const first = state.lit || this.codes.map((_, position) => position);
    return first.filter((position) => state.deciles[position] >= deciles[0] && state.deciles[position] <= deciles[1]);
  }

  choose(id, isFromTable) {
    const isTold = Object.hasOwn(details.of, id);
    const told = details.of[isTold ? id : ''];
    this.chosen = isTold ? id : '';
    this.state = { ...this.state, selected: this.chosen, said: told.said || [] };
    window.CommonsAtlas.update(this.map, this.state);
    this.tell(told);
    for (const table of Object.values(this.tables)) table.mark(this.chosen);
    if (isFromTable) this.show();
    else if (this.chosen) this.announced.textContent = `${told.title}: details are shown`;
  }

  // From a table the reader is brought to map and card; Escape, or a button there, leads back.
  show() {
    byId('map').closest('.stage').scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
    this.card.focus({ preventScroll: true });
  }

  back() {
    const row = this.rowOf(this.chosen);
    if (!row) return;
    row.querySelector('.pick').focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  tell({ title, subtitle, notes = [], facts = [] }) {
    const row = this.tables.place.rows.find(({ id }) => id === this.chosen);
    const parts = [node('h2', { id: 'details-title', dir: 'auto' }, title)];
    if (subtitle) parts.push(node('p', { class: 'sub', dir: 'auto' }, row ? symbolOf(row.kind) : '', node('span', {}, subtitle)));
    parts.push(...notes.map((text) => node('p', { dir: 'auto' }, text)));
    const lines = facts.map((pair) => pair.map((at) => details.words[at]));
    if (lines.length) parts.push(node('dl', {}, ...lines.map(([label, value]) => node('div', {}, node('dt', {}, label), valueOf(value)))));
    if (this.chosen) this.addButtons(parts);
    this.card.replaceChildren(...parts);
    this.card.classList.toggle('opening', !this.chosen);
    this.card.scrollTop = 0;
  }

  addButtons(parts) {
    const close = node('button', { type: 'button', class: 'close', 'aria-label': 'Close the details' }, '×');
    const back = node('button', { type: 'button', class: 'as-link' }, 'Show in the table');
    close.addEventListener('click', () => { this.choose('', false); this.card.focus({ preventScroll: true }); });
    back.addEventListener('click', () => this.back());
    parts.unshift(close);
    if (this.rowOf(this.chosen)) parts.push(node('p', {}, back));
  }

  rowOf(id) {
    return Object.values(this.tables).map((table) => table.find(id)).find(Boolean);
  }
}

function valueOf(text) {
  const isLink = /^https?:\/\/[^\s"'<>\\^`{|}]+$/i.test(text);
  const told = isLink ? node('a', { href: text, target: '_blank', rel: 'noopener noreferrer' }, text) : text;
  return node('dd', { dir: 'auto' }, told);
}

new Page();
