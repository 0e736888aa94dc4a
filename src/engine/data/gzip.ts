import { gunzipSync } from 'fflate/browser';

/** The bytes themselves, or what they unpack to if they are gzipped; the reason where that fails. */
export type Unpacked =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

/** Unpacks what begins with gzip's magic number and leaves everything else as it is. */
export function unpack(bytes: Uint8Array): Unpacked {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return { ok: true, bytes };
  }
  try {
    return { ok: true, bytes: gunzipSync(bytes) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
