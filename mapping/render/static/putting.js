// The button that arms one click: where the reader clicks, the page puts a place.
// Joined with its sisters in one closure.

const CAN_HOVER = matchMedia('(hover: hover)').matches;
const DOUBLE_MS = 600; // the second click of an eager pair is no zoom

class Putting {
  constructor(atlas) {
    this.atlas = atlas;
    this.button = element('button', {
      type: 'button', class: 'put', 'aria-pressed': 'false',
      title: 'Then click on the map; or type a postcode in “What if” below'
    }, square(''), element('span', { text: 'Put a place here' }));
    this.button.addEventListener('click', (event) => (this.isArmed ? this.stop() : this.arm(event.detail === 0)));
    this.plan = element('p', { class: 'plan', role: 'status' });
    const bar = element('div', { class: 'put-bar' }, this.button, this.plan);
    L.DomEvent.disableClickPropagation(bar).disableScrollPropagation(bar);
    const control = L.control({ position: 'topright' });
    control.onAdd = () => bar;
    control.addTo(atlas.map);
    this.cross = element('div', { class: 'crosshair', 'aria-hidden': 'true', hidden: '' });
    atlas.map.getContainer().append(this.cross);
    this.listen(atlas.box, atlas.map.getContainer());
  }

  listen(box, view) {
    // Before Leaflet hears of it: a click on an area or a symbol is a click on the map now.
    box.addEventListener('click', (event) => {
      if (!this.isArmed || !view.contains(event.target) || event.target.closest('.leaflet-control, .note')) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      if (this.atlas.map.dragging.moved()) return;
      this.put(this.atlas.map.mouseEventToLatLng(event));
    }, true);
    box.addEventListener('dblclick', (event) => {
      if (event.timeStamp - this.putAt < DOUBLE_MS) event.stopImmediatePropagation();
    }, true);
    box.addEventListener('keydown', (event) => {
      if (!this.isArmed) return;
      const isPut = event.key === 'Enter' && event.target === view;
      if (!isPut && event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      event.preventDefault();
      if (isPut) this.put(this.atlas.map.getCenter());
      else this.stop();
      this.button.focus({ preventScroll: true });
    }, true);
  }

  arm(byKeyboard) {
    const how = CAN_HOVER ? 'Click where it should be; Esc to stop' : 'Tap where it should be; press the button again to stop';
    this.set(true, byKeyboard);
    this.atlas.map.closePopup();
    this.atlas.notes.show('putting', byKeyboard ? 'Arrow keys move the map, Enter puts it in the middle; Esc to stop' : how);
    if (byKeyboard) this.atlas.map.getContainer().focus({ preventScroll: true });
  }

  stop() {
    this.set(false, false);
    this.atlas.notes.clear('putting');
  }

  set(isArmed, hasCross) {
    this.isArmed = isArmed;
    this.cross.hidden = !hasCross;
    this.button.setAttribute('aria-pressed', String(isArmed));
    this.atlas.box.classList.toggle('armed', isArmed);
  }

  // The square stands there at once; the page answers with one of its own.
  put(where) {
    const { atlas } = this;
    this.stop();
    this.putAt = performance.now();
    this.waiting = L.marker(where, { keyboard: false, interactive: false, icon: L.divIcon({
      className: 'place spot waiting', html: square(''), iconSize: [28, 28]
    }) }).addTo(atlas.map);
    const selected = `point:${where.lat.toFixed(5)},${where.lng.toFixed(5)}`;
    if (window.Streamlit) window.Streamlit.setComponentValue({ selected, click: ++atlas.clicks });
  }

  done() {
    if (this.waiting) this.waiting.remove();
    this.waiting = null;
  }

  say(plan) {
    this.plan.textContent = plan;
    this.atlas.box.classList.toggle('planned', Boolean(plan));
  }
}
