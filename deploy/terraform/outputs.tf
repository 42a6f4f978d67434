output "stack_id" {
  description = "The ARN of the stack"
  value       = aws_cloudformation_stack.keyward.id
}

output "stack" {
  description = "The outputs of the template, by name, such as LedgerBucket and TopicArn"
  value       = aws_cloudformation_stack.keyward.outputs
}
