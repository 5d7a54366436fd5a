/** The durations and results of the last runs of a connection, as bars. */
import { duration, elapsed, moment } from '../format.js';
import { html } from '../html.js';
import { go, runPlace } from '../router.js';
import { text } from '../text.js';
import { kindOf, shapePath, wordOf } from './result.js';

const HEIGHT = 90;
const STEP = 24;

/** @param runs the newest first */
export function RunChart({ runs, now }) {
  const ordered = [...runs].reverse();
  const lengths = ordered.map(run => elapsed(run.startDateTime, run.endDateTime, now));
  const longest = Math.max(1, ...lengths);
  return html`
    <figure class="chart">
      <figcaption>${text.runs.history}</figcaption>
      <svg
        role="img"
        aria-label=${text.runs.historySummary(runs.length, duration(longest))}
        viewBox="0 0 ${Math.max(12, ordered.length) * STEP} ${HEIGHT + 24}"
        preserveAspectRatio="xMinYMax meet"
      >
        ${ordered.map((run, index) => {
          const height = Math.max(3, (lengths[index] / longest) * HEIGHT);
          const kind = kindOf(run);
          return html`
            <g class="chart-bar ${kind}" onClick=${() => go(runPlace(run.connectionId, run.id))}>
              <title>${`${moment(run.startDateTime)}, ${duration(lengths[index])}, ${wordOf(run)}`}</title>
              <rect class="column" x=${index * STEP} y="0" width=${STEP} height=${HEIGHT + 24} />
              <rect x=${index * STEP + 3} y=${HEIGHT - height} width=${STEP - 6} height=${height} rx="2" />
              <path class="shape ${kind}" d=${shapePath(kind)} transform="translate(${index * STEP + 4} ${HEIGHT + 5})" />
            </g>`;
        })}
      </svg>
    </figure>`;
}
