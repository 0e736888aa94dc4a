/** Properties are tried on the same cases everywhere, so that a failure can be had again; `FUZZ_RUNS` looks further, on new ones. */
import fc from 'fast-check';

if (process.env['FUZZ_RUNS'] === undefined) fc.configureGlobal({ seed: 20_261_125 });
