import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap } from "yaml";

const FUNCTIONS =
  "Ref Condition And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub ToJsonString Transform";

const longForm = (name: string): string => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

/** A YAML tag for the short form of each function (`!Ref`). It is read as the long form. */
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

/** These words are booleans in YAML 1.1, which CloudFormation reads. Settings need no other part of that version. */
const yesAndNo: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(yes|on)$/i.test(text),
};

/** The YAML tags that CloudFormation has and YAML 1.2 does not. */
export const cloudFormationTags: readonly (ScalarTag | CollectionTag)[] = [yesAndNo, ...shortForms];
