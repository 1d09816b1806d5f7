// The map of gaps: need as the shade of areas, lack as circles over them, and what could be put where.
// Joined with its sisters in one closure.

const LETTERS = 'ABCDEFGHIJ';
const SQUARE = '<path class="halo" d="M.6 .6H23.4V23.4H.6z"/><path class="square" d="M3 3H21V21H3z"/>';
const PLUS = '<path class="plus" d="M12 6.5V17.5M6.5 12H17.5"/>';
const CROSS = '<path class="crossed" d="M9.2 9.2 14.8 14.8M14.8 9.2 9.2 14.8"/>';

class GapLegend extends Legend {
  show(key, has, largest) {
    const words = JSON.stringify([key, has]);
    if (words !== this.words) this.build(key, has);
    this.words = words;
    if (largest && largest !== this.largest) this.size(key, largest);
  }

  build(key, has) {
    this.toggle = element('button', { type: 'button', class: 'legend-toggle', 'aria-controls': 'legend-words' });
    this.toggle.addEventListener('click', () => this.set(!this.open));
    this.explanation = element('div', { class: 'legend-words', id: 'legend-words' },
      element('p', { text: key.lines.join(' ') }));
    this.credit = element('span', { text: ` ${key.credit}` });
    this.sizes = element('ul', { class: 'keys sizes' });
    const [swatches, ends] = this.scale(key.scale);
    this.largest = null;
    this.node.replaceChildren(
      element('h2', { class: 'need', text: key.need }), this.toggle,
      element('div', { class: 'scale' }, swatches, this.inNeed(key), ends),
      element('h2', { class: 'lack', text: key.lack }), this.sizes,
      element('ul', { class: 'keys marks' }, ...this.marks(key, has)),
      this.explanation, element('p', { class: 'source' }, key.source, this.credit));
    this.set(this.open);
  }

  // Which deciles count, under the scale: a bracket as wide as they are.
  inNeed({ in_need: n, scale }) {
    if (!n) return '';
    const bracket = element('span', { class: 'bracket', style: `width:${(100 * n) / scale.entries.length}%` });
    return element('p', { class: 'in-need' }, bracket, 'in need');
  }

  size({ sizes, full, unit }, largest) {
    this.largest = largest;
    this.sizes.replaceChildren(...sizes.map((amount) => {
      const r = radius(amount, full, largest);
      const side = 2 * Math.ceil(r + 1);
      const disc = svg('circle', { class: 'disc', cx: side / 2, cy: side / 2, r });
      const node = svg('svg', { width: side, height: side, 'aria-hidden': 'true', focusable: 'false' }, disc);
      return element('li', {}, node, element('span', { text: unit === '%' ? `${amount} %` : numbers.format(amount) }));
    }));
  }

  marks({ gap, quiet, unsure, no_figure: noFigure }, { kinds, missing, proposals, sites, closed }) {
    const line = (drawn, text) => element('li', {}, drawn, text);
    const disc = (style, word) => element('span', { class: `symbol ring ${style}`, 'aria-hidden': 'true', text: word });
    return [
      ...(gap ? [line(disc('top', '1'), gap)] : []),
      ...(quiet ? [line(disc('quiet', ''), quiet)] : []),
      ...(unsure ? [line(disc('unsure', ''), unsure)] : []),
      ...kinds.map((kind) => line(symbol(kind), capital(kind))),
      ...(closed ? [line(crossed(closed), 'Closed in this plan')] : []),
      ...(proposals ? [line(square(''), 'Proposed')] : []),
      ...(sites ? [line(square('A'), 'Best sites, best first')] : []),
      ...(missing ? [line(element('span', { class: 'symbol hatched' }), noFigure)] : [])
    ];
  }
}

function square(letter) {
  const node = drawing(24, letter ? SQUARE : SQUARE + PLUS);
  if (letter) node.append(element('span', { class: 'letter', text: letter }));
  return node;
}

function crossed(kind) {
  const node = symbol(kind);
  node.classList.add('shut');
  node.append(drawing(24, CROSS));
  return node;
}

class Gaps extends Atlas {
  constructor(box, map, shell) {
    super(box, map, shell);
    box.classList.add('gaps');
    this.legend.node.remove();
    this.legend = new GapLegend(box);
    this.circles = new Circles(map, {
      onEnter: (i, where) => this.enter(i, where),
      onLeave: (i) => this.leave(i),
      onSelect: (i) => this.select(`area:${this.paths[i].feature.properties.code}`)
    });
    this.extra = L.layerGroup().addTo(map); // proposals, sites and what is closed
    this.putting = new Putting(this);
    map.on('zoomend', () => { if (this.circlesFrom) this.drawCircles(); });
  }

  // A number alone would read as a rank.
  get clustering() { return { before: '×' }; }

  // For the button, for numbers beside their circles, and for the scale.
  get room() {
    return { paddingTopLeft: [14, this.map.getSize().x > 480 ? 14 : 50], paddingBottomRight: [20, 30] };
  }

  update(state) {
    this.putting.done();
    super.update({ ...state, lit: null, near: null });
    this.putting.say(state.plan);
  }

