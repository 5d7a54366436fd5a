/** Follows a run until it is completed. */
import { read } from '../service.js';
import { delay, useLoaded } from '../state.js';

const WAIT_MIN_SECONDS = 1;
const WAIT_MAX_SECONDS = 8;

/**
 * Reads a run again and again: the server answers each request when the run is completed, or after
 * some seconds, which become more while nothing changes. An outage of the server delays it.
 */
export function useLiveRun(connectionId, runId) {
  return useLoaded(
    async (signal, _, show) => {
      let { run } = await read.run(connectionId, runId, 0, signal);
      let seconds = WAIT_MIN_SECONDS;
      while (run.state !== 'Completed') {
        show(run);
        const answer = await read.run(connectionId, runId, seconds, signal);
        if (!answer.waited && answer.run.state !== 'Completed') {
          await delay(seconds * 1000, signal);
        }
        const same = JSON.stringify(answer.run) === JSON.stringify(run);
        seconds = same ? Math.min(seconds * 2, WAIT_MAX_SECONDS) : WAIT_MIN_SECONDS;
        run = answer.run;
      }
      return run;
    },
    [connectionId, runId]);
}
