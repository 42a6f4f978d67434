import { parseArn } from "../core/model/arn.ts";
import { text } from "../core/model/member.ts";
import { AwsFault, type Service } from "./wire.ts";

/** A key that the embedded KMS is told of. */
export interface KnownKey {
  readonly arn: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly state?: string;
  readonly aliases?: readonly string[];
  /** Whether it is rotated automatically; no key is, unless told. */
  readonly rotates?: boolean;
}

/**
 * DescribeKey, and the aliases and the rotation of a key. A key of the own account that nobody told of counts as an enabled customer managed one, so that any event
 * can be replayed; one of another account may not be looked at, as its key policy would mostly have it.
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
      case "GetKeyRotationStatus":
        return { json: { KeyRotationEnabled: found.rotates === true } };
      default:
        return { json: { KeyMetadata: metadataOf(found) } };
    }
  };
}

const OPERATIONS = ["DescribeKey", "ListAliases", "GetKeyRotationStatus"];

/** What an alias that nobody told of points to. */
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
