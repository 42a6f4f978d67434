import { expect, it } from "vitest";
import { escapeHidden } from "../../lib/text/escape-hidden.ts";
import { capital, joined, ownText, safeText } from "../../lib/text/safe-text.ts";
import { defanged } from "../../lib/text/untrusted.ts";
import { HOSTILE } from "../attacks/hostile.ts";

const raw: string = "evil.com";
const own = "job" as "job" | "notebook";

it("puts Keyward's own words around quoted values, numbers and words of a closed list", () => {
  expect(safeText`The ${own} ${defanged(raw, 20)} has ${2} key${own === "job" ? "s" : ""}`).toBe(
    "The job evil[.]com has 2 keys",
  );
  expect(joined([capital(ownText("a")), safeText``, safeText`\`b\``], ", ")).toBe("A, , `b`");
});

it("takes no other value: the compiler refuses each of these", () => {
  // @ts-expect-error A string may be anybody's.
  safeText`${raw}`;
  // @ts-expect-error A plain template is a string.
  safeText`${`the ${raw}`}`;
  // @ts-expect-error So is a joined list.
  safeText`${[raw].join(", ")}`;
  // @ts-expect-error And a value that is only sometimes safe.
  safeText`${own === "job" ? "" : raw}`;
  // @ts-expect-error A value that may be absent would be shown as undefined.
  safeText`${undefined as "a" | undefined}`;
  // @ts-expect-error A list of strings is not a list of safe texts.
  joined([raw], ", ");
});

it.each(HOSTILE)("%j is the same in JSON whose hidden characters are escaped, which are then plain to see", (evil) => {
  const json = escapeHidden(JSON.stringify({ [evil]: [evil] }));
  expect(JSON.parse(json)).toEqual({ [evil]: [evil] });
  expect(json).not.toMatch(/[\p{C}\p{DI}\p{Zl}\p{Zp}]/u);
});
