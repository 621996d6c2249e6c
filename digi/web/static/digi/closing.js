// @ts-check
// The system's wish that what floats be closed: the way back of a phone. Knows no view.

/**
 * Until the answer is called, a wish to close runs `close`. Escape is for who asks to handle: not every browser has
 * close watchers (https://html.spec.whatwg.org/#close-requests-and-close-watchers).
 * @param {() => void} close
 * @returns {() => void}
 */
export function onCloseRequest(close) {
  const { CloseWatcher } = /** @type {any} */ (globalThis);
  if (!CloseWatcher) return () => {};
  const watcher = new CloseWatcher();
  watcher.onclose = close;
  return () => watcher.destroy();
}
