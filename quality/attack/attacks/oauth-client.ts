import { accessToken, configureClient } from '../../../test/support/backchannel-client.ts'
import { clientDocument } from '../../../test/support/oauth-server.ts'
import { RelyingParty } from '../../../test/support/relying-party.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { action, passCheck, send, victim } from '../checks.ts'

/** Scopes of the vendor's service accounts, and Sidegate's. */
const scopes = [
  'fr:idm:*',
  'fr:am:*',
  'am-introspect-all-tokens',
  'openid',
  'profile',
  'back_channel_authentication',
  'verification_grant',
]

const people = [
  'users/alex',
  `users/${victim.id}/devices/2fa/oath?_queryFilter=true`,
  'help-desk/people?q=alex',
]
const staff = [
  'audit',
  'journeys',
  'scripts?_queryFilter=true',
  'realm-config/settings',
  'backchannel-transactions',
]
const desk = ['help-desk/verifications', 'help-desk', 'sessions?_queryFilter=true', 'rights']

/** A registered client with every scope tries to get more than they allow. */
export const oauthClient: Attack = {
  name: 'oauth-client',
  defence: 'H13: a client without the scope can consume grants',
  goal: "people's profiles, sessions, tokens and check results, with tokens of its own",
  async play(scene) {
    const paths = [...people, ...staff, ...desk]
    for (const wanted of scopes) {
      const bearer = await tokenWith(scene, wanted)
      for (const path of paths) {
        const { status } = await send(scene, path, { bearer })
        mustHold(status >= 400, `${path} was answered to a token with ${wanted}: ${status}`)
      }
      const { status } = await fetch(
        `${scene.url.replace(/\/am$/, '')}/openidm/managed/alpha_user?_queryFilter=true`,
        { headers: { authorization: `Bearer ${bearer}` } },
      )
      mustHold(status >= 400, `people were listed to a token with ${wanted}`)
    }
    await usesGrantWithoutScope(scene)
    await takesTokensOfOthers(scene)
    return `tokens with ${scopes.length} scopes opened none of ${paths.length + 1} resources, no grant and no token of another client`
  },
}

/** A token of a client with only this scope. */
async function tokenWith({ url, administrator }: Scene, wanted: string): Promise<string> {
  const id = `client-${scopes.indexOf(wanted)}`
  const document = clientDocument({ scopes: [wanted], defaultScopes: [] })
  await configureClient(url, administrator, 'PUT', { id }, document)
  return accessToken(url, { id, wanted })
}

async function usesGrantWithoutScope(scene: Scene): Promise<void> {
  const { reference } = await passCheck(scene)
  const made = await send(scene, `help-desk/verifications/${reference}?_action=grant`, {
    session: scene.agent,
    body: {},
  })
  mustHold(made.status === 200, 'the agent got no grant')
  const body = { grant: String(made.body.grant), action, subject: victim.userName }
  for (const wanted of scopes.filter((name) => name !== 'verification_grant')) {
    const bearer = await tokenWith(scene, wanted)
    const { status } = await send(scene, 'verification/grants?_action=consume', { bearer, body })
    mustHold(status === 403, `a grant was consumed with ${wanted}: ${status}`)
  }
}

/** The second of two applications in a realm tries to use a person's tokens that the first got. */
async function takesTokensOfOthers({ url }: Scene): Promise<void> {
  const shop = new RelyingParty(url, 'shop', 'secret of the shop')
  const thief = new RelyingParty(url, 'thief', 'secret of the thief')
  await shop.register()
  await thief.register()
  const session = await signIn(url, victim.userName, victim.password)
  const coded = await shop.code(session)
  const stolen = await thief.exchange(coded)
  mustHold(stolen.status >= 400, 'a code of another client was exchanged')
  const tokens = await shop.tokens(session)
  mustHold(
    (await thief.refresh(tokens.refresh_token)).status >= 400,
    'a refresh token of another client was used',
  )
  const seen = await thief.post('introspect', { token: tokens.access_token })
  mustHold(seen.body.active !== true, 'a token of another client was introspected')
  await thief.post('token/revoke', { token: tokens.access_token })
  mustHold((await shop.userinfo(tokens.access_token)).status === 200, 'a token of another client was revoked')
}
