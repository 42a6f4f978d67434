import { scalar } from "../model/member.ts";
import { firstAt, type Nodes, visitAt } from "./bound-path.ts";
import type { CompiledSetting } from "./compile-settings.ts";
import type { Reading } from "./read-settings.ts";

/** The instance types that can have the volumes of a setting, each once. */
export interface InstanceTypes {
  readonly types: readonly string[];
  /** SageMaker chooses one of them, and its choice is not known. */
  readonly areAlternatives: boolean;
}

/** The instance types of a reading: those that the request names, else SageMaker's choice, else all alternatives. */
export function instanceTypesOf({ compiled, nodes }: Reading): InstanceTypes {
  const given = typesAt(nodes, compiled.instanceTypes);
  if (given.size > 0 || compiled.alternatives.length === 0) return { types: [...given], areAlternatives: false };
  const types = typesAt(nodes, compiled.alternatives);
  const chosen = selectedIn(compiled, nodes);
  if (chosen !== undefined && (types.size === 0 || types.has(chosen))) {
    return { types: [chosen], areAlternatives: false };
  }
  // A choice that is not one of the alternatives settles nothing.
  if (chosen !== undefined) types.add(chosen);
  if (hasUnnamed(compiled, nodes)) types.add(UNNAMED);
  return { types: [...types], areAlternatives: true };
}

/** No family has this name, so its storage is unknown. */
const UNNAMED = "an instance type without a name";

/** Whether one of the alternatives names no instance type: SageMaker may offer another way to name it one day. */
function hasUnnamed({ alternatives, choices }: CompiledSetting, nodes: Nodes): boolean {
  const count = (paths: CompiledSetting["choices"]): number => {
    let found = 0;
    for (const path of paths) visitAt(nodes, path, () => found++);
    return found;
  };
  return count(choices) > count(alternatives);
}

function typesAt(nodes: Nodes, paths: CompiledSetting["instanceTypes"]): Set<string> {
  const types = new Set<string>();
  for (const path of paths) visitAt(nodes, path, (value) => types.add(scalar(value)));
  return types;
}

function selectedIn({ selected }: CompiledSetting, nodes: Nodes): string | undefined {
  const found = selected && firstAt(nodes, selected);
  return typeof found === "string" ? found : undefined;
}
