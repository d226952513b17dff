import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { BlockList, isIP } from 'node:net'
import { resolve, sep } from 'node:path'
import { jsonObjectSchema } from '../base/json.ts'
import type { AuthorizedKeyPort } from '../nodes/ports/device-ports.ts'

/** A trusted key, and the client addresses it is valid for. Undefined `from`: any address. */
type AuthorizedKey = { key: KeyObject; from: readonly string[] | undefined }

const curves: Readonly<Record<string, readonly [curve: string, bytes: number]>> = {
  'ecdsa-sha2-nistp256': ['P-256', 32],
  'ecdsa-sha2-nistp384': ['P-384', 48],
  'ecdsa-sha2-nistp521': ['P-521', 66],
}

const types = ['ssh-rsa', 'ssh-ed25519', ...Object.keys(curves)]
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/**
 * Verifies tokens against the keys in a file in OpenSSH's `authorized_keys` format.
 * @param folder the data folder; files outside it are not read.
 */
export function authorizedKeys(folder: string): AuthorizedKeyPort {
  return {
    async verify(token, { file, clientIp, now }) {
      const path = resolve(folder, file.replace('@BASE_DIR@', '.'))
      if (!path.startsWith(resolve(folder) + sep))
        return { problem: 'the key file is not in the data folder' }
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text === undefined) return { problem: 'the key file cannot be read' }
      const { jwtVerify } = await import('jose')
      const usable = readAuthorizedKeys(text).filter(
        ({ from }) => from === undefined || isFrom(clientIp, from),
      )
      for (const { key } of usable) {
        const options = { algorithms, currentDate: new Date(now), requiredClaims: ['sub', 'exp'] }
        const verified = await jwtVerify(token, key, options).catch(() => undefined)
        if (verified !== undefined) return { claims: jsonObjectSchema.parse(verified.payload) }
      }
      return { problem: 'no key in the file signed the token, or the token has expired' }
    },
  }
}

/** Skips keys of unsupported types and keys with unsupported options. Source: sshd(8). */
function readAuthorizedKeys(text: string): AuthorizedKey[] {
  return text.split('\n').flatMap((line) => keyIn(line.trim()) ?? [])
}

function keyIn(line: string): AuthorizedKey | undefined {
  if (line === '' || line.startsWith('#')) return undefined
  const isBare = types.some((type) => line.startsWith(`${type} `))
  // Options end at the first unquoted space.
  const [, options = '', rest = ''] = isBare
    ? ['', '', line]
    : (/^((?:"[^"]*"|[^\s"])+)\s+(.*)$/.exec(line) ?? [])
  const [type = '', base64 = ''] = rest.split(/\s+/)
  if (/(^|,)(cert-authority|expiry-time)/i.test(options.replace(/"[^"]*"/g, ''))) return undefined
  const from = /(?:^|,)from="([^"]*)"/i.exec(options)?.[1]?.split(',')
  try {
    const jwk = jwkOf(type, base64)
    return jwk && { key: createPublicKey({ key: jwk, format: 'jwk' }), from }
  } catch {
    return undefined
  }
}

/** Source: RFC 4253, section 6.6; RFC 5656, section 3.1; RFC 8709, section 4. */
function jwkOf(type: string, base64: string): JsonWebKey | undefined {
  const [name, ...parts] = fieldsOf(Buffer.from(base64, 'base64'))
  if (name?.toString() !== type) return undefined
  const text = (bytes: Buffer | undefined) => (bytes ?? Buffer.alloc(0)).toString('base64url')
  if (type === 'ssh-rsa') return { kty: 'RSA', e: text(unsigned(parts[0])), n: text(unsigned(parts[1])) }
  if (type === 'ssh-ed25519') return { kty: 'OKP', crv: 'Ed25519', x: text(parts[0]) }
  const [crv, size] = curves[type] ?? []
  if (crv === undefined || size === undefined) return undefined
  const [, point] = parts
  // An uncompressed point: the byte 4, then both coordinates.
  if (point?.length !== 2 * size + 1 || point[0] !== 4) return undefined
  return { kty: 'EC', crv, x: text(point.subarray(1, size + 1)), y: text(point.subarray(size + 1)) }
}

function fieldsOf(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = []
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    fields.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return fields
}

/** Removes the zero byte that keeps a number with its first bit set positive. */
function unsigned(bytes: Buffer | undefined): Buffer | undefined {
  return bytes?.[0] === 0 ? bytes.subarray(1) : bytes
}

/** Patterns are addresses, networks or wildcards. A matching pattern with `!` excludes the client. Host names never match. */
function isFrom(clientIp: string, patterns: readonly string[]): boolean {
  const ip = clientIp.replace(/^::ffff:/, '')
  const isLike = (pattern: string) => matches(ip, pattern.replace(/^!/, '').trim())
  if (patterns.some((pattern) => pattern.startsWith('!') && isLike(pattern))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && isLike(pattern))
}

function matches(ip: string, pattern: string): boolean {
  const [network = '', bits] = pattern.split('/')
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
  if (bits !== undefined) {
    if (isIP(network) === 0 || !/^\d{1,3}$/.test(bits)) return false
    const list = new BlockList()
    list.addSubnet(network, Number(bits), family)
    return list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
  }
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(ip)
}
