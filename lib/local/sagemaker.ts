import { kindOf, kinds } from "../catalogue/kinds.ts";
import { listings } from "../catalogue/listings.ts";
import type { Kind } from "../catalogue/vocabulary.ts";
import { parseArn } from "../core/model/arn.ts";
import { defined } from "../core/model/defined.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import { collect } from "../core/model/path.ts";
import type { ApiCall } from "../core/model/types.ts";
import { subjectOf } from "../core/read/subject.ts";
import type { Clock } from "./clock.ts";
import { listOf } from "./sagemaker-lists.ts";
import type { LocalResource } from "./sagemaker-resource.ts";
import { bornAs, endPool, keepAliveMs, poolStatus, refusal, stoppedAs, updateJob } from "./sagemaker-states.ts";
import { STEPS, stepsOf } from "./sagemaker-steps.ts";
import { addTags } from "./sagemaker-tags.ts";
import { AwsFault, type Service } from "./wire.ts";

export interface LocalSageMaker {
  readonly handle: Service;
  readonly resources: readonly LocalResource[];
  /** Creates or changes the resource that a recorded call created or changed. */
  apply(call: ApiCall): void;
  add(
    resource: Pick<LocalResource, "kind" | "arn" | "id" | "body"> & { name?: string; status?: string },
  ): LocalResource;
}

/**
 * The part of SageMaker that the catalogue covers: every kind's Describe, Stop and List with its state rules, tags and
 * warm pools.
 */
export function createSageMaker(clock: Clock, onChange: (resource: LocalResource) => void): LocalSageMaker {
  const resources: LocalResource[] = [];
  // The keys: the values of Describe's input, the ARN as Describe's input, and the ARN alone.
  const index = new Map<string, LocalResource>();

  const move = (resource: LocalResource, { status, next }: ReturnType<typeof bornAs>) => {
    resource.status = status;
    const turn = ++resource.moves;
    onChange(resource);
    if (poolStatus(resource) === "Available") clock.after(keepAliveMs(resource.body), () => endPool(resource));
    const [first, ...rest] = next;
    if (!first) return;
    clock.after(first[0], () => resource.moves === turn && move(resource, { status: first[1], next: rest }));
  };

  const add: LocalSageMaker["add"] = ({ kind, arn, id, body, name = Object.values(id).at(-1) ?? "", status }) => {
    const { region = "", account = "" } = parseArn(arn) ?? {};
    const warmPool = keepAliveMs(body) > 0;
    const tags = new Map<string, string>();
    const resource: LocalResource = {
      kind,
      name,
      arn,
      account,
      region,
      id,
      body,
      status: "",
      tags,
      createdAt: clock.now(),
      warmPool,
      moves: 0,
    };
    resources.push(resource);
    const names = Object.keys(kindOf(kind).describe.input).map((member) => id[member]);
    for (const key of [keyOf(kind, region, names), keyOf(kind, region, [arn]), arn]) index.set(key, resource);
    move(resource, status === undefined ? bornAs(kind) : { status, next: [] });
    return resource;
  };

  const find = (kind: Kind, input: JsonObject, region: string): LocalResource => {
    const named = Object.keys(kind.describe.input).map((member) => text(input, member));
    const found = index.get(keyOf(kind.kind, region, named));
    if (found) return found;
    const message = kind.kind === "notebook-instance" ? "RecordNotFound" : "Requested resource not found.";
    throw new AwsFault("ValidationException", message);
  };

  return {
    resources,
    add,
    apply: (call) => apply(call, { add, move, find: (kind, region, id) => index.get(keyOf(kind, region, id)) }),
    handle({ operation, region, input }) {
      if (operation === "AddTags") return { json: addTags(index.get(text(input, "ResourceArn") ?? ""), region, input) };
      if (operation === "ListTags") return { json: listTags(index.get(text(input, "ResourceArn") ?? "")) };
      if (operation === "UpdateTrainingJob")
        return { json: updateJob(find(kindOf("training-job"), input, region), input) };
      if (operation === "DescribePipelineDefinitionForExecution") {
        const execution = find(kindOf("pipeline-execution"), input, region);
        const pipeline = find(kindOf("pipeline"), { PipelineName: execution.body.PipelineName ?? null }, region);
        return { json: { PipelineDefinition: pipeline.body.PipelineDefinition ?? null } };
      }
      if (operation === "ListPipelineExecutionSteps")
        return { json: stepsOf(find(kindOf("pipeline-execution"), input, region), input) };
      const listing = listings.find(({ list }) => list === operation);
      if (listing) return { json: listOf(listing, resources, region, input) };
      const kind = kinds.find(({ describe }) => describe.operation === operation);
      if (kind) return { json: describe(kind, find(kind, input, region)) };
      const stopped: Kind | undefined = kinds.find((one) => "stop" in one && one.stop.operation === operation);
      if (!stopped) throw new AwsFault("UnknownOperationException", operation);
      const resource = find(stopped, input, region);
      checkStop(stopped, resource, input);
      move(resource, stoppedAs(stopped.kind, resource.status));
      return { json: {} };
    },
  };
}

