import type { Columns, Html, Row } from "./types.ts";

export declare function rowAt(data: Columns, index: number): Row;
export declare function rowOf(row: Row): Html;
export declare function badge(verdict: string): Html;
