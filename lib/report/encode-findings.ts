import { utcFormat } from "d3-time-format";
import { protectsNoun } from "../catalogue/protects.ts";
import type { PublicFinding } from "../wording/public-report.ts";
import type { Coded, Columns } from "./page/types.ts";
import { kindWords } from "./words.ts";

const isoWeek = utcFormat("%G-W%V");
const CODED = ["call", "account", "region", "principal", "kind", "week", "verdict", "because", "arn"] as const;

/** Findings for the page's script: by column, each shared text once. The texts must be clean. */
export function encodeFindings(findings: readonly PublicFinding[]): Columns {
  const texts = codesOf<string>();
  const settings = codesOf<readonly (readonly [number, number, number, number, number])[]>();
  const actions = codesOf<readonly number[]>();
  const heads = findings.map(headOf);
  const code = (text: string | undefined): number => (text === undefined ? -1 : texts.code(text, text));
  const coded = Object.fromEntries(CODED.map((column) => [column, heads.map((head) => code(head[column]))]));
  const rows = {
    ...(coded as Record<Coded, number[]>),
    id: findings.map(({ eventID }) => eventID),
    time: findings.map(({ eventTime }) => eventTime),
    name: findings.map(({ name }) => name),
    named: heads.map(({ named }) => named),
    settings: findings.map((finding) => {
      const set = finding.settings.map(
        ({ path, protects, is, because, key }) =>
          [code(path), code(protectsNoun(protects)), code(is), code(because), code(key)] as const,
      );
      return settings.code(set.join(";"), set);
    }),
    actions: findings.map((finding) => {
      const set = finding.actions.map(code);
      return actions.code(set.join(), set);
    }),
  };
  return { texts: texts.all, settings: settings.all, actions: actions.all, rows };
}

type Head = Record<Coded, string | undefined> & { readonly named: number };

/** Many ARNs differ only in the name at the end, which has its own column. */
function headOf({ arn, name, eventName, eventTime, account, region, principal, kind, ...rest }: PublicFinding): Head {
  const named = arn !== null && name !== "" && arn.endsWith(name);
  const week = weekOf(eventTime.slice(0, 10));
  return {
    call: eventName,
    account,
    region,
    principal,
    kind: kindWords(kind),
    week,
    verdict: rest.verdict,
    because: rest.because,
    arn: named ? arn.slice(0, -name.length) : (arn ?? undefined),
    named: Number(named),
  };
}

function weekOf(day: string): string {
  const date = new Date(day);
  return Number.isNaN(date.getTime()) ? "unknown" : isoWeek(date);
}

/** Numbers the values in the order of their first use. */
function codesOf<T>(): { readonly all: readonly T[]; code(id: string, value: T): number } {
  const codes = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    code(id, value) {
      const known = codes.get(id);
      if (known !== undefined) return known;
      codes.set(id, all.length);
      return all.push(value) - 1;
    },
  };
}
