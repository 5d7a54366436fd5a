/** The places of the console, which are in the fragment of its URL. */
import { observable } from './state.js';

export const home = [];
export const iModelPlace = id => ['imodels', id];
export const connectionPlace = id => ['connections', id];
export const runPlace = (connection, run) => ['connections', connection, 'runs', run];

/** Returns the place of a run from its URL in an answer of the API. */
export function placeOfRun(url) {
  const [connection, , run] = new URL(url, location.href).pathname.split('/').slice(-3);
  return runPlace(connection, run);
}

export function link(place) {
  return `#/${place.map(encodeURIComponent).join('/')}`;
}

function here() {
  return location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map(part => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

/** The place that the page shows. */
export const place = observable(here());

addEventListener('hashchange', () => place.set(here()));

/** Tells whether the page shows a place. */
export function isHere(target) {
  return link(place.get()) === link(target);
}

/** Replaces the URL of the page, whose query is an answer of an issuer, by a place. */
export function returnTo(fragment) {
  history.replaceState(null, '', location.pathname + fragment);
  place.set(here());
}

export function go(target) {
  location.hash = link(target);
}

/**
 * Returns a function that goes to a target, but only if the user has not gone elsewhere meanwhile:
 * an answer that takes long does not take the user away.
 */
export function goFromHere() {
  const from = place.get();
  return target => place.get() === from && go(target);
}
