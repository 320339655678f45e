/** Draws the timeline's ground: time axis, phases, fault bands, what nodes said, lanes and their names. */
import type { Mark, Report } from '../model.ts';
import { moment, ticks } from './format.ts';
import type { Theme } from './theme.ts';
import { gutter } from './timeline-geometry.ts';
import type { Geometry } from './timeline-geometry.ts';

export interface Ground {
  readonly pen: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly geometry: Geometry;
}

export function drawGround(ground: Ground, report: Report): void {
  const { pen, theme, geometry: at } = ground;
  pen.clearRect(0, 0, at.width, at.height);
  pen.font = `11px ${theme.font}`;
  pen.textBaseline = 'middle';
  drawLanes(ground, report);
  clipped(ground, () => {
    drawFaultBands(ground, report);
    drawAxis(ground);
    drawPhases(ground, report);
    drawFaultLabels(ground, report);
    drawMarks(ground, report);
  });
  drawRowNames(ground);
}

/** Draws with everything left of the gutter's edge protected. */
export function clipped({ pen, geometry: at }: Ground, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(gutter, 0, at.width - gutter, at.height);
  pen.clip();
  draw();
  pen.restore();
}

function drawLanes({ pen, theme, geometry: at }: Ground, report: Report): void {
  pen.textAlign = 'right';
  const labelled = Math.ceil(12 / at.laneHeight);
  for (const [lane, { processes }] of report.lanes.entries()) {
    const top = at.lanesTop + lane * at.laneHeight;
    pen.fillStyle = theme.line;
    pen.fillRect(gutter, top + at.laneHeight - 0.5, at.width - gutter, 0.5);
    if (lane % labelled !== 0) continue;
    pen.fillStyle = theme.muted;
    const more = processes.length > 1 ? ' …' : '';
    pen.fillText(`client ${processes[0] ?? ''}${more}`, gutter - 8, top + at.laneHeight / 2);
  }
}

function drawRowNames({ pen, theme, geometry: at }: Ground): void {
  pen.textAlign = 'right';
  pen.fillStyle = theme.muted;
  const name = (text: string, top: number) =>
    pen.fillText(fitted(pen, text, gutter - 12), gutter - 8, top + at.rowHeight / 2);
  name('phase', at.phasesTop);
  for (const [i, family] of at.families.entries()) name(family, at.faultsTop + i * at.rowHeight);
  if (at.marksTop !== undefined) name('leaders', at.marksTop);
}

function drawAxis({ pen, theme, geometry: at }: Ground): void {
  const { stepUs, at: marks } = ticks(at.window.startUs, at.window.endUs, (at.width - gutter) / 90);
  pen.textAlign = 'center';
  for (const us of marks) {
    const x = Math.round(at.x(us));
    pen.fillStyle = theme.line;
    pen.fillRect(x, 18, 1, at.height - 18);
    pen.fillStyle = theme.muted;
    const text = moment(us, stepUs);
    const half = pen.measureText(text).width / 2;
    pen.fillText(text, Math.min(Math.max(x, gutter + half), at.width - half - 2), 9);
  }
}

function drawPhases({ pen, theme, geometry: at }: Ground, report: Report): void {
  pen.textAlign = 'left';
  for (const phase of report.phases) {
    const [from, to] = [at.x(phase.startUs), at.x(phase.endUs)];
    if (to < gutter || from > at.width) continue;
    pen.fillStyle = theme.line;
    pen.fillRect(from, at.phasesTop, 1, at.height - at.phasesTop);
    pen.fillStyle = theme.muted;
    const left = Math.max(from, gutter);
    pen.fillText(fitted(pen, phase.name, to - left - 8), left + 5, at.phasesTop + at.rowHeight / 2);
  }
}

/** Full height and faint, so that operations stay readable; what is not proved to be in force is hatched. */
function drawFaultBands({ pen, theme, geometry: at }: Ground, report: Report): void {
  for (const fault of report.faults) {
    const [from, to] = [at.x(fault.startUs), at.x(fault.endUs)];
    if (fault.outcome === 'skipped' || to < gutter || from > at.width) continue;
    const top = at.faultsTop + at.families.indexOf(fault.family) * at.rowHeight;
    pen.globalAlpha = fault.outcome === 'indeterminate' ? 0.5 : 1;
    pen.fillStyle = theme.fault;
    pen.fillRect(from, top, Math.max(1, to - from), at.height - top);
    pen.globalAlpha = 1;
  }
}

