/**
 * How an action's resource is named where IAM authorises the call, where that is not `type/name`. Source: Service
 * Authorization Reference, "Resource types defined by Amazon SageMaker".
 */

/** SageMaker makes the id in the ARN, so that no name is known before the call. */
export const NAMED_BY_ID: readonly string[] = ["domain"];

/** The part of the ARN before the name, by kind. */
export const ARN_PREFIX: Readonly<Record<string, string>> = { "user-profile": "user-profile/*" };

/** Types that CreateTrainingJob is authorised for besides the job's own: their names decide nothing. */
export const ALSO_AUTHORISED: readonly string[] = ["training-plan", "reserved-capacity"];
