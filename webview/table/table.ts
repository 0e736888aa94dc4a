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
import type { ColumnId, ShownRun, Sorting, ViewState } from '../state/state.ts';
import { columnsOf, type Column } from './columns.ts';
import { toCsv } from './csv.ts';
import { markOf, sortLayers } from './rows.ts';

/** Milliseconds between two times that the numbers are written. */
const leastPause = 100;
/** Rows that are shown before all are asked for. */
const firstRows = 200;

interface Row {
  readonly layer: number;
  readonly name: string;
  readonly root: HTMLTableRowElement;
  readonly cells: readonly HTMLTableCellElement[];
  /** What the cells say. */
  readonly texts: string[];
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
  private readonly written = new Memory();
  private readonly built = new Memory();
  private writtenAt = -Infinity;
  private later: ReturnType<typeof setTimeout> | undefined;
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
      this.write();
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
    this.write();
    this.light(litLayer(frame.state));
  }

  /** Writes what has changed, a while later if that was just done: no one reads numbers that change with every frame. */
  private write(): void {
    const { state } = this.frame ?? {};
    const run = state && selectedRun(state);
    if (state === undefined || run === undefined || !hasRows(run)) return;
    const from = [run, chosenRow(state, run), shownMetric(state), shownThreshold(state), state.sorting];
    if (!this.written.differs(...from, this.mostRows)) return;
    const wait = this.writtenAt + leastPause - performance.now();
    if (wait > 0) {
      this.later ??= setTimeout(() => {
        this.later = undefined;
        this.write();
      }, wait);
      return;
    }
    this.written.isNew(...from, this.mostRows);
    this.writtenAt = performance.now();
    this.writeAll(state, run);
  }

  private writeAll(state: ViewState, run: ShownRun): void {
    const metric = shownMetric(state);
    const columns = columnsOf(run, chosenRow(state, run), metric);
    const order = sortLayers(run.header.layers.length, columns, state.sorting);
    const shown = order.slice(0, this.mostRows);
    const ids = columns.map(({ id }) => id).join();
    if (this.built.isNew(shown.join(), ids, state.sorting, run.header.layers, metric)) {
      this.build(columns, shown, state.sorting, run.header);
      this.light(litLayer(state));
    }
    this.fill(columns, state, run);
    setText(this.caption, `${metric.name} of ${run.header.network} by layer`);
    this.more.hidden = shown.length === order.length;
    setText(this.more, `Show all ${formatCount(order.length)} layers`);
  }

  private light(lit: string | undefined): void {
    for (const { name, root } of this.rows) root.classList.toggle('lit', name === lit);
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

  private build(
    columns: readonly Column[],
    order: readonly number[],
    sorting: Sorting | undefined,
    { hasText }: ShownRun['header'],
  ): void {
    // The button that has the focus is made anew too.
    const focused = document.activeElement?.getAttribute('data-testid') ?? undefined;
    this.head.replaceChildren(...columns.map((column) => this.headCell(column, sorting)));
    const name = columns.find(({ id }) => id === 'name');
    this.rows = order.map((layer) => buildRow(layer, String(name?.read(layer) ?? ''), columns, hasText));
    this.body.replaceChildren(...this.rows.map(({ root }) => root));
    const again = [...this.root.querySelectorAll<HTMLElement>('button[data-testid]')];
    if (focused !== undefined) again.find(({ dataset }) => dataset['testid'] === focused)?.focus();
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
    button.addEventListener('click', () => this.intents.sort(id));
    return element(
      'th',
      { 'scope': 'col', 'aria-sort': direction, 'class': isText(id) ? 'text' : undefined },
      button,
    );
  }

  private fill(columns: readonly Column[], state: ViewState, run: ShownRun): void {
    const threshold = shownThreshold(state);
    const explode = shownMetric(state).id === 'norm' ? run.header.thresholds.explode : undefined;
    for (const { layer, cells, texts } of this.rows) {
      for (const [index, column] of columns.entries()) {
        const cell = cells[index];
        if (cell === undefined || column.id === 'name') continue;
        const value = column.read(layer);
        const text = typeof value === 'number' ? column.format(value) : (value ?? '–');
        // Asking thousands of cells what they say costs more than remembering it.
        if (texts[index] !== text) cell.textContent = texts[index] = text;
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

/** `hasText` makes the name lead to its line. */
function buildRow(layer: number, name: string, columns: readonly Column[], hasText: boolean): Row {
  const cells = columns.map(({ id }): HTMLTableCellElement => {
    if (id !== 'name') return element('td', { 'data-column': id, 'class': isText(id) ? 'text' : undefined });
    if (!hasText) return element('th', { 'scope': 'row', 'data-column': id }, name);
    const link = element(
      'button',
      { 'type': 'button', 'class': 'link', 'title': 'Show in the editor', 'data-testid': `link-${name}` },
      name,
    );
    return element('th', { 'scope': 'row', 'data-column': id }, link);
  });
  return { layer, name, cells, texts: [], root: element('tr', { 'data-testid': `row-${name}` }, ...cells) };
}

function isText(id: ColumnId): boolean {
  return id === 'name' || id === 'kind';
}
