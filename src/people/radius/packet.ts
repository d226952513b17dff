import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Attributes by type. Sources: RFC 2865, section 5; RFC 3579, section 3.2. */
const types = {
  userName: 1,
  userPassword: 2,
  replyMessage: 18,
  state: 24,
  nasIdentifier: 32,
  messageAuthenticator: 80,
}

const codes: Readonly<Record<number, RadiusAnswer['kind']>> = { 2: 'accept', 3: 'reject', 11: 'challenge' }

const headerBytes = 20
const digestBytes = 16
const maxAttributeBytes = 253
const maxPasswordBytes = 128
/** RFC 2865, section 3. */
const maxPacketBytes = 4096

export type AccessRequest = {
  /** 0 to 255. */
  identifier: number
  /** 16 bytes that nobody can guess, new for each request. */
  authenticator: Buffer
  secret: Buffer
  userName: string
  password: string
  /** Of the challenge that the password answers. */
  state?: Buffer
}

export type RadiusAnswer = {
  kind: 'accept' | 'reject' | 'challenge'
  /** Plain text from the server, without control characters. */
  message: string
  state: Buffer | undefined
}

/** A packet that is not a valid answer. Messages have no content of packets. */
export class PacketError extends Error {
  override readonly name = 'PacketError'
}

/** Whether a name and password fit into a request. Servers remove zeros at the end of a password, so it must have none. */
export function fitsRequest(userName: string, password: string): boolean {
  return (
    Buffer.byteLength(userName) <= maxAttributeBytes &&
    Buffer.byteLength(password) <= maxPasswordBytes &&
    // rule S59: otherwise a password with zeros at its end is as good as the right one
    !password.includes('\0')
  )
}

/** An Access-Request with a password (PAP). Its Message-Authenticator comes first, as a protection against CVE-2024-3596. */
export function accessRequest(request: AccessRequest): Buffer {
  const { identifier, authenticator, secret, userName, password, state } = request
  const attributes = [
    attribute(types.messageAuthenticator, Buffer.alloc(digestBytes)),
    attribute(types.userName, Buffer.from(userName)),
    attribute(types.userPassword, hiddenPassword(password, secret, authenticator)),
    attribute(types.nasIdentifier, Buffer.from('sidegate')),
    ...(state === undefined ? [] : [attribute(types.state, state)]),
  ]
  const packet = Buffer.concat([Buffer.from([1, identifier, 0, 0]), authenticator, ...attributes])
  packet.writeUInt16BE(packet.length, 2)
  createHmac('md5', secret)
    .update(packet)
    .digest()
    .copy(packet, headerBytes + 2)
  return packet
}

/** RFC 2865, section 5.2. */
export function hiddenPassword(password: string, secret: Buffer, authenticator: Buffer): Buffer {
  const bytes = Buffer.from(password)
  const hidden = Buffer.alloc(Math.max(digestBytes, Math.ceil(bytes.length / digestBytes) * digestBytes))
  bytes.copy(hidden)
  let last = authenticator
  for (let start = 0; start < hidden.length; start += digestBytes) {
    const pad = md5(secret, last)
    last = hidden.subarray(start, start + digestBytes)
    for (let at = 0; at < digestBytes; at++) hidden[start + at] = (hidden[start + at] ?? 0) ^ (pad[at] ?? 0)
  }
  return hidden
}

/**
 * Reads an answer, if it proves that its sender has the secret: in its Response Authenticator (RFC 2865, section 3) and in a
 * Message-Authenticator (RFC 3579, section 3.2), without which anybody on the way can forge it (CVE-2024-3596).
 * @throws PacketError for anything else
 */
export function readAnswer(
  received: Buffer,
  request: Pick<AccessRequest, 'identifier' | 'authenticator' | 'secret'>,
): RadiusAnswer {
  const length = received.length < headerBytes ? 0 : received.readUInt16BE(2)
  if (length < headerBytes || length > maxPacketBytes || length > received.length) {
    throw new PacketError('an answer has a wrong length')
  }
  const packet = received.subarray(0, length)
  if (packet[1] !== request.identifier) throw new PacketError('an answer belongs to another request')
  const kind = codes[packet[0] ?? 0]
  if (kind === undefined) throw new PacketError('an answer is of an unknown kind')
  // rule S59: otherwise any Response Authenticator counts
  if (!timingSafeEqual(packet.subarray(4, headerBytes), responseAuthenticator(packet, request))) {
    throw new PacketError('an answer was not made with the shared secret')
  }
  const attributes = attributesOf(packet)
  verifyMessage(packet, attributes, request)
  const valuesOf = (type: number) => attributes.filter((each) => each.type === type).map(({ value }) => value)
  const states = valuesOf(types.state)
  if (states.length > 1) throw new PacketError('an answer has more than one state')
  return { kind, message: plainText(valuesOf(types.replyMessage)), state: states[0] }
}

export function responseAuthenticator(
  packet: Buffer,
  { authenticator, secret }: Pick<AccessRequest, 'authenticator' | 'secret'>,
): Buffer {
  return md5(packet.subarray(0, 4), authenticator, packet.subarray(headerBytes), secret)
}

function verifyMessage(
  packet: Buffer,
  attributes: readonly Attribute[],
  { authenticator, secret }: Pick<AccessRequest, 'authenticator' | 'secret'>,
): void {
  const [proof, ...more] = attributes.filter(({ type }) => type === types.messageAuthenticator)
  // rule S59: otherwise an answer without Message-Authenticator counts, which anybody on the way can forge
  if (proof === undefined) throw new PacketError('an answer has no Message-Authenticator')
  if (more.length > 0 || proof.value.length !== digestBytes) {
    throw new PacketError('an answer has a wrong Message-Authenticator')
  }
  const signed = Buffer.from(packet)
  authenticator.copy(signed, 4)
  signed.fill(0, proof.start, proof.start + digestBytes)
  // rule S59: otherwise any Message-Authenticator counts
  if (!timingSafeEqual(proof.value, createHmac('md5', secret).update(signed).digest())) {
    throw new PacketError('an answer has a wrong Message-Authenticator')
  }
}

/** `start` is the place of the value in the packet. */
type Attribute = { type: number; start: number; value: Buffer }

function attributesOf(packet: Buffer): Attribute[] {
  const found: Attribute[] = []
  for (let at = headerBytes; at < packet.length; ) {
    const length = packet[at + 1] ?? 0
    if (length < 2 || at + length > packet.length) throw new PacketError('an answer has a broken attribute')
    found.push({ type: packet[at] ?? 0, start: at + 2, value: packet.subarray(at + 2, at + length) })
    at += length
  }
  return found
}

function attribute(type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, value.length + 2]), value])
}

function md5(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Another server's text, which a person reads: without control characters, and without those that change its direction. */
function plainText(lines: readonly Buffer[]): string {
  return Buffer.concat(lines)
    .toString('utf8')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 1000)
}
