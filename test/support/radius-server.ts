import { createHash, createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

type Attribute = readonly [type: number, value: Buffer | string]

/** What a request says, with its password readable. */
export type RadiusRequest = { userName: string; password: string; state: string; attributes: Attribute[] }

export type RadiusReply = {
  /** 2 accepts, 3 rejects, 11 challenges. */
  code: number
  attributes?: readonly Attribute[]
  /** Default: the right one comes first. */
  proof?: 'none' | 'wrong' | 'twice'
  /** Changes the packet before it is sent. */
  spoil?(packet: Buffer): Buffer
  /** Signs with this secret. */
  secret?: string
}

type Answer = RadiusReply | readonly RadiusReply[] | undefined

export type RadiusServer = Awaited<ReturnType<typeof startRadiusServer>>

/** A RADIUS server for tests, on UDP. It shares no code with the client. No reply: it stays silent. */
export async function startRadiusServer(
  secret: string,
  answer: (request: RadiusRequest, place: number) => Answer | Promise<Answer>,
) {
  const socket = createSocket('udp4')
  const requests: RadiusRequest[] = []
  const problems: string[] = []
  socket.on('message', async (packet, from) => {
    try {
      const request = readRequest(packet, secret)
      requests.push(request)
      for (const reply of [(await answer(request, requests.length)) ?? []].flat()) {
        socket.send(replyTo(packet, reply, reply.secret ?? secret), from.port, from.address)
      }
    } catch (error) {
      problems.push(String(error))
    }
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const address = `127.0.0.1:${socket.address().port}`
  return { address, requests, problems, stop: () => new Promise<void>((done) => socket.close(() => done())) }
}

function readRequest(packet: Buffer, secret: string): RadiusRequest {
  if (packet[0] !== 1 || packet.readUInt16BE(2) !== packet.length) throw new Error('no Access-Request')
  const authenticator = packet.subarray(4, 20)
  const attributes: [number, Buffer][] = []
  const unsigned = Buffer.from(packet)
  for (let at = 20; at < packet.length; at += packet.readUInt8(at + 1)) {
    attributes.push([packet.readUInt8(at), packet.subarray(at + 2, at + packet.readUInt8(at + 1))])
    if (packet[at] === 80) unsigned.fill(0, at + 2, at + 18)
  }
  const of = (type: number) => attributes.find(([each]) => each === type)?.[1] ?? Buffer.alloc(0)
  const proof = createHmac('md5', secret).update(unsigned).digest()
  if (attributes[0]?.[0] !== 80 || !proof.equals(of(80))) throw new Error('no valid Message-Authenticator')
  const hidden = of(2)
  let last = authenticator
  let password = ''
  for (let at = 0; at < hidden.length; at += 16) {
    const pad = createHash('md5').update(secret).update(last).digest()
    last = hidden.subarray(at, at + 16)
    password += Buffer.from(last.map((byte, place) => byte ^ pad.readUInt8(place))).toString('latin1')
  }
  const text = Buffer.from(password.replace(/\0+$/, ''), 'latin1').toString('utf8')
  return { userName: String(of(1)), password: text, state: of(24).toString('utf8'), attributes }
}

function replyTo(
  request: Buffer,
  { code, attributes = [], proof, spoil }: RadiusReply,
  secret: string,
): Buffer {
  const zeros: Attribute = [80, Buffer.alloc(16)]
  const all = [...(proof === 'none' ? [] : [zeros]), ...(proof === 'twice' ? [zeros] : []), ...attributes]
  const encoded = all.map(([type, value]) => {
    const bytes = Buffer.from(value as Buffer)
    return Buffer.concat([Buffer.from([type, bytes.length + 2]), bytes])
  })
  const packet = Buffer.concat([
    Buffer.from([code, request.readUInt8(1), 0, 0]),
    request.subarray(4, 20),
    ...encoded,
  ])
  packet.writeUInt16BE(packet.length, 2)
  if (proof !== 'none') createHmac('md5', secret).update(packet).digest().copy(packet, 22)
  if (proof === 'wrong') packet.writeUInt8(packet.readUInt8(30) ^ 1, 30)
  createHash('md5').update(packet).update(secret).digest().copy(packet, 4)
  return spoil?.(packet) ?? packet
}
