import { actionPermissions } from "../lib/actions/table.ts";
import { describePermission, type Permission, permissionOn, stepsPermission } from "../lib/catalogue/permissions.ts";

/** The permission to look up resources. */
export const lookUpPermissions = (): readonly Permission[] => [describePermission()];

/** The permissions to confirm the parent of a job. Only enforcement has them: a sweep's resources have no caller. */
export const parentPermissions = (): readonly Permission[] => [stepsPermission()];

/** The permissions of the actions on SageMaker's resources. */
export const actPermissions = (): readonly Permission[] =>
  actionPermissions().flatMap((permissions) =>
    permissions.on === "kinds" ? [permissionOn(permissions.operations)] : [],
  );

/** The IAM actions on the stack's own resources that the actions need; `serverless.yml` grants them. */
export const stackActions = (): readonly string[] =>
  actionPermissions().flatMap((permissions) => (permissions.on === "stack" ? permissions.actions : []));
