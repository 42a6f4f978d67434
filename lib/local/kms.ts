import { parseArn } from "../core/model/arn.ts";
import { text } from "../core/model/member.ts";
import { AwsFault, type Service } from "./wire.ts";

/** A key that the fixtures give to the embedded KMS. */
export interface KnownKey {
  readonly arn: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly state?: string;
  readonly aliases?: readonly string[];
  /** Whether the key is rotated automatically (default: false). */
  readonly rotates?: boolean;
  /** The text of its key policy. */
  readonly policy?: string;
}

/**
 * DescribeKey, ListAliases, GetKeyRotationStatus and GetKeyPolicy. A key of this account that the fixtures do not have counts as an
 * enabled customer managed key, so that any event can be replayed. A key of another account that they do not have is
 * denied, as its key policy usually does.
 */
export function createKms(account: string, keys: readonly KnownKey[]): Service {
  return ({ operation, region, input }) => {
    if (!OPERATIONS.includes(operation)) throw new AwsFault("UnknownOperationException", operation);
    const asked = text(input, "KeyId") ?? "";
    const arn = asked.startsWith("arn:")
      ? asked
      : `arn:aws:kms:${region}:${account}:${asked.startsWith("alias/") ? "" : "key/"}${asked}`;
    const known = keys.find((key) => key.arn === arn || key.aliases?.some((alias) => arn.endsWith(`:${alias}`)));
    if (!known && parseArn(arn)?.account !== account) {
      throw new AwsFault("AccessDeniedException", `not authorized to perform: kms:DescribeKey on ${arn}`);
    }
    const isAws = /:alias\/aws\//.test(arn);
    const found: KnownKey = known ?? {
      arn: arn.replace(/:alias\/.*/, `:key/${SYNTHETIC}`),
      manager: isAws ? "AWS" : "CUSTOMER",
    };
    if (found.state === "missing") throw new AwsFault("NotFoundException", `Key '${arn}' does not exist`);
    switch (operation) {
      case "ListAliases":
        return { json: { Aliases: (found.aliases ?? []).map((AliasName) => ({ AliasName })), Truncated: false } };
      case "GetKeyPolicy":
        return { json: { Policy: found.policy ?? "{}", PolicyName: "default" } };
      case "GetKeyRotationStatus":
        return { json: { KeyRotationEnabled: found.rotates === true } };
      default:
        return { json: { KeyMetadata: metadataOf(found) } };
    }
  };
}

const OPERATIONS = ["DescribeKey", "ListAliases", "GetKeyRotationStatus", "GetKeyPolicy"];

/** The key of an alias that the fixtures do not have. */
const SYNTHETIC = "0c0ffee0-0000-4000-8000-000000000000";

function metadataOf({ arn, manager, state = "Enabled" }: KnownKey): object {
  const { account, resource } = parseArn(arn) ?? {};
  const id = resource?.split("/").at(-1) ?? "";
  return {
    AWSAccountId: account,
    Arn: arn,
    KeyId: id,
    KeyManager: manager,
    KeyState: state,
    Enabled: state === "Enabled",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    MultiRegion: id.startsWith("mrk-"),
  };
}