function drawFaultLabels({ pen, theme, geometry: at }: Ground, report: Report): void {
  pen.textAlign = 'left';
  for (const fault of report.faults) {
    const [from, to] = [at.x(fault.startUs), at.x(fault.endUs)];
    if (to < gutter || from > at.width) continue;
    const top = at.faultsTop + at.families.indexOf(fault.family) * at.rowHeight;
    const left = Math.max(from, gutter);
    pen.strokeStyle = theme.faultInk;
    pen.fillStyle = theme.faultInk;
    pen.setLineDash(fault.outcome === 'installed' ? [] : [3, 3]);
    pen.strokeRect(from + 0.5, top + 3.5, Math.max(2, to - from - 1), at.rowHeight - 7);
    pen.setLineDash([]);
    const doubt = fault.outcome === 'installed' ? '' : ` (${fault.outcome})`;
    pen.fillText(
      fitted(pen, `${fault.label}${doubt}`, to - left - 10),
      left + 5,
      top + at.rowHeight / 2,
    );
  }
}

/** A filled diamond where a node says that it leads, a hollow one where it stepped down, a dot for the rest. */
function drawMarks({ pen, theme, geometry: at }: Ground, report: Report): void {
  if (at.marksTop === undefined) return;
  const middle = at.marksTop + at.rowHeight / 2;
  pen.textAlign = 'left';
  pen.fillStyle = theme.ink;
  pen.strokeStyle = theme.ink;
  const xs = report.marks.map((mark) => at.x(mark.timeUs));
  for (const [i, mark] of report.marks.entries()) {
    const x = xs[i]!;
    if (x < gutter - 6 || x > at.width + 6) continue;
    pen.beginPath();
    if (mark.event.startsWith('leader-')) diamond(pen, x, middle);
    else pen.arc(x, middle, 1.5, 0, 2 * Math.PI);
    if (mark.event === 'leader-stepped-down') pen.stroke();
    else pen.fill();
    const room = (xs[i + 1] ?? Infinity) - x;
    if (mark.event === 'leader-elected' && room > pen.measureText(mark.node).width + 14)
      pen.fillText(mark.node, x + 7, middle);
  }
}

/** The events that the chosen finding rests on: a line through all lanes, named at its foot. */
export function drawEvidence({ pen, theme, geometry: at }: Ground, events: readonly Mark[]): void {
  pen.strokeStyle = theme.invalid;
  pen.fillStyle = theme.invalid;
  pen.lineWidth = 1.5;
  pen.setLineDash([4, 3]);
  for (const [i, { timeUs, node, event }] of events.entries()) {
    const x = at.x(timeUs);
    if (x < gutter || x > at.width) continue;
    pen.beginPath();
    pen.moveTo(x, at.phasesTop);
    pen.lineTo(x, at.height);
    pen.stroke();
    const words = `${node} ${event}`;
    const y = at.lanesTop + 8 + (i % 4) * 14;
    const width = pen.measureText(words).width;
    const left = x + width + 12 > at.width ? x - width - 9 : x + 5;
    pen.fillStyle = theme.surface;
    pen.fillRect(left - 2, y - 7, width + 4, 14);
    pen.fillStyle = theme.invalid;
    pen.textAlign = 'left';
    pen.fillText(words, left, y);
  }
  pen.setLineDash([]);
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number): void {
  pen.moveTo(x, y - 4.5);
  pen.lineTo(x + 4.5, y);
  pen.lineTo(x, y + 4.5);
  pen.lineTo(x - 4.5, y);
  pen.closePath();
}

/** The text if it fits, shortened if enough of it does, else nothing. */
export function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  const letters = Math.floor((text.length * width) / pen.measureText(text).width) - 1;
  return letters >= 3 ? `${text.slice(0, letters)}…` : '';
}
