/** The reason why a file or a folder cannot be read, with advice; from an error of `node:fs`. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  if (code === "ENXIO") return NOT_REGULAR;
  return `cannot be read (${code || String(error)}); check the path`;
}

/** A pipe, a socket or a device may never end, so none of them is opened. */
export const NOT_REGULAR = "not a regular file but a pipe, a socket or a device; give a file, or - for standard input";

/** A limit in bytes as text, such as `1 GiB` or `64 MiB`; the limit is a whole number of these units. */
export function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1024 ** 2} MiB`;
}
