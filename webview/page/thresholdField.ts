/** The threshold as a number: typed, or moved by the arrow keys through 1, 2, 5, 10. */
import { formatSetting } from '../../src/analysis/numbers.ts';
import { element, setAttribute } from './dom.ts';
import type { Intents } from './intents.ts';

export class ThresholdField {
  readonly root: HTMLElement;
  private readonly input = element('input', {
    'id': 'threshold',
    'type': 'text',
    'inputmode': 'decimal',
    'role': 'spinbutton',
    'autocomplete': 'off',
    'spellcheck': 'false',
    'data-testid': 'threshold',
  });
  private threshold: number | undefined;

  constructor(intents: Intents) {
    this.root = element(
      'span',
      { class: 'field' },
      element('label', { for: 'threshold' }, 'threshold'),
      this.input,
    );
    this.input.addEventListener('change', () => {
      const typed = readThreshold(this.input.value);
      setAttribute(this.input, 'aria-invalid', typed === undefined ? 'true' : undefined);
      this.input.title = typed === undefined ? 'A number above 0, such as 1e-4' : '';
      if (typed !== undefined && typed !== this.threshold) intents.setThreshold(typed);
    });
    this.input.addEventListener('keydown', (event) => {
      const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
      if (direction === 0 || this.threshold === undefined) return;
      event.preventDefault();
      intents.setThreshold(nextThreshold(this.threshold, direction));
    });
  }

  /** Undefined where the metric that is shown has no threshold. */
  render(threshold: number | undefined): void {
    this.input.disabled = threshold === undefined;
    if (threshold === this.threshold) return;
    this.threshold = threshold;
    this.input.value = threshold === undefined ? '' : formatSetting(threshold).replaceAll(',', '');
    setAttribute(this.input, 'aria-valuenow', threshold === undefined ? undefined : String(threshold));
    setAttribute(
      this.input,
      'aria-valuetext',
      threshold === undefined ? 'none for this metric' : formatSetting(threshold),
    );
    setAttribute(this.input, 'aria-invalid', undefined);
  }
}

/** A number above zero; undefined for anything else. */
export function readThreshold(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(',', '');
  const value = Number(trimmed);
  return trimmed !== '' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The next of …, 1e-4, 2e-4, 5e-4, 1e-3, … in a direction. */
export function nextThreshold(threshold: number, direction: 1 | -1): number {
  const decade = Math.floor(Math.log10(threshold));
  const around = [decade - 1, decade, decade + 1].flatMap((power) =>
    [1, 2, 5].map((mantissa) => Number(`${mantissa}e${power}`)),
  );
  const beyond = (candidate: number): boolean =>
    direction > 0 ? candidate > threshold * (1 + 1e-9) : candidate < threshold * (1 - 1e-9);
  const found = direction > 0 ? around.find(beyond) : around.findLast(beyond);
  return found !== undefined && found > 0 ? found : threshold;
}
