import { describe, expect, it } from 'vitest';
import { layerLensTitle, layersAt } from '../../../src/runs/words/layerWords.ts';
import { networkLens, type NetworkState } from '../../../src/runs/words/networkLens.ts';
import { Tryout } from '../../../src/runs/tryouts.ts';
import { recordedLayers, resultOf, rowsOf, sessionOf, vanishingSession } from '../madeUp.ts';

const untouched: NetworkState = {
  session: undefined,
  tryout: undefined,
  errors: 0,
  trusted: true,
  offersComparison: false,
  prediction: undefined,
};

function titles(state: Partial<NetworkState>): string[] {
  return networkLens({ ...untouched, ...state }).map(({ title }) => title);
}

const hidden = new Set([3]);
const output = new Set([4]);

describe('the line above a network', () => {
  it.each<[string, Partial<NetworkState>, string[]]>([
    ['before a run', {}, ['$(play)\u00A0Analyze gradients']],
    [
      'with a prediction',
      { prediction: 'predicted: vanishing, hidden[1] ≈ 3.10e-7' },
      ['$(play)\u00A0Analyze gradients', 'predicted: vanishing, hidden[1] ≈ 3.10e-7'],
    ],
    ['the first of two', { offersComparison: true }, ['$(play)\u00A0Analyze gradients', 'Compare networks']],
    ['with an error', { errors: 1 }, ['$(error)\u00A01 error to mend before it can be analyzed']],
    ['with errors', { errors: 12 }, ['$(error)\u00A012 errors to mend before it can be analyzed']],
    ['without trust', { trusted: false }, ['$(shield)\u00A0Trust this folder to analyze gradients']],
  ])('%s', (_, state, expected) => {
    expect(titles(state)).toEqual(expected);
  });

  it('says how far a run has come, and offers to stop it', () => {
    const session = sessionOf();
    expect(titles({ session })).toEqual(['$(loading~spin)\u00A0waiting to train', 'Stop']);
    session.receive({
      type: 'started',
      job: 1,
      layers: recordedLayers,
      parameters: 65,
      steps: 1500,
      bytes: 1,
      notes: [],
    });
    session.receive({ type: 'rows', job: 1, rows: rowsOf(1199, [[1, 1, 1, 1]]), histograms: [] });
    expect(titles({ session })).toEqual([
      '$(loading~spin)\u00A0step 1,200 of 1,500 · loss 0.700\u2007\u2007',
      'Stop',
    ]);
  });

  it('keeps its width while a network trains, so that Stop stands still', () => {
    const session = sessionOf();
    session.receive({
      type: 'started',
      job: 1,
      layers: recordedLayers,
      parameters: 65,
      steps: 1500,
      bytes: 1,
      notes: [],
    });
    session.receive({ type: 'rows', job: 1, rows: rowsOf(9, [[1, 1, 1, 1]]), histograms: [] });
    // A comma and two digits less than 1,500 has.
    expect(titles({ session })[0]).toContain('step \u2007\u2008\u200710 of 1,500 · loss 0.700');
  });

  it('says what was found, and marks it after an edit', () => {
    const session = vanishingSession();
    const [outcome, ...offers] = titles({ session });
    expect(outcome).toBe(`$(warning)\u00A0vanishing: ${session.verdict?.message}`);
    expect(outcome).toContain('hidden[1]');
    expect(offers).toEqual(['Open view', '$(lightbulb)\u00A0Try fixes', '$(play)\u00A0Analyze again']);
    session.stale = true;
    expect(titles({ session })[0]).toBe(`${outcome} · before the edit`);
  });

  it('offers fixes for an alarm, says how far they are, and shows them again', () => {
    const session = vanishingSession();
    const tryout = new Tryout(session, []);
    tryout.done = 3;
    const fixes = (state: Partial<NetworkState>): string[] => titles({ session, ...state }).slice(2, -1);
    expect(fixes({})).toEqual(['$(lightbulb)\u00A0Try fixes']);
    expect(fixes({ tryout })).toEqual(['$(loading~spin)\u00A0trying fixes: 3 of 0', 'Cancel']);
    tryout.state = 'done';
    expect(fixes({ tryout })).toEqual(['$(lightbulb)\u00A0Show fixes']);
    // Not without trust, with errors in the text, or about a text that is gone.
    expect(fixes({ trusted: false })).toEqual([]);
    expect(fixes({ errors: 1 })).toEqual([]);
    session.stale = true;
    expect(fixes({})).toEqual([]);
  });

  it('offers no fixes where nothing is wrong', () => {
    const session = vanishingSession();
    for (const trial of session.trials)
      trial.judgement = {
        verdict: { kind: 'converged', layers: [], message: '', evidence: {} },
        findings: [],
      };
    expect(titles({ session }).slice(1)).toEqual(['Open view', '$(play)\u00A0Analyze again']);
  });

  it('says that a run was stopped before it could be judged', () => {
    const session = sessionOf();
    session.receive({
      type: 'started',
      job: 1,
      layers: recordedLayers,
      parameters: 65,
      steps: 10,
      bytes: 1,
      notes: [],
    });
    session.receive({ type: 'rows', job: 1, rows: rowsOf(0, [[1, 1, 1, 1]]), histograms: [] });
    session.receive({ type: 'terminated' });
    expect(titles({ session })[0]).toBe('stopped after step 1 of 10');
  });

  it('says why a run failed, in one line', () => {
    const session = sessionOf();
    session.fail({ rule: 'data-file', message: 'There is no "x.csv".\nat readCsv', line: 5 });
    expect(titles({ session })).toEqual([
      '$(error)\u00A0failed: There is no "x.csv".',
      '$(play)\u00A0Analyze again',
    ]);
  });
});

