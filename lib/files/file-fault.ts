/** Why a file or a folder cannot be read, and what to do about it; from an error of `node:fs`. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  if (code === "ENXIO") return NOT_REGULAR;
  return `cannot be read (${code || String(error)}); check the path`;
}

/** A pipe, a socket or a device may never end, so none is opened by its name. */
export const NOT_REGULAR = "not a regular file but a pipe, a socket or a device; give a file, or - for standard input";

/** `1 GiB`, `64 MiB`: a limit that is a whole number of them, in bytes. */
export function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1024 ** 2} MiB`;
}
