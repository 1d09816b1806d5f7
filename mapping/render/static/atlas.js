// The map: its shell, the areas and what is chosen. Joined with its sisters in one closure.
//
// `CommonsAtlas.create` runs once in a frame; `update` runs whenever the page's view changes and
// draws only what is different. Shapes are fetched by address and kept; a change of measure
// restyles the paths that are there.

const ENGLAND = [[49.9, -6.4], [55.8, 1.8]];
const LINE = { color: '#ffffff', weight: 0.8, opacity: 0.9 };
const OVER = { color: INK, weight: 2.2, opacity: 1 };
const UNLIT = { ...LINE, color: '#8b90a3', fillColor: '#ffffff', fillOpacity: 0.35 };
const OUTLINES = [
  { color: '#ffffff', weight: 2.6, opacity: 0.55, fill: false },
  { color: '#2a1f3d', weight: 1.1, opacity: 0.75, fill: false }
];
const CENTRE = { radius: 5, color: '#ffffff', weight: 2, fill: true, fillColor: INK, fillOpacity: 1 };
const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

class Atlas {
  // `files` are those that a page holds already; `onSelect` is told what is chosen where no Streamlit is.
  constructor(box, map, { tiles, files = [], onSelect }) {
    this.map = map;
    this.box = box;
    this.tiles = tiles;
    this.files = new Map(files);
    this.onSelect = onSelect;
    this.clicks = 0;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.box.append(hatching());
    this.shapes = map.createPane('shapes');
    this.shapes.setAttribute('aria-hidden', 'true'); // the tables below are its equal
    map.createPane('lines').style.pointerEvents = 'none';
    this.lineOptions = {
      renderer: L.svg({ pane: 'lines', padding: 0.5 }), pane: 'lines', interactive: false, fill: false, opacity: 1
    };
    this.over = L.layerGroup().addTo(map); // ward outlines
    this.ring = L.layerGroup().addTo(map); // near, and the chosen area
    this.tip = L.tooltip({ className: 'tip', direction: 'top', offset: [0, -10], opacity: 1 });
    this.notes = new Notes(map.getContainer());
    this.strip = new Strip(box);
    this.legend = new Legend(box);
    this.places = new Places(map, {
      ...this.clustering, animate: !this.calm,
      onSelect: (id) => this.select(id),
      onHover: (name, text, where) => this.hover(name, text && [text], where)
    });
    map.attributionControl.setPrefix(false);
    map.zoomControl.getContainer().append(this.fitButton());
    L.control.scale({ position: 'bottomright', imperial: false, maxWidth: 120 }).addTo(map);
    this.listen();
  }

  get clustering() { return {}; }

