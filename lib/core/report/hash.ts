/**
 * 128 bits of a text, written into `result`: four lanes, each mixed into the next (with MurmurHash3's constants). Not for
 * secrets.
 */
export function hash128(text: string, result: Uint32Array = new Uint32Array(4)): Uint32Array {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  result[0] = a ^ b ^ c ^ d;
  result[1] = b ^ a;
  result[2] = c ^ a;
  result[3] = d ^ a;
  return result;
}

/** A text with its `hash30`. */
export interface Hashed {
  readonly text: string;
  readonly hash: number;
}

/** 30 bits of a text (FNV-1a). */
export function hash30(text: string): number {
  let state = 2166136261;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16777619);
  return state >>> 2;
}
