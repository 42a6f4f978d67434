/** The values of a template's parameters, as a file of one stage gives them. */
export interface ParameterValues {
  /** The file's name, for the reader. */
  readonly file: string;
  readonly values: ReadonlyMap<string, string>;
}
