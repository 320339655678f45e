/**
 * Walking through a diagram by keys. One of its items is in the page's order of focus, the others are reached from it,
 * so that a thousand messages are one stop on the way through the page.
 */
import type { Item } from './item.ts';

/**
 * `follow` is told what there is whenever it is drawn, which of it to begin with, and whether the focus was here.
 * `more`: what other keys do, and such of these that do something else here.
 */
export function walk(scroller: HTMLElement, more: Readonly<Record<string, () => void>>) {
  let items: readonly Item[] = [];
  let current: string | undefined;
  const place = () => items.findIndex(({ key }) => key === current);
  const enter = (item: Item | undefined, focus: boolean) => {
    items[place()]?.element.setAttribute('tabindex', '-1');
    if (item === undefined) return;
    current = item.key;
    item.element.setAttribute('tabindex', '0');
    if (!focus) return;
    item.element.focus({ preventScroll: true });
    item.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const step = (by: number) =>
    enter(items[Math.min(items.length - 1, Math.max(0, place() + by))], true);
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowRight: () => step(1),
    ArrowUp: () => step(-1),
    ArrowLeft: () => step(-1),
    Home: () => step(-items.length),
    End: () => step(items.length),
    ...more,
  };
  scroller.addEventListener('keydown', (event) => {
    const action = actions[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  scroller.addEventListener('focusin', (event) => {
    const key = (event.target as Element).getAttribute('data-key');
    if (key !== null && key !== current)
      enter(
        items.find((item) => item.key === key),
        false,
      );
  });
  return {
    hasFocus: () => scroller.contains(document.activeElement),
    follow(now: readonly Item[], first: Item | undefined, focus: boolean): void {
      items = now;
      enter(items[place()] ?? first, focus);
    },
    goTo: (key: string) =>
      enter(
        items.find((item) => item.key === key),
        true,
      ),
  };
}
