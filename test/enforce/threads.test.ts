import { expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import type { Fault } from "../../lib/local/embedded-aws.ts";
import type { Publication } from "../../lib/local/sns.ts";
import { policyOf } from "../support/build.ts";
import { arnOf, embeddedState, firstDelivery, happen, mailsOf } from "../support/world.ts";

const threadOf = ({ messages }: Publication) => JSON.parse(messages.https ?? "{}").metadata.threadId;

it("the first mail and its follow-up are one thread in a chat; another resource is another thread", async () => {
  const failure: { fault: Fault | undefined } = {
    fault: { is: "error", name: "ThrottlingException", message: "Rate exceeded", status: 400 },
  };
  const state = await embeddedState(policyOf(), {
    fault: ({ operation }) => (operation === "StopTrainingJob" ? failure.fault : undefined),
  });
  const { aws, ports } = state;
  const jobOf = (name: string) =>
    happen(
      aws,
      "CreateTrainingJob",
      { TrainingJobName: name, ResourceConfig: { InstanceType: "ml.m5.large" } },
      { TrainingJobArn: arnOf("training-job", name) },
    );
  const event = jobOf("a");
  await respond(event, ports, firstDelivery(state));
  failure.fault = undefined;
  aws.clock.advance(120_000);
  await respond(event, ports, { ...firstDelivery(state), receives: 2 });
  await respond(jobOf("b"), ports, firstDelivery(state));
  const name = (job: string) => `keyward/111122223333/us-east-1/training-job/${job}`;
  expect(mailsOf(aws).map(threadOf)).toEqual([name("a"), name("a"), name("b")]);
});

it("the mails of a cause are one thread: a notebook that is started again, without and with a reminder", async () => {
  const state = await embeddedState(policyOf({ respond: { default: ["notify"] } }));
  const { aws, ports } = state;
  const request = { NotebookInstanceName: "nb", InstanceType: "ml.t3.medium" };
  const made = happen(aws, "CreateNotebookInstance", request, {
    NotebookInstanceArn: arnOf("notebook-instance", "nb"),
  });
  await respond(made, ports, firstDelivery(state));
  aws.clock.advance(8 * 86_400_000);
  const started = happen(aws, "StartNotebookInstance", { NotebookInstanceName: "nb" });
  await respond({ ...started, eventTime: aws.clock.now().toISOString() }, ports, firstDelivery(state));
  const threads = mailsOf(aws).map(threadOf);
  expect(threads).toHaveLength(2);
  expect(new Set(threads)).toEqual(new Set(["keyward/111122223333/us-east-1/notebook-instance/nb"]));
});
