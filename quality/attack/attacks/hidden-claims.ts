import { claimsIn, RelyingParty, visit } from '../../../test/support/relying-party.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { victim } from '../checks.ts'

const claims = JSON.stringify({ id_token: { email: null }, userinfo: { email: null } })

/** An OAuth client uses the parameter `claims` to request data that the consent page doesn't show. */
export const hiddenClaims: Attack = {
  name: 'hidden-claims',
  defence: 'S17: the consent page does not show what the parameter claims releases',
  goal: 'the email address of a person who only allowed to be recognised',
  async play({ url }) {
    const client = new RelyingParty(url, 'harvester', 'harvester-secret')
    await client.register({ core: { scopes: ['openid', 'email'] }, advanced: { isConsentImplied: false } })
    const session = await signIn(url, victim.userName, victim.password)
    const ask = async (parameters: Record<string, string>) => {
      const { url: address, verifier } = client.request({ scope: 'openid', ...parameters })
      return { ...(await visit(address, session)), verifier }
    }
    const allow = (page: string, changes: Record<string, string> = {}) => {
      const read = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
      const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      const body = new URLSearchParams(fields.map(([, name, value]) => [read(name), read(value)]))
      for (const [name, value] of Object.entries({ ...changes, decision: 'allow' })) body.set(name, value)
      return visit(read(/<form[^>]* action="([^"]*)"/.exec(page)?.[1]), session, { method: 'POST', body })
    }

    const hidden = await ask({ claims })
    mustHold(hidden.text.includes('Your email address'), 'the page does not show a claim that it releases')
    const plain = await ask({})
    mustHold(!plain.text.includes('Your email address'), 'the page shows a claim that was not requested')
    const swapped = await allow(plain.text, { claims })
    mustHold(swapped.location === undefined, 'claims were added to a request after its page was shown')
    const { location } = await allow(plain.text)
    if (location === undefined) throw new Error('the consent of the victim did not count')
    const code = location.searchParams.get('code') ?? ''
    const { body } = await client.exchange({ code, verifier: plain.verifier })
    mustHold(!Object.hasOwn(claimsIn(body.id_token), 'email'), 'a claim was released without being requested')
    const later = await ask({ claims })
    mustHold(later.location === undefined, 'new claims are released on an old consent')
    return 'each claim was shown before it was released, and new ones needed a new consent'
  },
}
