/**
 * Moving about in the timeline: drag, wheel, pinch and keys.
 *
 * The plain wheel zooms only while the timeline has the focus, so that scrolling past it does not get caught in it;
 * with Ctrl, which is also what a pinch sends, it always does.
 */
import type { TimeRange } from '../model.ts';
import type { Geometry } from './timeline-geometry.ts';
import { panned, zoomed } from './window.ts';

export interface TimelineInput {
  readonly geometry: () => Geometry;
  readonly show: (window: TimeRange) => void;
  readonly reset: () => void;
  readonly point: (x: number, y: number, event: PointerEvent) => void;
  readonly leave: () => void;
  readonly click: (x: number, y: number) => void;
  /** To the operation before or after the selected one. */
  readonly step: (by: -1 | 1) => void;
  readonly unselect: () => void;
}

/** Further than this, in pixels, a press is a drag and not a click. */
const dragMin = 4;

export function listen(canvas: HTMLCanvasElement, input: TimelineInput): void {
  canvas.addEventListener('wheel', (event) => onWheel(canvas, input, event), { passive: false });
  canvas.addEventListener('keydown', (event) => onKey(input, event));
  canvas.addEventListener('dblclick', (event) => zoomAt(input, 0.25, event.offsetX));
  canvas.addEventListener('pointerleave', input.leave);
  listenToDrags(canvas, input);
}

function listenToDrags(canvas: HTMLCanvasElement, input: TimelineInput): void {
  let press: { x: number; window: TimeRange; moved: boolean } | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    press = { x: event.offsetX, window: input.geometry().window, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (press === undefined) return input.point(event.offsetX, event.offsetY, event);
    const moved = event.offsetX - press.x;
    if (Math.abs(moved) < dragMin && !press.moved) return;
    press.moved = true;
    canvas.dataset['dragging'] = '';
    const at = input.geometry();
    input.leave();
    input.show(panned(press.window, at.us(0) - at.us(moved)));
  });
  const end = (event: PointerEvent) => {
    if (press !== undefined && !press.moved && event.type === 'pointerup')
      input.click(event.offsetX, event.offsetY);
    press = undefined;
    delete canvas.dataset['dragging'];
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
}

function onWheel(canvas: HTMLCanvasElement, input: TimelineInput, event: WheelEvent): void {
  const at = input.geometry();
  const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
    event.preventDefault();
    input.show(panned(at.window, at.us(sideways) - at.us(0)));
  } else if (event.ctrlKey || event.metaKey || document.activeElement === canvas) {
    event.preventDefault();
    zoomAt(input, Math.exp(Math.max(-120, Math.min(120, event.deltaY)) * 0.004), event.offsetX);
  }
}

function zoomAt(input: TimelineInput, factor: number, x: number): void {
  const at = input.geometry();
  input.show(zoomed(at.window, factor, at.us(x)));
}

function onKey(input: TimelineInput, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { window } = input.geometry();
  const middle = (window.startUs + window.endUs) / 2;
  const eighth = (window.endUs - window.startUs) / 8;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => input.show(panned(window, -eighth)),
    ArrowRight: () => input.show(panned(window, eighth)),
    '+': () => input.show(zoomed(window, 0.5, middle)),
    '=': () => input.show(zoomed(window, 0.5, middle)),
    '-': () => input.show(zoomed(window, 2, middle)),
    '0': input.reset,
    Home: input.reset,
    '[': () => input.step(-1),
    ']': () => input.step(1),
    Escape: input.unselect,
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
