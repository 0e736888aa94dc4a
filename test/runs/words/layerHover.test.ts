import { describe, expect, it } from 'vitest';
import { layerHover, unmeasuredHover } from '../../../src/runs/words/layerHover.ts';
import { layersAt } from '../../../src/runs/words/layerWords.ts';
import { network, vanishingSession } from '../madeUp.ts';

function hoverAt(
  line: number,
  change: (session: ReturnType<typeof vanishingSession>) => void = () => {},
): string {
  const session = vanishingSession();
  change(session);
  return layerHover(session, layersAt(session, new Set([line])), '[link](command:x)');
}

describe('the hover on a measured layer', () => {
  it('names it, and lists first, last and smallest value of what it has', () => {
    expect(hoverAt(4).split('\n')).toEqual(
      expect.arrayContaining([
        '**`output`** · dense · 4 → 1 · 5 parameters',
        '| gradient norm ‖∇ₗ‖ | &nbsp;&nbsp;0.100 | &nbsp;&nbsp;0.100 | &nbsp;&nbsp;0.100 |',
        // The norm over √5.
        '| rms gradient rms ∇ₗ | &nbsp;&nbsp;0.0447 | &nbsp;&nbsp;0.0447 | &nbsp;&nbsp;0.0447 |',
        '| speed of learning ‖Δwₗ‖/‖wₗ‖ | &nbsp;&nbsp;0.100 | &nbsp;&nbsp;0.100 | &nbsp;&nbsp;0.100 |',
      ]),
    );
  });

  it('sets its columns apart, their titles too', () => {
    expect(hoverAt(4)).toContain('|  | &nbsp;first | &nbsp;last | &nbsp;smallest |');
    expect(hoverAt(3)).toContain('| gradient norm | &nbsp;first | &nbsp;last |');
    expect(hoverAt(3)).toContain(' | &nbsp;over the run |');
  });

  it('breaks no number into two lines, in the table or in a sentence', () => {
    const shown = hoverAt(3, (session) => {
      const [finding] = session.findings;
      if (finding !== undefined) session.findings = [{ ...finding, message: 'of 2.50e-7, half-way' }];
    });
    expect(shown).toContain('of 2.50e-&NoBreak;7, half-way');
    expect(shown).not.toMatch(/e-\d/);
  });

  it('leaves out what a linear layer does not have', () => {
    expect(hoverAt(4)).not.toMatch(/saturation|dead|not a number/);
  });

  it('draws the norm over the run', () => {
    expect(hoverAt(4)).toContain('`▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅` gradient norm, steps 0 to 29');
  });

  it('has a row for each layer of a repeat, and why in one sentence', () => {
    const shown = hoverAt(3);
    expect(shown).toContain('**`hidden × 3`** · dense · 4 → 4 · 60 parameters');
    for (const name of ['hidden[1]', 'hidden[2]', 'hidden[3]']) expect(shown).toContain(`\`${name}\``);
    expect(shown).toMatch(/\$\(warning\) .*hidden\\\[1\\\]/);
  });

  it('says that it was measured before an edit', () => {
    expect(hoverAt(4, (session) => (session.stale = true))).toMatch(/^.* · \*measured before the edit\*\n/);
  });

  it('lets no message of a network pass for Markdown', () => {
    const shown = hoverAt(3, (session) => {
      const [finding] = session.findings;
      if (finding !== undefined) session.findings = [{ ...finding, message: '[click](command:evil) <b>' }];
    });
    expect(shown).toContain('\\[click\\]\\(command:evil\\) \\<b\\>');
  });
});

describe('the hover on a layer that was not measured', () => {
  it('shows shapes and parameters, and the prediction as one', () => {
    const predicted = {
      name: 'output',
      norm: 0.1,
      p10: 0.05,
      p90: 0.2,
      error: 1,
      decay: undefined,
      wide: false,
    };
    expect(unmeasuredHover(network.layers.slice(3), [predicted], '[link](command:x)')).toBe(
      '**`output`** · dense · 4 → 1 · 5 parameters\n\n[link](command:x)\n\n' +
        'predicted 0.100 at initialisation (10–90 %: 0.0500 – 0.200), not measured yet',
    );
  });
});
