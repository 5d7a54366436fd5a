/** One run: its progress, its tasks over time, errors and output, live. */
import { send } from '../api.js';
import { duration, elapsed, moment } from '../format.js';
import { html, useEffect, useMemo, useRef, useState } from '../html.js';
import { withNames } from '../ids.js';
import { Breadcrumb } from '../parts/breadcrumb.js';
import { Action, announce, Pending, Refusal, Title } from '../parts/controls.js';
import { fileNames, ofSourceFiles } from '../parts/file-names.js';
import { useLiveRun } from '../parts/live-run.js';
import { Mark, wordOf } from '../parts/result.js';
import { hasBegun, Timeline } from '../parts/timeline.js';
import { goFromHere, placeOfRun } from '../router.js';
import { read, requests } from '../service.js';
import { useLoaded, useNow } from '../state.js';
import { text } from '../text.js';

/** So many tasks have details, the failed ones first, until the user asks for those of all. */
const TASKS_SHOWN = 50;

/** So many tasks with an error are open without a click. */
const ERRORS_OPENED = 3;

/** The output of a connector that is at work is read again after so many milliseconds. */
const OUTPUT_READ_MS = 3000;

/** The exit code of an error without a process. */
const NO_EXIT_CODE = 4294967295;

export function RunView({ connectionId, runId }) {
  const followed = useLiveRun(connectionId, runId);
  const files = useLoaded(signal => read.files(connectionId, signal).catch(() => []), [connectionId]);
  // The run can be shown without the name of its connection.
  const connection = useLoaded(signal => read.connection(connectionId, signal).catch(() => null), [connectionId]);
  const [wanted, setWanted] = useState(null);
  const run = followed.value;
  const names = useMemo(() => fileNames(ofSourceFiles(files.value ?? [])), [files.value]);
  useAnnouncedEnd(run);
  const above = html`<${Breadcrumb} connection=${connection.value} isBelow />`;
  if (!run) {
    return html`${above}<${Title} name=${text.run.title} /><${Pending} loaded=${followed} />`;
  }
  const nameOf = task => names(task.storageFileId);
  return html`
    ${above}
    <${Title} name=${text.run.named(wordOf(run), connection.value?.displayName)}>${text.run.title} <${Mark} of=${run} /></${Title}>
    ${followed.error && html`<${Pending} loaded=${followed} />`}
    <${Actions} run=${run} onChanged=${followed.reload} />
    <${Facts} run=${run} names=${names} />
    ${run.error && html`<p class="notice error">${run.error.description}</p>`}
    <section aria-labelledby="timeline">
      <h2 id="timeline">${text.run.timeline}</h2>
      <${Timeline} run=${run} nameOf=${nameOf} onTask=${task => setWanted({ id: task.id })} />
    </section>
    <${Details} run=${run} nameOf=${nameOf} wanted=${wanted} />`;
}

/** Tells users of screen readers once that a run which they watch is completed. */
function useAnnouncedEnd(run) {
  const wasLive = useRef(false);
  useEffect(() => {
    if (run && run.state !== 'Completed') {
      wasLive.current = true;
    } else if (run && wasLive.current) {
      wasLive.current = false;
      announce(text.run.completed(wordOf(run)));
    }
  }, [run?.state]);
}

function Actions({ run, onChanged }) {
  const live = run.state !== 'Completed';
  const cancel = async () => {
    await send(requests.cancelRun(run.connectionId, run.id));
    announce(text.runs.cancelled);
    onChanged();
  };
  const retry = async () => {
    const goNow = goFromHere();
    const { status, location } = await send(requests.retryRun(run.connectionId, run.id));
    announce(status === 303 ? text.runs.alreadyRunning : text.runs.started);
    goNow(placeOfRun(location));
  };
  return html`
    <div class="toolbar">
      ${live && html`
        <${Action} label=${text.runs.cancel} kind="danger" act=${cancel}
          request=${requests.cancelRun(run.connectionId, run.id)} />`}
      ${!live && run.result !== 'Success' && html`
        <${Action} label=${text.runs.retry} kind="primary" act=${retry}
          request=${requests.retryRun(run.connectionId, run.id)} />`}
    </div>`;
}

function Facts({ run, names }) {
  const { tasksTotal, tasksCompleted, tasksFailed, attempt, node, waitingFor } = run._progress;
  const live = run.state !== 'Completed';
  const now = useNow(live);
  const facts = [
    [text.run.startedAt, moment(run.startDateTime)],
    [text.run.duration, duration(elapsed(run.startDateTime, run.endDateTime, now))],
    [text.run.attempt, attempt > 0 && attempt],
    [text.run.node, node],
    [text.run.waitsFor, waitingFor && withNames(waitingFor, names)],
  ];
  return html`
    <div class="progress">
      <label for="progress">${text.run.progress(tasksCompleted, tasksTotal)}${live
        ? tasksFailed > 0 && html`, <strong class="failed">${text.run.failed(tasksFailed)}</strong>`
        : results(run)}</label>
      <progress id="progress" max=${tasksTotal} value=${tasksCompleted}></progress>
    </div>
    <dl class="facts">
      ${facts.filter(([, value]) => value).map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
    </dl>`;
}

