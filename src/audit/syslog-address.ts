export type SyslogAddress = { transport: 'udp' | 'tcp' | 'tls'; host: string; port: number }

/** Sources: RFC 5426, RFC 6587, RFC 5425. */
const defaultPorts = { udp: 514, tcp: 601, tls: 6514 } as const

/** Reads `udp://host:port`, `tcp://…` and `tls://…`. @returns undefined for anything else. */
export function syslogAddress(text: string): SyslogAddress | undefined {
  const [, transport, host = '', port] =
    /^(udp|tcp|tls):\/\/(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?\/?$/i.exec(text) ?? []
  const kind = transport?.toLowerCase()
  if (kind !== 'udp' && kind !== 'tcp' && kind !== 'tls') return undefined
  const number = port === undefined ? defaultPorts[kind] : Number(port)
  if (number < 1 || number > 65_535) return undefined
  return { transport: kind, host: host.replace(/^\[|\]$/g, ''), port: number }
}
