import type { CheckSubject } from "../model/subject.ts";

/** A subject of a file whose own name comes before each place: `flow.asl.json States.Train`. */
export const inFile = (file: string, subject: CheckSubject): CheckSubject => ({
  ...subject,
  place: subject.place === "" ? file : `${file} ${subject.place}`,
});
