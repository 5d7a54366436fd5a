/** The jobs and tasks of a run as bars over time. */
import { duration, elapsed } from '../format.js';
import { html, useState } from '../html.js';
import { useNow } from '../state.js';
import { text } from '../text.js';
import { Mark, Shape, kindOf, wordOf } from './result.js';

/** A job with more tasks shows the first ones, until the user asks for all. */
const TASKS_SHOWN = 50;

/**
 * @param nameOf returns the name of a task's file
 * @param onTask is told of the task whose details the user wants to see
 */
export function Timeline({ run, nameOf, onTask }) {
  // The bars of live tasks end at the present time.
  const now = useNow(run.state !== 'Completed');
  const scale = {
    from: Date.parse(run.startDateTime),
    length: Math.max(1, elapsed(run.startDateTime, run.endDateTime, now)),
  };
  return html`
    <div class="timeline">
      <div class="axis" aria-hidden="true">
        ${[0, 0.25, 0.5, 0.75, 1].map(part => html`<span>${duration(scale.length * part)}</span>`)}
      </div>
      ${run.jobs.map(job => html`<${Job} key=${job.id} run=${run} job=${job} scale=${scale} now=${now} nameOf=${nameOf} onTask=${onTask} />`)}
    </div>`;
}

function Job({ run, job, scale, now, nameOf, onTask }) {
  const [all, setAll] = useState(false);
  const shown = all ? job.tasks : job.tasks.slice(0, TASKS_SHOWN);
  return html`
    <section aria-label=${text.run.job(job.connectorType, job.tasks.length)}>
      <h3><${Mark} of=${job} /> ${text.run.job(job.connectorType, job.tasks.length)}</h3>
      <ul>
        ${shown.map(task => html`
          <li key=${task.id}>
            <button type="button" class="quiet bar-label" title=${nameOf(task)} onClick=${() => onTask(task)}><bdi>${nameOf(task)}</bdi></button>
            <${Bar} run=${run} task=${task} scale=${scale} now=${now} />
          </li>`)}
      </ul>
      ${shown.length < job.tasks.length &&
      html`<button type="button" onClick=${() => setAll(true)}>${text.run.showAll(job.tasks.length)}</button>`}
    </section>`;
}

/** Tells whether an attempt at a task has begun. Until then, its start is that of the run. */
export function hasBegun(run, task) {
  return task.startDateTime !== run.startDateTime;
}

function Bar({ run, task, scale, now }) {
  const kind = kindOf(task);
  const waits = !hasBegun(run, task);
  const from = Date.parse(task.startDateTime) - scale.from;
  const length = waits ? 0 : elapsed(task.startDateTime, task.endDateTime, now);
  const percent = value => `${Math.min(100, Math.max(0, (value / scale.length) * 100))}%`;
  const words = [wordOf(task)];
  if (!waits) {
    words.push(duration(length), text.run.attempts(task.retryAttempts + 1));
  }
  return html`
    <span class="track">
      ${!waits && html`<span class="bar ${kind}" style=${{ left: percent(from), width: percent(length) }}></span>`}
      <span class="bar-words"><${Shape} kind=${kind} /> ${words.join(', ')}</span>
    </span>`;
}
