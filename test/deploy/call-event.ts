/** The least envelope of a call, as EventBridge delivers it. */
export const callEvent = (eventName: string, more: object = {}) => ({
  version: "0",
  id: "5c2f4b5e-5f5a-4a53-9d3f-1d4f0f6f4f10",
  "detail-type": "AWS API Call via CloudTrail",
  source: "aws.sagemaker",
  account: "111122223333",
  region: "us-east-1",
  detail: { eventVersion: "1.11", eventSource: "sagemaker.amazonaws.com", eventName, ...more },
});