describe('the line above a layer', () => {
  it('is there where something is wrong, with the number, the limit and since when', () => {
    const session = vanishingSession();
    expect(layerLensTitle(session, layersAt(session, hidden), 'warnings')).toBe(
      '$(warning)\u00A02 of 3 below 1e-4, smallest hidden[1] 1.00e-7',
    );
    expect(layerLensTitle(session, layersAt(session, output), 'warnings')).toBeUndefined();
  });

  it('names the step since which one layer has been below', () => {
    const session = sessionOf();
    session.receive({
      type: 'started',
      job: 1,
      layers: recordedLayers.slice(3),
      parameters: 5,
      steps: 4,
      bytes: 1,
      notes: [],
    });
    session.receive({ type: 'rows', job: 1, rows: rowsOf(0, [[1e-5], [1], [2e-5], [3e-5]]), histograms: [] });
    session.verdict = { kind: 'uniformly-small', layers: ['output'], message: '', evidence: {} };
    expect(layerLensTitle(session, layersAt(session, output), 'warnings')).toBe(
      '$(warning)\u00A0gradient norm 3.00e-5, below 1e-4 since step 2',
    );
  });

  it('is not there for small gradients of a network that has learned', () => {
    const session = vanishingSession();
    session.verdict = { kind: 'converged', layers: [], message: '', evidence: {} };
    session.findings = [];
    expect(layerLensTitle(session, layersAt(session, hidden), 'warnings')).toBeUndefined();
    expect(layerLensTitle(session, layersAt(session, hidden), 'all')).toBe(
      'gradient norm 1.00e-7 to 0.00100',
    );
  });

  it('shows healthy layers when all are asked for, and equal norms once', () => {
    const session = vanishingSession();
    session.verdict = { kind: 'converged', layers: [], message: '', evidence: {} };
    session.findings = [];
    const [one] = layersAt(session, output);
    expect(one && layerLensTitle(session, [one, one], 'all')).toBe('gradient norm 0.100');
    expect(layerLensTitle(session, layersAt(session, output), 'all')).toBe('gradient norm 0.100');
  });

  it('says how many units are dead where that is what is wrong', () => {
    const session = sessionOf();
    const rows = rowsOf(0, [[1, 1, 1, 1]]);
    // The last of a layer's quantities is the dead share; the layer is the output.
    rows.values[rows.values.length - 1] = 0.75;
    session.receive({
      type: 'started',
      job: 1,
      layers: recordedLayers,
      parameters: 65,
      steps: 1,
      bytes: 1,
      notes: [],
    });
    session.receive({ type: 'rows', job: 1, rows, histograms: [] });
    session.receive({ type: 'finished', job: 1, result: resultOf('completed', 1) });
    session.findings = [
      { id: 'dead-units', severity: 'warning', layers: ['output'], message: '', evidence: {} },
    ];
    expect(layerLensTitle(session, layersAt(session, output), 'warnings')).toBe(
      '$(warning)\u00A075 % of its units are zero on the whole batch',
    );
  });
});
