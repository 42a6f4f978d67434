/** A deliberate bug: one text of one file is replaced by another. */
export interface Mutant {
  /** Unique; it says what goes wrong. `--only` takes a part of it. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** The members of one file's rows: name, find, replace. */
export type Row = readonly [name: string, find: string, replace: string];

export const mutantsOf = (file: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([name, find, replace]) => ({ name, file, find, replace }));

/** The file's text with the bug in it, or why the row does not fit the file any more. */
export function mutate({ name, file, find, replace }: Mutant, text: string): { ok: true; text: string } | Misfit {
  const times = text.split(find).length - 1;
  if (times === 1) return { ok: true, text: text.replace(find, () => replace) };
  return { ok: false, problem: `row "${name}": its text occurs ${times} times in ${file}, not once: ${find}` };
}

export interface Misfit {
  readonly ok: false;
  readonly problem: string;
}

/** Every row that does not fit its file, and every name that is used twice. `read`: undefined where there is no file. */
export function problemsOf(mutants: readonly Mutant[], read: (file: string) => string | undefined): string[] {
  const names = mutants.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  const misfits = mutants.flatMap((mutant) => {
    const text = read(mutant.file);
    if (text === undefined) return [`row "${mutant.name}": there is no file ${mutant.file}`];
    const mutated = mutate(mutant, text);
    return mutated.ok ? [] : [mutated.problem];
  });
  return [...twice.map((name) => `row "${name}": the name is used twice`), ...misfits];
}
