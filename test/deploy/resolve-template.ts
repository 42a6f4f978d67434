import type { Resource, Template } from "../../scripts/plain-template.ts";

export interface Pseudo {
  readonly Partition: string;
  readonly Region: string;
  readonly AccountId: string;
  readonly URLSuffix: string;
  readonly StackName: string;
  readonly StackId: string;
}

export const PSEUDO: Pseudo = {
  Partition: "aws",
  Region: "eu-central-1",
  AccountId: "111122223333",
  URLSuffix: "amazonaws.com",
  StackName: "keyward-test",
  StackId: "arn:aws:cloudformation:eu-central-1:111122223333:stack/keyward-test/1f0e",
};

export interface Resolved {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A property that `AWS::NoValue` removes. */
const NO_VALUE = Symbol("AWS::NoValue");

/**
 * The template as CloudFormation deploys it with these parameters: conditions decided, and every intrinsic function replaced
 * but `Ref` and `Fn::GetAtt` of resources.
 */
export function resolveTemplate(
  template: Template,
  parameters: Readonly<Record<string, string>> = {},
  pseudo: Pseudo = PSEUDO,
): Resolved {
  const values = valuesOf(template, parameters);
  const look = (name: string): unknown => {
    if (name === "AWS::NoValue") return NO_VALUE;
    if (name.startsWith("AWS::")) return pseudo[name.slice(5) as keyof Pseudo];
    return values.get(name);
  };
  const holds = (name: string) => resolve(template.Conditions?.[name] ?? false) === true;
  const functions: Readonly<Record<string, (input: never) => unknown>> = {
    Ref: (name: string) => look(name) ?? { Ref: name },
    Condition: holds,
    "Fn::GetAtt": (path: unknown) => ({ "Fn::GetAtt": path }),
    "Fn::If": ([condition, yes, no]: [string, unknown, unknown]) => resolve(holds(condition) ? yes : no),
    "Fn::Equals": (input: unknown) => {
      const [a, b] = resolve(input) as [unknown, unknown];
      return String(a) === String(b);
    },
    "Fn::Not": (input: unknown) => !(resolve(input) as boolean[])[0],
    "Fn::Join": (input: unknown) => {
      const [by, parts] = resolve(input) as [string, string[]];
      return parts.join(by);
    },
    "Fn::Split": ([by, input]: [string, Record<string, unknown>]) => {
      const [joinedBy, parts] = (input["Fn::Join"] ?? []) as [string?, unknown?];
      // What was joined with the same text, resources too, is a list again.
      if (joinedBy !== by) return (resolve(input) as string).split(by);
      return (resolve(parts) as unknown[]).flatMap((one) => (typeof one === "string" ? one.split(by) : [one]));
    },
    "Fn::Sub": (input: string | [string, object]) => {
      const [text, own] = typeof input === "string" ? [input, {}] : [input[0], resolve(input[1]) as object];
      return substitute(text, (name) => (own as Record<string, unknown>)[name] ?? look(name));
    },
  };
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((one) => one !== NO_VALUE);
    if (typeof value !== "object" || value === null) return value;
    const [[name, input] = ["", undefined], ...more] = Object.entries(value);
    const run = more.length === 0 ? functions[name] : undefined;
    if (run) return run(input as never);
    const members = Object.entries(value).map(([member, inner]) => [member, resolve(inner)] as const);
    return Object.fromEntries(members.filter(([, inner]) => inner !== NO_VALUE));
  }
  const kept = <T extends { readonly Condition?: string }>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(entries)
        .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
        .map(([name, { Condition: _, ...rest }]) => [name, resolve(rest)]),
    );
  return {
    Resources: kept(template.Resources) as Record<string, Resource>,
    Outputs: kept(template.Outputs ?? {}) as Record<string, { Value: unknown }>,
  };
}

/** The parameters' values with their defaults. Lists are in CloudFormation's text form. */
function valuesOf({ Parameters = {} }: Template, given: Readonly<Record<string, string>>): Map<string, unknown> {
  const unknown = Object.keys(given).filter((name) => !(name in Parameters));
  if (unknown.length > 0) throw new Error(`the template has no parameter ${unknown}`);
  return new Map(
    Object.entries(Parameters as Record<string, { Type: string; Default?: string | number }>).flatMap(
      ([name, { Type, Default }]) => {
        const value = given[name] ?? Default;
        if (value === undefined) return [];
        return [[name, Type === "CommaDelimitedList" ? String(value).split(",") : value]];
      },
    ),
  );
}

/** A text that is nothing but a resource's attribute is that attribute; inside a longer text it stays as it is. */
function substitute(text: string, look: (name: string) => unknown): unknown {
  const [, resource, attribute] = /^\$\{(\w+)\.(\w+)\}$/.exec(text) ?? [];
  if (resource !== undefined && attribute !== undefined) return { "Fn::GetAtt": [resource, attribute] };
  return text.replace(/\$\{([\w:.]+)\}/g, (all, name: string) => {
    const value = look(name);
    if (value === undefined) return all;
    return typeof value === "object" ? `\${${(value as { Ref: string }).Ref}}` : String(value);
  });
}
