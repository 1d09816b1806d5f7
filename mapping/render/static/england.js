// The map of England: districts in classes, and LSOAs where the map is close enough to show them.
// Joined with its sisters in one closure.

const CLOSE = 9; // the zoom from which LSOAs are larger than a few pixels
const MOST_LSOAS = 2500; // so many can be drawn and fetched without a wait
const PIN = { radius: 9, color: INK, weight: 1.5, fill: true, fillOpacity: 1, pane: 'pins' };
const EDGE = { ...LINE, color: '#a3a9b8', weight: 0.7 }; // parts the lightest class from the sea, and dark from dark
const BENEATH = { ...EDGE, fillColor: '#f1efe8', fillOpacity: 1 };
const NOTHING = { weight: 0, opacity: 0, fillOpacity: 0 };
const FEW = 12;
const SMALL = 24; // pixels: an outline would cover what is inside
const BESIDE = { x: 100, y: 20 }; // where a name would cover another dot
const LONDON = /^E09/;
const LONDON_NAME = 'London';

// The key: one line a class, its values and ranks beside its shade; and the deciles of what is close.
class ClassLegend extends Legend {
  show(legend, hasMissing, hasUnlit, close) {
    const words = JSON.stringify([legend, hasMissing, hasUnlit, close]);
    if (words === this.words) return;
    this.words = words;
    this.toggle = element('button', { type: 'button', class: 'legend-toggle', 'aria-controls': 'legend-words' });
    this.toggle.addEventListener('click', () => this.set(!this.open));
    const told = close ? [`${legend.lsoas.measure}.`, ...legend.lsoas.lines] : [legend.measure, ...legend.lines];
    this.explanation = element('div', { class: 'legend-words', id: 'legend-words' },
      ...told.map((text) => element('p', { text })));
    this.credit = element('span', { text: ` ${legend.credit}` });
    this.node.replaceChildren(
      element('h2', { text: close ? legend.lsoas.title : legend.title }), this.toggle,
      element('div', { class: 'scale' },
        ...(close ? this.scale(legend.lsoas) : [this.classes(legend)]), this.others(legend, hasMissing, hasUnlit, close)),
      this.explanation, element('p', { class: 'source' }, close ? legend.lsoas.source : legend.source, this.credit));
    this.set(this.open);
  }

  classes({ entries }) {
    return element('ol', { class: 'classes' }, ...entries.map(({ colour, values, ranks }, i) => element('li', {},
      element('span', { class: 'shade', style: `background:${colour}`, 'aria-hidden': 'true' }),
      element('span', { class: 'values', text: values }),
      element('span', { class: 'ranks', text: i === 0 && entries.length > 1 ? `${ranks}: most deprived` : ranks }))));
  }

  others(legend, hasMissing, hasUnlit, close) {
    const key = (style, text) => element('li', {}, element('span', { class: `symbol ${style}` }), text);
    const keys = [];
    if (hasMissing && !close) keys.push(key('hatched', legend.no_figure));
    if (hasUnlit && !close) keys.push(key('unlit', 'Not found by the search'));
    if (close && close.hasUnbuilt) keys.push(key('beneath', 'LSOAs not built here'));
    return keys.length ? element('ul', { class: 'keys' }, ...keys) : '';
  }
}

class England extends Atlas {
  constructor(box, map, shell) {
    super(box, map, shell);
    box.classList.add('england');
    this.legend.node.remove();
    this.legend = new ClassLegend(box);
    this.names = L.layerGroup().addTo(map);
    this.detail = new Detail(this);
    this.inset = new Inset(this, this.legend.node);
    const pane = map.createPane('pins');
    pane.style.zIndex = 410;
    pane.setAttribute('aria-hidden', 'true');
    this.pins = L.svg({ pane: 'pins', padding: 0.5 });
    map.setMinZoom(5);
    this.room = { paddingTopLeft: [14, 14], paddingBottomRight: [14, 46] }; // Scilly stands clear of the notes
    map.on('zoomend', () => { if (this.paths) { this.mark(); this.restyle(); this.drawChoice(); } });
  }

