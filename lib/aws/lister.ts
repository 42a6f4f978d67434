import { isObject, member, text } from "../core/model/member.ts";
import type { Json, JsonObject } from "../core/model/types.ts";
import type { Lister } from "../ports/lister.ts";
import { failureOf } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** The most that any of SageMaker's lists gives at once. */
const PAGE = 100;

/** Lists what exists in one account and Region. The client is loaded with the first call. */
export function createLister(target: Target): Lister {
  const load = async () => {
    const sdk = await import("./list-commands.ts");
    return { sdk, client: new sdk.SageMakerClient(clientOptions(target)) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const use = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    async page({ list, items }, filter, token) {
      try {
        const { sdk, client } = await use();
        // The catalogue, which operation and members come from, is held against the SDK's schemas by a test.
        const commands = sdk.listCommands as unknown as Record<string, typeof sdk.ListTagsCommand>;
        const Command = commands[list];
        if (!Command) throw new Error(`${list} is not among the commands in use`);
        const input = { ...filter, MaxResults: PAGE, ...(token === undefined ? {} : { NextToken: token }) };
        const output = (await client.send(new Command(input as never))) as unknown as JsonObject;
        const found = member(output, items);
        const next = text(output, "NextToken");
        return {
          is: "page",
          items: Array.isArray(found) ? found.filter((one: Json): one is JsonObject => isObject(one)) : [],
          ...(next === undefined ? {} : { next }),
        };
      } catch (error) {
        const failure = failureOf(error);
        return {
          is: "unavailable",
          because: failure.because,
          retryable: failure.is === "failed" && failure.retryable,
        };
      }
    },
    async taggedWith(arn) {
      try {
        const { sdk, client } = await use();
        const { Tags = [] } = await client.send(new sdk.ListTagsCommand({ ResourceArn: arn, MaxResults: 100 }));
        return Tags.find(({ Key }) => Key === "keyward:event")?.Value;
      } catch {
        return null;
      }
    },
  };
}