/** Returns how many tasks of a completed run have each result; nothing if all have succeeded. */
function results(run) {
  const counts = new Map();
  for (const task of run.jobs.flatMap(job => job.tasks)) {
    counts.set(wordOf(task), (counts.get(wordOf(task)) ?? 0) + 1);
  }
  return run.result !== 'Success' && `: ${[...counts].map(([word, count]) => text.run.result(count, word)).join(', ')}`;
}

/** Tells whether a task has an error that a user may repair. A cancelled one has an error, too. */
function hasFailed({ error, result }) {
  return Boolean(error) && result !== 'Cancelled';
}

/** @param wanted `{id}` of the task that the user wants to see, a new object for each wish */
function Details({ run, nameOf, wanted }) {
  const [all, setAll] = useState(false);
  const tasks = run.jobs.flatMap(job => job.tasks);
  const failed = tasks.filter(hasFailed);
  const opened = new Set(failed.slice(0, ERRORS_OPENED));
  const ordered = all ? tasks : [...failed, ...tasks.filter(task => !hasFailed(task))].slice(0, TASKS_SHOWN);
  const missing = wanted && !ordered.some(({ id }) => id === wanted.id) && tasks.find(({ id }) => id === wanted.id);
  return html`
    <section aria-labelledby="details">
      <h2 id="details">${text.run.details}</h2>
      ${(missing ? [...ordered, missing] : ordered).map(task => html`
        <${TaskDetails}
          key=${task.id}
          run=${run}
          task=${task}
          name=${nameOf(task)}
          isOpen=${opened.has(task)}
          wanted=${wanted?.id === task.id ? wanted : null}
        />`)}
      ${ordered.length < tasks.length &&
      html`<button type="button" onClick=${() => setAll(true)}>${text.run.showAll(tasks.length)}</button>`}
    </section>`;
}

function TaskDetails({ run, task, name, isOpen, wanted }) {
  const [open, setOpen] = useState(isOpen);
  const summary = useRef();
  useEffect(() => setOpen(before => before || isOpen), [isOpen]);
  useEffect(() => {
    if (wanted) {
      setOpen(true);
      summary.current.focus();
    }
  }, [wanted]);
  const report = task.details?.synchronizationReport;
  return html`
    <details class="task" open=${open} onToggle=${event => setOpen(event.target.open)}>
      <summary ref=${summary}><${Mark} of=${task} /> <bdi>${name}</bdi> <span class="hint">${hasBegun(run, task) && text.run.attempts(task.retryAttempts + 1)}</span></summary>
      ${hasFailed(task) && html`<${TaskError} error=${task.error} />`}
      ${task.error && !hasFailed(task) && html`<p>${task.error.description}</p>`}
      ${report && html`
        <p>${text.run.report(report.totalErrorsCount, report.totalWarningsCount, report.totalOtherIssuesCount)}</p>
        <p>${report.message}</p>
        ${report.suggestedAction && html`<p><strong>${text.run.suggested}:</strong> ${report.suggestedAction}</p>`}`}
      <p class="hint"><code class="long">${task.storageFileId}</code></p>
      ${open && html`<${Output} run=${run} task=${task} />`}
    </details>`;
}

function TaskError({ error }) {
  return html`
    <div class="notice error">
      <p><strong>${error.message}</strong> ${error.details}</p>
      <p><strong>${text.run.suggested}:</strong> ${error.description === error.message ? text.run.readOutput : error.description}
        ${error.canUserFix && html` ${text.run.fixable}`}</p>
      <p class="hint">
        <code>${error.descriptionKey}</code> ${' '}
        ${error.bridgeExitCode !== NO_EXIT_CODE && text.run.exitCode(error.bridgeExitCode)}
        ${error.kbArticleLink?.startsWith('https://') && html`
          ${' '}<a href=${error.kbArticleLink} target="_blank" rel="noreferrer">${text.run.article}</a>`}
      </p>
    </div>`;
}

/** The end of what the connector has printed; read again while it is at work. */
function Output({ run, task }) {
  const output = useLoaded(
    signal => read.output(run.connectionId, run.id, task.id, signal),
    [task.id, task.state, task.retryAttempts]);
  const isExecuting = task.state === 'Executing';
  useEffect(() => {
    if (isExecuting && !output.loading) {
      const timer = setTimeout(output.reload, OUTPUT_READ_MS);
      return () => clearTimeout(timer);
    }
  }, [isExecuting, output.loading]);
  if (output.error) {
    return html`<${Refusal} error=${output.error} />`;
  }
  if (output.value === undefined) {
    return null;
  }
  return html`
    <h3>${text.run.output}</h3>
    ${output.value === ''
      ? html`<p class="hint">${text.run.noOutput}</p>`
      : html`<pre class="output" tabindex="0" aria-label=${text.run.output}>${output.value}</pre>`}`;
}
