/** The members, names and indexes that lead to a place in a document. */
export type DocumentPath = readonly (string | number)[];

/** `A.B[0].C` as `A`, `B`, `[0]`, `C`; the empty path, which is the whole request, has no segment. */
export const segmentsOf = (path: string): string[] => (path === "" ? [] : path.split(/\.|(?=\[)/));

/** A setting's path, such as `Steps[Train].Arguments.Environments[0]`, as the members, names and indexes that lead there. */
export const documentPathOf = (path: string): DocumentPath =>
  segmentsOf(path).map((segment) => {
    const inner = /^\[(.*)\]$/.exec(segment)?.[1];
    if (inner === undefined) return segment;
    return /^\d+$/.test(inner) ? Number(inner) : inner;
  });
