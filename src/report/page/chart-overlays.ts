/** What is drawn under and over a chart's lines: the faults in force, and the frame of what the timeline shows. */
import type uPlot from 'uplot';
import type { Report, TimeRange } from '../model.ts';
import type { Theme } from './theme.ts';
import { fitted } from './timeline-draw.ts';

/** Fault bands, each named if the name fits; families that overlap are named below each other. */
export function drawFaults(plot: uPlot, { faults }: Report, theme: Theme): void {
  const { ctx: pen } = plot;
  const { left, top, width, height } = plot.bbox;
  const families = [...new Set(faults.map((fault) => fault.family))];
  const gap = 4 * devicePixelRatio;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.font = `${10 * devicePixelRatio}px ${theme.font}`;
  pen.textBaseline = 'top';
  pen.textAlign = 'left';
  for (const fault of faults) {
    if (fault.outcome === 'skipped') continue;
    const [from, to] = ends(plot, fault);
    pen.globalAlpha = fault.outcome === 'indeterminate' ? 0.5 : 1;
    pen.fillStyle = theme.fault;
    pen.fillRect(from, top, Math.max(1, to - from), height);
    pen.globalAlpha = 1;
    pen.fillStyle = theme.faultInk;
    const name = families.length === 1 ? fault.label : `${fault.family}: ${fault.label}`;
    const line = families.indexOf(fault.family) * 12 * devicePixelRatio;
    pen.fillText(fitted(pen, name, to - from - 2 * gap), from + gap, top + gap + line);
  }
  pen.restore();
}

/** What the timeline shows is framed, unless it is all. */
export function drawWindow(plot: uPlot, range: TimeRange, window: TimeRange, theme: Theme): void {
  if (window.startUs <= range.startUs && window.endUs >= range.endUs) return;
  const { ctx: pen } = plot;
  const { left, top, width, height } = plot.bbox;
  const [from, to] = ends(plot, window);
  pen.save();
  pen.fillStyle = theme.surface;
  pen.globalAlpha = 0.6;
  pen.fillRect(left, top, from - left, height);
  pen.fillRect(to, top, left + width - to, height);
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.accent;
  pen.lineWidth = devicePixelRatio;
  pen.strokeRect(from, top, Math.max(2, to - from), height);
  pen.restore();
}

/** In canvas pixels. */
const ends = (plot: uPlot, { startUs, endUs }: TimeRange): [from: number, to: number] => [
  plot.valToPos(startUs / 1e6, 'x', true),
  plot.valToPos(endUs / 1e6, 'x', true),
];
