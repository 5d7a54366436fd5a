/** The library of the views: components are functions that return the result of `html`. */
import { h } from './lib/preact.js';
import htm from './lib/htm.js';

export { Component, render } from './lib/preact.js';
export { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from './lib/hooks.js';

/** Renders a template. Values are inserted as text and as properties, never as markup. */
export const html = htm.bind(h);
