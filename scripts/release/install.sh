#!/usr/bin/env bash
# Installs Keyward in one account and Region, or upgrades it. It needs the AWS CLI version 2; no Node and no npm.
set -euo pipefail

# `npm run release` fills these in.
VERSION=''
PARAMETERS=''
# A line for each zip: its name, the parameter with its key, the key, the SHA-256 in Base64.
CODE=''

usage() {
  cat <<END
Usage: ./install.sh --stack NAME --region REGION --code-bucket-prefix PREFIX
                    [--parameter NAME=VALUE]... [--yes]
       ./install.sh --upload-only --region REGION --code-bucket-prefix PREFIX [--yes]

Installs Keyward $VERSION as a CloudFormation stack, or upgrades the stack of that name.
A parameter that is left out keeps its value. A new stack observes: it stops nothing.

  --stack NAME                 the name of the stack
  --region REGION              the Region to watch
  --code-bucket-prefix PREFIX  the zips are uploaded to your bucket PREFIX-REGION
  --parameter NAME=VALUE       a parameter of the template, such as
                               OperatorsEmail=cloud-security@example.com
  --upload-only                upload the zips and print the parameters with their keys,
                               for a StackSet or another tool
  --yes                        do not ask before anything is changed

Parameters: $PARAMETERS

Exit codes: 0 installed; 1 AWS refused something; 2 a wrong argument, or a file of
this release is not as it was released.
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage; exit 0 ;;
      --yes) yes=yes; shift; continue ;;
      --upload-only) upload_only=yes; shift; continue ;;
      --stack | --region | --code-bucket-prefix | --parameter) [ $# -ge 2 ] || fail "$1 needs a value" ;;
      *) fail "unknown argument $1; see ./install.sh --help" ;;
    esac
    case $1 in
      --stack) stack=$2 ;;
      --region) region=$2 ;;
      --code-bucket-prefix) prefix=$2 ;;
      --parameter) check_parameter "$2"; overrides+=("$2") ;;
    esac
    shift 2
  done
}

check_parameter() {
  case $1 in
    [A-Z]*=*) ;;
    *) fail "--parameter $1: write it as NAME=VALUE" ;;
  esac
  case " $PARAMETERS " in
    *" ${1%%=*} "*) ;;
    *) fail "--parameter $1: the template has no such parameter, or this script sets it; there are: $PARAMETERS" ;;
  esac
}

check_arguments() {
  [ "$upload_only" = no ] || [ -z "$stack${overrides[*]-}" ] || fail '--upload-only takes no stack and no parameter'
  [ -n "$stack" ] || [ "$upload_only" = yes ] || fail 'which stack? Give --stack NAME'
  [ -n "$region" ] || fail 'which Region? Give --region REGION'
  [ -n "$prefix" ] || fail 'where to put the code? Give --code-bucket-prefix PREFIX'
  [[ ${stack:-none} =~ ^[A-Za-z][A-Za-z0-9-]{0,127}$ ]] || fail "--stack $stack: use letters, digits and hyphens, a letter first"
  [[ $region =~ ^[a-z]{2}(-[a-z]+)+-[0-9]$ ]] || fail "--region $region: it is not a Region, such as eu-west-1"
  [[ $prefix =~ ^[a-z0-9][a-z0-9.-]{1,46}$ ]] || fail "--code-bucket-prefix $prefix: it is not the beginning of a bucket's name"
}

check_files() {
  if command -v sha256sum >/dev/null; then set -- sha256sum; else set -- shasum -a 256; fi
  "$@" -c SHA256SUMS >/dev/null || fail 'a file of this release is not as it was released; nothing was done'
}

check_aws() {
  command -v aws >/dev/null || fail 'the AWS CLI version 2 is not on the PATH'
  case $(aws --version 2>&1) in
    aws-cli/2.*) ;;
    *) fail 'the AWS CLI on the PATH is not version 2' ;;
  esac
  account=$(aws sts get-caller-identity --query Account --output text --region "$region") ||
    fail "AWS does not accept the credentials in $region; sign in, or set AWS_PROFILE" 1
}

confirm() {
  printf 'Keyward %s, %s in %s of account %s\n' "$VERSION" "${stack:+stack }${stack:-zips}" "$region" "$account"
  [ "$yes" = no ] || return 0
  [ -t 0 ] || fail 'there is no terminal to ask on; give --yes'
  read -r -p 'Go on? [y/N] ' answer
  case $answer in
    y | Y | yes) ;;
    *) fail 'nothing was done' ;;
  esac
}

check_bucket() {
  aws s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$account" --region "$region" >/dev/null ||
    fail "bucket $bucket cannot be used: create it in account $account and Region $region, or give another prefix" 1
}

# Arguments: file, key, SHA-256. An object that is there already is compared and never overwritten.
upload() {
  local stored
  if stored=$(aws s3api head-object --bucket "$bucket" --key "$2" --checksum-mode ENABLED \
    --expected-bucket-owner "$account" --region "$region" --query ChecksumSHA256 --output text 2>&1); then
    [ "$stored" = "$3" ] || fail "s3://$bucket/$2 is there with other content; it was not overwritten" 1
    printf '  %s is there already\n' "$2"
    return 0
  fi
  case $stored in
    *404*) ;;
    *) fail "s3://$bucket/$2: $stored" 1 ;;
  esac
  aws s3api put-object --bucket "$bucket" --key "$2" --body "$1" --checksum-sha256 "$3" --if-none-match '*' \
    --expected-bucket-owner "$account" --region "$region" >/dev/null || fail "$1 cannot be uploaded" 1
  printf '  %s uploaded\n' "$2"
}

deploy() {
  aws cloudformation deploy --stack-name "$stack" --template-file keyward.template.json --region "$region" \
    --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --parameter-overrides "${overrides[@]}" ||
    fail "the stack was not changed, or was rolled back: aws cloudformation describe-stack-events --stack-name $stack --region $region" 1
}

next_steps() {
  cat <<END

Keyward $VERSION is installed. Next:
  1. Each new recipient confirms the subscription, by the link in a mail from AWS.
  2. Where there is Node 20.19 or later, check the installation:
       tar -xzf keyward-$VERSION.tgz
       node package/bin/keyward.mjs doctor --stack $stack --region $region
       node package/bin/keyward.mjs canary --stack $stack --region $region
  3. A new stack observes. When its reports are as you expect, let it act:
       node package/bin/keyward.mjs mode enforce --stack $stack --region $region --because "..."
package/docs/operating.md says how to do it without Node, and what each alarm means.
END
}

stack='' region='' prefix='' yes=no upload_only=no overrides=()
read_arguments "$@"
check_arguments
cd "$(dirname "$0")"
check_files
check_aws
confirm
bucket=$prefix-$region
check_bucket
overrides+=("CodeBucketPrefix=$prefix")
while read -r file parameter key sum; do
  upload "$file" "$key" "$sum" </dev/null
  overrides+=("$parameter=$key")
done <<<"$CODE"
if [ "$upload_only" = yes ]; then
  printf '%s\n' "${overrides[@]}"
  exit 0
fi
deploy
next_steps
