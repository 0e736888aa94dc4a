// `node esbuild.mjs --generate` writes the generated sources: kernels from AssemblyScript.
import { generateKernels } from './scripts/generate-kernels.mjs';

await generateKernels();
