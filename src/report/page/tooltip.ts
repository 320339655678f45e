/** The small card beside the pointer. It repeats what can be had otherwise, so it is hidden from screen readers. */
import { el, fill } from './dom.ts';

export interface Tooltip {
  readonly show: (lines: readonly string[], x: number, y: number) => void;
  readonly hide: () => void;
}

/** One for the page; `x` and `y` are in the viewport. */
export function tooltip(): Tooltip {
  const card = el('div', { class: 'tooltip', 'aria-hidden': 'true' });
  card.hidden = true;
  document.body.append(card);
  return {
    show([title, ...lines], x, y) {
      fill(card, el('strong', {}, title), ...lines.map((line) => el('span', {}, line)));
      card.hidden = false;
      const { width, height } = card.getBoundingClientRect();
      const left = x + 14 + width > innerWidth ? x - width - 10 : x + 14;
      const top = y + 16 + height > innerHeight ? y - height - 10 : y + 16;
      card.style.left = `${Math.max(4, left)}px`;
      card.style.top = `${Math.max(4, top)}px`;
    },
    hide: () => void (card.hidden = true),
  };
}
