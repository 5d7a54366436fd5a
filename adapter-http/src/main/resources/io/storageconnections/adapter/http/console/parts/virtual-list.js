/** A table that renders only the rows that can be seen, so that thousands of rows stay fast. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '../html.js';

/** Rows above and below the visible ones, so that scrolling shows no gap. */
const MARGIN = 6;

/**
 * @param kind a class, whose style sheet has the widths of the columns
 * @param rows the values of all rows
 * @param rowHeight the height of each row in pixels
 * @param columns the headings
 * @param row returns the cells of a value: an array as long as `columns`
 * @param keyOf returns the identity of a value
 * @param onVisible is told of the values that have been visible for a moment
 */
export function VirtualList({ label, kind, rows, rowHeight, columns, row, keyOf, onVisible }) {
  const viewport = useRef();
  const [range, setRange] = useState({ first: 0, last: 20 });
  const measure = () => {
    const { scrollTop, clientHeight } = viewport.current;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN);
    const last = Math.ceil((scrollTop + clientHeight) / rowHeight) + MARGIN;
    setRange(before => (before.first === first && before.last === last ? before : { first, last }));
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(viewport.current);
    return () => observer.disconnect();
  }, [rowHeight, rows.length]);
  const visible = rows.slice(range.first, range.last);
  useEffect(() => {
    const timer = setTimeout(() => onVisible?.(visible), 120);
    return () => clearTimeout(timer);
  }, [range, rows]);
  const above = Math.min(range.first, rows.length) * rowHeight;
  const below = Math.max(0, rows.length - range.last) * rowHeight;
  return html`
    <div class="virtual ${kind}" role="table" aria-label=${label} aria-rowcount=${rows.length + 1}>
      <div role="rowgroup" class="virtual-head">
        <div role="row" aria-rowindex="1" class="virtual-row">
          ${columns.map(column => html`<span role="columnheader">${column}</span>`)}
        </div>
      </div>
      <div role="rowgroup" class="virtual-body" tabindex="0" aria-label=${label} ref=${viewport} onScroll=${measure}>
        <div role="presentation" style=${{ height: `${above}px` }}></div>
        ${visible.map((value, index) => html`
          <div
            role="row"
            class="virtual-row"
            key=${keyOf(value)}
            aria-rowindex=${range.first + index + 2}
            style=${{ height: `${rowHeight}px` }}
          >${row(value).map(cell => html`<span role="cell">${cell}</span>`)}</div>`)}
        <div role="presentation" style=${{ height: `${below}px` }}></div>
      </div>
    </div>`;
}
