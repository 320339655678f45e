/** The timeline: what every client did and when, under which faults; zoomed and panned by pointer, wheel and keys. */
import type { Report } from '../model.ts';
import { chooseOperation, describe, eventsOf, passes } from './context.ts';
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { duration, moment } from './format.ts';
import { currentTheme, onThemeChange } from './theme.ts';
import { drawBars } from './timeline-bars.ts';
import { clipped, drawEvidence, drawGround } from './timeline-draw.ts';
import { geometry, hitAt } from './timeline-geometry.ts';
import type { Geometry, Hit } from './timeline-geometry.ts';
import { listen } from './timeline-input.ts';
import { within, zoomed } from './window.ts';

export function timeline(context: Context): HTMLElement {
  const { store, report } = context;
  const canvas = el('canvas', {
    class: 'timeline',
    tabindex: 0,
    role: 'img',
    'aria-label':
      'Timeline of operations by client, under the faults in force. The same operations are in the table below.',
    'aria-describedby': 'timeline-keys',
  });
  const show = (window: Geometry['window']) => store.set({ window: within(window, report.range) });
  const reset = () => show(report.range);
  const zoomBy = (factor: number) => () => {
    const { window } = store.get();
    show(zoomed(window, factor, (window.startUs + window.endUs) / 2));
  };
  const draw = drawer(context, canvas);
  let pending = false;
  const redraw = () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      draw();
    });
  };
  store.follow(redraw);
  onThemeChange(redraw);
  new ResizeObserver(redraw).observe(canvas);
  listenTo(context, canvas, { show, reset });
  return el(
    'div',
    { class: 'timeline-box' },
    el(
      'div',
      { class: 'timeline-tools' },
      el(
        'p',
        { class: 'hint', id: 'timeline-keys' },
        'Drag to move · scroll to zoom, after a click or with Ctrl · keys ← → + − 0, and [ ] for the client’s operation before and after',
      ),
      el('button', { type: 'button', 'aria-label': 'Zoom in', click: zoomBy(0.5) }, '+'),
      el('button', { type: 'button', 'aria-label': 'Zoom out', click: zoomBy(2) }, '−'),
      el('button', { type: 'button', click: reset }, 'Whole run'),
    ),
    canvas,
  );
}

/** Current geometry: it depends on the window and on how wide the canvas is laid out. */
const geometryOf = ({ report, store }: Context, canvas: HTMLCanvasElement): Geometry =>
  geometry(report, store.get().window, canvas.clientWidth);

function drawer(context: Context, canvas: HTMLCanvasElement): () => void {
  const { report, operations, store } = context;
  return () => {
    const at = geometryOf(context, canvas);
    const scale = devicePixelRatio;
    canvas.style.height = `${at.height}px`;
    canvas.width = Math.round(at.width * scale);
    canvas.height = Math.round(at.height * scale);
    const pen = canvas.getContext('2d')!;
    pen.scale(scale, scale);
    const ground = { pen, theme: currentTheme(), geometry: at };
    drawGround(ground, report);
    const { finding, operation, pointed, filter } = store.get();
    const named = new Set(finding === undefined ? [] : report.findings[finding]!.operations);
    const isShown = (place: number) => passes(context, filter, place);
    clipped(ground, () => {
      drawBars(ground, operations, { named, selected: operation, pointed, isShown });
      drawEvidence(ground, eventsOf(report, finding));
    });
  };
}

interface Moves {
  readonly show: (window: Geometry['window']) => void;
  readonly reset: () => void;
}

function listenTo(context: Context, canvas: HTMLCanvasElement, { show, reset }: Moves): void {
  const { report, operations, store, tooltip } = context;
  const hit = (x: number, y: number): Hit | undefined => {
    const isShown = (place: number) => passes(context, store.get().filter, place);
    const at = geometryOf(context, canvas);
    return hitAt({ report, operations, geometry: at, isShown }, x, y);
  };
  listen(canvas, {
    geometry: () => geometryOf(context, canvas),
    show,
    reset,
    leave: tooltip.hide,
    point(x, y, event) {
      const at = hit(x, y);
      canvas.toggleAttribute('data-hit', at?.kind === 'operation');
      if (at === undefined) tooltip.hide();
      else tooltip.show(tell(context, at), event.clientX, event.clientY);
    },
    click(x, y) {
      const at = hit(x, y);
      if (at?.kind === 'operation') chooseOperation(context, at.place);
      else if (at === undefined) store.set({ operation: undefined });
    },
    step(by) {
      const { operation } = store.get();
      const lane = operations.byLane[operations.lane[operation ?? 0] ?? 0] ?? [];
      const next = operation === undefined ? lane[0] : lane[lane.indexOf(operation) + by];
      if (next !== undefined) chooseOperation(context, next);
    },
    unselect: () => store.set({ operation: undefined }),
  });
}

function tell(context: Context, hit: Hit): string[] {
  const { report } = context;
  if (hit.kind === 'operation') return describe(context, hit.place);
  if (hit.kind === 'fault') return tellFault(report.faults[hit.place]!);
  const mark = report.marks[hit.place]!;
  return [`${mark.node}: ${mark.event}`, mark.says, `at ${moment(mark.timeUs)}`];
}

const tellFault = (fault: Report['faults'][number]): string[] => [
  `${fault.family}: ${fault.label}`,
  fault.outcome,
  `${moment(fault.startUs)} to ${moment(fault.endUs)} · ${duration(fault.endUs - fault.startUs)}`,
];
