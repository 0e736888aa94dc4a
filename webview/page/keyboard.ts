/** The keys: steps by left and right, layers by up and down, sections by number. */
import { litLayer } from '../state/selectors.ts';
import type { ViewState } from '../state/state.ts';
import type { Intents } from './intents.ts';

export interface KeyTargets {
  readonly intents: Intents;
  readonly state: () => ViewState;
  /** Moves to the section with this number, from 1. */
  readonly goToSection: (number: number) => void;
}

/** Keys that `keyAction` knows, for the line at the foot of the page. */
export const keyHelp: readonly (readonly [keys: string, does: string])[] = [
  ['← →', 'step'],
  ['Shift ← →', 'ten steps'],
  ['Home End', 'first and last step'],
  ['↑ ↓', 'layer'],
  ['Enter', 'show the layer in the editor'],
  ['Esc', 'no layer, last step'],
  ['1 – 7', 'section'],
];

/** Listens on the page, except where a key has a meaning of its own: in fields, lists and menus. */
export function listenToKeys(page: HTMLElement, targets: KeyTargets): void {
  page.ownerDocument.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target.closest('input, select, textarea, summary, .menu-list') !== null) return;
    // Enter and space press the button that has the focus.
    if (target.closest('button') !== null && (event.key === 'Enter' || event.key === ' ')) return;
    if (act(event.key, event.shiftKey, targets)) event.preventDefault();
  });
}

/** Does what a key asks for; false for keys without a meaning. */
export function act(key: string, shift: boolean, { intents, state, goToSection }: KeyTargets): boolean {
  const far = shift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
      intents.stepBy(-far);
      return true;
    case 'ArrowRight':
      intents.stepBy(far);
      return true;
    case 'Home':
      intents.stepBy(-Infinity);
      return true;
    case 'End':
      intents.chooseStep(undefined);
      return true;
    case 'ArrowUp':
      intents.layerBy(-far);
      return true;
    case 'ArrowDown':
      intents.layerBy(far);
      return true;
    case 'Escape':
      intents.pointAt(undefined);
      intents.chooseStep(undefined);
      return true;
    case 'Enter': {
      const layer = litLayer(state());
      if (layer !== undefined) intents.reveal(layer);
      return layer !== undefined;
    }
    default:
      if (!/^[1-9]$/.test(key)) return false;
      goToSection(Number(key));
      return true;
  }
}
