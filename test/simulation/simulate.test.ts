import { describe, expect, it } from "vitest";
import type { Store } from "../../lib/ports/store.ts";
import { type ModeName, modes } from "./modes.ts";
import { simulate } from "./simulate.ts";

describe("a random schedule", () => {
  it.each(Object.keys(modes) as ModeName[])("in mode %s breaks no promise", async (name) => {
    for (let seed = 1; seed <= 3; seed++) {
      expect({ seed, broken: (await simulate(modes[name], seed)).broken }).toEqual({ seed, broken: [] });
    }
  });

  it("is the same for the same seed", async () => {
    const played = async () => {
      const lines: string[] = [];
      await simulate(modes.chaos, 7, { trace: (line) => lines.push(line) });
      return lines;
    };
    const first = await played();
    expect(first.length).toBeGreaterThan(100);
    expect(await played()).toEqual(first);
  });
});

/** Bugs that somebody could make in the store, and the promise that they break. */
const BUGS: readonly [string, ModeName, RegExp, (store: Store) => Store][] = [
  [
    "that writes over what another process has written",
    "copies",
    /P[123]/,
    (store) => ({ ...store, replace: async (key, value, etag) => overwritten(store, key, value, etag) }),
  ],
  [
    "that claims what is there already",
    "copies",
    /P2/,
    (store) => ({
      ...store,
      async create(key, value) {
        const written = await store.create(key, value);
        return written.is === "refused" ? { is: "written", etag: "none", at: new Date(0) } : written;
      },
    }),
  ],
];

async function overwritten(store: Store, key: string, value: object, etag: string): ReturnType<Store["replace"]> {
  const written = await store.replace(key, value, etag);
  if (written.is !== "refused") return written;
  const read = await store.read(key);
  return read.is === "found" ? store.replace(key, value, read.etag) : written;
}

describe("a deliberate bug in the store is found", () => {
  it.each(BUGS)("one %s", async (_, mode, promise, spoil) => {
    const broken: string[] = [];
    for (let seed = 1; seed <= 60 && broken.length === 0; seed++) {
      broken.push(...(await simulate(modes[mode], seed, { spoil })).broken.filter((one) => promise.test(one)));
    }
    expect(broken).not.toEqual([]);
  });
});
