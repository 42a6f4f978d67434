import type { Html, Part } from "./types.ts";

export declare function html(strings: readonly string[], ...parts: readonly Part[]): Html;
export declare function code(text: string): Html;
export declare function markup(part: Part): string;
