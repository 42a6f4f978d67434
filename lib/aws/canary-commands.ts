export { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
export {
  CreateNotebookInstanceLifecycleConfigCommand,
  DeleteNotebookInstanceLifecycleConfigCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
