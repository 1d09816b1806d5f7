// The tables of a map that travels: rows that are found, sorted and chosen. Joined with its sisters in one closure.
// Everything shown is made of nodes and textContent: no text here is ever read as HTML.

const byId = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat('en-GB');
const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name in attributes) if (attributes[name] !== undefined) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}

// Without accents, capitals and marks; once as words, once in one piece: "coop" finds "Co-op".
function folded(text) {
  const parts = text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return { spaced: ` ${parts.join(' ')} `, whole: parts.join('') };
}

class Table {
  constructor(name, onPick) {
    this.section = byId(name);
    this.table = byId(`${name}-table`);
    this.scroll = this.table.closest('.scroll');
    this.count = this.section.querySelector('.n');
    this.units = [this.table.dataset.one, this.table.dataset.many];
    this.body = this.table.tBodies[0];
    this.rows = [...this.body.rows].map((row) => ({ row, ...row.dataset, ...folded(row.textContent) }));
    this.shown = this.rows;
    this.none = node('p', { class: 'empty', hidden: '' });
    this.scroll.before(this.none);
    this.section.classList.add('live');
    for (const { row } of this.rows) this.name(row);
    [...this.table.tHead.rows[0].cells].forEach((head, i) => this.head(head, i));
    this.body.addEventListener('click', (event) => {
      const row = event.target.closest('tr');
      // Who marks text to copy it chooses nothing.
      const isMarking = event.detail > 0 && String(getSelection());
      if (row && !isMarking) onPick(row.dataset.id, true);
    });
  }

  // The name becomes a button, so that a keyboard can choose its row.
  name(row) {
    const cell = row.querySelector('th');
    const button = node('button', { type: 'button', class: 'pick', dir: 'auto' }, cell.textContent);
    cell.replaceChildren(button);
  }

  head(cell, i) {
    const button = node('button', { type: 'button', class: 'sort' }, cell.textContent);
    if (!cell.hasAttribute('aria-sort')) cell.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => this.sort(cell, i));
    cell.replaceChildren(button);
  }

  // What is not known stays last, whichever way a column is turned.
  sort(cell, i) {
    const way = cell.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    for (const head of cell.parentNode.cells) head.setAttribute('aria-sort', head === cell ? way : 'none');
    const isNumber = cell.classList.contains('amount');
    const turn = way === 'ascending' ? 1 : -1;
    const keyed = this.rows.map((each) => {
      const text = each.row.cells[i].textContent;
      const key = isNumber ? parseFloat(text.replace(/[^\d.−-]/g, '').replace('−', '-')) : text;
      return { each, key, isMissing: isNumber ? Number.isNaN(key) : text === '–' || text === '' };
    });
    keyed.sort((one, other) => one.isMissing - other.isMissing
      || turn * (isNumber ? one.key - other.key || 0 : words.compare(one.key, other.key)));
    this.rows = keyed.map(({ each }) => each);
    this.body.append(...this.rows.map(({ row }) => row));
  }

  // Hides the rows that do not fit; `why` is told where none is left.
  narrow(fits, why) {
    this.shown = this.rows.filter(fits);
    const kept = new Set(this.shown);
    for (const each of this.rows) each.row.hidden = !kept.has(each);
    this.count.textContent = this.shown.length === this.rows.length
      ? numbers.format(this.rows.length) : `${numbers.format(this.shown.length)} of ${numbers.format(this.rows.length)}`;
    this.none.textContent = why;
    this.none.hidden = this.shown.length > 0 || !this.rows.length;
    this.scroll.hidden = !this.shown.length;
  }

  mark(id) {
    for (const { row } of this.rows) row.removeAttribute('aria-current');
    const found = this.find(id);
    if (!found) return;
    found.setAttribute('aria-current', 'true');
    const room = this.scroll.clientHeight - this.table.tHead.offsetHeight;
    const top = found.offsetTop - this.table.tHead.offsetHeight;
    const isSeen = top >= this.scroll.scrollTop && top + found.offsetHeight <= this.scroll.scrollTop + room;
    if (!isSeen) this.scroll.scrollTop = top - room / 3;
  }

  find(id) {
    const found = this.rows.find((each) => each.id === id);
    return found && found.row;
  }

  counted() {
    const n = this.shown.length;
    const unit = this.units[this.rows.length === 1 ? 0 : 1];
    if (!this.rows.length) return '';
    return `${n === this.rows.length ? 'all ' : `${numbers.format(n)} of `}${numbers.format(this.rows.length)} ${unit}`;
  }
}
