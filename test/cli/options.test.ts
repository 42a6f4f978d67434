import { describe, expect, it } from "vitest";
import { commands } from "../../lib/cli/command-table.ts";

describe.each(Object.keys(commands))("keyward %s", (name) => {
  it("names each of its options in its help, and no others", async () => {
    const { options, usage } = (await commands[name]?.load()) ?? { options: {}, usage: "" };
    const named = [...usage.matchAll(/^ {2}--([a-z-]+)|, --([a-z-]+) [A-Z]/gm)].map(([, first, next]) => first ?? next);
    expect([...new Set(named)].sort()).toEqual(Object.keys(options).sort());
    expect(usage).toContain(`Usage: keyward ${name}`);
  });

  it("names each value of an option with a few fixed values", async () => {
    const { options, usage } = (await commands[name]?.load()) ?? { options: {}, usage: "" };
    for (const { values = [] } of Object.values(options)) {
      if (values.length < 10) for (const value of values) expect(usage).toContain(value);
    }
  });
});
