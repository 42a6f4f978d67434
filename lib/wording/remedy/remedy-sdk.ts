import type { KindName } from "../../catalogue/kinds.ts";
import type { SettingVerdict } from "../../core/model/types.ts";

/** How the SageMaker Python SDK v3 sets a kind's keys: an argument of a class, and a line in its defaults file. */
interface SdkSettings {
  /** The class, with its module. */
  readonly of?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The kind's section in the defaults file, by the operation. */
  readonly section: Readonly<Record<string, string>>;
  /** Settings of the request, by their path in the section, where that is another one. */
  readonly prefix?: RegExp;
}

const TRAINER: Readonly<Record<string, string>> = {
  "ResourceConfig.VolumeKmsKeyId": "compute=Compute(volume_kms_key_id=key)",
  "OutputDataConfig.KmsKeyId": "output_data_config=OutputDataConfig(kms_key_id=key)",
};

/** Source: aws/sagemaker-python-sdk 3.20, `config_schema.py`, `model_trainer.py`, `processing.py`, `transformer.py`. */
const SDK: Readonly<Partial<Record<KindName, SdkSettings>>> = {
  "training-job": {
    of: "sagemaker.train.ModelTrainer",
    parameters: TRAINER,
    section: { CreateTrainingJob: "TrainingJob" },
  },
  "hyper-parameter-tuning-job": {
    of: "sagemaker.train.ModelTrainer",
    parameters: TRAINER,
    section: { CreateHyperParameterTuningJob: "TrainingJob" },
    prefix: /^TrainingJobDefinitions?(\[\d*\])?\./,
  },
  "processing-job": {
    of: "sagemaker.core.processing.Processor",
    parameters: {
      "ProcessingResources.ClusterConfig.VolumeKmsKeyId": "volume_kms_key=key",
      "ProcessingOutputConfig.KmsKeyId": "output_kms_key=key",
    },
    section: { CreateProcessingJob: "ProcessingJob" },
  },
  "transform-job": {
    of: "sagemaker.core.transformer.Transformer",
    parameters: {
      "TransformResources.VolumeKmsKeyId": "volume_kms_key=key",
      "TransformOutput.KmsKeyId": "output_kms_key=key",
    },
    section: { CreateTransformJob: "TransformJob" },
  },
  "automl-job": {
    parameters: {
      "AutoMLJobConfig.SecurityConfig.VolumeKmsKeyId": "",
      "SecurityConfig.VolumeKmsKeyId": "",
      "OutputDataConfig.KmsKeyId": "",
    },
    section: { CreateAutoMLJob: "AutoMLJob", CreateAutoMLJobV2: "AutoMLJobV2" },
  },
  "compilation-job": {
    parameters: { "OutputConfig.KmsKeyId": "" },
    section: { CreateCompilationJob: "CompilationJob" },
  },
  "edge-packaging-job": {
    parameters: { "OutputConfig.KmsKeyId": "", ResourceKey: "" },
    section: { CreateEdgePackagingJob: "EdgePackagingJob" },
  },
};

export interface SdkRemedy {
  /** Arguments in Python, `key` being the key, with their class; absent where no class of the SDK makes such a job. */
  readonly parameters: string | undefined;
  /** The content of the defaults file: YAML on one line. */
  readonly defaults: string;
}

/** Nothing for other kinds, and where no finding has a place in the SDK. */
export function sdkRemedyOf(
  kind: string,
  operation: string,
  findings: readonly Pick<SettingVerdict, "path">[],
  key: string,
): SdkRemedy | undefined {
  const settings = Object.hasOwn(SDK, kind) ? SDK[kind as KindName] : undefined;
  const section = settings?.section[operation];
  if (!settings || section === undefined) return undefined;
  const all = findings.map(({ path }) => (settings.prefix ? path.replace(settings.prefix, "") : path));
  const paths = [...new Set(all)].filter((path) => Object.hasOwn(settings.parameters, path));
  if (paths.length === 0) return undefined;
  const inFile = paths.reduceRight((inner, path) => `${nested(path, key)}${inner === "" ? "" : `, ${inner}`}`, "");
  return {
    parameters: settings.of && `${paths.map((path) => settings.parameters[path]).join(", ")}  # of ${settings.of}`,
    defaults: `{SchemaVersion: "1.0", SageMaker: {${section}: {${inFile}}}}`,
  };
}

/** `A: {B: "key"}`. Two paths of one kind never share a member. */
const nested = (path: string, key: string): string =>
  path
    .split(".")
    .reduceRight((inner, part, i, { length }) => (i === length - 1 ? `${part}: "${key}"` : `${part}: {${inner}}`), "");