  listen() {
    this.box.addEventListener('keydown', (event) => {
      const closes = event.key === 'Enter' && event.target.matches('.leaflet-popup-close-button');
      if (closes || event.key === 'Escape') {
        event.preventDefault();
        this.places.leave();
      }
      const place = event.target.closest('.place');
      if (place && (event.key === 'Enter' || event.key === ' ')) {
        event.preventDefault();
        place.click();
      }
    });
    // A frame cannot be led elsewhere: links open beside the page.
    this.box.addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="http"]');
      if (link) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' });
    }, true);
    this.map.on('movestart', () => this.hover());
    // The wheel moves the page until the reader has taken hold of the map.
    this.map.on('focus click', () => this.map.scrollWheelZoom.enable());
    this.box.addEventListener('mouseleave', () => this.map.scrollWheelZoom.disable());
    for (const touch of ['pointerdown', 'wheel', 'keydown']) {
      this.map.getContainer().addEventListener(touch, () => { this.touched = true; }, { passive: true });
    }
    // A frame may be laid out late or turned: fit again until the reader has moved the map.
    new ResizeObserver(() => {
      this.map.invalidateSize({ animate: false, pan: false });
      if (!this.touched) this.fit(false);
    }).observe(this.map.getContainer());
  }

  update(state) {
    const first = !this.state;
    const moved = first || String(state.bounds) !== String(this.state.bounds);
    this.state = state;
    this.showLegend();
    if (moved) {
      this.touched = false;
      this.fit(!first);
    }
    this.draw('areas', state.areas, (file) => this.drawAreas(file));
    this.draw('outlines', state.outlines, (file) => this.drawOutlines(file));
    this.draw('places', state.places, (file) => this.drawPlaces(file));
    this.drawChoice();
  }

  showLegend() {
    const { legend, ranks, lit, unlit } = this.state;
    this.legend.show(legend, ranks.includes(null), lit !== null && unlit);
  }

  // Fetches a file once, then draws it, unless the view has gone on to another meanwhile.
  async draw(name, address, drawn) {
    if (name === 'areas' && address !== this.areasFrom) this.notes.show('loading', 'Loading areas…');
    try {
      const file = address ? await this.fetched(address) : null;
      if (this.state[name] !== address) return;
      this.notes.clear(`no-${name}`);
      drawn(file);
    } catch (error) {
      if (this.state[name] !== address) return;
      this.notes.clear('loading');
      this.notes.show(`no-${name}`, `The ${name} could not be loaded.`, () => this.draw(name, address, drawn));
      console.error(error);
    }
  }

  fetched(address) {
    if (!this.files.has(address)) {
      const file = fetch(`../../${address}`).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return answer.json();
      });
      file.catch(() => this.files.delete(address)); // so that a second try is a second request
      this.files.set(address, file);
    }
    return this.files.get(address);
  }

  drawAreas(file) {
    const { state, map } = this;
    if (file.features.length !== state.ranks.length) throw new Error('Areas and figures do not match');
    if (this.areasFrom !== state.areas) {
      if (this.areas) this.areas.remove();
      this.paths = [];
      this.areas = L.geoJSON(file, {
        renderer: L.svg({ pane: 'shapes', padding: 0.5 }), pane: 'shapes',
        onEachFeature: (feature, path) => this.addArea(path, this.paths.push(path) - 1)
      }).addTo(map);
      this.areasFrom = state.areas;
    }
    this.drawn = state; // what the paths show: `this.state` may already want another file
    this.lit = state.lit && new Set(state.lit);
    this.paths.forEach((path, i) => path.setStyle(this.style(i)));
    this.notes.clear('loading');
    this.box.dataset.areasDrawn = this.paths.length;
    this.box.dataset.valuesVersion = Number(this.box.dataset.valuesVersion || 0) + 1;
    this.drawChoice();
  }

  style(i) {
    const { legend, classes } = this.drawn;
    const entry = legend.entries[classes[i]];
    if (this.lit && !this.lit.has(i)) return UNLIT;
    return { ...LINE, fillColor: entry ? entry.colour : 'url(#no-figure)', fillOpacity: 1 };
  }

  addArea(path, i) {
    path.on({
      mouseover: (event) => {
        path.setStyle(OVER).bringToFront();
        this.hover(path.feature.properties.name, this.figures(i), event.latlng);
      },
      mousemove: (event) => this.tip.setLatLng(event.latlng),
      mouseout: () => { path.setStyle(this.style(i)); this.hover(); },
      click: () => this.select(`area:${path.feature.properties.code}`)
    });
  }

  figures(i) {
    const { legend, ranks, deciles } = this.drawn;
    if (ranks[i] === null) return [legend.no_figure];
    return [
      `Decile ${deciles[i]}`,
      `${legend.figure} ${numbers.format(ranks[i])} of ${numbers.format(legend.n_lsoas)}`,
      '1 is most deprived'
    ];
  }

  drawOutlines(file) {
    if (this.outlinesFrom === this.state.outlines) return;
    this.outlinesFrom = this.state.outlines;
    this.over.clearLayers();
    if (file) OUTLINES.forEach((style) => L.geoJSON(file, { ...this.lineOptions, style }).addTo(this.over));
  }

  drawPlaces(file) {
    if (this.placesFrom !== this.state.places) this.places.load(file.features);
    this.placesFrom = this.state.places;
    this.places.show(this.state.shown);
    this.box.dataset.placesDrawn = this.state.shown.length;
    this.drawChoice();
  }

  // What is near and what is chosen; the map moves only if the newly chosen is out of sight.
  drawChoice() {
    const { near, selected } = this.state;
    const [kind, key] = selected.split(/:(.*)/s);
    this.ring.clearLayers();
    if (near) {
      const centre = [near.lat, near.lon];
      L.circleMarker(centre, { ...this.lineOptions, ...CENTRE }).addTo(this.ring);
      this.line((style) => L.circle(centre, { ...style, radius: near.radius_m }), '5 5');
    }
    const pathOf = (code) => (this.paths || []).find((path) => path.feature.properties.code === code);
    const area = kind === 'area' && pathOf(key);
    for (const path of new Set([...(this.state.ringed || []).map(pathOf), area])) {
      if (path) this.line((style) => L.geoJSON(path.feature, { ...style, style }));
    }
    const place = this.places.choose(kind === 'place' ? key : null);
    this.strip.show(this.state.said);
    const target = area ? area.getBounds() : place && L.latLngBounds([place, place]);
    if (!selected) this.seen = '';
    if (!target || this.seen === selected) return;
    this.seen = selected;
    if (!this.map.getBounds().intersects(target)) this.map.panTo(target.getCenter(), { animate: !this.calm });
  }

  line(shape, dashArray) {
    shape({ ...this.lineOptions, color: '#ffffff', weight: 6 }).addTo(this.ring);
    shape({ ...this.lineOptions, color: INK, weight: 3, dashArray }).addTo(this.ring);
  }

  select(id) {
    this.seen = id; // already in sight
    this.state = { ...this.state, selected: id, said: [] };
    this.drawChoice();
    // `click` makes each answer new to Streamlit, also a second click on the same thing.
    if (window.Streamlit) window.Streamlit.setComponentValue({ selected: id, click: ++this.clicks });
    if (this.onSelect) this.onSelect(id);
  }

  hover(name, lines, where) {
    if (!name) { this.map.closeTooltip(this.tip); return; }
    const content = element('div', {}, element('strong', { text: name, dir: 'auto' }),
      ...lines.map((text) => element('div', { text, dir: 'auto' })));
    this.tip.setContent(content).setLatLng(where);
    this.map.openTooltip(this.tip);
  }

  addTiles({ url, ...options }) {
    const layer = L.tileLayer(url, { ...options, maxZoom: 19, referrerPolicy: 'strict-origin-when-cross-origin' });
    layer.on('tileerror', () => this.notes.show('no-tiles', 'Base map not available; all else is shown'));
    layer.on('tileload', () => this.notes.clear('no-tiles'));
    layer.addTo(this.map);
  }

  fitButton() {
    const label = 'Show the whole area';
    const button = element('a', { class: 'fit', href: '#fit', role: 'button', title: label, 'aria-label': label });
    button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true">'
      + '<path d="M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4"/></svg>';
    L.DomEvent.disableClickPropagation(button).on(button, 'click', (event) => {
      event.preventDefault();
      this.fit(true);
    });
    return button;
  }

  fit(animate) {
    if (!this.state || !this.map.getSize().x) return;
    const [west, south, east, north] = this.state.bounds;
    this.map.fitBounds([[south, west], [north, east]], { padding: [14, 14], ...this.room, animate: animate && !this.calm });
    // Only now: tiles of the view before the first fit would be fetched in vain.
    if (this.tiles) this.addTiles(this.tiles);
    this.tiles = null;
  }
}

