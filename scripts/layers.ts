/**
 * Which folder may import which, and why. The one table of the project's structure: `npm run layers` holds the imports
 * against it, types included, and draws docs/architecture.md's diagram from it.
 */

export interface Layer {
  readonly folder: string;
  /** What it is for, in one line of the diagram's table. */
  readonly purpose: string;
  /** Folders that it may import; it may always import itself. */
  readonly imports: readonly string[];
  /** Packages and Node modules that it may import: a name, or a prefix that ends in `*`. */
  readonly packages: readonly string[];
  /** Why no more than that; what to do instead. */
  readonly because: string;
}

const PURE = "It must run anywhere and give the same answer each time: pass time, files and look-ups as arguments.";
const CORE = ["lib/core/model", "lib/core/read", "lib/core/judge", "lib/core/plan", "lib/core/report"];

export const layers: readonly Layer[] = [
  {
    folder: "lib/catalogue",
    purpose: "The data: a row for each operation and kind, instance families, S3 locations, lists",
    imports: [],
    packages: [],
    because: "The catalogue is data: it imports nothing but itself.",
  },
  {
    folder: "lib/text",
    purpose: "Helpers for untrusted and long text",
    imports: [],
    packages: ["fastest-levenshtein"],
    because: "Everybody may use it, so it may use nobody.",
  },
  {
    folder: "lib/policy",
    purpose: "The policy: schema, reading, versions",
    imports: ["lib/catalogue", "lib/text"],
    packages: ["zod/mini", "yaml", "node:fs/promises", "node:crypto"],
    because: "The core judges by a policy, so a policy knows nothing of judging.",
  },
  {
    folder: "lib/core/model",
    purpose: "The types that pass between the stages; members and paths of JSON; reasons and their codes",
    imports: ["lib/catalogue", "lib/policy"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/core/read",
    purpose: "An event parsed; its subject; where its settings are; the settings read",
    imports: ["lib/catalogue", "lib/policy", "lib/core/model"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/core/judge",
    purpose: "Each setting judged by the policy: keys, buckets, pipelines, parents, exemptions",
    imports: ["lib/catalogue", "lib/policy", "lib/core/model", "lib/core/read"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/core/plan",
    purpose: "From the judgement to the actions; the decision",
    imports: ["lib/catalogue", "lib/policy", "lib/core/model", "lib/core/read", "lib/core/judge"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/core/report",
    purpose: "Decisions counted, compared and summed up",
    imports: ["lib/catalogue", "lib/policy", "lib/core/model", "lib/core/judge"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/wording",
    purpose: "The only place that turns reasons into sentences: mails, chat, remedies",
    imports: ["lib/catalogue", "lib/policy", "lib/text", ...CORE],
    packages: [],
    because: "Wording comes last: what needs a sentence passes a reason, and nothing in the core reads text.",
  },
  {
    folder: "lib/ports",
    purpose: "The interfaces that enforcement needs from outside",
    imports: ["lib/catalogue", "lib/policy", "lib/wording", ...CORE],
    packages: [],
    because: "Interfaces only: adapters implement them and enforcement uses them, without knowing each other.",
  },
  {
    folder: "lib/actions",
    purpose: "Tag, notify and stop: one module for each action, and their table",
    imports: ["lib/catalogue", "lib/policy", "lib/wording", "lib/ports", ...CORE],
    packages: [],
    because: "An action knows how it is done through its port; when to do it is enforcement's.",
  },
  {
    folder: "lib/enforce",
    purpose: "One event: resolve, judge, plan, claim, act, record; ledger, limiter",
    imports: ["lib/catalogue", "lib/policy", "lib/text", "lib/wording", "lib/ports", "lib/actions", ...CORE],
    packages: ["node:crypto", "aws-lambda"],
    because: "Enforcement meets AWS through the ports; lib/compose wires them.",
  },
  {
    folder: "lib/sweep",
    purpose: "The resources that exist now, page by page",
    imports: ["lib/catalogue", "lib/policy", "lib/wording", "lib/ports", "lib/enforce", ...CORE],
    packages: ["node:crypto"],
    because: "A sweep is enforcement for calls that it makes up from lists; it meets AWS through the ports.",
  },
  {
    folder: "lib/cloudtrail",
    purpose: "Every form in which CloudTrail's records come, read once",
    imports: ["lib/core/model"],
    packages: ["node:*", "jsonc-parser"],
    because: "Reading is not judging: it gives records, whoever wants them.",
  },
  {
    folder: "lib/backtest",
    purpose: "CloudTrail's history through the judge, on several threads",
    imports: ["lib/catalogue", "lib/policy", "lib/cloudtrail", ...CORE],
    packages: ["node:*", "esbuild"],
    because: "History is read from files and judged by the core; nothing is looked up.",
  },
  {
    folder: "lib/check",
    purpose: "Files judged before what they describe exists; the entry is check-paths.ts",
    imports: ["lib/policy", "lib/check/model", "lib/check/read", "lib/check/forms", "lib/check/judge"],
    packages: [],
    because: "It calls the steps in order (read, recognise, judge); each step is a folder below it.",
  },
  {
    folder: "lib/check/model",
    purpose: "The types that pass between a check's steps: subject, document, form, result, finding, format",
    imports: ["lib/catalogue", "lib/core/model"],
    packages: [],
    because: "Every other folder of the check imports it, so it imports none of them.",
  },
  {
    folder: "lib/check/read",
    purpose: "Files and folders into text; YAML and JSON into documents with positions",
    // Until one helper reads the files of every command, the check uses CloudTrail's for gzip and UTF-16.
    imports: ["lib/core/model", "lib/check/model", "lib/cloudtrail"],
    packages: ["node:fs/promises", "node:path", "yaml"],
    because: "It gives documents, and does not know which resources they hold.",
  },
  {
    folder: "lib/check/cloudformation",
    purpose: "CloudFormation templates: parameters and functions resolved, resources as requests",
    imports: ["lib/core/model", "lib/check/model"],
    packages: [],
    because: "A form of input makes requests of a document; lib/check/judge judges them.",
  },
  {
    folder: "lib/check/forms",
    purpose: "The table of the forms of input, and the small forms",
    imports: ["lib/catalogue", "lib/core/model", "lib/check/model", "lib/check/cloudformation"],
    packages: ["node:path"],
    because: "A form of input makes requests of a document; lib/check/judge judges them.",
  },
  {
    folder: "lib/check/judge",
    purpose: "A subject judged by the core without look-ups; values that a file leaves open",
    imports: ["lib/catalogue", "lib/policy", "lib/core/model", "lib/core/judge", "lib/check/model"],
    packages: [],
    because: PURE,
  },
  {
    folder: "lib/check/formats",
    purpose: "A check's findings for other tools: SARIF, JUnit, JSON",
    imports: ["lib/catalogue", "lib/core/model", "lib/text", "lib/wording", "lib/check/model"],
    packages: ["node:path", "sarif"],
    because: "A format is text made of results; the table for people is lib/cli/show's, because it needs a terminal.",
  },
  {
    folder: "lib/report",
    purpose: "The report as one page",
    imports: ["lib/catalogue", "lib/text", "lib/wording", "lib/core/model", "lib/core/report"],
    packages: ["node:fs", "node:path", "node:crypto", "d3-*"],
    because: "A page is written from its data; reading and deciding are elsewhere.",
  },
  {
    folder: "lib/aws",
    purpose: "One adapter for each AWS service; the only importers of the SDK",
    imports: ["lib/catalogue", "lib/ports", "lib/wording", ...CORE],
    packages: ["@aws-sdk/*"],
    because: "An adapter implements ports and knows nobody above them.",
  },
  {
    folder: "lib/local",
    purpose: "The embedded AWS, which real SDK clients reach over loopback",
    imports: ["lib/catalogue", "lib/ports", "lib/core/model", "lib/core/read"],
    packages: ["node:*", "zod/mini", "aws-lambda"],
    because: "It stands for AWS: it knows SageMaker's facts and nothing of enforcement.",
  },
  {
    folder: "lib/compose",
    purpose: "The one place that wires ports to adapters",
    imports: ["lib/policy", "lib/ports", "lib/aws", "lib/local", "lib/enforce", "lib/sweep", "lib/core/model"],
    packages: [],
    because: "Wiring only: what has a decision in it belongs below.",
  },
  {
    folder: "lib/library",
    purpose: "The package's entries: what other programs may import",
    imports: ["lib/policy", "lib/wording", ...CORE],
    packages: [],
    because: "A promise to other programs: it names what they may use, and holds no code.",
  },
  {
    folder: "lib/cli/terminal",
    purpose: "What a terminal takes: colours, width, tables, progress",
    imports: ["lib/text"],
    packages: ["node:*"],
    because: "It knows no data of Keyward's.",
  },
  {
    folder: "lib/cli/input",
    purpose: "Arguments and files into what the commands take",
    imports: [
      "lib/catalogue",
      "lib/policy",
      "lib/text",
      "lib/wording",
      "lib/cloudtrail",
      "lib/compose",
      "lib/enforce",
      "lib/local",
      "lib/report",
      "lib/cli/terminal",
      ...CORE,
    ],
    packages: ["node:*"],
    because: "Commands share it, so it knows no command.",
  },
  {
    folder: "lib/cli/completion",
    purpose: "The commands' options as scripts for the shells",
    imports: ["lib/cli/input"],
    packages: [],
    because: "It writes what the commands say of themselves, so that it never says anything else.",
  },
  {
    folder: "lib/cli/show",
    purpose: "Decisions, findings and reports as text",
    imports: [
      "lib/catalogue",
      "lib/policy",
      "lib/text",
      "lib/wording",
      "lib/check/model",
      "lib/cloudtrail",
      "lib/check/formats",
      "lib/local",
      "lib/cli/input",
      "lib/cli/terminal",
      ...CORE,
    ],
    packages: [],
    because: "Text out: it decides nothing.",
  },
  {
    folder: "lib/cli/commands",
    purpose: "One file for each command, and its parts",
    imports: [
      "lib/catalogue",
      "lib/policy",
      "lib/text",
      "lib/wording",
      "lib/ports",
      "lib/enforce",
      "lib/sweep",
      "lib/cloudtrail",
      "lib/backtest",
      "lib/check",
      "lib/check/model",
      "lib/compose",
      "lib/local",
      "lib/cli/input",
      "lib/cli/completion",
      "lib/cli/show",
      "lib/cli/terminal",
      ...CORE,
    ],
    packages: ["node:*"],
    because: "Arguments in, text out; AWS is reached through lib/compose.",
  },
  {
    folder: "lib/cli",
    purpose: "The entry point: finds the command and runs it",
    imports: ["lib/text", "lib/cli/input", "lib/cli/commands", "lib/cli/terminal"],
    packages: ["node:*"],
    because: "It loads one command, so that nothing is loaded that is not needed.",
  },
  {
    folder: "handlers",
    purpose: "One file for each Lambda entry point: wires, and calls lib",
    imports: ["lib/compose", "lib/enforce", "lib/sweep"],
    packages: ["aws-lambda"],
    because: "A few lines each: what has a decision in it belongs in lib.",
  },
];
