import { describe, expect, it } from "vitest";
import { createLister } from "../../lib/aws/lister.ts";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { createPace } from "../../lib/sweep/pace.ts";
import { sweep } from "../../lib/sweep/sweep.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, type EmbeddedState, embeddedState, happen, mailsOf, portsOn } from "../support/world.ts";

/** Attacks with the resource's own tags, which its owner may write. */

const HOUR = 3_600_000;
const nb = (name: string) =>
  [{ NotebookInstanceName: name }, { NotebookInstanceArn: arnOf("notebook-instance", name) }] as const;
const notebook = ({ aws }: EmbeddedState, name: string) => {
  const [id] = nb(name);
  return aws.sagemaker.add({
    kind: "notebook-instance",
    arn: arnOf("notebook-instance", name),
    id,
    body: {},
    status: "InService",
  });
};
const deliver = (state: EmbeddedState, event: JsonObject) =>
  respond(event, state.ports, { receives: 1, sentAt: state.aws.clock.now(), isRedriven: false, isLast: false });

/** A notebook whose call Keyward has reported, so that it has real tags. */
async function reported(state: EmbeddedState, name: string) {
  await deliver(state, happen(state.aws, "CreateNotebookInstance", ...nb(name)));
  const resource = state.aws.sagemaker.resources.find((one) => one.id.NotebookInstanceName === name);
  expect(resource?.tags.get("keyward:event")).toBeDefined();
  return resource?.tags ?? new Map<string, string>();
}

async function missedBy({ aws }: EmbeddedState): Promise<string[]> {
  const ports = portsOn(aws, policyOf());
  const { endpoint, credentials } = aws;
  const missed: string[] = [];
  await sweep({
    ports,
    account: "111122223333",
    region: "us-east-1",
    pace: createPace(ports),
    ...createLister({ endpoint, credentials, region: "us-east-1" }),
    found: (one) => void (one.missed && missed.push(one.decision.resource?.name ?? "")),
    save: async () => {},
    goOn: () => true,
  });
  return missed;
}

describe("a tag of one's own", () => {
  const forged = {
    "an event that never was": () => "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
    "the path of another object": () => "../../date=2026-11-02/x",
    "another notebook's event": (real: ReadonlyMap<string, string>) => real.get("keyward:event") ?? "",
    nothing: () => "",
  };

  it.each(Object.entries(forged))("%s does not hide it from the sweep", async (_, forge) => {
    const state = await embeddedState();
    const real = await reported(state, "other");
    const { tags } = notebook(state, "nb");
    tags.set("keyward:event", forge(real));
    tags.set("keyward:checked", real.get("keyward:checked") ?? "");
    tags.set("keyward:status", "compliant");
    state.aws.clock.advance(2 * HOUR);
    expect(await missedBy(state)).toEqual(["nb"]);
  });

  it.each(["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", "yesterday", ""])(
    "checked at %j does not end the sweep",
    async (checked) => {
      const state = await embeddedState();
      const { tags } = notebook(state, "nb");
      tags.set("keyward:event", "e3b0c442-98fc-4c14-9afb-f4c8996fb924");
      tags.set("keyward:checked", checked);
      state.aws.clock.advance(2 * HOUR);
      expect(await missedBy(state)).toEqual(["nb"]);
    },
  );

  it("of an earlier notebook with the same name does not hide the new one from the sweep", async () => {
    const state = await embeddedState();
    const real = new Map(await reported(state, "nb"));
    state.aws.clock.advance(2 * HOUR);
    // It was deleted.
    (state.aws.sagemaker.resources as unknown[]).length = 0;
    const { tags } = notebook(state, "nb");
    for (const [key, value] of real) tags.set(key, value);
    state.aws.clock.advance(2 * HOUR);
    expect(await missedBy(state)).toEqual(["nb"]);
  });

  it.each(Object.entries(forged))("%s does not silence the mail when it starts", async (_, forge) => {
    const state = await embeddedState();
    const real = await reported(state, "other");
    notebook(state, "nb");
    const before = mailsOf(state.aws).length;
    const Tags = { "keyward:event": forge(real), "keyward:checked": real.get("keyward:checked") ?? "" };
    const { decision } = await deliver(state, started("nb", Tags));
    expect(decision.actions.map(({ do: name, outcome }) => `${name} ${outcome}`)).toEqual([
      "tag done",
      "stop done",
      "notify done",
    ]);
    expect(mailsOf(state.aws)).toHaveLength(before + 1);
  });

  it("that is Keyward's own is believed: neither missed, nor mailed again", async () => {
    const state = await embeddedState();
    const real = await reported(state, "nb");
    state.aws.clock.advance(HOUR);
    const before = mailsOf(state.aws).length;
    const { decision } = await deliver(state, started("nb", Object.fromEntries(real)));
    expect(decision.actions.map(({ do: name, outcome }) => `${name} ${outcome}`)).toEqual([
      "tag skipped",
      "stop done",
      "notify skipped",
    ]);
    expect(mailsOf(state.aws)).toHaveLength(before);
    state.aws.clock.advance(HOUR);
    expect(await missedBy(state)).toEqual([]);
  });
});

const started = (name: string, Tags: JsonObject): JsonObject => ({
  version: "0",
  id: `change-${name}`,
  "detail-type": "SageMaker Notebook Instance State Change",
  source: "aws.sagemaker",
  account: "111122223333",
  time: "2026-11-02T10:15:00Z",
  region: "us-east-1",
  resources: [arnOf("notebook-instance", name)],
  detail: {
    NotebookInstanceName: name,
    NotebookInstanceArn: arnOf("notebook-instance", name),
    NotebookInstanceStatus: "InService",
    Tags,
  },
});
