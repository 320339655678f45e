/** The sign of a verdict: a shape of its own for each, so that colour is never alone. */
import { svg } from './dom.ts';

export type VerdictWord = 'valid' | 'invalid' | 'unknown' | 'error';

const strokes: Readonly<Record<VerdictWord, string>> = {
  valid: 'M6.5 12.5l3.5 3.5 7.5-8',
  invalid: 'M7.5 7.5l9 9M16.5 7.5l-9 9',
  unknown: 'M9 9.5a3 3 0 1 1 4.4 2.6c-1 .5-1.4 1.1-1.4 2.2M12 17.4v.1',
  error: 'M12 6.5v7M12 17.4v.1',
};

export function verdictSign(word: VerdictWord): SVGSVGElement {
  return svg(
    'svg',
    { class: `sign ${word}`, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    word === 'error'
      ? svg('path', { class: 'ground', d: 'M12 1.5L23 21.5H1z' })
      : word === 'unknown'
        ? svg('rect', { class: 'ground', x: 1.5, y: 1.5, width: 21, height: 21, rx: 5 })
        : svg('circle', { class: 'ground', cx: 12, cy: 12, r: 11 }),
    svg('path', { class: 'stroke', d: strokes[word] }),
  );
}
