import { followedOperations, keylessOperations, operations } from "./operations.ts";
import type { FollowedOperation, Operation } from "./vocabulary.ts";

const byName = new Map<string, Operation>([...operations, ...keylessOperations].map((row) => [row.operation, row]));
const followedByName = new Map<string, FollowedOperation>(followedOperations.map((row) => [row.operation, row]));

/** The catalogue's row of an operation whose request can hold a key, or refer to a resource that has one. */
export const operation = (name: string): Operation | undefined => byName.get(name);

/** The row of an operation whose request has no key and whose resource's key only Describe returns. */
export const followed = (name: string): FollowedOperation | undefined => followedByName.get(name);
