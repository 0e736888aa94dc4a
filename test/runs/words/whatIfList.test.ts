import { describe, expect, it } from 'vitest';
import { whatIfList } from '../../../src/runs/words/whatIfList.ts';

const answer = (words: string, norm: number) => ({ words, norm, text: `${words}: ${norm}` });

describe('what other choices would do', () => {
  it('lists those that leave the most gradient without exploding or being nothing', () => {
    const answers = [
      answer('sigmoid', 1e-6),
      answer('relu', 0.1),
      answer('exponential', 1e9),
      answer('zeros', 0),
    ];
    expect(whatIfList(answers, 1e3)).toBe(
      "**In its place**, the first layer's predicted gradient would be\n- `relu`: 0.1\n- `sigmoid`: 0.000001",
    );
  });

  it('names an activation with the initialiser that was made for it rather than without', () => {
    expect(whatIfList([answer('relu', 0.01), answer('relu + kaiming_normal', 0.1)], 1e3)).toBe(
      "**In its place**, the first layer's predicted gradient would be\n- `relu + kaiming_normal`: 0.1",
    );
  });

  it('is short', () => {
    const many = Array.from({ length: 20 }, (_, index) => answer(`a${index}`, index + 1));
    expect(whatIfList(many, 1e3)?.split('\n')).toHaveLength(9);
  });

  it('is not there where nothing can be predicted', () => {
    expect(whatIfList([], 1e3)).toBeUndefined();
  });
});
