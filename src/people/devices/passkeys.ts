import type { AuthenticatorFlags, NewPasskey, PasskeyPort, Refused } from '../../nodes/ports/device-ports.ts'
import { base64 } from '../../secrets/random.ts'

/** Verifies passkey ceremonies. The library is loaded at first use. */
export const passkeys: PasskeyPort = {
  newChallenge: () => base64(32),

  register: (answer) =>
    refusing(async () => {
      const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
      const { attestation, clientData, credentialId, ...ceremony } = answer
      const result = await verifyRegistrationResponse({
        ...expectedOf(ceremony),
        supportedAlgorithmIDs: [...ceremony.algorithms],
        response: {
          ...credential(credentialId),
          response: { clientDataJSON: base64url(clientData), attestationObject: fromNumbers(attestation) },
        },
      })
      if (!result.verified) return { problem: 'the attestation statement is not valid' }
      const { registrationInfo } = result
      const attested = Buffer.from(registrationInfo.credential.id, 'base64url')
      // The library compares it with nothing, so a page could store the id of another passkey.
      if (!attested.equals(Buffer.from(credentialId, 'base64url')))
        return { problem: 'the id of the passkey is not the attested one' }
      return {
        publicKey: base64url(registrationInfo.credential.publicKey),
        signCount: registrationInfo.credential.counter,
        aaguid: registrationInfo.aaguid,
        ...(await readAttestation(registrationInfo.attestationObject)),
      }
    }),

  verify: (answer) =>
    refusing(async () => {
      const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
      const { parseAuthenticatorData } = await import('@simplewebauthn/server/helpers')
      const { credentialId, publicKey, clientData, signature, authenticatorData, ...ceremony } = answer
      const result = await verifyAuthenticationResponse({
        ...expectedOf(ceremony),
        // Zero accepts every counter.
        credential: { id: credentialId, publicKey: bytes(publicKey, 'base64url'), counter: 0 },
        response: {
          ...credential(credentialId),
          response: {
            clientDataJSON: base64url(clientData),
            authenticatorData: fromNumbers(authenticatorData),
            signature: fromNumbers(signature),
          },
        },
      })
      if (!result.verified) return { problem: 'the signature is not valid' }
      const parsed = parseAuthenticatorData(bytes(fromNumbers(authenticatorData), 'base64url'))
      return { signCount: parsed.counter, flags: flagsOf(parsed.flags) }
    }),
}

type Expected = Parameters<PasskeyPort['verify']>[0]

function expectedOf(
  ceremony: Pick<Expected, 'challenge' | 'relyingPartyId' | 'origins' | 'isUserVerificationRequired'>,
) {
  return {
    expectedChallenge: base64url(bytes(ceremony.challenge, 'base64')),
    expectedOrigin: [...ceremony.origins],
    expectedRPID: ceremony.relyingPartyId,
    requireUserVerification: ceremony.isUserVerificationRequired,
  }
}

function credential(id: string) {
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const
}

async function readAttestation(attestationObject: Uint8Array<ArrayBuffer>) {
  const helpers = await import('@simplewebauthn/server/helpers')
  const decoded = helpers.decodeAttestationObject(attestationObject)
  const parsed = helpers.parseAuthenticatorData(decoded.get('authData'))
  const key = helpers.decodeCredentialPublicKey(parsed.credentialPublicKey ?? new Uint8Array())
  const isSelf = decoded.get('attStmt').get('x5c') === undefined
  const attestationType: NewPasskey['attestationType'] =
    decoded.get('fmt') === 'none' ? 'NONE' : isSelf ? 'SELF' : 'BASIC'
  const algorithm = Number(key.get(helpers.cose.COSEKEYS.alg))
  return { attestationType, algorithm, flags: flagsOf(parsed.flags) }
}

function flagsOf(
  flags: Readonly<Record<'up' | 'uv' | 'at' | 'ed' | 'be' | 'bs', boolean>>,
): AuthenticatorFlags {
  const { up, uv, at, ed, be, bs } = flags
  return { UP: up, UV: uv, AT: at, ED: ed, BE: be, BS: bs }
}

/** Turns library errors into refusals. Invalid client input makes the library throw; its messages contain no secrets. */
async function refusing<Result>(check: () => Promise<Result>): Promise<Result | Refused> {
  try {
    return await check()
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'the response cannot be parsed' }
  }
}

function fromNumbers(text: string): string {
  return base64url(Uint8Array.from(text.split(','), Number))
}

function base64url(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64url')
}

function bytes(text: string, encoding: 'base64' | 'base64url'): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, encoding))
}
