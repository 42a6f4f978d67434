import { createLister } from "../../lib/aws/lister.ts";
import { startEmbeddedAws } from "../../lib/local/embedded-aws.ts";
import { createPace } from "../../lib/sweep/pace.ts";
import { sweep } from "../../lib/sweep/sweep.ts";
import { KEY, policyOf } from "../support/build.ts";
import { portsOn } from "../support/world.ts";

const SIZES = [1_000, 10_000, 100_000];
/** One job in this number of jobs runs; the others have ended. */
const RUNNING = 100;

/** The cost of a sweep in an account with this many training jobs, one in a hundred of them in progress. */
export async function benchSweep(): Promise<string[]> {
  const lines: string[] = [];
  for (const size of SIZES) lines.push(await sweepOf(size));
  return lines;
}

async function sweepOf(size: number): Promise<string> {
  const aws = await startEmbeddedAws({ now: new Date("2026-11-02T09:15:00Z") });
  const body = { OutputDataConfig: { KmsKeyId: KEY }, ResourceConfig: { InstanceType: "ml.g5.xlarge" } };
  for (let i = 0; i < size; i++) {
    const name = `job-${i}`;
    const arn = `arn:aws:sagemaker:us-east-1:111122223333:training-job/${name}`;
    const status = i % RUNNING === 0 ? "InProgress" : "Completed";
    aws.sagemaker.add({ kind: "training-job", arn, id: { TrainingJobName: name }, body, status });
  }
  const { endpoint, credentials, clock } = aws;
  const start = clock.now().getTime();
  const ports = portsOn(aws, policyOf({ keys: { accept: "customer-managed" } }), {
    wait: async (ms) => clock.advance(ms),
  });
  const swept = await sweep({
    ports,
    account: "111122223333",
    region: "us-east-1",
    pace: createPace(ports),
    ...createLister({ endpoint, credentials, region: "us-east-1" }),
    found: () => {},
    save: async () => {},
    goOn: () => true,
  });
  const { length } = aws.calls;
  const lists = aws.calls.filter(({ operation }) => operation.startsWith("List")).length;
  const minutes = (clock.now().getTime() - start) / 60_000;
  await aws.close();
  const each = (length / size).toFixed(3);
  return `${String(size).padStart(7)} jobs, ${String(swept.looked).padStart(5)} in progress: ${String(length).padStart(5)} calls (${lists} lists), ${each} a job, ${minutes.toFixed(1)} minutes at its pace`;
}
