import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { RelyingParty, visit } from '../../../test/support/relying-party.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'

/** An attacker with a recorded assertion, a copied address and a script of a realm tries to get tokens that they may not have. */
export const forgedToken: Attack = {
  name: 'forged-token',
  defence: 'S44: an assertion of a client works as often as it is sent at the same time',
  goal: "another client's tokens, or a token for another person",
  async play(scene) {
    await replaysAssertion(scene)
    await takesPushedRequest(scene)
    return 'a recorded assertion worked once, and the address of a pushed request for its own client only'
  },
}

async function replaysAssertion({ url }: Scene): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const robot = new RelyingParty(url, 'attacked-robot', 'unused secret')
  await robot.register({
    core: { defaultScopes: ['reports'] },
    advanced: { grantTypes: ['client_credentials'], tokenEndpointAuthMethod: 'private_key_jwt' },
    signing: {
      publicKeyLocation: 'jwks',
      jwkSet: JSON.stringify({ keys: [await exportJWK(publicKey)] }),
      tokenEndpointAuthSigningAlgorithm: 'ES256',
    },
  })
  const recorded = await new SignJWT({ jti: 'recorded' })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(robot.id)
    .setSubject(robot.id)
    .setAudience(robot.issuer)
    .setExpirationTime('1 minute')
    .sign(privateKey)
  const ask = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: recorded,
    })
    return (await fetch(`${robot.issuer}/access_token`, { method: 'POST', body })).status
  }
  const answers = await Promise.all(Array.from({ length: 5 }, ask))
  const gained = answers.filter((status) => status === 200).length
  mustHold(gained === 1, `a recorded assertion worked ${gained} times`)
}

async function takesPushedRequest({ url }: Scene): Promise<void> {
  const session = await signIn(url, 'alex', 'Alex-Pass-2026')
  const shop = new RelyingParty(url, 'attacked-shop', 'a secret')
  await shop.register()
  const mine = new RelyingParty(url, 'my-client', undefined, { address: 'https://evil.example.com/in' })
  await mine.register()
  const request = Object.fromEntries(new URL(shop.request().url).searchParams)
  const { body } = await shop.post('par', request)
  const query = new URLSearchParams({ client_id: mine.id, request_uri: body.request_uri })
  const { location } = await visit(`${shop.issuer}/authorize?${query}`, session)
  mustHold(location?.searchParams.has('code') !== true, 'a pushed request answered another client')
}
