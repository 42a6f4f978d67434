import { toUtf8 } from "../../files/decode.ts";
import { readFile } from "../../files/read-file.ts";
import { mentionsSageMaker } from "./mentions.ts";

/** Files that create resources and that Keyward does not read: programs, Terraform's sources, templates of templates. */
const SOURCE =
  /\.(tf|tofu|hcl|py|ipynb|[cm]?[jt]sx?|go|java|kts?|scala|cs|fs|rb|php|rs|r|sh|bash|ps1|groovy|j2|jinja2?|tpl|tmpl|mustache|jsonnet|cue|jsonc|json5)$/i;
const SOURCE_NAMES = /^(Makefile|Jenkinsfile|Dockerfile)$/;

/** Folders whose sources are not the repository's own: installed packages, and what the CDK makes of other files. */
const NOT_OWN = /^(vendor|bower_components|cdk\.out)$/;

/** Above a notebook with its pictures. */
const SOURCE_LIMIT = { maxBytes: 16 * 1024 * 1024 };

export const isSource = (name: string): boolean => SOURCE.test(name) || SOURCE_NAMES.test(name);

export const hasOwnSources = (folderName: string): boolean => !NOT_OWN.test(folderName);

/** Whether a source file seems to create resources of SageMaker. One that cannot be opened or is too large does not. */
export function sourceMentionsSageMaker(path: string): boolean {
  const content = readFile(path, SOURCE_LIMIT);
  return content.is === "read" && mentionsSageMaker(toUtf8(content.bytes).toString("utf8"), "program");
}
