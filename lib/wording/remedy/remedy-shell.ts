/** A command of the AWS CLI over several lines: the options, each with its words, on lines of their own. */
export const awsCommand = (command: string, options: readonly string[]): string =>
  [`aws ${command}`, ...options].join(" \\\n  ");

/** botocore's name of an operation or a member, by its rule for words: runs of capitals stay together. */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The AWS CLI's name of an operation, or with two dashes before it of an option. */
export const dashCase = (name: string): string => snakeCase(name).replaceAll("_", "-");