  drawAreas(file) {
    this.lacking = new Set(this.state.why.flatMap(([, positions]) => positions));
    if (this.circlesFrom !== this.state.areas) this.circles.load(this.state.centres);
    this.circlesFrom = this.state.areas;
    this.pattern(this.state.legend.scale.entries);
    super.drawAreas(file);
    const [reason, positions] = this.state.why[0] || ['', []];
    if (positions.length === this.paths.length) this.notes.show('no-gaps', reason);
    else this.notes.clear('no-gaps');
    this.drawExtra();
    this.drawCircles();
  }

  drawPlaces(file) {
    super.drawPlaces(file);
    this.drawExtra();
    if (this.circlesFrom) this.drawCircles();
  }

  drawCircles() {
    const { amounts, ranks, numbered, unsure, legend } = this.drawn;
    const symbols = this.places.shown.map((marker) => (this.places.clusters.getVisibleParent(marker) || marker).getLatLng());
    const others = [...symbols, ...this.extra.getLayers().map((marker) => marker.getLatLng())];
    this.circles.show({ amounts, ranks, numbered, unsure, full: legend.full, others });
    this.box.dataset.circlesDrawn = this.circles.layer.getLayers().length;
    this.box.dataset.ranksDrawn = this.circles.written.getLayers().length;
    this.showLegend();
  }

  // The key names what is on the map now, and its circles are as large as the map's.
  showLegend() {
    const { legend, proposals, sites, closed, why, kinds } = this.state;
    const has = {
      kinds: KINDS.filter((kind) => kinds.includes(kind)), missing: this.state.classes.includes(null) || why.length > 0,
      proposals: proposals.length > 0, sites: sites.length > 0, closed: closed.length && (this.kindOf(closed[0]) || KINDS[0])
    };
    this.legend.show(legend, has, this.circlesFrom ? this.circles.largest() : null);
  }

  kindOf(position) {
    const marker = this.places.markers[position];
    return marker && marker.told.kind;
  }

  drawExtra() {
    const { proposals, sites, closed, places } = this.state;
    const words = JSON.stringify([proposals, sites, closed, places, this.placesFrom]);
    if (words === this.extraFrom) return;
    this.extraFrom = words;
    const shut = closed.map((position) => this.places.markers[position]).filter(Boolean);
    this.extra.clearLayers();
    shut.forEach((marker) => this.spot(crossed(marker.told.kind), `${marker.told.name}, closed in this plan`, marker.home, 0));
    proposals.forEach(([name, lon, lat]) => this.spot(square(''), name, [lat, lon], 1));
    sites.forEach(([name, lon, lat], i) => this.spot(square(LETTERS[i]), `${LETTERS[i]}: ${name}`, [lat, lon], 2));
    Object.assign(this.box.dataset, {
      closedDrawn: shut.length, proposalsDrawn: proposals.length, sitesDrawn: sites.length
    });
  }

  spot(html, label, where, order) {
    const icon = new NamedIcon({ className: 'place spot', html, iconSize: [28, 28], label });
    const marker = L.marker(where, { icon, keyboard: false, riseOnHover: true, zIndexOffset: 1000 + 100 * order });
    const tell = () => this.hover(label, [], marker.getLatLng());
    marker.on({ mouseover: tell, click: tell, mouseout: () => this.hover() }).addTo(this.extra);
    marker.getElement().setAttribute('role', 'img');
  }

  style(i) {
    const { legend, classes } = this.drawn;
    const entry = legend.scale.entries[classes[i]];
    const fill = entry && this.lacking.has(i) ? `url(#no-lack-${classes[i]})` : entry && entry.colour;
    return { ...LINE, fillColor: fill || 'url(#no-figure)', fillOpacity: 1 };
  }

  // Hatching that keeps the shade beneath: need is known there, lack is not.
  pattern(entries) {
    const defs = this.box.querySelector('.patterns defs');
    defs.querySelectorAll('.no-lack').forEach((each) => each.remove());
    defs.append(...entries.map(({ colour, ink }, i) => svg('pattern', {
      id: `no-lack-${i}`, class: 'no-lack', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'
    }, svg('rect', { width: 7, height: 7, fill: colour }), svg('rect', { width: 2, height: 7, fill: ink, opacity: 0.55 }))));
  }

  enter(i, where) {
    this.paths[i].setStyle(OVER).bringToFront();
    this.hover(this.paths[i].feature.properties.name, this.figures(i), where);
  }

  leave(i) {
    this.paths[i].setStyle(this.style(i));
    this.hover();
  }

  figures(i) {
    const { legend, classes, amounts, people, ranks, unsure, why } = this.drawn;
    const lines = [classes[i] === null ? legend.no_figure : `Decile ${classes[i] + 1}, 1 is most deprived`];
    const reason = why.find(([, positions]) => positions.includes(i));
    if (reason) return [...lines, reason[0]];
    if (amounts[i] === null) return lines;
    lines.push(people.length
      ? `${numbers.format(amounts[i])} of ${numbers.format(people[i])} ${legend.far}` : `${numbers.format(amounts[i])} % of ${legend.far}`);
    const [rank, low, high] = ranks[i] || [];
    const range = low === high ? '' : `, ${low} to ${high} by other reasonable choices`;
    lines.push(rank ? `Gap: rank ${rank} of ${ranks.length}${range}` : 'No gap by these choices');
    if (unsure.includes(i)) lines.push('Check first: the record is thin');
    return lines;
  }
}
