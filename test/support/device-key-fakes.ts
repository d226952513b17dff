import type { DeviceKeyPort } from '../../src/nodes/ports/device-ports.ts'

type Said = {
  kid?: string
  sub?: string
  challenge?: string
  isForged?: boolean
  isOld?: boolean
  key?: object
}

/** Signed texts as plain JSON: they say themselves what is wrong with them. */
export const deviceKeyFake: DeviceKeyPort = {
  newChallenge: () => 'Y2hhbGxlbmdl',
  peek(jws) {
    const { kid, sub, key } = JSON.parse(jws) as Said
    return { keyId: kid, subject: sub, key: key === undefined ? undefined : { ...key } }
  },
  async verify(jws, _key, { subject }) {
    const { sub = '', challenge = '', isForged, isOld } = JSON.parse(jws) as Said
    if (isForged) return { problem: 'the signature does not fit', isSignature: true }
    if (isOld || sub !== subject) return { problem: 'a claim does not fit', isSignature: false }
    return { claims: { sub, challenge } }
  },
}

export const signed = (said: Said) =>
  JSON.stringify({ kid: 'one', sub: 'kim-id', challenge: 'Y2hhbGxlbmdl', ...said })
