// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
const NAMESPACE = "Keyward";

/** One of the stack's own metrics (lib/enforce/record.ts). */
const own = (metric: string) => [NAMESPACE, metric, "Stack", "${AWS::StackName}"];

/** The dashboard's widgets, as text for CloudFormation's `Fn::Sub`: events, verdicts, actions and waiting messages. */
export function dashboardBody(): string {
  const count = (title: string, ...metrics: string[]) =>
    widget(
      title,
      "Sum",
      metrics.map((metric) => own(metric)),
    );
  const widgets = [
    count("Verdicts", "Compliant", "NonCompliant", "Undetermined", "Exempt", "Malformed", "UnknownOperations"),
    count("Actions", "Stopped", "Deferred", "Denied", "Failed"),
    count("Limiter and ledger", "Limited", "LedgerUnavailable"),
    widget("From call to action (ms)", "p90", [own("ActedAfter")]),
    widget("Messages in the queue and the dead-letter queue", "Maximum", [
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${Queue.QueueName}"],
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${DeadLetters.QueueName}"],
      ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "${Queue.QueueName}"],
    ]),
    widget("Function", "Sum", [
      ["AWS/Lambda", "Invocations", "FunctionName", "${EnforceLambdaFunction}"],
      ["AWS/Lambda", "Errors", "FunctionName", "${EnforceLambdaFunction}"],
      ["AWS/Lambda", "Throttles", "FunctionName", "${EnforceLambdaFunction}"],
    ]),
  ];
  const placed = widgets.map((one, i) => ({ ...one, x: (i % 2) * 12, y: Math.floor(i / 2) * 6 }));
  return JSON.stringify({ widgets: placed });
}

function widget(title: string, stat: string, metrics: readonly (readonly string[])[]) {
  const properties = { title, stat, metrics, region: "${AWS::Region}", period: 300, view: "timeSeries" };
  return { type: "metric", width: 12, height: 6, properties };
}
