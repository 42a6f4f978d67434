import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap } from "yaml";

const FUNCTIONS =
  "Ref Condition And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub ToJsonString Transform";

const longForm = (name: string): string => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

/** The short form of each function (`!Ref`), read as its long form. */
const shortForms = FUNCTIONS.split(" ").flatMap((name): (ScalarTag | CollectionTag)[] => {
  const wrap: CollectionTag["resolve"] = (argument) => {
    const map = new YAMLMap();
    map.items.push(new Pair(new Scalar(longForm(name)), argument));
    return map;
  };
  const tag = `!${name}`;
  return [
    { tag, resolve: (value) => ({ [longForm(name)]: value }) },
    { tag, collection: "seq", resolve: wrap },
    { tag, collection: "map", resolve: wrap },
  ];
});

/** CloudFormation reads YAML 1.1, where these are booleans too. No setting needs anything else of that version. */
const yesAndNo: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(yes|on)$/i.test(text),
};

/** The tags of CloudFormation's YAML that YAML 1.2 does not have. */
export const cloudFormationTags: readonly (ScalarTag | CollectionTag)[] = [yesAndNo, ...shortForms];
