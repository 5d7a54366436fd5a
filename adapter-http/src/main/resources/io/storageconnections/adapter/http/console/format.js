/** Times and durations as people read them. */
import { text } from './text.js';

const MOMENT = new Intl.DateTimeFormat(text.locale, { dateStyle: 'medium', timeStyle: 'medium' });

const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map(unit =>
  new Intl.NumberFormat(text.locale, { style: 'unit', unit, maximumFractionDigits: 1 }));

export function moment(iso) {
  return MOMENT.format(new Date(iso));
}

/** Returns the milliseconds between two times in the form of the API; until `now` if the second is absent. */
export function elapsed(from, to, now = Date.now()) {
  return Math.max(0, (to ? Date.parse(to) : now) - Date.parse(from));
}

export function duration(milliseconds) {
  const { units } = text;
  if (milliseconds < 1000) {
    return units.milliseconds(Math.round(milliseconds));
  }
  const seconds = milliseconds / 1000;
  if (seconds < 60) {
    return units.seconds(seconds.toFixed(seconds < 10 ? 1 : 0));
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? units.minutes(minutes, Math.floor(seconds % 60))
    : units.hours(Math.floor(minutes / 60), minutes % 60);
}

/**
 * Returns a sentence without the characters that change the direction of the text after them. A
 * sentence may contain a name with such characters, which would make the rest of it unreadable.
 */
export function oneDirection(sentence) {
  return String(sentence ?? '').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Returns a number of bytes in the largest unit of which there is at least one. */
export function size(bytes) {
  if (bytes < 1000) {
    return text.units.bytes(bytes);
  }
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), SIZES.length);
  return SIZES[power - 1].format(bytes / 1000 ** power);
}
