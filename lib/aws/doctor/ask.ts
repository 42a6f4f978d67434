import type { Fact } from "../../doctor/facts.ts";
import { failureOf } from "../failure.ts";
import { clientOptions } from "../target.ts";

/** Three attempts with their pauses end within twelve seconds: a person waits. */
const TIMEOUT_MS = 3_500;

/** The options of every client of the doctor. */
export const optionsIn = (region: string) => clientOptions({ region, timeoutMs: TIMEOUT_MS });

/** The errors with which the services say that something does not exist. */
const ABSENT =
  /NotFound(Exception|Error)?$|^NoSuch(Bucket|Entity(Exception)?|PublicAccessBlockConfiguration)$|^QueueDoesNotExist$|NonExistentQueue$/;

/** Asks AWS one thing. `action`: the IAM action that the call needs. A policy that is no JSON is no answer. */
export async function ask<T>(action: string, call: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { is: "known", value: await call() };
  } catch (error) {
    if (error instanceof Error && ABSENT.test(error.name)) return { is: "absent" };
    if (error instanceof SyntaxError) {
      const service = action.slice(0, action.indexOf(":"));
      return { is: "failed", action, reason: { code: "incomplete-answer", service, lacks: "valid JSON" } };
    }
    const { is, reason } = failureOf(error);
    return { is, action, reason };
  }
}

export const known = <T>(value: T): Fact<T> => ({ is: "known", value });

/** All elements of an answer that comes in pages; `next` gives a page for a token. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...items);
    token = next;
  } while (token !== undefined);
  return all;
}
