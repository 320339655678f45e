/**
 * How cost grows with size, as a plot: the time that one operation takes at each size, both on logarithmic axes. Linear cost is a flat line, quadratic
 * cost climbs one decade for each.
 */

/** The measurements of one case. */
export interface Growth {
  readonly name: string;
  readonly points: readonly { readonly size: number; readonly ms: number }[];
}

/** As an SVG document. Cases of one size only are left out. */
export function growthPlot(title: string, all: readonly Growth[]): string {
  const cases = all.filter(({ points }) => points.length > 1);
  const points = cases.flatMap((each) => each.points);
  const x = axis(
    points.map(({ size }) => size),
    left,
    width - right,
  );
  const y = axis(points.map(microsecondsEach), height - bottom, top);
  const lines = cases.map(({ name, points: own }, at) => {
    const color = `hsl(${Math.round((360 * at) / cases.length)} 65% 42%)`;
    const line = own.map((point) => `${x.at(point.size)},${y.at(microsecondsEach(point))}`);
    const dots = line.map((place) => {
      const [cx, cy] = place.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`;
    });
    const legend = `<text x="${width - right + 12}" y="${top + 18 * at + 10}" fill="${color}">${escaped(name)}</text>`;
    return `<polyline points="${line.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join('')}${legend}`;
  });
  const across = x.ticks.map(
    (tick) =>
      `<path d="M${x.at(tick)} ${top}V${height - bottom}" stroke="#ddd"/><text x="${x.at(tick)}" y="${height - bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
  );
  const up = y.ticks.map(
    (tick) =>
      `<path d="M${left} ${y.at(tick)}H${width - right}" stroke="#ddd"/><text x="${left - 8}" y="${y.at(tick) + 4}" text-anchor="end">${tick} µs</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="20" font-size="15">${escaped(title)}</text>`,
    ...across,
    ...up,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

const [width, height, left, right, top, bottom] = [900, 420, 80, 280, 40, 40];

const microsecondsEach = ({ size, ms }: { size: number; ms: number }): number => (1000 * ms) / size;

/** From the power of ten below the least to that above the greatest. */
function axis(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
