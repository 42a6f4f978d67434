data "aws_region" "current" {}

resource "aws_s3_object" "code" {
  for_each = local.code

  bucket = "${var.code_bucket_prefix}-${data.aws_region.current.id}"
  key    = each.value.key
  source = each.value.file

  # The old zip is deleted only after the stack runs the new one, so that a failed update can be rolled back.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudformation_stack" "keyward" {
  name          = var.stack_name
  template_body = local.template_body
  capabilities  = ["CAPABILITY_IAM"]
  parameters    = merge(local.parameters, { for parameter, object in aws_s3_object.code : parameter => object.key })
  tags          = var.tags
}
