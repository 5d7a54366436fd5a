/** The places of the console, which are in the fragment of its URL. */
import { observable } from './state.js';

export const home = [];
export const iModelPlace = id => ['imodels', id];
export const connectionPlace = id => ['connections', id];
export const runPlace = (connection, run) => ['connections', connection, 'runs', run];

/** Returns the place of a run from the URL that an answer of the API names. */
export function placeOfRun(url) {
  const [, connection, , run] = /\/([\w-]{43})\/(runs)\/([\w-]+)$/.exec(new URL(url, location.href).pathname);
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

/** Replaces the URL of the page, whose query is an answer of an issuer, by a place. */
export function returnTo(fragment) {
  history.replaceState(null, '', location.pathname + fragment);
  place.set(here());
}

export function go(target) {
  location.hash = link(target);
}
