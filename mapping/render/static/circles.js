// The circles of the map of gaps, and the numbers of the largest. Joined with its sisters in one closure.

const SMALLEST = 7; // pixels: what a large area's circle measures where areas are small on the map
const LARGEST = 17;
const DOT = 1.6; // a circle of few people is still seen
const ROOM = 0.5; // of the way to the next circle's middle: large neighbours touch
const NUMBER = 13; // pixels of the numbers' type
const SYMBOL_ROOM = 10;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  node.append(...children);
  return node;
}

function radius(amount, full, largest) {
  return Math.max(DOT, largest * Math.sqrt(amount / full));
}

// Whole dashes around a circle of radius `r`, at least five however small it is.
function dashes(r) {
  const around = 2 * Math.PI * r;
  const each = around / Math.max(5, Math.round(around / 6.6));
  return `${(0.6 * each).toFixed(2)} ${(0.4 * each).toFixed(2)}`;
}

class Circles {
  constructor(map, { onEnter, onLeave, onSelect }) {
    this.map = map;
    this.told = { onEnter, onLeave, onSelect };
    this.layer = L.layerGroup().addTo(map);
    this.written = L.layerGroup().addTo(map);
    this.marks = [];
    ['circles', 'numbers'].forEach((name, i) => {
      const pane = map.createPane(name);
      pane.style.zIndex = 430 + i;
      pane.setAttribute('aria-hidden', 'true'); // the tables below are its equal
    });
  }

  load(centres) {
    this.layer.clearLayers();
    this.marks = centres.map(([lon, lat], i) => this.mark(L.latLng(lat, lon), i));
    const points = this.marks.map(({ where }) => this.map.project(where, 0));
    const nearest = points.map((point) => Math.min(...points.filter((each) => each !== point)
      .map((each) => each.distanceTo(point)))).sort((one, other) => one - other);
    this.spacing = nearest[Math.floor(nearest.length / 3)];
  }

  mark(where, i) {
    const halo = svg('circle', { class: 'halo' });
    const disc = svg('circle', { class: 'disc' });
    const icon = L.divIcon({ className: 'gap', html: svg('svg', {}, halo, disc), iconSize: [0, 0] });
    const marker = L.marker(where, { icon, pane: 'circles', keyboard: false });
    marker.on({
      mouseover: () => this.told.onEnter(i, where),
      mouseout: () => this.told.onLeave(i),
      click: () => this.told.onSelect(i)
    });
    return { where, halo, disc, marker, r: 0 };
  }

  // How large the circle of a large area is at this zoom: as large as leaves room for the next.
  largest() {
    const room = ROOM * this.spacing * this.map.getZoomScale(this.map.getZoom(), 0);
    return Math.round(Math.min(LARGEST, Math.max(SMALLEST, room)));
  }

  // Draws the circles, largest gaps numbered; `others` are the positions of symbols that a number keeps clear of.
  show({ amounts, ranks, numbered, unsure, full, others }) {
    const words = new Map(numbered);
    const dashed = new Set(unsure);
    const largest = this.largest();
    this.marks.forEach((mark, i) => {
      mark.r = amounts[i] ? radius(amounts[i], full, largest) : 0;
      if (!mark.r) { mark.marker.remove(); return; }
      const width = words.has(i) && !dashed.has(i) ? 2.2 : 1.5;
      mark.halo.setAttribute('r', ranks[i] ? mark.r + 2.4 : 0); // a gap stands out
      mark.disc.setAttribute('r', mark.r);
      mark.disc.setAttribute('stroke-width', ranks[i] ? Math.min(width, Math.max(1, mark.r / 3)) : 1);
      mark.disc.classList.toggle('quiet', !ranks[i]);
      mark.disc.setAttribute('stroke-dasharray', dashed.has(i) ? dashes(mark.r) : 'none');
      this.layer.addLayer(mark.marker);
      // The small ones lie over the large, gaps over the rest, and what is numbered over all.
      mark.marker.setZIndexOffset(Math.round((words.has(i) ? 2e6 : ranks[i] ? 1e6 : 0) - 1e4 * mark.r));
    });
    this.write(numbered, others);
  }

  write(numbered, others) {
    this.written.clearLayers();
    const discs = this.marks.filter(({ r }) => r).map((mark) => ({ ...mark, at: this.map.latLngToLayerPoint(mark.where) }));
    const symbols = others.map((where) => this.map.latLngToLayerPoint(where));
    const boxes = [];
    numbered.forEach(([i, word]) => {
      const { where, r } = this.marks[i];
      if (!r) return;
      const half = (NUMBER * 0.58 * word.length) / 2; // of the text's width
      const best = this.place(this.map.latLngToLayerPoint(where), r, half, { symbols, boxes, discs });
      // Of a tie the next one says the same: it is left out where it would cover another number.
      if (best.covers && word.endsWith('=')) return;
      boxes.push({ ...best.at, half });
      const text = svg('text', {
        class: `number${best.isInside ? '' : ' beside'}`, 'font-size': NUMBER, x: best.x, y: best.y + NUMBER * 0.36
      });
      text.textContent = word;
      const icon = L.divIcon({ className: 'gap', html: svg('svg', {}, text), iconSize: [0, 0] });
      L.marker(where, { icon, pane: 'numbers', keyboard: false, interactive: false }).addTo(this.written);
    });
  }

  // Where a number stands: inside its circle if it fits, else beside it, where it hides and is hidden least.
  place(spot, r, half, { symbols, boxes, discs }) {
    const side = r + half + 4;
    const offsets = [[0, 0], [side, 0], [-side, 0], [0, -r - 9], [0, r + 9]];
    const tried = offsets.map(([x, y], order) => {
      const at = spot.add([x, y]);
      const under = symbols.filter((each) => Math.abs(each.x - at.x) < half + SYMBOL_ROOM && Math.abs(each.y - at.y) < 5 + SYMBOL_ROOM);
      const covered = boxes.filter((each) => Math.abs(each.x - at.x) < half + each.half && Math.abs(each.y - at.y) < NUMBER - 2);
      const over = order ? discs.filter((each) => !each.at.equals(spot) && each.at.distanceTo(at) < each.r + half) : [];
      const isTight = order === 0 && r < half + 2.5;
      const cost = order / 10 + 2 * isTight + 5 * under.length + 4 * covered.length + 0.5 * over.length;
      return { x, y, at, cost, isInside: order === 0, covers: covered.length > 0 };
    });
    return tried.reduce((best, each) => (each.cost < best.cost ? each : best));
  }
}
