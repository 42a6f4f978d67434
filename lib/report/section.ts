import type { Html } from "./page/types.ts";

/** A part of the page; absent if it has no data. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}
