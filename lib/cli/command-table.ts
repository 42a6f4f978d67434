import type { Commands } from "./input/command.ts";

/** Every command, in the order of the help. A command's module is loaded only when it is called. */
export const commands: Commands = {
  replay: {
    summary: "judge events and act on them: on an embedded AWS, as a dry run, or on AWS",
    load: async () => import("./commands/replay.ts"),
  },
  backtest: {
    summary: "report what a policy would have done with CloudTrail's history",
    load: async () => import("./commands/backtest.ts"),
  },
  explain: {
    summary: "explain the verdict about an event, setting by setting",
    load: async () => import("./commands/explain.ts"),
  },
  catalogue: {
    summary: "print every operation that Keyward judges, and the instance families",
    load: async () => import("./commands/catalogue.ts"),
  },
  sweep: {
    summary: "judge the resources that exist now, and find those that no event reported",
    load: async () => import("./commands/sweep.ts"),
  },
  policy: {
    summary: "check a policy file; push it to an installation; history and rollback; suggest entries",
    load: async () => import("./commands/policy.ts"),
  },
  mode: {
    summary: "show or switch the mode of an installation: enforce, observe, off",
    load: async () => import("./installation/mode.ts"),
  },
  doctor: {
    summary: "look at an installation in AWS and say what to fix",
    load: async () => import("./installation/doctor.ts"),
  },
  canary: {
    summary: "send a test through an installation, to the test mail, and wait for it",
    load: async () => import("./installation/canary.ts"),
  },
  check: {
    summary: "judge templates, request files and pipeline definitions before they are deployed",
    load: async () => import("./check/check.ts"),
  },
  defaults: {
    summary: "print defaults that give jobs a key: the SageMaker SDK's file, Studio's settings",
    load: async () => import("./defaults/defaults.ts"),
  },
  scp: {
    summary: "print the service control policy that denies what the policy condemns; backtest it",
    load: async () => import("./prevention/scp.ts"),
  },
  iam: {
    summary: "print the same as a managed policy of IAM",
    load: async () => import("./prevention/iam.ts"),
  },
  rcp: {
    summary: "print the resource control policy that denies rejected keys in S3 and KMS",
    load: async () => import("./prevention/rcp.ts"),
  },
  completion: {
    summary: "print the script that completes commands and options in bash, zsh or fish",
    load: async () => import("./commands/completion.ts"),
  },
};
