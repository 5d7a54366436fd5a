/** The state or the result of a run, job or task: a shape, a colour and a word. */
import { html } from '../html.js';
import { text } from '../text.js';

const SHAPES = {
  Success: 'M2 8.5 6.5 13 14 4',
  PartialSuccess: 'M8 2v12M8 2a6 6 0 0 1 0 12',
  Error: 'M3 3l10 10M13 3 3 13',
  TimedOut: 'M3 2h10L3 14h10z',
  Skipped: 'M2 8h12',
  Cancelled: 'M3 3h10v10H3z',
  live: 'M8 2a6 6 0 1 0 6 6',
  waiting: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2',
};

/** Returns the name of the shape and colour of a run, job or task. */
export function kindOf({ state, result }) {
  if (state === 'Completed') {
    return result;
  }
  return state === 'Executing' ? 'live' : 'waiting';
}

/** Returns the word for the state, or for the result if it is completed. */
export function wordOf({ state, result }) {
  return state === 'Completed' ? (text.results[result] ?? result) : (text.states[state] ?? state);
}

/** The shape alone, for a place where the word stands beside it. */
export function Shape({ kind }) {
  return html`<svg class="shape ${kind}" viewBox="0 0 16 16" aria-hidden="true"><path d=${SHAPES[kind] ?? SHAPES.waiting} /></svg>`;
}

/** The path of a shape, for a drawing. */
export function shapePath(kind) {
  return SHAPES[kind] ?? SHAPES.waiting;
}

export function Mark({ of }) {
  const kind = kindOf(of);
  return html`<span class="mark ${kind}"><${Shape} kind=${kind} /> ${wordOf(of)}</span>`;
}
