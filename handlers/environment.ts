import { modeParameter } from "../lib/compose/mode-parameter.ts";
import { routeTopicsOf } from "../lib/compose/notify.ts";

/**
 * What each function of the stack is given: `TOPIC_ARN` and `OPERATORS_TOPIC_ARN`, the topics of users and operators;
 * `ROUTE_TOPIC_ARNS`, the topics that the policy's `notify` may name; `LEDGER_BUCKET`; `KEYWARD_STACK`, the stack's name;
 * `KEYWARD_MODE`, the mode until somebody switches it. Throws at once where one that is needed is not set.
 */
export const stackEnvironment = () => ({
  topicArn: required("TOPIC_ARN"),
  operatorsTopicArn: required("OPERATORS_TOPIC_ARN"),
  routeTopicArns: routeTopicsOf(),
  ledgerBucket: required("LEDGER_BUCKET"),
  stack: required("KEYWARD_STACK"),
  mode: modeParameter(),
});

/** The value of an environment variable; throws at once where it is not set. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** CloudWatch Logs takes each line of standard output. */
export const log = (line: string): void => void process.stdout.write(`${line}\n`);
