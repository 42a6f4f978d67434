import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import type { Fact, LambdaFunction, Mapping } from "../../doctor/facts.ts";
import { ask, optionsIn } from "./ask.ts";

/** The event source mapping of the queue. */
export function readMapping(region: string, id: string): Promise<Fact<Mapping>> {
  const client = new LambdaClient(optionsIn(region));
  return ask("lambda:GetEventSourceMapping", async () => {
    const answer = await client.send(new GetEventSourceMappingCommand({ UUID: id }));
    return { id, state: answer.State ?? "unknown", lastResult: answer.LastProcessingResult ?? "" };
  });
}

/** The functions' states, and the concurrency that is reserved for them. */
export function readFunctions(region: string, names: readonly string[]): Promise<readonly LambdaFunction[]> {
  const client = new LambdaClient(optionsIn(region));
  return Promise.all(
    names.map(async (name) => {
      const [status, reserved] = await Promise.all([
        ask("lambda:GetFunctionConfiguration", async () => {
          const answer = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
          const because = answer.LastUpdateStatusReason ?? answer.StateReason ?? "";
          return { state: answer.State ?? "unknown", lastUpdate: answer.LastUpdateStatus ?? "unknown", because };
        }),
        ask("lambda:GetFunctionConcurrency", async () => {
          const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: name }));
          return answer.ReservedConcurrentExecutions;
        }),
      ]);
      return { name, status, reserved };
    }),
  );
}
