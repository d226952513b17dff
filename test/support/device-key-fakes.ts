import type { DeviceKeyPort } from '../../src/nodes/ports/device-ports.ts'

type FakeJws = {
  kid?: string
  sub?: string
  challenge?: string
  isForged?: boolean
  isOld?: boolean
  key?: object
}

/** Fake JWSs as plain JSON with flags for their faults. */
export const deviceKeyFake: DeviceKeyPort = {
  newChallenge: () => 'Y2hhbGxlbmdl',
  peek(jws) {
    const { kid, sub, key } = JSON.parse(jws) as FakeJws
    return { keyId: kid, subject: sub, key: key === undefined ? undefined : { ...key } }
  },
  async verify(jws, _key, { subject }) {
    const { sub = '', challenge = '', isForged, isOld } = JSON.parse(jws) as FakeJws
    if (isForged) return { problem: 'the signature is wrong', isSignature: true }
    if (isOld || sub !== subject) return { problem: 'a claim is wrong', isSignature: false }
    return { claims: { sub, challenge } }
  },
}

export const signed = (content: FakeJws) =>
  JSON.stringify({ kid: 'one', sub: 'kim-id', challenge: 'Y2hhbGxlbmdl', ...content })