const keyOf = (kind: string, region: string, named: readonly (string | undefined)[]): string =>
  [kind, region, ...named].join(" ");

type Making = Pick<LocalSageMaker, "add"> & {
  find(kind: string, region: string, named: readonly (string | undefined)[]): LocalResource | undefined;
  move(resource: LocalResource, to: ReturnType<typeof bornAs>): void;
};

function apply(call: ApiCall, { add, move, find }: Making): void {
  const subject = subjectOf(call);
  if (!subject) return;
  const { kind, resource } = subject;
  const id = subject.describe?.input ?? nameOnly(kind, resource.name);
  if (!id) return;
  const known = find(
    kind.kind,
    call.region,
    Object.keys(kind.describe.input).map((member) => id[member]),
  );
  const body = call.request === "omitted" ? {} : toApiSpelling(call.request);
  if (known) {
    if (/^(Start|Retry)/.test(call.eventName)) move(known, bornAs(kind.kind));
    else known.body = { ...known.body, ...body };
    return;
  }
  // StartPipelineExecution creates an execution. Every other Start needs a resource that exists.
  if (/^(Start|Retry)/.test(call.eventName) && call.eventName !== "StartPipelineExecution") return;
  const generated = `arn:aws:sagemaker:${call.region}:${call.account}:${kind.kind}/${resource.name?.toLowerCase()}`;
  add({
    kind: kind.kind,
    arn: resource.arn ?? generated,
    id,
    body,
    ...defined({ name: resource.name ?? undefined }),
  });
}

/** The id of a resource that has no Describe in the SDK yet. */
const nameOnly = ({ source, describe }: Kind, name: string | null): Record<string, string> | undefined =>
  source && name !== null ? { [Object.keys(describe.input)[0] ?? ""]: name } : undefined;

/** Members whose keys the caller chooses; the keys keep their case. */
const MAPS = /^(environment|hyperParameters|staticHyperParameters|modelVariantActions)$/i;

/** Gives a recorded request the API's spelling: each member begins in upper case. */
export function toApiSpelling(value: JsonObject): JsonObject {
  const raise = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(raise);
    return isObject(json) ? toApiSpelling(json) : json;
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      MAPS.test(name) ? member : raise(member),
    ]),
  );
}

function describe(kind: Kind, resource: LocalResource): object {
  const { body, arn, id, status } = resource;
  const pool = poolStatus(resource);
  // DescribeAutoMLJobV2 returns a version 1 job's SecurityConfig in the place of version 2.
  const autoMl = isObject(body.AutoMLJobConfig) ? { SecurityConfig: body.AutoMLJobConfig.SecurityConfig } : {};
  const { [STEPS]: _, ...described } = body;
  return {
    ...described,
    ...autoMl,
    ...id,
    [kind.describe.arn]: arn,
    ...(kind.describe.status && { [kind.describe.status]: status }),
    ...defined({ WarmPoolStatus: pool === undefined ? undefined : { Status: pool } }),
  };
}

function checkStop(kind: Kind, resource: LocalResource, input: JsonObject): void {
  if (!kind.stop?.from.includes(resource.status)) {
    throw new AwsFault("ValidationException", refusal(kind.kind, resource.status, resource.arn));
  }
  if (kind.kind === "pipeline-execution" && (text(input, "ClientRequestToken")?.length ?? 0) < 32) {
    throw new AwsFault("ValidationException", "ClientRequestToken must have 32 characters or more");
  }
  if (kind.kind !== "inference-experiment") return;
  const actions = isObject(input.ModelVariantActions) ? input.ModelVariantActions : {};
  const variants = collect(resource.body, "ModelVariants[].VariantName").map(({ value }) => String(value));
  const lacking = variants.filter((variant) => !Object.hasOwn(actions, variant));
  if (lacking.length > 0) throw new AwsFault("ValidationException", `ModelVariantActions lacks ${lacking.join(", ")}`);
}

function listTags(resource: LocalResource | undefined): object {
  return { Tags: [...(resource?.tags ?? [])].map(([Key, Value]) => ({ Key, Value })) };
}