  update(state) {
    super.update({ ...state, ranks: state.classes, places: null, outlines: null, near: null });
  }

  drawPlaces() {}

  drawAreas(file) {
    super.drawAreas(file);
    this.follow();
    this.mark();
    this.detail.refresh();
    this.inset.draw(file);
    this.explain();
  }

  // A search that finds a few districts leads to them, and back when it is cleared.
  follow() {
    const { lit } = this.drawn;
    const found = String(lit);
    if (found === (this.followed || 'null')) return;
    this.followed = found;
    const bounds = lit && lit.length && lit.length <= FEW
      ? lit.reduce((all, i) => all.extend(this.paths[i].getBounds()), L.latLngBounds([])) : null;
    this.touched = Boolean(bounds); // a frame that is laid out again keeps to them
    if (bounds) this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: CLOSE - 0.5, animate: !this.calm });
    else this.fit(true);
  }

  explain() {
    const { legend, classes, lit } = this.drawn;
    this.legend.show(legend, classes.includes(null), lit !== null, this.detail.isOn() && { hasUnbuilt: this.detail.hasUnbuilt });
    this.inset.attach(!this.detail.isOn() && lit === null);
  }

  style(i) {
    if (this.detail.isOn()) return this.detail.hasDrawn(i) ? NOTHING : BENEATH;
    return this.isPinned() ? NOTHING : this.shade(i);
  }

  shade(i) {
    const { legend, classes } = this.drawn;
    const entry = legend.entries[classes[i]];
    if (this.lit && !this.lit.has(i)) return { ...UNLIT, ...EDGE };
    return { ...EDGE, fillColor: entry ? entry.colour : 'url(#no-figure)', fillOpacity: 1 };
  }

  isPinned() {
    return this.drawn.is_named && this.map.getZoom() < CLOSE;
  }

  restyle() {
    this.paths.forEach((path, i) => path.setStyle(this.style(i)));
    this.over.clearLayers();
    const drawn = this.paths.filter((path, i) => this.detail.hasDrawn(i)).map((path) => path.feature);
    OUTLINES.forEach((style) => L.geoJSON(drawn, { ...this.lineOptions, style }).addTo(this.over));
    this.explain();
  }

  figures(i) {
    const { legend, told } = this.drawn;
    const [value, rank] = told[i];
    if (!value) return [legend.no_figure];
    return [`${legend.figure}: ${value}`, ...(rank ? [`Rank ${rank}, 1 is most deprived`] : [])];
  }

  // Where few districts are held, each has its name, and a dot while its shape is too small to see.
  mark() {
    this.names.clearLayers();
    if (!this.paths || !this.drawn.is_named) return;
    const centres = this.paths.map((path) => path.getBounds().getCenter());
    const points = centres.map((centre) => this.map.latLngToContainerPoint(centre));
    const isCovered = (i) => points.some(({ x, y }) => x > points[i].x && x - points[i].x < BESIDE.x
      && Math.abs(y - points[i].y) < BESIDE.y);
    this.paths.forEach((path, i) => {
      const { name } = path.feature.properties;
      const where = centres[i];
      const pin = this.isPinned() && L.circleMarker(where, { ...this.shade(i), ...PIN, renderer: this.pins });
      if (pin) this.listenTo(pin.addTo(this.names), i);
      // At the right edge a name stands above its dot, else beside it, where no other is.
      const above = points[i].x > 0.75 * this.map.getSize().x;
      const gap = pin ? 10 : 0;
      const beside = isCovered(i) ? ['left', [-gap, 0]] : ['right', [gap, 0]];
      const [direction, offset] = above ? ['top', [0, -6]] : beside;
      L.tooltip({ permanent: true, direction, offset, className: 'named', interactive: false })
        .setLatLng(where).setContent(element('span', { text: name })).addTo(this.names);
    });
  }

  drawChoice() {
    super.drawChoice();
    const chosen = this.paths && this.paths.find((path) => `area:${path.feature.properties.code}` === this.state.selected);
    this.inset.paint();
    if (!chosen || !(this.isPinned() || this.isSmall(chosen))) return;
    this.ring.clearLayers();
    this.line((style) => L.circleMarker(chosen.getBounds().getCenter(), { ...style, radius: 14 }));
  }

  isSmall(path) {
    const bounds = path.getBounds();
    const { x, y } = this.map.latLngToLayerPoint(bounds.getSouthEast())
      .subtract(this.map.latLngToLayerPoint(bounds.getNorthWest()));
    return Math.max(x, y) < SMALL;
  }

  listenTo(pin, i) {
    const { code, name } = this.paths[i].feature.properties;
    pin.on({
      mouseover: (event) => this.hover(name, this.figures(i), event.latlng),
      mouseout: () => this.hover(),
      click: () => this.select(`area:${code}`)
    });
  }
}

