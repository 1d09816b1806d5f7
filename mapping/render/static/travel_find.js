// What a reader looks for in a map that travels: words, kinds, a category, deciles. Joined with its sisters in one closure.

const KINDS = { 'co-operative': 'Co-operatives', 'community asset': 'Community assets' };

class Finder {
  constructor(form, rows, areas, onChange) {
    this.form = form;
    this.onChange = onChange;
    this.count = node('p', { class: 'count', role: 'status' });
    this.clear = node('button', { type: 'button', class: 'plain-button', hidden: '' }, 'Show all');
    this.text = node('input', { type: 'search', id: 'find-text', autocomplete: 'off', placeholder: 'Name, category, ward, address…' });
    form.append(this.labelled('Search places and areas', this.text, 'wide'), ...this.kindTicks(rows), ...this.categories(rows), ...this.decileChoice(areas), this.count, this.clear);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => this.onChange());
    this.clear.addEventListener('click', () => { this.reset(); this.text.focus(); });
    form.hidden = false;
  }

  labelled(label, control, look) {
    return node('div', { class: look }, node('label', { for: control.id }, label), control);
  }

  kindTicks(rows) {
    const kinds = Object.keys(KINDS).filter((kind) => rows.some((row) => row.kind === kind));
    this.ticks = kinds.map((kind) => {
      const box = node('input', { type: 'checkbox', value: kind, checked: '' });
      const n = rows.filter((row) => row.kind === kind).length;
      return { kind, box, label: node('label', { class: 'tick' }, box, symbolOf(kind), `${KINDS[kind]} (${numbers.format(n)})`) };
    });
    if (kinds.length < 2) this.ticks = [];
    return this.ticks.length ? [node('fieldset', { class: 'wide' }, node('legend', {}, 'Kind'), ...this.ticks.map(({ label }) => label))] : [];
  }

  categories(rows) {
    const counted = new Map();
    for (const { category } of rows) if (category) counted.set(category, (counted.get(category) || 0) + 1);
    const names = [...counted.keys()].sort(words.compare);
    this.category = node('select', { id: 'find-category' }, node('option', { value: '' }, 'All categories'),
      ...names.map((name) => node('option', { value: name }, `${name} (${numbers.format(counted.get(name))})`)));
    return names.length > 1 ? [this.labelled('Category', this.category, 'half')] : [];
  }

  // From the first to the last decile that any area here is in.
  decileChoice(areas) {
    const found = areas.map(({ decile }) => Number(decile)).filter(Boolean);
    this.span = [Math.min(...found), Math.max(...found)];
    this.ends = [];
    if (!found.length || this.span[0] === this.span[1]) return [];
    return ['From decile', 'To decile'].map((label, i) => {
      const select = node('select', { id: `find-decile-${i}` });
      for (let decile = this.span[0]; decile <= this.span[1]; decile += 1) select.append(node('option', {}, String(decile)));
      select.value = String(this.span[i]);
      this.ends.push(select);
      return this.labelled(label, select, 'third');
    });
  }

  reset() {
    this.text.value = this.category.value = '';
    for (const { box } of this.ticks) box.checked = true;
    this.ends.forEach((select, i) => { select.value = String(this.span[i]); });
    this.onChange();
  }

  // The lowest and the highest that are wanted; null for all.
  get deciles() {
    const wanted = this.ends.map(({ value }) => Number(value)).sort((one, other) => one - other);
    return String(wanted) === String(this.span) || !wanted.length ? null : wanted;
  }

  get query() { return this.text.value.trim(); }

  get isWide() {
    return !this.query && !this.category.value && !this.deciles && this.ticks.every(({ box }) => box.checked);
  }

  // Two tests: does a place fit, does an area.
  tests() {
    const { deciles } = this;
    const { spaced, whole } = folded(this.query);
    const parts = spaced.split(' ').filter(Boolean);
    // Short words in one piece would be found where one word ends and the next begins.
    const has = (row, part) => row.spaced.includes(part) || (part.length > 3 && row.whole.includes(part));
    const said = (row) => parts.every((part) => has(row, part)) || row.whole.includes(whole);
    const inside = (row) => !deciles || (row.decile && Number(row.decile) >= deciles[0] && Number(row.decile) <= deciles[1]);
    const kinds = new Set(this.ticks.filter(({ box }) => box.checked).map(({ kind }) => kind));
    return {
      place: (row) => said(row) && inside(row) && (!this.ticks.length || !row.kind || kinds.has(row.kind))
        && (!this.category.value || row.category === this.category.value),
      area: (row) => said(row) && inside(row)
    };
  }
}

function symbolOf(kind) {
  const drawn = document.querySelectorAll('#map .legend .keys .symbol');
  const found = kind && [...drawn].find((each) => each.querySelector(`.${kind.replace(' ', '-')}`));
  return found ? found.cloneNode(true) : '';
}
