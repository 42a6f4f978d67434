/** AWS's wire protocols by hand, for services whose clients the project has no other use for. */
export interface RawAws {
  /** Calls an operation in the Query protocol, which answers in XML. */
  query(service: string, operation: string, version: string, input: Readonly<Record<string, string>>): Promise<string>;
  /** Calls an operation in the JSON protocol. */
  json<T>(service: string, target: string, input: object): Promise<T>;
  /** Calls an operation of a REST service. */
  rest<T>(service: string, method: string, path: string, input?: object): Promise<T>;
}

/** Calls a stand-in for AWS that checks no signatures, but reads the service and the Region from them. */
export function rawAws(endpoint: string): RawAws {
  const send = async (service: string, { headers, ...request }: RequestInit, path = "") => {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(endpoint + path, { method: "POST", ...request, headers: { ...headers, authorization } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`);
    return text;
  };
  return {
    query: (service, Action, Version, input) =>
      send(service, { headers: {}, body: new URLSearchParams({ Action, Version, ...input }) }),
    json: async (service, target, input) => {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      return JSON.parse(await send(service, { headers, body: JSON.stringify(input) }));
    },
    rest: async (service, method, path, input) =>
      JSON.parse(await send(service, { method, ...(input ? { body: JSON.stringify(input) } : {}) }, path)),
  };
}
