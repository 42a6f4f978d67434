/** The members, names and indexes that lead to a place in a document. */
export type DocumentPath = readonly (string | number)[];

/** Splits `A.B[0].C` into `A`, `B`, `[0]` and `C`. The empty path means the whole request and has no segment. */
export const segmentsOf = (path: string): string[] => (path === "" ? [] : path.split(/\.|(?=\[)/));

/** Converts a setting's path, such as `Steps[Train].Arguments.Environments[0]`, into a path of the document. */
export const documentPathOf = (path: string): DocumentPath =>
  segmentsOf(path).map((segment) => {
    const inner = /^\[(.*)\]$/.exec(segment)?.[1];
    if (inner === undefined) return segment;
    return /^\d+$/.test(inner) ? Number(inner) : inner;
  });

/** Finds the settings of a subject whose document has the API's spelling from this path on. */
export const settingsFrom = (start: DocumentPath) => (path: string) => ({ at: [...start, ...documentPathOf(path)] });
