import type { Place } from "../facts.ts";

/** A command of the AWS CLI in the installation's Region. */
export const aws = ({ region }: Pick<Place, "region">, command: string, ...values: readonly string[]): string =>
  `aws ${[command, ...values.map(word)].join(" ")} --region ${word(region)}`;

/** One word for a shell. Options and plain names stay as they are; everything else is quoted. */
const word = (value: string): string => (/^[\w.:/=@+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);

/** What to do where a resource of the stack was deleted or changed by hand. */
export const REDEPLOY =
  "somebody changed it outside CloudFormation: delete the stack and deploy it again (key and ledger stay)";
