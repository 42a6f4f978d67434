# What the template says of its functions: which zip each one runs, and which parameter has its key. No function is named
# here, so that a version with another function needs no other module.
locals {
  release_dir   = var.release_dir == null ? "${path.module}/.." : var.release_dir
  template_body = file("${local.release_dir}/keyward.template.json")

  # The zip's name by the parameter of its key.
  zips = { for _, resource in jsondecode(local.template_body).Resources :
    resource.Properties.Code.S3Key.Ref => split("/", resource.Properties.Handler)[1]...
  if resource.Type == "AWS::Lambda::Function" }

  # The key follows from the content, so that each version has its own, as scripts/release/code-of.ts says.
  code = { for parameter, names in local.zips : parameter => {
    file = "${local.release_dir}/${names[0]}.zip"
    key  = "keyward/${names[0]}-${substr(filesha256("${local.release_dir}/${names[0]}.zip"), 0, 16)}.zip"
  } }
}
