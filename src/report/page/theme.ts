/** Colours for canvases, read from the style sheet, so that they are written in one place and follow light and dark. */

export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly ok: string;
  readonly fail: string;
  readonly info: string;
  readonly fault: string;
  readonly faultInk: string;
  readonly accent: string;
  readonly invalid: string;
  readonly font: string;
}

export function currentTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    surface: colour('surface'),
    ok: colour('ok'),
    fail: colour('fail'),
    info: colour('info'),
    fault: colour('fault'),
    faultInk: colour('fault-ink'),
    accent: colour('accent'),
    invalid: colour('invalid'),
    font: style.getPropertyValue('--font').trim(),
  };
}

/** Calls back whenever light turns to dark or back. */
export function onThemeChange(callback: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);
}
