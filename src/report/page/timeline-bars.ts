/**
 * Draws operations as bars in their lanes. Outcome is told by shape as well as colour: `ok` is a filled bar, `fail` an
 * outlined one, `info` a hatched one, left open at its end, for it may take effect at any later time.
 *
 * Where bars are narrower than a pixel they are summed up per pixel: how dark a pixel is says how much of it was busy,
 * and what failed or is unknown is drawn on top, so that it is never lost in the crowd.
 */
import type { Operations } from './operations.ts';
import type { Ground } from './timeline-draw.ts';
import { firstEndingAfter, gutter } from './timeline-geometry.ts';

export interface Emphasis {
  /** Operations of the chosen finding; the others recede while there are any. */
  readonly named: ReadonlySet<number>;
  readonly selected: number | undefined;
  /** In a drawing elsewhere on the page. */
  readonly pointed: readonly number[];
  readonly isShown: (place: number) => boolean;
}

const barWidthMin = 2.5;

export function drawBars(ground: Ground, operations: Operations, emphasis: Emphasis): void {
  const { pen, geometry: at } = ground;
  const style = barStyle(ground);
  pen.globalAlpha = emphasis.named.size > 0 ? 0.35 : 1;
  for (const [lane, places] of operations.byLane.entries()) {
    const top = at.lanesTop + lane * at.laneHeight + 1;
    drawLane(ground, operations, { places, top, style, isShown: emphasis.isShown });
  }
  pen.globalAlpha = 1;
  for (const place of emphasis.named) emphasise(ground, operations, style, place);
  for (const place of emphasis.pointed) frame(ground, operations, style, place);
  if (emphasis.selected !== undefined) frame(ground, operations, style, emphasis.selected);
  for (const place of emphasis.named) pointAt(ground, operations, place);
}

interface BarStyle {
  readonly height: number;
  readonly hatch: CanvasPattern | string;
}

function barStyle({ pen, theme, geometry: at }: Ground): BarStyle {
  const tile = document.createElement('canvas');
  tile.width = 5;
  tile.height = 5;
  const tilePen = tile.getContext('2d')!;
  tilePen.strokeStyle = theme.info;
  tilePen.lineWidth = 1.4;
  tilePen.beginPath();
  for (const shift of [-5, 0, 5]) {
    tilePen.moveTo(shift, 5);
    tilePen.lineTo(shift + 5, 0);
  }
  tilePen.stroke();
  return { height: at.laneHeight - 3, hatch: pen.createPattern(tile, 'repeat') ?? theme.info };
}

interface Lane {
  readonly places: readonly number[];
  readonly top: number;
  readonly style: BarStyle;
  readonly isShown: (place: number) => boolean;
}

function drawLane(ground: Ground, operations: Operations, lane: Lane): void {
  const { geometry: at } = ground;
  const busy = new Float32Array(Math.ceil(at.width) + 1);
  const rare: number[] = [];
  const first = firstEndingAfter(lane.places, operations.endUs, at.window.startUs);
  for (let i = first; i < lane.places.length; i++) {
    const place = lane.places[i]!;
    if (operations.callUs[place]! > at.window.endUs) break;
    if (!lane.isShown(place)) continue;
    const from = at.x(operations.callUs[place]!);
    const to = at.x(operations.endUs[place]!);
    if (operations.outcome[place] !== 0) rare.push(place);
    else if (to - from >= barWidthMin) drawBar(ground, operations, lane, place);
    else busy[Math.max(0, Math.floor(from))]! += Math.max(0.25, to - from);
  }
  drawBusy(ground, busy, lane);
  for (const place of rare) drawBar(ground, operations, lane, place);
}

/** Runs of pixels of about the same business, one rectangle each. */
function drawBusy({ pen, theme }: Ground, busy: Float32Array, { top, style }: Lane): void {
  const alpha = pen.globalAlpha;
  pen.fillStyle = theme.ok;
  const level = (x: number) => Math.ceil(Math.min(1, busy[x] ?? 0) * 4);
  for (let x = gutter; x < busy.length;) {
    const from = x;
    const shade = level(x);
    while (x < busy.length && level(x) === shade) x++;
    if (shade === 0) continue;
    pen.globalAlpha = alpha * (0.4 + 0.15 * shade);
    pen.fillRect(from, top, x - from, style.height);
  }
  pen.globalAlpha = alpha;
}

