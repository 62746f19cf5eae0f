/** What the clients use of autocannon, which comes without types. */
declare module 'autocannon' {
  export interface Request {
    method: 'POST'
    headers: Record<string, string>
    body: string
    onResponse(status: number, body: string): void
  }

  export interface Client {
    setRequests(requests: Request[]): void
    /** Milliseconds: from the request to the whole answer, which `onResponse` had before. */
    on(
      event: 'response',
      listener: (status: number, bytes: number, milliseconds: number) => void,
    ): void
  }

  export interface Options {
    url: string
    connections: number
    duration?: number
    amount?: number
    timeout: number
    setupClient(client: Client): void
  }

  /** Durations in seconds; errors: requests without an answer. */
  export interface Result {
    duration: number
    errors: number
  }

  export default function autocannon(options: Options): Promise<Result>
}
