variable "stack_name" {
  type        = string
  default     = "keyward"
  nullable    = false
  description = "The name of the CloudFormation stack"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,127}$", var.stack_name))
    error_message = "A stack's name has letters, digits and hyphens, and begins with a letter."
  }
}

variable "release_dir" {
  type        = string
  default     = null
  description = "The folder with keyward.template.json and the zips: a release, or dist/ after npm run package. Without it, the release that this module is in."
}

variable "tags" {
  type        = map(string)
  default     = {}
  nullable    = false
  description = "Tags of the stack, which CloudFormation gives to its resources"
}
