/** A type whose members can be assigned while an object is being built. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
