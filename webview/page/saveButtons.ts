/** Buttons that save what is drawn. */
import { formatCount } from '../../src/analysis/numbers.ts';
import type { ChartView } from '../charts/chartView.ts';
import { chosenRow, hasRows, selectedRun, shownMetric } from '../state/selectors.ts';
import type { ViewState } from '../state/state.ts';
import type { LayerTable } from '../table/table.ts';
import { element, icon } from './dom.ts';
import type { Intents } from './intents.ts';

/** Saves each plot of a chart as a PNG. */
export function pictureButton(
  view: ChartView,
  title: string,
  state: () => ViewState,
  intents: Intents,
): HTMLElement {
  return saveButton(`Save ${title} as PNG`, `save-${title.toLowerCase().replaceAll(' ', '-')}`, () => {
    const network = networkName(state());
    const heading = [network, title.toLowerCase(), ...whatIsShown(state())].join(' · ');
    for (const { name, plot, keys } of view.plots()) {
      const [, base64 = ''] = plot.picture(heading, keys).split(',');
      intents.save(`${network}-${name}.png`, 'png', base64);
    }
  });
}

/** Saves the table as CSV. */
export function csvButton(table: LayerTable, state: () => ViewState, intents: Intents): HTMLElement {
  return saveButton('Save the table as CSV', 'save-table', () => {
    const content = table.csv();
    if (content !== undefined) intents.save(`${networkName(state())}.csv`, 'csv', content);
  });
}

function saveButton(label: string, testId: string, save: () => void): HTMLElement {
  const button = element(
    'button',
    { 'type': 'button', 'class': 'icon-button', 'aria-label': label, 'title': label, 'data-testid': testId },
    icon('save'),
  );
  button.addEventListener('click', save);
  return button;
}

/** The quantity and the step that a picture is of: nothing around it says so once it is saved. */
function whatIsShown(state: ViewState): string[] {
  const run = selectedRun(state);
  if (run === undefined || !hasRows(run)) return [];
  const step = run.recording.rows.steps[chosenRow(state, run)] ?? 0;
  return [shownMetric(state).name, `step ${formatCount(step)}`];
}

function networkName(state: ViewState): string {
  return selectedRun(state)?.header.network || 'gradients';
}