function drawBar(
  { pen, theme, geometry: at }: Ground,
  operations: Operations,
  { top, style }: Pick<Lane, 'top' | 'style'>,
  place: number,
): void {
  const from = Math.max(gutter - 4, at.x(operations.callUs[place]!));
  const to = Math.min(at.width + 4, at.x(operations.endUs[place]!));
  const width = Math.max(barWidthMin, to - from);
  switch (operations.outcome[place]!) {
    case 0:
      pen.fillStyle = theme.ok;
      pen.fillRect(from, top, Math.max(1, width - 0.5), style.height);
      break;
    case 1:
      pen.fillStyle = theme.surface;
      pen.fillRect(from, top, width, style.height);
      pen.strokeStyle = theme.fail;
      pen.lineWidth = 1.2;
      pen.strokeRect(from + 0.6, top + 0.6, width - 1.2, style.height - 1.2);
      break;
    default:
      drawUnknown({ pen, theme, geometry: at }, { from, top, width, style });
  }
  drawWords({ pen, theme, geometry: at }, operations, { from, top, width, style }, place);
}

interface Box {
  readonly from: number;
  readonly top: number;
  readonly width: number;
  readonly style: BarStyle;
}

/** Hatched, with an edge where it began and none where it ends. */
function drawUnknown({ pen, theme }: Ground, { from, top, width, style }: Box): void {
  pen.fillStyle = theme.surface;
  pen.fillRect(from, top, width, style.height);
  pen.fillStyle = style.hatch;
  pen.fillRect(from, top, width, style.height);
  pen.fillStyle = theme.info;
  pen.fillRect(from, top, 1.6, style.height);
}

/** What the operation says, where the bar is long and high enough to hold it. */
function drawWords(
  { pen, theme }: Ground,
  operations: Operations,
  { from, top, width, style }: Box,
  place: number,
): void {
  if (width < 46 || style.height < 11) return;
  const { text, outcome } = operations;
  const value = text(place, outcome[place] === 0 ? 'results' : 'inputs') || text(place, 'inputs');
  const words = `${text(place, 'functions')} ${value}`;
  const left = Math.max(from, gutter) + 4;
  const room = from + width - left - 4;
  if (pen.measureText(words).width > room) return;
  if (outcome[place] === 2) {
    pen.fillStyle = theme.surface;
    pen.fillRect(left - 2, top + 1, pen.measureText(words).width + 4, style.height - 2);
  }
  pen.fillStyle = outcome[place] === 0 ? theme.surface : theme.ink;
  pen.textAlign = 'left';
  pen.fillText(words, left, top + style.height / 2 + 0.5);
}

/** Drawn again at full strength, and framed. */
function emphasise(ground: Ground, operations: Operations, style: BarStyle, place: number): void {
  const { pen, theme, geometry: at } = ground;
  const top = at.lanesTop + operations.lane[place]! * at.laneHeight + 1;
  const from = at.x(operations.callUs[place]!);
  const to = at.x(operations.endUs[place]!);
  if (to < gutter || from > at.width) return;
  drawBar(ground, operations, { top, style }, place);
  pen.strokeStyle = theme.invalid;
  pen.lineWidth = 1.5;
  pen.strokeRect(from - 1, top - 1, Math.max(barWidthMin, to - from) + 2, style.height + 2);
}

/** A pointer above the bar that is seen at any zoom. */
function pointAt(
  { pen, theme, geometry: at }: Ground,
  operations: Operations,
  place: number,
): void {
  const x = at.x(operations.callUs[place]!);
  const top = at.lanesTop + operations.lane[place]! * at.laneHeight;
  pen.fillStyle = theme.invalid;
  pen.beginPath();
  pen.moveTo(x + 1, top);
  pen.lineTo(x - 3.5, top - 6);
  pen.lineTo(x + 5.5, top - 6);
  pen.fill();
}

function frame(ground: Ground, operations: Operations, style: BarStyle, place: number): void {
  const { pen, theme, geometry: at } = ground;
  const top = at.lanesTop + operations.lane[place]! * at.laneHeight + 1;
  const from = at.x(operations.callUs[place]!);
  const to = at.x(operations.endUs[place]!);
  drawBar(ground, operations, { top, style }, place);
  pen.strokeStyle = theme.surface;
  pen.lineWidth = 5;
  const box = [from - 2, top - 2, Math.max(barWidthMin, to - from) + 4, style.height + 4] as const;
  pen.strokeRect(...box);
  pen.strokeStyle = theme.accent;
  pen.lineWidth = 2.5;
  pen.strokeRect(...box);
}
