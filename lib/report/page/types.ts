/** The data of the page's script. Every text in it is clean. */

/** Markup in which every inserted text is escaped. */
export interface Html {
  readonly html: string;
}

export type Part = Html | string | number | undefined | readonly Part[];

/** Findings by column: a member of `rows` per column, an element per finding. Numbers are indexes, -1 means none. */
export interface Columns {
  /** Each text of more than one finding, once. */
  readonly texts: readonly string[];
  /** Sets of failed settings: path, what it protects, state, reason and key, as indexes of `texts`. */
  readonly settings: readonly (readonly SettingCodes[])[];
  /** Sets of actions, as indexes of `texts`. */
  readonly actions: readonly (readonly number[])[];
  readonly rows: Rows;
}

export type SettingCodes = readonly [path: number, protects: number, is: number, because: number, key: number];

export interface Rows {
  readonly id: readonly string[];
  readonly time: readonly string[];
  readonly name: readonly string[];
  readonly call: readonly number[];
  readonly account: readonly number[];
  readonly region: readonly number[];
  readonly principal: readonly number[];
  readonly kind: readonly number[];
  readonly week: readonly number[];
  readonly verdict: readonly number[];
  readonly because: readonly number[];
  readonly arn: readonly number[];
  /** 1 where the resource's name follows the text of `arn`. */
  readonly named: readonly number[];
  readonly settings: readonly number[];
  readonly actions: readonly number[];
}

export type Coded = "call" | "account" | "region" | "principal" | "kind" | "week" | "verdict" | "because" | "arn";

/** A finding in words. */
export interface Row {
  readonly id: string;
  readonly time: string;
  readonly name: string;
  readonly call: string;
  readonly account: string;
  readonly region: string;
  readonly principal: string;
  readonly kind: string;
  readonly verdict: string;
  readonly because: string | undefined;
  readonly arn: string | undefined;
  readonly settings: readonly {
    readonly path: string;
    readonly protects: string;
    readonly is: string;
    readonly because: string | undefined;
    readonly key: string | undefined;
  }[];
  readonly actions: readonly string[];
}
