// Clocks a change inside the page: from the click on an option to the change of what it leads to. Looks, before each
// frame is painted, whether the map's areas are all there. With no frame, the element is in the page itself.
([frame, changed]) => {
  const bench = { clicked: 0, took: null, frames: 0, blank: 0 };
  const inside = () => (frame ? document.querySelector(frame)?.contentDocument : document);
  const areas = () => inside()?.querySelectorAll('path.leaflet-interactive').length;
  const drawn = areas();
  const what = frame
    ? { attributes: true, attributeFilter: ['data-values-version'] }
    : { characterData: true, childList: true, subtree: true };
  window.bench = bench;
  document.addEventListener('click', () => Object.assign(bench, { clicked: performance.now(), took: null }), true);
  new MutationObserver(() => { bench.took ??= performance.now() - bench.clicked; })
    .observe(inside().querySelector(changed), what);
  const look = () => {
    bench.frames += 1;
    bench.blank += Number(areas() !== drawn);
    requestAnimationFrame(look);
  };
  look();
};
