import type { Finding, Report } from "../core/report/report.ts";
import { type PublicSetting, publicSetting, type Said, saidOf } from "./public-decision.ts";

export type PublicFinding = Omit<Finding, "reason" | "settings"> &
  Said & { readonly settings: readonly PublicSetting[] };

/** A report for `--json`: each reason is its code and its sentence. */
export type PublicReport = Omit<Report, "findings"> & { readonly findings: readonly PublicFinding[] };

export const publicReport = (report: Report): PublicReport => ({
  ...report,
  findings: report.findings.map(publicFinding),
});

export const publicFinding = ({ reason, settings, ...finding }: Finding): PublicFinding => ({
  ...finding,
  ...saidOf(reason),
  settings: settings.map(publicSetting),
});
