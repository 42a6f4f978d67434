import type { Policy } from "../../policy/schema.ts";
import { coverageOf } from "../../prevent/coverage.ts";
import type { PastCall } from "../../prevent/replay-history.ts";
import type { Statement } from "../../prevent/statement.ts";
import { publicCoverage } from "../../prevent/words.ts";
import { EXIT } from "../terminal/cli-error.ts";
import { complain, print } from "../terminal/terminal.ts";
import { today } from "./notes.ts";
import { readHistory } from "./read-history.ts";
import { replayedJson, replayedText } from "./show-replayed.ts";

/** Prints the calls of the past that the documents would have denied, and the violations that pass. */
export async function backtestScp(
  path: string,
  policy: Policy,
  { statements, documents }: { readonly statements: readonly Statement[]; readonly documents: readonly string[] },
  json: boolean,
): Promise<number> {
  // The documents exempt as of today, so the policy must too.
  const exemptions = policy.exemptions.filter(({ expires }) => expires >= today());
  const { replayed, files, faults } = await readHistory(path, { ...policy, exemptions }, statements);
  for (const { file, because } of faults) complain(`${file}: ${because}; the whole file is left out`);
  const replay = { replayed, files, documents, whyPassing: whyPassing(policy) };
  print(json ? replayedJson(replay) : replayedText(replay));
  return faults.length > 0 ? EXIT.fault : EXIT.fine;
}

/** Why the documents let a violation through: the reasons of its members in the coverage. */
function whyPassing(policy: Policy): (call: PastCall) => string {
  const rows = new Map(
    coverageOf(policy, today()).map((row) => [`${row.operation} ${row.path}`, publicCoverage(row).because]),
  );
  return ({ operation, violations, isUnbound }) => {
    if (isUnbound) return "No service control policy binds service-linked roles and AWS services.";
    const reasons = violations.map(
      (path) =>
        rows.get(`${operation} ${path.replace(/\[[^\]]*\]/g, "[]")}`) ?? "The call itself has no member for the key.",
    );
    return [...new Set(reasons)].join(" ");
  };
}
