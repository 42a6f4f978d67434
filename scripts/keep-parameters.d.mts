export interface StackParameter {
  readonly ParameterKey: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: true;
}

export function parametersOf(
  wanted: Readonly<Record<string, string | number | null>>,
  current: readonly string[],
): StackParameter[];
