/** The colours of VS Code's theme, as a canvas needs them: read from the CSS variables, anew whenever the theme changes. */
import { parseColour, toHex, withAlpha, type Rgb } from './colour.ts';
import { depthScale, normScale, type ColourScale } from './scales.ts';

export interface Theme {
  readonly background: string;
  readonly foreground: string;
  /** Axes' text. */
  readonly muted: string;
  readonly grid: string;
  readonly accent: string;
  readonly warning: string;
  readonly error: string;
  readonly good: string;
  /** One colour for each of the runs that are laid over each other, the selected one first. */
  readonly runs: readonly string[];
  readonly fontFamily: string;
  readonly fontSize: number;
  /** Layers are told by dashes and labels too. */
  readonly highContrast: boolean;
  readonly depth: ColourScale;
  readonly norm: ColourScale;
}

/** Reads the theme that is in force. */
export function readTheme(): Theme {
  const styles = getComputedStyle(document.body);
  // The page's own variables may be made of others; a probe's colour is what they come out as.
  const probe = document.body.appendChild(document.createElement('span'));
  probe.hidden = true;
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    const parsed = parseColour(getComputedStyle(probe).color);
    return toHex(parsed ?? [0.5, 0.5, 0.5]);
  };
  const highContrast = document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light');
  const background = colour('page-background');
  const theme: Theme = {
    background,
    foreground: colour('page-foreground'),
    muted: colour('page-muted'),
    grid: withAlpha(colour('page-foreground'), highContrast ? 0.3 : 0.12),
    accent: colour('page-accent'),
    warning: colour('page-warning'),
    error: colour('page-error'),
    good: colour('page-good'),
    runs: ['page-accent', 'page-orange', 'page-purple', 'page-good', 'page-yellow', 'page-red'].map(colour),
    fontFamily: styles.fontFamily,
    fontSize: 11,
    highContrast,
    depth: depthScale(parseColour(background) as Rgb),
    norm: normScale(),
  };
  probe.remove();
  return theme;
}

/** Calls `change` whenever VS Code switches the theme: it changes the body's classes and the root's variables. */
export function followTheme(change: () => void): void {
  const observer = new MutationObserver(change);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
