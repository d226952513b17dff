import { certify } from '../../../test/support/certificates.ts'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import {
  signedQuery,
  signedXml,
  startSamlIdentityProvider,
} from '../../../test/support/saml-identity-provider.ts'
import { authenticate, output, startJourney, stepOf } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'
import { trustIdentityProvider } from '../saml-trust.ts'

const [name, journey] = ['ended', 'SamlEnded']
const idp = 'https://idp.example.com/ended'
const rival = 'https://idp.example.com/rival'

/** An attacker who knows a username, and another identity provider that the realm trusts, send messages about a logout. */
export const foreignLogout: Attack = {
  name: 'foreign logout',
  defence: 'S73: anybody who knows a name ends the sessions of its person',
  goal: 'the end of the sessions of people who work, or are verified, at that moment',
  async prepare(stores) {
    const config = { idpEntityId: idp, metaAlias: `/alpha/${name}`, binding: 'HTTP_POST' }
    const to = { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'failure', ERROR: 'failure' }
    const nodes = { ask: { type: 'product-Saml2Node', config, to } }
    await saveJourney(stores, journey, nodes, { noSession: false })
  },
  async play(scene) {
    const [own, other] = [await startSamlIdentityProvider(), await startSamlIdentityProvider()]
    try {
      const more = { assertionProcessing: { accountMapping: { useNameIDAsSPUserID: true } } }
      await trustIdentityProvider(scene, { name, idp, metadata: renamed(own, idp), more })
      await trustIdentityProvider(scene, { name: `${name}-2`, idp: rival, metadata: renamed(other, rival) })
      const tokenId = await signIn(scene, own)
      const stranger = (await certify('CN=stranger')).privateKey
      const byStranger = { ...own.certified, privateKey: stranger }
      const attempts = [
        [idp, byStranger, name],
        [idp, other.certified, name],
        [rival, other.certified, name],
        [rival, other.certified, `${name}-2`],
      ] as const
      for (const [issuer, key, alias] of attempts) {
        await deliver(scene, alias, { issuer, key })
        const { body } = await send(scene, 'sessions?_action=validate', { body: { tokenId } })
        mustHold(body.valid === true, `a message of ${issuer} at ${alias} ended the session`)
      }
      await deliver(scene, name, { issuer: idp, key: own.certified })
      const { body } = await send(scene, 'sessions?_action=validate', { body: { tokenId } })
      mustHold(body.valid === false, 'the provider itself can’t end the session')
      return `${attempts.length * 2} messages of others ended nothing`
    } finally {
      await Promise.all([own.stop(), other.stop()])
    }
  },
}

type Provider = Awaited<ReturnType<typeof startSamlIdentityProvider>>

/** The metadata of the provider with another name. */
function renamed(provider: Provider, entity: string): string {
  const written = Buffer.from(provider.metadata(), 'base64url').toString()
  return Buffer.from(written.replace(provider.entityId, entity)).toString('base64url')
}

async function signIn({ url }: Scene, provider: Provider): Promise<unknown> {
  provider.say({ issuer: idp, outerIssuer: idp, nameId: victim.userName })
  const started = await startJourney(url, journey)
  const visited = await provider.visit({ url: String(output(started, 'redirectUrl')), method: 'GET' })
  const cookie = started.headers.getSetCookie().find((one) => one.startsWith('sidegate-asked=')) ?? ''
  const body = new URLSearchParams(visited.form)
  const answer = await fetch(visited.url, { method: 'POST', body, redirect: 'manual', headers: { cookie } })
  const { search } = new URL(answer.headers.get('location') ?? '')
  return (await authenticate(url, { query: search, body: stepOf(started) })).body.tokenId
}

type Sender = { issuer: string; key: Provider['certified'] }

/** In the query and in a form. */
async function deliver({ url }: Scene, alias: string, { issuer, key }: Sender): Promise<void> {
  const message = (mount: string) =>
    `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${url}/${mount}/metaAlias/alpha/${alias}"><saml:Issuer>${issuer}</saml:Issuer><saml:NameID>${victim.userName}</saml:NameID></samlp:LogoutRequest>`
  const at = (mount: string) => `${url}/${mount}/metaAlias/alpha/${alias}`
  await fetch(`${at('SPSloRedirect')}?${signedQuery('SAMLRequest', message('SPSloRedirect'), key)}`, {
    redirect: 'manual',
  })
  const SAMLRequest = Buffer.from(signedXml(message('SPSloPOST'), '_1', key)).toString('base64')
  await fetch(at('SPSloPOST'), {
    method: 'POST',
    body: new URLSearchParams({ SAMLRequest }),
    redirect: 'manual',
  })
}
