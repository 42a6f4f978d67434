import { type ServiceName, services } from "../catalogue/services.ts";

/** A service's name as `eventSource` has it. */
export interface SearchedService {
  readonly eventSource: string;
  /** The members of a record of the service, up to the operation's name. */
  readonly members: Buffer;
  readonly nameInMembers: number;
  readonly name: Buffer;
  readonly pieceInName: number;
}

/** A place in a text that names a service: its offset in bytes. */
export interface Mention {
  readonly at: number;
  readonly service: SearchedService;
}

/** Gives the first mention of any service from an offset on. The offsets of one search must not fall. */
export type FindService = (from: number) => Mention | undefined;

/**
 * Pieces of the names that Node finds fast: it searches for up to seven bytes by the first of them, which is rare in log
 * files. Searching for a whole name takes six times as long. The text is searched once for each piece.
 */
const PIECES: Readonly<Record<ServiceName, string>> = {
  sagemaker: "ker",
  "sagemaker-geospatial": "ker",
  datazone: "zone.am",
};

interface PieceOfNames {
  readonly piece: Buffer;
  readonly services: readonly SearchedService[];
}

const SEARCHED: readonly PieceOfNames[] = [...new Set(Object.values(PIECES))].map((piece) => ({
  piece: Buffer.from(piece),
  services: services
    .filter(({ service }) => PIECES[service] === piece)
    .map(({ eventSource }) => searched(eventSource, piece)),
}));

function searched(eventSource: string, piece: string): SearchedService {
  const members = `"eventSource":"${eventSource}","eventName":"`;
  return {
    eventSource,
    members: Buffer.from(members),
    nameInMembers: members.indexOf(eventSource),
    name: Buffer.from(eventSource),
    pieceInName: eventSource.indexOf(piece),
  };
}

/** Searches a text for the names of SageMaker's services. */
export function findServices(text: Buffer): FindService {
  const next = SEARCHED.map((piece) => findNext(text, piece, 0));
  return (from) => {
    let first: Mention | undefined;
    for (const [i, piece] of SEARCHED.entries()) {
      let mention = next[i];
      if (mention !== undefined && mention.at < from) {
        mention = findNext(text, piece, from);
        next[i] = mention;
      }
      if (mention !== undefined && (first === undefined || mention.at < first.at)) first = mention;
    }
    return first;
  };
}

function findNext(text: Buffer, { piece, services }: PieceOfNames, from: number): Mention | undefined {
  for (let found = text.indexOf(piece, from); found !== -1; found = text.indexOf(piece, found + 1)) {
    for (const service of services) {
      const at = found - service.pieceInName;
      if (at >= from && isAt(text, service.name, at)) return { at, service };
    }
  }
  return undefined;
}

/** Whether a text holds these bytes at an offset. */
export function isAt(text: Buffer, bytes: Buffer, at: number): boolean {
  if (at < 0) return false;
  for (let i = 0; i < bytes.length; i++) if (text[at + i] !== bytes[i]) return false;
  return true;
}
