import type { NewPasskey, PasskeyPort } from '../../src/nodes/ports/device-ports.ts'
import type { Device } from '../../src/nodes/ports/ports.ts'
import { answer } from './run-node.ts'

export const flags = { UP: true, UV: true, AT: false, ED: false, BE: true, BS: false }

/** A passkey as it is stored. */
export const stored: Device = {
  uuid: 'uuid-1',
  deviceName: 'Key',
  recoveryCodes: [],
  credentialId: 'AQL-',
  publicKey: 'cHVibGlj',
  signCount: 5,
}

const made: NewPasskey = {
  publicKey: 'cHVibGlj',
  algorithm: -7,
  signCount: 1,
  aaguid: '00000000-0000-0000-0000-000000000000',
  attestationType: 'NONE',
  flags,
}

/** Takes every answer, or refuses every one; keeps what it was asked. */
export function passkeyFake(refusal?: string, signCount = 6) {
  const asked: object[] = []
  const passkeys: PasskeyPort = {
    newChallenge: () => 'Y2hhbGxlbmdl',
    async register(given) {
      asked.push(given)
      return refusal === undefined ? made : { problem: refusal }
    },
    async verify(given) {
      asked.push(given)
      return refusal === undefined ? { signCount, flags } : { problem: refusal }
    },
  }
  return { passkeys, asked }
}

/** The answer of a browser, with the request before it. */
export const fromBrowser = (outcome: string) => [
  answer('MetadataCallback'),
  answer('HiddenValueCallback', outcome),
]