// LSOAs of the councils in view: fetched when the map is close, dropped again when out of view.
class Detail {
  constructor(atlas) {
    this.atlas = atlas;
    this.layers = new Map();
    this.hasUnbuilt = false;
    const pane = atlas.map.createPane('detail');
    pane.style.zIndex = 260;
    pane.setAttribute('aria-hidden', 'true');
    this.renderer = L.svg({ pane: 'detail', padding: 0.2 });
    atlas.map.on('moveend', () => this.refresh());
  }

  isOn() {
    return this.layers.size > 0;
  }

  hasDrawn(i) {
    const { councils, values } = this.atlas.drawn.detail;
    return this.layers.has(`${values}${councils[i]}`);
  }

  // By council, the figures' address and the shapes': none unless all that is in view can be drawn at once.
  wanted() {
    const { drawn, paths, map } = this.atlas;
    const { detail } = drawn;
    const view = map.getBounds();
    const seen = paths.map((path, i) => i).filter((i) => view.intersects(paths[i].getBounds()));
    const built = seen.filter((i) => detail.councils[i]);
    const n = built.reduce((sum, i) => sum + detail.sizes[i], 0);
    this.hasUnbuilt = built.length < seen.length;
    if (map.getZoom() < CLOSE || n > MOST_LSOAS) return new Map();
    return new Map(built.map((i) => detail.councils[i]).map((code) => [
      `${detail.values}${code}`, { shapes: `${detail.areas}${code}.json`, values: `${detail.values}${code}.json` }
    ]));
  }

  refresh() {
    if (!this.atlas.drawn) return;
    const wanted = this.wanted();
    const wasOn = this.isOn();
    for (const [key, layer] of this.layers) {
      if (!wanted.has(key)) this.drop(key, layer);
    }
    for (const [key, council] of wanted) if (!this.layers.has(key)) this.load(key, council);
    this.tell(wasOn);
  }

  drop(key, { shown, addresses }) {
    shown.remove();
    this.layers.delete(key);
    addresses.forEach((address) => this.atlas.files.delete(address)); // the browser's own store may keep them
  }

  async load(key, { shapes, values }) {
    try {
      const [file, figures] = await Promise.all([this.atlas.fetched(shapes), this.atlas.fetched(values)]);
      if (this.layers.has(key) || !this.wanted().has(key)) return; // the reader has moved on
      const wasOn = this.isOn();
      this.layers.set(key, { shown: this.layer(file, figures).addTo(this.atlas.map), addresses: [shapes, values] });
      this.tell(wasOn);
      this.atlas.notes.clear('no-detail');
    } catch (error) {
      this.atlas.notes.show('no-detail', 'The LSOAs could not be loaded.', () => this.refresh());
      console.error(error);
    }
  }

