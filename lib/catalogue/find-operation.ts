import { followedOperations, keylessOperations, operations } from "./operations.ts";
import type { FollowedOperation, Operation } from "./vocabulary.ts";

const byName = new Map<string, Operation>([...operations, ...keylessOperations].map((row) => [row.operation, row]));
const followedByName = new Map<string, FollowedOperation>(followedOperations.map((row) => [row.operation, row]));

/** The catalogue's row of an operation whose request can hold a key, or refer to what holds one. */
export const operation = (name: string): Operation | undefined => byName.get(name);

/** The row of an operation that puts a key to use which Describe has to tell. */
export const followed = (name: string): FollowedOperation | undefined => followedByName.get(name);
