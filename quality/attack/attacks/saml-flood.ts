import { startSamlIdentityProvider } from '../../../test/support/saml-identity-provider.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { trustIdentityProvider } from '../saml-trust.ts'

const name = 'flooded'
const batch = 50

/** Anonymous browsers send large SAML responses that no identity provider signed. */
export const samlFlood: Attack = {
  name: 'saml-flood',
  defence: 'S08: SAML answers from one address are not counted',
  goal: 'the server busy with parsing XML',
  async play(scene) {
    const provider = await startSamlIdentityProvider()
    try {
      await trustIdentityProvider(scene, { name, idp: provider.entityId, metadata: provider.metadata() })
      const huge = await deliver(scene, answer(provider.entityId, 900_000))
      mustHold(huge === 413, `an answer of 0.9 MB was read: ${huge}`)

      const before = scene.server.logged().length
      const unsigned = answer(provider.entityId, 80_000)
      const asAnswer = await deliver(scene, unsigned)
      mustHold(asAnswer === 303, `an answer without a signature was not rejected: ${asAnswer}`)
      const asLogout = await deliver(scene, unsigned, 'SPSloPOST')
      mustHold(asLogout === 400, `a logout without a signature was not rejected: ${asLogout}`)
      // The message is not XML, which only a parser would notice.
      const refused = scene.server.logged().slice(before).split('the message is not signed').length - 1
      mustHold(refused === 2, 'a message without a signature was parsed')

      const statuses = new Set<number>()
      for (let sent = 0; sent < 700 && !statuses.has(429); sent += batch) {
        const small = Array.from({ length: batch }, () => deliver(scene, answer(provider.entityId, 10)))
        for (const status of await Promise.all(small)) statuses.add(status)
      }
      mustHold(statuses.has(429), 'answers from one address have no limit')
      const health = await fetch(`${scene.url}/json/health/live`)
      mustHold(health.status === 200, 'the server is down')
      return 'large answers were rejected unread, unsigned ones unparsed, and too many from one address with 429'
    } finally {
      await provider.stop()
    }
  },
}

function answer(issuer: string, size: number): string {
  const text = `<Response><Issuer>${issuer}</Issuer>${'<x a="b">'.repeat(size / 9)}`
  return Buffer.from(text).toString('base64')
}

async function deliver({ url }: Scene, SAMLResponse: string, mount = 'AuthConsumer'): Promise<number> {
  const body = new URLSearchParams({ SAMLResponse })
  const at = `${url}/${mount}/metaAlias/alpha/${name}`
  return (await fetch(at, { method: 'POST', body, redirect: 'manual' })).status
}
