// Places: symbols, clusters, popups. Joined with its sisters in one closure.

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December'];
const INK = '#14161f';
const CLUSTER_RADIUS = 28; // pixels: only symbols that would touch are gathered

// An icon whose element has an accessible name: Leaflet gives div icons none.
const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const node = L.DivIcon.prototype.createIcon.call(this, old);
    node.setAttribute('aria-label', this.options.label);
    return node;
  }
});

function count(n, [one, many]) {
  return `${n} ${n === 1 ? one : many}`;
}

function date(text) { // 2022-11-22, 2022-11 or 2022
  const [year, month, day] = text.split('-');
  return [day && String(Number(day)), month && MONTHS[month - 1], year].filter(Boolean).join(' ');
}

function placeIcon(told) {
  return new NamedIcon({
    className: 'place', html: symbol(told.kind), iconSize: [28, 28], label: `${told.name}, ${told.kind}`
  });
}

function clusterIcon(cluster, before) {
  const kinds = cluster.getAllChildMarkers().map((marker) => marker.told.kind);
  const held = KINDS.filter((kind) => kinds.includes(kind));
  const named = held.map((kind) => count(kinds.filter((each) => each === kind).length, PLURALS[kind]));
  const badge = drawing(32, CLUSTERS[held.length > 1 ? 'both' : held[0]]);
  badge.append(element('span', { class: 'n', text: before + kinds.length }));
  return new NamedIcon({
    className: 'place cluster', html: badge, iconSize: [32, 32],
    label: `${kinds.length} places here, press Enter to open: ${named.join(', ')}`
  });
}

function popupContent(told) {
  const when = date(told.source_date);
  const rows = [told.address, `Source: ${told.source}${told.source.includes(when) ? '' : `, ${when}`}`];
  if (told.status === 'closed') rows.unshift('Closed, by its source');
  if (told.status === 'unknown') rows.unshift('Not in later editions of its source: may have closed');
  const node = element('div', { class: 'told', tabindex: '-1' },
    element('h2', { text: told.name, dir: 'auto' }),
    element('p', { class: 'kind' }, symbol(told.kind), `${capital(told.kind)}: ${told.category}`),
    ...rows.filter(Boolean).map((text) => element('p', { text, dir: 'auto' })));
  if (told.website && /^https?:\/\//i.test(told.website)) {
    node.append(element('p', {}, element('a', {
      href: told.website, target: '_blank', rel: 'noopener noreferrer', text: 'Website (opens in a new tab)'
    })));
  }
  return node;
}

class Places {
  // `before` is written before a cluster's number.
  constructor(map, { onSelect, onHover, animate, before = '' }) {
    this.map = map;
    this.onSelect = onSelect;
    this.onHover = onHover;
    this.markers = [];
    this.shown = [];
    this.popup = L.popup({
      minWidth: 200, offset: [0, -6],
      autoPanPaddingTopLeft: [54, 12], autoPanPaddingBottomRight: [12, 12] // clear of the buttons
    });
    this.clusters = L.markerClusterGroup({
      maxClusterRadius: CLUSTER_RADIUS, showCoverageOnHover: false, spiderfyDistanceMultiplier: 1.5,
      spiderLegPolylineOptions: { color: INK, weight: 1.2, opacity: 0.7 },
      iconCreateFunction: (cluster) => clusterIcon(cluster, before), animate
    }).addTo(map);
    this.chosen = L.layerGroup().addTo(map);
    this.clusters.on('clusterclick', (event) => { this.byKeyboard = event.originalEvent.detail === 0; });
    this.clusters.on('spiderfied', (event) => { if (this.byKeyboard) event.markers[0].getElement().focus(); });
    map.on('popupclose', () => { this.opened = null; });
  }

  load(features) {
    this.close();
    this.clusters.clearLayers();
    this.words = null;
    this.markers = features.map(({ properties, geometry: { coordinates: [lon, lat] } }) => {
      const marker = L.marker([lat, lon], { icon: placeIcon(properties), riseOnHover: true });
      marker.told = properties;
      marker.home = marker.getLatLng(); // a marker opened out of a cluster stands elsewhere
      marker.on('click', (event) => this.open(marker, event));
      marker.on('mouseover', (event) => this.onHover(properties.name, capital(properties.category), event.latlng));
      marker.on('mouseout', () => this.onHover());
      return marker;
    });
  }

  show(positions) {
    const words = positions.join();
    if (words === this.words) return;
    this.words = words;
    this.shown = positions.map((position) => this.markers[position]);
    if (this.opened && !this.shown.includes(this.opened)) this.close();
    this.clusters.clearLayers();
    this.clusters.addLayers(this.shown);
  }

  // The chosen place is drawn once more, ringed and above the rest, so that no cluster hides it.
  choose(id) {
    this.chosen.clearLayers();
    const marker = this.shown.find((each) => each.told.place_id === id);
    if (!marker) return null;
    const icon = L.divIcon({ className: 'place chosen', html: symbol(marker.told.kind), iconSize: [44, 44] });
    L.marker(marker.home, { icon, interactive: false, keyboard: false, zIndexOffset: 2000 }).addTo(this.chosen);
    return marker.home;
  }

  open(marker, event) {
    const content = popupContent(marker.told);
    this.popup.options.maxWidth = Math.min(290, this.map.getSize().x - 100);
    this.popup.setContent(content).setLatLng(marker.getLatLng()).openOn(this.map);
    this.opened = marker;
    const box = this.popup.getElement();
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', marker.told.name);
    if (event.originalEvent.detail === 0) content.focus({ preventScroll: true }); // opened by a key
    this.onSelect(`place:${marker.told.place_id}`);
  }

  close() {
    this.map.closePopup(this.popup);
  }

  // Closes the popup for a reader at the keyboard: the focus goes back to its symbol.
  leave() {
    const marker = this.opened;
    if (!marker) return;
    this.close();
    (marker.getElement() || this.map.getContainer()).focus({ preventScroll: true });
  }
}
