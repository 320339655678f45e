/** Progress on a terminal: one task that listr2 redraws on stderr, with the status below its title. */
import { Listr, ListrLogger, ProcessOutput, type ListrDefaultRendererLogLevels } from 'listr2';
import type { ProgressView, Snapshot, StatusLine } from './view.ts';

/** Rates are taken over this time, so that they can be read. */
const windowSeconds = 2;

/** Draws until it is disposed of, and then leaves nothing. */
export function liveView<Followed extends Snapshot>(
  title: string,
  statusLine: StatusLine<Followed>,
): ProgressView<Followed> {
  const ended = Promise.withResolvers<void>();
  let wrapper: { title: string | undefined; output: string } = { title, output: '' };
  const task = {
    title,
    task: (_: unknown, given: typeof wrapper) => {
      wrapper = given;
      return ended.promise;
    },
  };
  const finished = new Listr([task], {
    // Signals are ours: one Ctrl-C must not end the process.
    registerSignalListeners: false,
    rendererOptions: {
      clearOutput: true,
      formatOutput: 'truncate',
      logger: stderrLogger(),
    },
  }).run();
  const recent: Followed[] = [];
  return {
    update(now) {
      while (recent.length > 1 && now.elapsedSeconds - recent[0]!.elapsedSeconds > windowSeconds)
        recent.shift();
      wrapper.output = statusLine(recent[0], now);
      recent.push(now);
    },
    note(line) {
      wrapper.title = `${line} · ${title}`;
    },
    async [Symbol.asyncDispose]() {
      ended.resolve();
      await finished;
    },
  };
}

/** stdout is data: whatever listr2 draws goes to stderr. */
const stderrLogger = (): ListrLogger<ListrDefaultRendererLogLevels> =>
  new ListrLogger<ListrDefaultRendererLogLevels>({
    useIcons: false,
    toStderr: [],
    processOutput: new ProcessOutput(process.stderr, process.stderr),
  });
