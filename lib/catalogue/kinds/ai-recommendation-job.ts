import { WRITE_ELSEWHERE } from "../shared-settings.ts";
import type { Kind, Listing, Operation } from "../vocabulary.ts";

export const kind = {
  kind: "ai-recommendation-job",
  noun: "AI recommendation job",
  page: "API Reference, StopAIRecommendationJob",
  describe: {
    operation: "DescribeAIRecommendationJob",
    input: { AIRecommendationJobName: ["AIRecommendationJobName"] },
    arn: "AIRecommendationJobArn",
    status: "AIRecommendationJobStatus",
  },
  stop: { operation: "StopAIRecommendationJob", input: "AIRecommendationJobName", from: ["InProgress"], later: [] },
  taggable: true,
  stopping: { keeps: "The model stays.", loses: "The recommendation is not made." },
  rekey: WRITE_ELSEWHERE,
} as const satisfies Kind;

export const operations = [
  {
    operation: "CreateAIRecommendationJob",
    kind: "ai-recommendation-job",
    name: "AIRecommendationJobName",
    settings: [],
    locations: {
      unkeyed: ["OutputConfig.S3OutputLocation"],
      input: ["ModelSource.S3.S3Uri"],
    },
  },
] as const satisfies readonly Operation[];

export const listing = {
  kind: "ai-recommendation-job",
  operation: "CreateAIRecommendationJob",
  list: "ListAIRecommendationJobs",
  items: "AIRecommendationJobs",
  filters: [{ StatusEquals: "InProgress" }],
} as const satisfies Listing;
