/** The name by which an exemption's uses are counted. Without one of its own, it is named by its position in the policy. */
export const exemptionName = ({ name }: { readonly name?: string | undefined }, index: number): string =>
  name ?? `exemption ${index + 1}`;
