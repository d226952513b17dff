import type { NewPasskey, PasskeyPort } from '../../src/nodes/ports/device-ports.ts'
import type { Device } from '../../src/nodes/ports/ports.ts'
import { answer } from './run-node.ts'

export const flags = { UP: true, UV: true, AT: false, ED: false, BE: true, BS: false }

/** A stored passkey. */
export const stored: Device = {
  uuid: 'uuid-1',
  deviceName: 'Key',
  recoveryCodes: [],
  credentialId: 'AQL-',
  publicKey: 'cHVibGlj',
  signCount: 5,
}

const newPasskey: NewPasskey = {
  publicKey: 'cHVibGlj',
  algorithm: -7,
  signCount: 1,
  aaguid: '00000000-0000-0000-0000-000000000000',
  attestationType: 'NONE',
  flags,
}

/** Accepts every answer or rejects every one, and records its calls. */
export function passkeyFake(problem?: string, signCount = 6) {
  const asked: object[] = []
  const passkeys: PasskeyPort = {
    newChallenge: () => 'Y2hhbGxlbmdl',
    async register(given) {
      asked.push(given)
      return problem === undefined ? newPasskey : { problem: problem }
    },
    async verify(given) {
      asked.push(given)
      return problem === undefined ? { signCount, flags } : { problem: problem }
    },
  }
  return { passkeys, asked }
}

/** The answer of a browser, after the request. */
export const fromBrowser = (outcome: string) => [
  answer('MetadataCallback'),
  answer('HiddenValueCallback', outcome),
]
