import { Browser } from '../../../src/testing/client/browser.ts'
import { saveJourney } from '../../../test/support/prepared-folder.ts'
import { startSamlIdentityProvider } from '../../../test/support/saml-identity-provider.ts'
import { unclearAddresses } from '../../../test/support/unclear-addresses.ts'
import { authenticate, output, startJourney, stepOf, type WireAnswer } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { victim } from '../checks.ts'
import { trustIdentityProvider } from '../saml-trust.ts'

const name = 'stolen'
const journey = 'SamlTheft'
const idp = 'https://idp.example.com/stolen'

type Provider = Awaited<ReturnType<typeof startSamlIdentityProvider>>

/** The attacker's journey, answered by the identity provider at which the victim is signed in. */
export const samlAnswerTheft: Attack = {
  name: 'SAML answer theft',
  defence: 'S70: the answer of a SAML identity provider counts in any browser',
  goal: 'the session of a person who follows a link to their identity provider',
  async prepare(stores) {
    const config = { idpEntityId: idp, metaAlias: `/alpha/${name}`, binding: 'HTTP_POST' }
    const to = { ACCOUNT_EXISTS: 'success', NO_ACCOUNT: 'failure', ERROR: 'failure' }
    const nodes = { ask: { type: 'product-Saml2Node', config, to } }
    await saveJourney(stores, journey, nodes, { noSession: false })
  },
  async play(scene) {
    const provider = await startSamlIdentityProvider()
    try {
      const written = Buffer.from(provider.metadata(), 'base64url').toString()
      const metadata = Buffer.from(written.replace(provider.entityId, idp)).toString('base64url')
      const more = { assertionProcessing: { accountMapping: { useNameIDAsSPUserID: true } } }
      await trustIdentityProvider(scene, { name, idp, metadata, more })
      provider.say({ issuer: idp, outerIssuer: idp, nameId: victim.userName })

      const own = await ask(scene)
      let ownKey = ''
      for await (const key of follow(scene, provider, own, own)) ownKey = key
      mustHold((await resume(scene, own, ownKey)) !== undefined, 'the victim can’t sign in')

      const victims = await ask(scene)
      for (const RelayState of [undefined, ...unclearAddresses]) {
        for (const browser of [victims, undefined]) {
          await steal(scene, provider, browser, RelayState)
        }
      }
      return `${unclearAddresses.length} return addresses, and no answer counted in another browser or left the server`
    } finally {
      await provider.stop()
    }
  },
}

/** The attacker has each key as soon as the browser sees it, or all after it has gone the whole way. */
async function steal(
  scene: Scene,
  provider: Provider,
  browser: Asked | undefined,
  RelayState: string | undefined,
): Promise<void> {
  const fails = async (attackers: Asked, key: string) => {
    const token = await resume(scene, attackers, key)
    mustHold(token === undefined, `the attacker has a session of ${victim.userName}`)
  }
  const early = await ask(scene)
  for await (const key of follow(scene, provider, early, browser, RelayState)) await fails(early, key)
  const late = await ask(scene)
  const keys: string[] = []
  for await (const key of follow(scene, provider, late, browser, RelayState)) keys.unshift(key)
  for (const key of keys) await fails(late, key)
}

type Asked = { step: WireAnswer; browser: Browser }

async function ask({ url }: Scene): Promise<Asked> {
  const step = await startJourney(url, journey)
  const browser = new Browser()
  browser.receive(step.headers.getSetCookie(), Date.now())
  return { step, browser }
}

/** A browser goes to the identity provider and back. Yields the key in each address that it sees. */
async function* follow(
  { url: server }: Scene,
  provider: Provider,
  asked: Asked,
  by: Asked | undefined,
  RelayState?: string,
): AsyncGenerator<string> {
  const visited = await provider.visit({ url: String(output(asked.step, 'redirectUrl')), method: 'GET' })
  const form = { ...visited.form, ...(RelayState === undefined ? {} : { RelayState }) }
  let sent: RequestInit = { method: 'POST', body: new URLSearchParams(form) }
  let next = visited.url
  while (next.includes('/AuthConsumer/')) {
    const headers = by?.browser.header === undefined ? {} : { cookie: by.browser.header }
    const answer = await fetch(next, { ...sent, headers, redirect: 'manual' })
    next = new URL(answer.headers.get('location') ?? '', next).href
    mustHold(new URL(next).origin === new URL(server).origin, `the browser was sent to ${next}`)
    yield new URL(next).searchParams.get('responsekey') ?? ''
    sent = {}
  }
}

async function resume({ url }: Scene, { step, browser }: Asked, responsekey: string): Promise<unknown> {
  const query = `?${new URLSearchParams({ responsekey })}`
  const headers = browser.header === undefined ? {} : { cookie: browser.header }
  return (await authenticate(url, { query, headers, body: stepOf(step) })).body.tokenId
}
