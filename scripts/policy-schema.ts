/** `npm run schema`: writes policy.schema.json, which editors check a policy against, from the schema in use. */
import { writeFileSync } from "node:fs";
import { policyJsonSchema } from "../lib/policy/json-schema.ts";

writeFileSync("policy.schema.json", policyJsonSchema());
