import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { isObject } from "../../../lib/core/model/member.ts";

/** The value of each parameter. A value that begins with the mark is any other than those that the template names. */
export type Assignment = Readonly<Record<string, string>>;

export const FRESH = "fresh:";

/** A deployment with these values fails, so it cannot occur. */
export class CannotDeploy extends Error {}

const ABSENT: unique symbol = Symbol("AWS::NoValue");
type Evaluated = Json | typeof ABSENT;

/**
 * Evaluates a template for one assignment of its parameters, as CloudFormation does: a second implementation, which knows
 * all values and shares nothing with the one that it checks.
 */
export function evaluatorOf(template: JsonObject, assignment: Assignment) {
  const conditions = template.Conditions as JsonObject;
  const mappings = template.Mappings as Record<string, Record<string, JsonObject>>;

  function isTrue(name: string): boolean {
    const decide = (node: Json): boolean => {
      const [[fn, argument] = []] = Object.entries(node as JsonObject);
      if (fn === "Condition") return isTrue(argument as string);
      const sides = argument as Json[];
      if (fn === "Fn::Not") return !decide(sides[0] as Json);
      if (fn === "Fn::And") return sides.every(decide);
      if (fn === "Fn::Or") return sides.some(decide);
      return evaluated(sides[0] as Json) === evaluated(sides[1] as Json);
    };
    return decide(conditions[name] as Json);
  }

  const textOf = (node: Json): string => {
    const value = evaluated(node);
    if (typeof value !== "string") throw new Error(`no text: ${JSON.stringify(node)}`);
    return value;
  };

  function referTo(name: string): Evaluated {
    if (name === "AWS::NoValue") return ABSENT;
    return assignment[name] as string;
  }

  function evaluated(node: Json): Evaluated {
    if (Array.isArray(node)) return node.map(evaluated).filter((one): one is Json => one !== ABSENT);
    if (!isObject(node)) return node;
    const [[fn, argument] = []] = Object.entries(node);
    const list = argument as Json[];
    switch (fn) {
      case "Ref":
        return referTo(argument as string);
      case "Fn::If":
        return evaluated((isTrue(list[0] as string) ? list[1] : list[2]) as Json);
      case "Fn::Join":
        return (evaluated(list[1] as Json) as string[]).join(list[0] as string);
      case "Fn::Split":
        return textOf(list[1] as Json).split(list[0] as string);
      case "Fn::Select":
        return (evaluated(list[1] as Json) as Json[])[Number(list[0])] as Json;
      case "Fn::FindInMap": {
        const [name, first, second] = list.map(textOf);
        const found = mappings[name as string]?.[first as string]?.[second as string];
        if (found === undefined) throw new CannotDeploy();
        return found;
      }
      case "Fn::Sub": {
        const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
        return (text as string).replace(/\$\{(\w+)\}/g, (_, name: string) =>
          textOf((variables as JsonObject)[name] ?? { Ref: name }),
        );
      }
      default: {
        const members = Object.entries(node).map(([name, one]) => [name, evaluated(one)] as const);
        return Object.fromEntries(members.filter(([, one]) => one !== ABSENT)) as JsonObject;
      }
    }
  }

  return { isTrue, evaluate: (node: Json) => evaluated(node) as Json };
}
