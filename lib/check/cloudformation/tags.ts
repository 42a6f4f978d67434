import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap } from "yaml";

const SHORT_FORMS = [
  ..."Ref Condition And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or".split(" "),
  ..."Select Split Sub ToJsonString Transform".split(" "),
];

const longForm = (name: string): string => (name === "Ref" || name === "Condition" ? name : `Fn::${name}`);

/** The functions' short forms, each read as its long form. */
const shortForms = SHORT_FORMS.flatMap((name): (ScalarTag | CollectionTag)[] => {
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

/** CloudFormation reads YAML 1.1, where these are booleans too; what else that version has of its own, no setting needs. */
const yesAndNo: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(yes|on)$/i.test(text),
};

/** What CloudFormation's YAML has besides YAML 1.2. */
export const cloudFormationTags: readonly (ScalarTag | CollectionTag)[] = [yesAndNo, ...shortForms];
