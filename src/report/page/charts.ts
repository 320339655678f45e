/** Throughput and latency over the whole run, with the faults behind them; dragging over one moves the timeline there. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Report } from '../model.ts';
import type { Context } from './context.ts';
import { el, fill } from './dom.ts';
import { count, duration } from './format.ts';
import { drawFaults, drawWindow, nameFaults } from './chart-overlays.ts';
import { currentTheme, onThemeChange } from './theme.ts';
import type { Theme } from './theme.ts';
import { gutter } from './timeline-geometry.ts';
import { within } from './window.ts';

export function charts(context: Context): HTMLElement {
  const { report, store } = context;
  if (report.series.okPerSec.length === 0 || report.operations.count === 0)
    return el('p', { class: 'empty' }, 'No operation was invoked.');
  const box = el('div', { class: 'charts' });
  let plots: uPlot[] = [];
  const build = () => {
    for (const plot of plots) plot.destroy();
    const theme = currentTheme();
    const [throughput, latency] = [el('figure'), el('figure')];
    fill(box, throughput, latency);
    plots = [
      new uPlot(throughputChart(context, theme, width(box)), throughputData(report), throughput),
      new uPlot(latencyChart(context, theme, width(box)), latencyData(report), latency),
    ];
    throughput.prepend(el('figcaption', {}, 'Throughput, operations a second'));
    latency.prepend(el('figcaption', {}, 'Latency of ok operations'));
  };
  new ResizeObserver(() => {
    if (plots.length === 0) build();
    for (const plot of plots) plot.setSize({ width: width(box), height: plot.height });
  }).observe(box);
  onThemeChange(build);
  store.follow((now, before) => {
    if (now.window !== before.window) for (const plot of plots) plot.redraw(false);
  });
  return box;
}

/** The library’s enum exists in its types only. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const logarithmic = 3 as uPlot.Scale.Distr;

const width = (box: HTMLElement): number => Math.max(200, box.clientWidth);
const seconds = (us: number): number => us / 1e6;

const times = ({ series }: Report): number[] =>
  series.okPerSec.map((_, i) => seconds(series.startUs + i * series.bucketUs));

const throughputData = (report: Report): uPlot.AlignedData => [
  times(report),
  [...report.series.okPerSec],
  [...report.series.failPerSec],
  [...report.series.infoPerSec],
];

const latencyData = (report: Report): uPlot.AlignedData => [
  times(report).map((second) => second + seconds(report.series.bucketUs) / 2),
  [...report.series.p50Us],
  [...report.series.p95Us],
  [...report.series.p99Us],
];

const perSec = (_: uPlot, value: number | null) => (value === null ? '–' : count(value));
const latencyText = (_: uPlot, value: number | null) => (value === null ? '–' : duration(value));

function throughputChart(context: Context, theme: Theme, width: number): uPlot.Options {
  const stepped = uPlot.paths.stepped!({ align: 1 });
  const line = { paths: stepped, points: { show: false }, value: perSec };
  return {
    ...common(context, theme, width),
    scales: {
      x: timeScale(context.report),
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
    },
    axes: [timeAxis(theme), axis(theme, (_, marks) => marks.map((mark) => count(mark)))],
    series: [
      timeSeries,
      { ...line, label: 'ok', stroke: theme.ok, fill: `${theme.ok}22`, width: 1.5 },
      { ...line, label: 'fail', stroke: theme.fail, width: 1.5, dash: [6, 3] },
      { ...line, label: 'info', stroke: theme.info, width: 1.5, dash: [2, 2] },
    ],
  };
}

function latencyChart(context: Context, theme: Theme, width: number): uPlot.Options {
  const line = { points: { show: true, size: 3 }, value: latencyText, spanGaps: false };
  return {
    ...common(context, theme, width),
    scales: { x: timeScale(context.report), y: { distr: logarithmic, log: 10 } },
    axes: [
      timeAxis(theme),
      {
        ...axis(theme, (_, marks) =>
          marks.map((mark: number | null) => (mark === null ? '' : duration(mark))),
        ),
        splits: (_, __, min, max) => powersOfTen(min, max),
      },
    ],
    series: [
      timeSeries,
      { ...line, label: 'p50', stroke: theme.ok, width: 2 },
      { ...line, label: 'p95', stroke: theme.muted, width: 1.5, dash: [6, 3] },
      { ...line, label: 'p99', stroke: theme.ink, width: 1, dash: [2, 2] },
    ],
  };
}

function powersOfTen(min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(Math.max(min, 1)) - 1e-9);
  const last = Math.floor(Math.log10(Math.max(max, 1)) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

const timeSeries: uPlot.Series = {
  label: 'at',
  value: (_, second) => (second === null ? '–' : `${second.toFixed(1)} s`),
};

const timeScale = ({ range }: Report): uPlot.Scale => ({
  time: false,
  range: [seconds(range.startUs), seconds(range.endUs)],
});

function axis(theme: Theme, values: uPlot.Axis.DynamicValues): uPlot.Axis {
  const line = { stroke: theme.line, width: 1 };
  return {
    stroke: theme.muted,
    font: `11px ${theme.font}`,
    grid: line,
    ticks: line,
    size: gutter,
    values,
  };
}

const timeAxis = (theme: Theme): uPlot.Axis => ({
  ...axis(theme, (_, marks) => marks.map((mark) => `${mark} s`)),
  size: 28,
});

/** As the lines themselves are drawn. */
const lineStyles = ['solid', 'solid', 'dashed', 'dotted'];

function common({ report, store }: Context, theme: Theme, width: number) {
  return {
    width,
    height: 150,
    padding: [8, 12, 0, 0] as uPlot.Padding,
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, sync: { key: 'run' } },
    legend: {
      live: true,
      markers: { dash: (_: uPlot, series: number) => lineStyles[series] ?? 'solid' },
    },
    hooks: {
      drawClear: [(plot: uPlot) => drawFaults(plot, report, theme)],
      drawAxes: [(plot: uPlot) => nameFaults(plot, report, theme)],
      draw: [(plot: uPlot) => drawWindow(plot, report.range, store.get().window, theme)],
      setSelect: [
        (plot: uPlot) => {
          const { left, width: wide } = plot.select;
          if (wide < 2) return;
          const us = (x: number) => plot.posToVal(x, 'x') * 1e6;
          store.set({
            window: within({ startUs: us(left), endUs: us(left + wide) }, report.range),
          });
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  } satisfies Partial<uPlot.Options>;
}
