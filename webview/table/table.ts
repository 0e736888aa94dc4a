/** Everything as text, sortable; a layer's name leads to its line in the editor. */
import { formatCount } from '../../src/analysis/numbers.ts';
import { Memory, type Frame } from '../charts/chartView.ts';
import { element, icon, setAttribute, setText } from '../page/dom.ts';
import type { Intents } from '../page/intents.ts';
import {
  chosenRow,
  hasRows,
  litLayer,
  selectedRun,
  shownMetric,
  shownThreshold,
} from '../state/selectors.ts';
import type { ColumnId, Sorting, ViewState } from '../state/state.ts';
import { columnsOf, type Column } from './columns.ts';
import { toCsv } from './csv.ts';
import { markOf, sortLayers } from './rows.ts';

/** Rows that are shown before all are asked for. */
const firstRows = 200;

interface Row {
  readonly layer: number;
  readonly name: string;
  readonly root: HTMLTableRowElement;
  readonly cells: readonly HTMLTableCellElement[];
}

export class LayerTable {
  readonly root: HTMLElement;
  private readonly intents: Intents;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly more = element('button', {
    'type': 'button',
    'class': 'secondary',
    'data-testid': 'all-rows',
  });
  private readonly memory = new Memory();
  private readonly caption = element('caption', { class: 'visually-hidden' });
  private rows: readonly Row[] = [];
  private mostRows = firstRows;
  private frame: Frame | undefined;

  constructor(intents: Intents) {
    this.intents = intents;
    const table = element(
      'table',
      { 'data-testid': 'table' },
      this.caption,
      element('thead', {}, this.head),
      this.body,
    );
    this.root = element(
      'div',
      {},
      element(
        'div',
        { 'class': 'table-scroll', 'tabindex': '0', 'role': 'region', 'aria-label': 'Table of layers' },
        table,
      ),
      this.more,
    );
    this.more.addEventListener('click', () => {
      this.mostRows = Infinity;
      if (this.frame !== undefined) this.render(this.frame);
    });
    this.body.addEventListener('pointerover', (event) => this.intents.hover(this.layerOf(event)));
    this.body.addEventListener('pointerleave', () => this.intents.hover(undefined));
    this.body.addEventListener('click', (event) => {
      const layer = this.layerOf(event);
      if (layer !== undefined) this.intents.reveal(layer);
    });
  }

  render(frame: Frame): void {
    this.frame = frame;
    const { state } = frame;
    const run = selectedRun(state);
    if (run === undefined || !hasRows(run)) return;
    const metric = shownMetric(state);
    const columns = columnsOf(run, chosenRow(state, run), metric);
    const order = sortLayers(run.header.layers.length, columns, state.sorting);
    const shown = order.slice(0, this.mostRows);
    if (
      this.memory.isNew(
        shown.join(),
        columns.map(({ id }) => id).join(),
        state.sorting,
        run.header.layers,
        metric,
      )
    )
      this.build(columns, shown, state.sorting);
    this.fill(columns, state);
    setText(this.caption, `${metric.name} of ${run.header.network} by layer`);
    this.more.hidden = shown.length === order.length;
    setText(this.more, `Show all ${formatCount(order.length)} layers`);
  }

  /** The whole table in its order. */
  csv(): string | undefined {
    const { state } = this.frame ?? {};
    const run = state && selectedRun(state);
    if (state === undefined || run === undefined || !hasRows(run)) return undefined;
    const row = chosenRow(state, run);
    const columns = columnsOf(run, row, shownMetric(state));
    const order = sortLayers(run.header.layers.length, columns, state.sorting);
    return toCsv(columns, order, run.recording.rows.steps[row] ?? 0);
  }

  private build(columns: readonly Column[], order: readonly number[], sorting: Sorting | undefined): void {
    this.head.replaceChildren(...columns.map((column) => this.headCell(column, sorting)));
    const name = columns.find(({ id }) => id === 'name');
    this.rows = order.map((layer) => buildRow(layer, String(name?.read(layer) ?? ''), columns));
    this.body.replaceChildren(...this.rows.map(({ root }) => root));
  }

  private headCell({ id, title, meaning }: Column, sorting: Sorting | undefined): HTMLElement {
    const isSorted = sorting?.column === id;
    const direction = isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined;
    const button = element(
      'button',
      { 'type': 'button', 'title': meaning, 'data-testid': `sort-${id}` },
      title,
    );
    if (direction !== undefined) button.append(icon(direction === 'descending' ? 'arrow-down' : 'arrow-up'));
    button.addEventListener('click', () => this.sort(id));
    return element(
      'th',
      { 'scope': 'col', 'aria-sort': direction, 'class': isText(id) ? 'text' : undefined },
      button,
    );
  }

  private sort(column: ColumnId): void {
    this.intents.sort(column);
    // The heading was made anew.
    this.head.querySelector<HTMLElement>(`[data-testid="sort-${column}"]`)?.focus();
  }

  private fill(columns: readonly Column[], state: ViewState): void {
    const run = selectedRun(state);
    const lit = litLayer(state);
    const threshold = shownThreshold(state);
    const explode = shownMetric(state).id === 'norm' ? run?.header.thresholds.explode : undefined;
    for (const { layer, name, root, cells } of this.rows) {
      root.classList.toggle('lit', name === lit);
      for (const [index, column] of columns.entries()) {
        const cell = cells[index];
        if (cell === undefined || column.id === 'name') continue;
        const value = column.read(layer);
        setText(cell, typeof value === 'number' ? column.format(value) : (value ?? '–'));
        if (column.id === 'now') {
          const mark = markOf(Number(value), threshold, explode);
          setAttribute(cell, 'class', mark);
          setAttribute(cell, 'title', mark === undefined ? undefined : `${mark} the threshold`);
        }
      }
    }
  }

  private layerOf(event: Event): string | undefined {
    const row = event.target instanceof Element ? event.target.closest('tr') : null;
    return this.rows.find(({ root }) => root === row)?.name;
  }
}

function buildRow(layer: number, name: string, columns: readonly Column[]): Row {
  const cells = columns.map(({ id }): HTMLTableCellElement => {
    if (id !== 'name') return element('td', { 'data-column': id, 'class': isText(id) ? 'text' : undefined });
    const link = element('button', { type: 'button', class: 'link', title: 'Show in the editor' }, name);
    return element('th', { 'scope': 'row', 'data-column': id }, link);
  });
  return { layer, name, cells, root: element('tr', { 'data-testid': `row-${name}` }, ...cells) };
}

function isText(id: ColumnId): boolean {
  return id === 'name' || id === 'kind';
}