  layer(file, { n, figures }) {
    const { atlas } = this;
    const entries = atlas.drawn.legend.lsoas.entries;
    const style = ({ properties: { code } }) => {
      const entry = figures[code] && entries[figures[code][1] - 1];
      return { ...LINE, weight: 0.6, fillColor: entry ? entry.colour : 'url(#no-figure)', fillOpacity: 1 };
    };
    return L.geoJSON(file, {
      renderer: this.renderer, pane: 'detail', style,
      onEachFeature: (feature, path) => {
        const [rank, decile, district] = figures[feature.properties.code] || [];
        const told = rank
          ? [`Decile ${decile}`, `Rank ${numbers.format(rank)} of ${numbers.format(n)} LSOAs`, '1 is most deprived']
          : ['No figure'];
        path.on({
          mouseover: (event) => {
            path.setStyle(OVER).bringToFront();
            atlas.hover(feature.properties.name, told, event.latlng);
          },
          mousemove: (event) => atlas.tip.setLatLng(event.latlng),
          mouseout: () => { path.setStyle(style(feature)); atlas.hover(); },
          click: () => { if (district) atlas.select(`area:${district}`); }
        });
      }
    });
  }

  tell(wasOn) {
    const { box } = this.atlas;
    box.dataset.detailDrawn = [...this.layers.values()].reduce((n, { shown }) => n + shown.getLayers().length, 0);
    if (wasOn || this.isOn()) this.atlas.restyle();
  }
}

// London's boroughs are too small on a map of England: they are drawn once more, larger, in a corner.
class Inset {
  constructor(atlas, below) {
    this.atlas = atlas;
    this.below = below;
  }

  draw(file) {
    const { atlas } = this;
    if (this.from !== file) {
      this.from = file;
      this.clear();
      const inside = file.features.map((each) => LONDON.test(each.properties.code));
      if (inside.filter(Boolean).length < 20) return;
      this.open(file, inside);
    }
    this.paint();
  }

  paint() {
    if (this.layer) this.layer.eachLayer((path) => this.style(path));
  }

  style(path) {
    const { atlas } = this;
    const isChosen = atlas.state.selected === `area:${path.feature.properties.code}`;
    path.setStyle(isChosen ? { ...atlas.shade(path.position), ...OVER } : atlas.shade(path.position));
    if (isChosen) path.bringToFront();
  }

  // The name and value of what the pointer is on, where the inset has its own name.
  tell(i) {
    const { code, name } = this.from.features[i].properties;
    const [value] = this.atlas.drawn.told[i];
    this.title.textContent = `${name || code}: ${value || this.atlas.drawn.legend.no_figure}`;
  }

  open(file, inside) {
    const { atlas } = this;
    this.view = element('div', { class: 'inset-map', 'aria-hidden': 'true' });
    this.title = element('p', { text: LONDON_NAME });
    this.node = element('div', { class: 'inset' }, this.title, this.view);
    this.attach();
    const still = ['dragging', 'scrollWheelZoom', 'doubleClickZoom', 'boxZoom', 'keyboard', 'touchZoom', 'tap',
      'zoomControl', 'attributionControl'];
    this.map = L.map(this.view, { zoomSnap: 0.05, ...Object.fromEntries(still.map((each) => [each, false])) });
    this.layer = L.geoJSON({ ...file, features: file.features.filter((_, i) => inside[i]) }, {
      onEachFeature: (feature, path) => {
        path.position = file.features.indexOf(feature);
        path.on({
          mouseover: () => { path.setStyle(OVER).bringToFront(); this.tell(path.position); },
          mouseout: () => { this.paint(); this.title.textContent = LONDON_NAME; },
          click: () => atlas.select(`area:${feature.properties.code}`)
        });
      }
    }).addTo(this.map);
    this.map.fitBounds(this.layer.getBounds(), { animate: false, padding: [4, 4] });
  }

  attach(isOpen = true) {
    if (!this.node) return;
    this.below.append(this.node);
    this.node.hidden = !isOpen;
  }

  clear() {
    if (this.map) this.map.remove();
    if (this.node) this.node.remove();
    this.map = this.node = this.layer = null;
  }
}
