/** The runs of a connection: start one, and the history. */
import { send } from '../api.js';
import { duration, elapsed, moment } from '../format.js';
import { html, useEffect, useState } from '../html.js';
import { RunChart } from '../parts/chart.js';
import { Action, announce, Pending } from '../parts/controls.js';
import { Mark } from '../parts/result.js';
import { useLiveRun } from '../parts/live-run.js';
import { goFromHere, link, placeOfRun, runPlace } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded, useNow, useRepeated } from '../state.js';
import { text } from '../text.js';

const PAGE = 20;

const LISTED_AGAIN_MS = 10_000;

export function Runs({ connectionId }) {
  const [count, setCount] = useState(PAGE);
  const listed = useLoaded(signal => read.runs(connectionId, count, signal), [connectionId, count]);
  // Another client may start a run.
  useRepeated(() => listed.loading || listed.error || listed.reload(), LISTED_AGAIN_MS);
  const start = async () => {
    const goNow = goFromHere();
    const { status, location } = await send(requests.startRun(connectionId));
    announce(status === 303 ? text.runs.alreadyRunning : text.runs.started);
    goNow(placeOfRun(location));
  };
  return html`
    <section aria-labelledby="runs">
      <div class="head">
        <h2 id="runs">${text.runs.title}</h2>
        <${Action} label=${text.runs.run} kind="primary" request=${requests.startRun(connectionId)} act=${start} />
      </div>
      ${listed.value && !listed.error
        ? html`<${History} listed=${listed} onMore=${() => setCount(count + PAGE)} />`
        : html`<${Pending} loaded=${listed} />`}
    </section>`;
}

function History({ listed, onMore }) {
  const { runs, more } = listed.value;
  const live = runs.find(run => run.state !== 'Completed');
  const now = useNow(Boolean(live));
  const { columns } = text.runs;
  if (runs.length === 0) {
    return html`<p class="empty">${text.runs.none}</p>`;
  }
  return html`
    ${live && html`<${ReloadAtEnd} key=${live.id} run=${live} reload=${listed.reload} />`}
    <${RunChart} runs=${runs} now=${now} />
    <div class="scrolling" tabindex="0" role="group" aria-label=${text.runs.list}>
      <table>
        <thead><tr>
          <th scope="col">${columns.result}</th><th scope="col">${columns.started}</th>
          <th scope="col">${columns.duration}</th><th scope="col">${columns.files}</th>
        </tr></thead>
        <tbody>
          ${runs.map(run => html`
            <tr key=${run.id}>
              <td><a href=${link(runPlace(run.connectionId, run.id))}><${Mark} of=${run} /></a></td>
              <td>${moment(run.startDateTime)}</td>
              <td>${duration(elapsed(run.startDateTime, run.endDateTime, now))}</td>
              <td>${run._progress.tasksCompleted} / ${run._progress.tasksTotal}
                ${run._progress.tasksFailed > 0 && html`, <span class="failed">${text.run.failed(run._progress.tasksFailed)}</span>`}</td>
            </tr>`)}
        </tbody>
      </table>
    </div>
    ${more && html`<button type="button" onClick=${onMore}>${text.more}</button>`}`;
}

/** Follows a live run, and loads the list again when the run is completed. */
function ReloadAtEnd({ run, reload }) {
  const followed = useLiveRun(run.connectionId, run.id);
  useEffect(() => {
    if (followed.value?.state === 'Completed') {
      reload();
    }
  }, [followed.value?.state]);
  return null;
}
