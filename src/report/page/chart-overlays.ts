/** What is drawn under and over a chart's lines: the faults in force, and the frame of what the timeline shows. */
import type uPlot from 'uplot';
import type { Report, TimeRange } from '../model.ts';
import type { Theme } from './theme.ts';
import { fitted } from './timeline-draw.ts';

/** Fault bands, under everything. */
export function drawFaults(plot: uPlot, { faults }: Report, theme: Theme): void {
  inside(plot, (pen) => {
    const { top, height } = plot.bbox;
    for (const fault of faults) {
      if (fault.outcome === 'skipped') continue;
      const [from, to] = ends(plot, fault);
      pen.globalAlpha = fault.outcome === 'indeterminate' ? 0.5 : 1;
      pen.fillStyle = theme.fault;
      pen.fillRect(from, top, Math.max(1, to - from), height);
    }
  });
}

/** Their names, where they fit, over the grid; families that overlap are named below each other. */
export function nameFaults(plot: uPlot, { faults }: Report, theme: Theme): void {
  const families = [...new Set(faults.map((fault) => fault.family))];
  inside(plot, (pen) => {
    const gap = 4 * devicePixelRatio;
    pen.font = `${10 * devicePixelRatio}px ${theme.font}`;
    pen.textBaseline = 'top';
    pen.textAlign = 'left';
    pen.fillStyle = theme.faultInk;
    for (const fault of faults) {
      if (fault.outcome === 'skipped') continue;
      const [from, to] = ends(plot, fault);
      const name = families.length === 1 ? fault.label : `${fault.family}: ${fault.label}`;
      const line = families.indexOf(fault.family) * 12 * devicePixelRatio;
      const top = plot.bbox.top + gap + line;
      pen.fillText(fitted(pen, name, to - from - 2 * gap), from + gap, top);
    }
  });
}

/** Draws within the plotting area only. */
function inside(plot: uPlot, draw: (pen: CanvasRenderingContext2D) => void): void {
  const { left, top, width, height } = plot.bbox;
  plot.ctx.save();
  plot.ctx.beginPath();
  plot.ctx.rect(left, top, width, height);
  plot.ctx.clip();
  draw(plot.ctx);
  plot.ctx.restore();
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
