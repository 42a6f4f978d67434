import { expect, it } from "vitest";
import { respond } from "../../lib/enforce/respond.ts";
import { policyOf } from "../support/build.ts";
import { alarmsOf, arnOf, embeddedState, firstDelivery, happen } from "../support/world.ts";

/** A refusal of AddTags that stays, on a notebook whose stop has to wait for hours. */
it.each([
  ["denied", "AccessDeniedException", 403],
  ["refused for good", "ValidationException", 400],
])("AddTags %s is called once, and the operators hear of it once", async (_what, name, status) => {
  const { aws, ports, calls } = await embeddedState(policyOf(), {
    fault: ({ operation }) =>
      operation === "AddTags"
        ? { is: "error", name, message: "no", status }
        : operation === "StopNotebookInstance"
          ? { is: "error", name: "ValidationException", message: "Status (Updating) not in ([InService])", status: 400 }
          : undefined,
  });
  const arn = { NotebookInstanceArn: arnOf("notebook-instance", "nb") };
  const event = happen(aws, "CreateNotebookInstance", { NotebookInstanceName: "nb" }, arn);
  const first = firstDelivery({ aws });
  for (let hour = 0; hour < 5; hour++) {
    await respond(event, ports, { ...first, receives: hour + 1 });
    aws.clock.advance(3_600_000);
  }
  expect({ tags: calls().filter((one) => one === "AddTags").length, alarms: alarmsOf(aws).length }).toEqual({
    tags: 1,
    alarms: status === 403 ? 1 : 0,
  });
});