// The pattern of areas without a figure; SVG paths of this document may name it.
function hatching() {
  const node = element('div', { class: 'patterns', 'aria-hidden': 'true' });
  node.innerHTML = '<svg width="0" height="0"><defs><pattern id="no-figure" width="7" height="7" '
    + 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>'
    + '<rect width="2" height="7" fill="#8b90a3"/></pattern></defs></svg>';
  return node;
}

// The frame has no font of its own: it takes the page's, which the browser already holds.
function borrowFont() {
  try {
    const page = parent.document;
    const family = parent.getComputedStyle(page.body).fontFamily;
    const faces = [];
    for (const sheet of page.styleSheets) {
      const whole = (_, path) => `url("${new URL(path, sheet.href || page.baseURI)}")`;
      for (const { style, cssText } of sheet.cssRules) {
        if (cssText.startsWith('@font-face') && family.includes(style.fontFamily.replace(/["']/g, ''))) {
          faces.push(cssText.replace(/url\("?([^")]+)"?\)/g, whole));
        }
      }
    }
    document.head.append(element('style', { text: faces.join('\n') }));
    document.body.style.fontFamily = family;
  } catch (error) {
    console.debug('The page lends no font', error); // another origin holds the page
  }
}

window.CommonsAtlas = {
  create(id, shell) {
    const box = document.getElementById(id);
    const view = element('div', { class: 'view', role: 'region', 'aria-label': shell.label });
    box.classList.add('atlas');
    box.classList.toggle('still', Boolean(shell.still));
    box.append(view);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const map = L.map(view, {
      minZoom: 6, maxZoom: 18, zoomSnap: 0.1, scrollWheelZoom: false,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm
    }).fitBounds(ENGLAND, { animate: false });
    borrowFont();
    map.atlas = new ({ atlas: Atlas, england: England, gaps: Gaps })[shell.kind](box, map, shell);
    return map;
  },

  update(map, state) {
    map.atlas.update(state);
  }
};
