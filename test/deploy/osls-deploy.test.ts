import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Moto, startMoto } from "../support/moto-server.ts";
import { startWireProxy } from "../support/wire-proxy.ts";
import { rawAws } from "./raw-aws.ts";
import { sharedPackage } from "./shared-package.ts";

let server: Moto | undefined;
/** A copy of the packaged stack: osls writes into it. */
let folder: string | undefined;

beforeAll(async () => {
  server = await startMoto();
  if (!server) return;
  const { dir } = await sharedPackage();
  folder = mkdtempSync(join(tmpdir(), "keyward-osls-"));
  cpSync(dir, folder, { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
});

beforeEach(({ skip }) => skip(!server, "moto_server is not on the PATH"));

afterAll(() => {
  server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The parameters of each change set that was asked for, oldest first. */
type ChangeSets = Record<string, string>[];

/** `osls deploy` against moto. Rejects where moto cannot update the stack. */
async function deploy(endpoint: string, env: Readonly<Record<string, string>>, ...params: string[]): Promise<void> {
  const osls = createRequire(import.meta.url).resolve("osls/bin/serverless.js");
  const args = [osls, "deploy", "--region", "us-east-1", ...params.flatMap((param) => ["--param", param])];
  await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SLS_TELEMETRY_DISABLED: "1",
      SLS_NOTIFICATIONS_MODE: "off",
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: server?.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server?.credentials.secretAccessKey,
      ...env,
    },
  });
}

/** The parameters in the body of a CreateChangeSet call: their values, or "(previous)". */
function parametersIn(body: string): Record<string, string> {
  const form = new URLSearchParams(body);
  const found: Record<string, string> = {};
  for (let i = 1; ; i++) {
    const member = `Parameters.member.${i}.`;
    const key = form.get(`${member}ParameterKey`);
    if (key === null) return found;
    const isPrevious = form.get(`${member}UsePreviousValue`) === "true";
    found[key] = isPrevious ? "(previous)" : (form.get(`${member}ParameterValue`) ?? "");
  }
}

it("a redeployment keeps each parameter that it does not name", async () => {
  const changeSets: ChangeSets = [];
  const { endpoint } = await startWireProxy(
    server?.endpoint ?? "",
    ({ raw }) => {
      const body = raw.body.toString();
      if (body.includes("Action=CreateChangeSet")) changeSets.push(parametersIn(body));
      return "call";
    },
    {},
  );
  await deploy(endpoint, { ALERT_EMAIL: "ml@example.com", LEDGER_LOCK_DAYS: "30" });
  // The first one creates nothing but osls's bucket, and its template has no parameters.
  expect(changeSets).toEqual([{}, { AlertEmail: "ml@example.com", LedgerLockDays: "30" }]);
  const before = await parametersOfStack();
  expect(before).toMatchObject({ AlertEmail: "ml@example.com", LedgerLockDays: "30" });
  // moto takes the change set, but cannot update a stack whose conditions choose a resource's attribute.
  await deploy(endpoint, {}, "mode=enforce").catch(() => undefined);
  const kept = Object.keys(before).map((name) => [name, name === "Mode" ? "enforce" : "(previous)"]);
  expect(changeSets.at(-1)).toEqual(Object.fromEntries(kept));
  expect(changeSets).toHaveLength(3);
});

async function parametersOfStack(): Promise<Record<string, string>> {
  const xml = await rawAws(server?.endpoint ?? "").query("cloudformation", "DescribeStacks", "2010-05-15", {});
  const found = xml.split("<ParameterKey>").slice(1);
  const valueIn = (text: string) => /<ParameterValue>([^<]*)</.exec(text)?.[1] ?? "";
  return Object.fromEntries(found.map((text) => [text.split("<")[0], valueIn(text)]));
}

it("an empty value is one too: it removes a subscription", async () => {
  const { parametersOf } = await import("../../scripts/keep-parameters.mjs");
  const wanted = { AlertEmail: "", OperatorsEmail: null, LedgerLockDays: 30, Mode: null };
  expect(parametersOf(wanted, ["AlertEmail", "OperatorsEmail"])).toEqual([
    { ParameterKey: "AlertEmail", ParameterValue: "" },
    { ParameterKey: "OperatorsEmail", UsePreviousValue: true },
    { ParameterKey: "LedgerLockDays", ParameterValue: "30" },
  ]);
});
