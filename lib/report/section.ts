import type { Html } from "./page/types.ts";

/** A part of the page; absent where it has nothing to say. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}
