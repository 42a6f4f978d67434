import { sdkMembers } from "./sdk-members.ts";

/** A section of the SDK's file, and the operation whose defaults it has. */
export interface SdkSection {
  /** The path of the section, below `SageMaker`. */
  readonly section: string;
  readonly operation: string;
}

/** The section of a member's path: the first name, or the module below `PythonSDK.Modules`. */
const sectionOf = (config: string): string =>
  config
    .split(".")
    .slice(0, config.startsWith("PythonSDK.") ? 3 : 1)
    .join(".");

/** Every section with a key or a flag, in the order of the members. A section's first member names its operation. */
export const sdkSections: readonly SdkSection[] = [...new Set(sdkMembers.map(({ config }) => sectionOf(config)))].map(
  (section) => ({
    section,
    operation: sdkMembers.find(({ config }) => sectionOf(config) === section)?.operation ?? section,
  }),
);

/**
 * The members that decide the request of a section's operation. A module has only its own. A resource kind may also read
 * another kind's section (AutoMLV2 reads AutoML's), but no module's.
 */
export const membersOf = ({ section, operation }: SdkSection) =>
  sdkMembers.filter((one) =>
    section.startsWith("PythonSDK.")
      ? sectionOf(one.config) === section
      : one.operation === operation && one.only === undefined,
  );
