import { describe, expect, it } from 'vitest';
import { check } from '../../../src/language/check.ts';
import { starterNetwork } from '../../../src/runs/words/starterNetwork.ts';

describe('a new file', () => {
  it('begins with a network that can be analyzed as it is', () => {
    const { diagnostics, networks } = check(starterNetwork);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(networks[0]?.network).toBeDefined();
  });
});
