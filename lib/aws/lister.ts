import { defined } from "../core/model/defined.ts";
import type { Json, JsonObject } from "../core/model/json.ts";
import { isObject, member, text } from "../core/model/member.ts";
import type { Lister, Page } from "../ports/lister.ts";
import { failureOf, unavailableFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** The maximum page size of SageMaker's List operations. */
const PAGE = 100;

/** Lists the resources in one account and Region. The client is loaded with the first call. */
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
        // A test compares the catalogue's operations and members with the SDK's schemas.
        const commands = sdk.listCommands as unknown as Record<string, typeof sdk.ListTagsCommand>;
        const Command = commands[list];
        if (!Command) throw new Error(`${list} is not in the list of commands`);
        const input = { ...filter, MaxResults: PAGE, ...defined({ NextToken: token }) };
        return pageOf((await client.send(new Command(input as never))) as unknown as JsonObject, items);
      } catch (error) {
        return unavailableFrom(error);
      }
    },
    async taggedWith(arn) {
      try {
        const { sdk, client } = await use();
        const { Tags = [] } = await client.send(new sdk.ListTagsCommand({ ResourceArn: arn, MaxResults: 100 }));
        const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value;
        const eventID = tag("keyward:event");
        return eventID === undefined ? undefined : { eventID, checked: tag("keyward:checked") };
      } catch (error) {
        // After any failure the tag is not known; a bug is thrown again.
        failureOf(error);
        return null;
      }
    },
  };
}

function pageOf(output: JsonObject, items: string): Page {
  const found = member(output, items);
  return {
    is: "page",
    items: Array.isArray(found) ? found.filter((one: Json): one is JsonObject => isObject(one)) : [],
    ...defined({ next: text(output, "NextToken") }),
  };
}
