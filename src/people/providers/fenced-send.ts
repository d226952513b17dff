/** Sends a request to an identity provider, with the same network restrictions as scripts. */
export type FencedSend = (request: {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
  redirect?: 'manual'
}) => Promise<{ status: number; headers: Record<string, string[]>; body: string }>

/** Allows plain http only for providers on the same machine, where traffic cannot be intercepted. */
export function isSafe(url: string): boolean {
  const { protocol, hostname = '' } = URL.parse(url) ?? {}
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
