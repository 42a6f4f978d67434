import type { Answer, LookUp } from "../../lib/core/model/look-up.ts";
import type { Reason } from "../../lib/core/model/reason.ts";
import type { StopOrder } from "../../lib/core/plan/orders.ts";
import type { Result } from "../../lib/ports/ports.ts";
import type { Read, Store, Written } from "../../lib/ports/store.ts";
import type { Mail } from "../../lib/wording/mail/mail.ts";
import type { Schedule } from "./schedule.ts";

/** Everything outside the function, as it really is; only the calls to it go wrong. */
export interface Outside {
  readonly store: {
    readonly [Call in keyof Store]: (...input: Parameters<Store[Call]>) => Awaited<ReturnType<Store[Call]>>;
  };
  readonly objects: ReadonlyMap<string, { readonly text: string }>;
  readonly resources: Map<string, Resource>;
  /** Stops that ended a run, in order. */
  readonly stops: Stopped[];
  /** Notices that SNS has taken. */
  readonly published: Published[];
  readonly alarms: string[];
  describe(lookUp: LookUp): Answer;
  stop(order: StopOrder): Result;
  publish(mail: Mail): void;
}

/** A notebook or a training job. Each start of a notebook is a run of its own. */
export interface Resource {
  readonly name: string;
  readonly kind: "notebook-instance" | "training-job";
  readonly mayStop: boolean;
  status: string;
  run: number;
}

export interface Stopped {
  readonly name: string;
  readonly run: number;
  readonly at: number;
  readonly mayStop: boolean;
}

export interface Published {
  readonly eventID: string;
  readonly notice: "first" | "follow-up";
}

const MINUTE = 60_000;
const RUNNING = ["InService", "InProgress"];

/** Dates of HTTP have whole seconds. */
const dateOf = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

export function createOutside(schedule: Schedule): Outside {
  const objects = new Map<string, { text: string; etag: string; writtenAt: Date }>();
  let writes = 0;
  const now = () => dateOf(schedule.now());
  const write = (key: string, value: object): Written => {
    const etag = String(++writes);
    objects.set(key, { text: JSON.stringify(value), etag, writtenAt: now() });
    return { is: "written", etag, at: now() };
  };
  const resources = new Map<string, Resource>();
  const stops: Stopped[] = [];
  const published: Published[] = [];
  return {
    objects,
    resources,
    stops,
    published,
    alarms: [],
    store: {
      create: (key, value) => (objects.has(key) ? { is: "refused" } : write(key, value)),
      replace: (key, value, etag) => (objects.get(key)?.etag === etag ? write(key, value) : { is: "refused" }),
      read(key): Read {
        const found = objects.get(key);
        if (!found) return { is: "absent" };
        const { text, etag, writtenAt } = found;
        return { is: "found", value: JSON.parse(text), etag, at: now(), writtenAt };
      },
    },
    describe(lookUp) {
      if (lookUp.ask !== "describe") return { is: "unknown", reason: DENIED };
      const name = Object.values(lookUp.input)[0] ?? "";
      const found = resources.get(name);
      if (!found) return { is: "unknown", reason: DENIED };
      return { is: "described", output: { NotebookInstanceName: name, NotebookInstanceStatus: found.status } };
    },
    stop({ resource: { name } }) {
      const resource = resources.get(name ?? "");
      if (!resource) return { is: "already-done", reason: { code: "gone" } };
      if (resource.status === "Pending") return { is: "deferred", reason: { code: "not-yet", status: "Pending" } };
      if (!RUNNING.includes(resource.status)) {
        return { is: "already-done", reason: { code: "not-running", status: resource.status } };
      }
      resource.status = "Stopping";
      const { run, mayStop } = resource;
      stops.push({ name: resource.name, run, at: schedule.now(), mayStop });
      schedule.after(2 * MINUTE, () => {
        if (resource.run === run) resource.status = "Stopped";
      });
      return { is: "done" };
    },
    publish({ default: text }) {
      const eventID = /Event (\S+)\.$/.exec(text)?.[1] ?? "";
      published.push({ eventID, notice: text.includes(", reported before, ") ? "follow-up" : "first" });
    },
  };
}

const DENIED: Reason = { code: "aws-denied", error: "AccessDenied", message: "not allowed" };
