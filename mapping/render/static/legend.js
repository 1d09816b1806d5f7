// The key to the colours and the notes over the map. Joined with its sisters in one closure.
// Everything shown is made of nodes and textContent: no text here is ever read as HTML.

const SYMBOLS = {
  'co-operative': '<circle class="halo" cx="12" cy="12" r="9.6"/>'
    + '<circle class="mark co-operative" cx="12" cy="12" r="7"/>',
  'community asset': '<path class="halo" d="M12 .7 23.3 12 12 23.3.7 12z"/>'
    + '<path class="mark community-asset" d="M12 4 20 12 12 20 4 12z"/>'
};
// A cluster has the shapes of what it holds: a circle, a diamond, or half of each.
const CLUSTERS = {
  'co-operative': '<circle class="halo" cx="16" cy="16" r="14.6"/>'
    + '<circle class="mark co-operative" cx="16" cy="16" r="12"/>',
  'community asset': '<path class="halo" d="M16-.9 32.9 16 16 32.9-.9 16z"/>'
    + '<path class="mark community-asset" d="M16 2.6 29.4 16 16 29.4 2.6 16z"/>',
  both: '<path class="halo" d="M16 1.4A14.6 14.6 0 0 0 16 30.6L32 16z"/>'
    + '<path class="co-operative" d="M16 4a12 12 0 0 0 0 24z"/>'
    + '<path class="community-asset" d="M16 4 28 16 16 28z"/>'
    + '<path class="mark" fill="none" d="M16 4a12 12 0 0 0 0 24L28 16z"/>'
};
const PLURALS = {
  'co-operative': ['co-operative', 'co-operatives'],
  'community asset': ['community asset', 'community assets']
};
const KINDS = Object.keys(SYMBOLS);

function element(tag, options, ...children) {
  const { text, ...attributes } = options || {};
  const node = document.createElement(tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  // A figure and its sign are never parted by a line's end.
  if (text !== undefined) node.textContent = String(text).replace(/(\d) %/g, '$1\u00a0%');
  node.append(...children);
  return node;
}

function symbol(kind) {
  return drawing(24, SYMBOLS[kind]);
}

function drawing(size, shapes) {
  const node = element('span', { class: 'symbol', 'aria-hidden': 'true' });
  node.innerHTML = `<svg viewBox="0 0 ${size} ${size}" focusable="false">${shapes}</svg>`; // constants only
  return node;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// The strip under the map, so that it hides nothing. On a phone its explanation opens on demand.
class Legend {
  constructor(box) {
    this.node = element('section', { class: 'legend', 'aria-label': 'Legend' });
    this.open = box.clientWidth > 480;
    box.append(this.node);
  }

  // `unlit` is what the pale areas are; built anew only when its words change, so that a focused button keeps its focus.
  show(legend, hasMissing, unlit) {
    const words = JSON.stringify([legend, hasMissing, unlit]);
    if (words === this.words) return;
    this.words = words;
    this.toggle = element('button', { type: 'button', class: 'legend-toggle', 'aria-controls': 'legend-words' });
    this.toggle.addEventListener('click', () => this.set(!this.open));
    this.explanation = element('div', { class: 'legend-words', id: 'legend-words' },
      element('p', { text: [legend.measure + '.', ...legend.lines].join(' ') }));
    this.credit = element('span', { text: ` ${legend.credit}` });
    this.node.replaceChildren(
      element('h2', { text: legend.title }), this.toggle,
      element('div', { class: 'scale' }, ...this.scale(legend), this.exceptions(legend, hasMissing, unlit)),
      element('ul', { class: 'keys' }, ...KINDS.map((kind) => element('li', {}, symbol(kind), capital(kind)))),
      this.explanation, element('p', { class: 'source' }, legend.source, this.credit));
    this.set(this.open);
  }

  set(open) {
    this.open = open;
    this.explanation.hidden = this.credit.hidden = !open;
    this.toggle.setAttribute('aria-expanded', String(open));
    this.toggle.textContent = open ? 'Less' : 'More';
  }

  scale(legend) {
    const swatches = legend.entries.map(({ meaning, colour, ink, label }) =>
      element('li', { title: meaning, style: `background:${colour};color:${ink}`, text: label })
    );
    return [
      element('ol', { class: 'swatches', 'aria-label': legend.measure }, ...swatches),
      element('div', { class: 'ends' }, element('span', { text: legend.low }), element('span', { text: legend.high }))
    ];
  }

  exceptions(legend, hasMissing, unlit) {
    const keys = [];
    if (hasMissing) keys.push(element('li', {}, element('span', { class: 'symbol hatched' }), legend.no_figure));
    if (unlit) keys.push(element('li', {}, element('span', { class: 'symbol unlit' }), unlit));
    return keys.length ? element('ul', { class: 'keys' }, ...keys) : '';
  }
}

// On a phone the chosen thing's card is far below: one line says what it is, between map and legend.
class Strip {
  constructor(box) {
    this.node = element('p', { class: 'strip', role: 'status' });
    box.append(this.node);
  }

  show([name, decile]) {
    this.node.replaceChildren(...(name ? [element('strong', { text: name, dir: 'auto' })] : []),
      ...(decile ? [element('span', { text: decile })] : []));
  }
}

// One line at the top of the map for each thing a reader should know, gone when it no longer holds.
class Notes {
  constructor(container) {
    this.notes = {};
    this.node = element('div', { class: 'notes', role: 'status' });
    container.append(this.node);
  }

  show(name, text, retry) {
    this.clear(name);
    const note = element('div', { class: `note ${name}` }, element('span', { text }));
    if (retry) {
      const again = element('button', { type: 'button', text: 'Try again' });
      again.addEventListener('click', () => { this.clear(name); retry(); });
      note.append(again);
    }
    L.DomEvent.disableClickPropagation(note);
    this.notes[name] = note;
    this.node.append(note);
  }

  clear(name) {
    if (this.notes[name]) this.notes[name].remove();
    delete this.notes[name];
  }
}
