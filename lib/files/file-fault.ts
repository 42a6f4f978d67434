/** The reason why a file or a folder cannot be read, with advice; from an error of `node:fs`. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  if (code === "ENXIO") return NOT_REGULAR;
  if (code === "EISDIR") return FOLDER;
  return `cannot be read (${code || String(error)}); check the path`;
}

export const FOLDER = "a folder; give a file";

/** A pipe, a socket or a device may never end, so none of them is opened. */
export const NOT_REGULAR = "not a regular file but a pipe, a socket or a device; give a file, or - for standard input";

/** `1 GiB`, `64 MiB`, `256 KiB`: a limit that is a whole number of them, in bytes. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 ** 2) return `${bytes / 1024} KiB`;
  return bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1024 ** 2} MiB`;
}
