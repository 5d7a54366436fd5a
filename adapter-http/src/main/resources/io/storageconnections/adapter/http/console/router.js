/** The places of the console, which are in the fragment of its URL. */
import { observable } from './state.js';

/** The iModel that a connection belongs to is the first half of its id, a GUID in the byte order of .NET. */
export function iModelOf(connectionId) {
  const bytes = Array.from(
    atob(connectionId.replaceAll('-', '+').replaceAll('_', '/')),
    character => character.charCodeAt(0));
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map(index => bytes[index].toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

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
