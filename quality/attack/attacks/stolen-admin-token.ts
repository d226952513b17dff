import { adminToken, askForCode, bearer } from '../../../test/support/admin-tokens.ts'
import { asking } from '../../../test/support/rest.ts'
import {
  assertionOf,
  createAccount,
  exchange,
  newKeys,
  svcacct,
} from '../../../test/support/service-accounts.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { createRogue, realmPath } from '../staff.ts'

const everyone = '/openidm/managed/alpha_user?_queryFilter=true&_pageSize=1'
const staff = '/openidm/managed/user/amadmin'
const scope = 'fr:idm:* fr:am:*'

/** The attacker has tokens of other applications, of another realm, stolen ones, and a copied assertion. */
export const stolenAdminToken: Attack = {
  name: 'stolen-admin-token',
  defence: 'S30: tokens of every application of the root realm count',
  goal: 'to administer the server with a token that is not for it, or longer or further than it reaches',
  async play(scene) {
    await playForeignTokens(scene)
    await playStolenToken(scene)
    await playServiceAccount(scene)
    return 'tokens of other applications and realms never counted, a stolen one did no more than its scopes and ended with the account, and an assertion worked once'
  },
}

/** The status of a request by token alone. */
async function status({ url }: Scene, token: string, path: string, method = 'GET', body?: object) {
  const ask = asking(url, '')
  return (await ask(path, { method, body, headers: bearer(token) })).status
}

async function playForeignTokens(scene: Scene): Promise<void> {
  const { url, administrator } = scene
  const realm = realmPath('alpha')
  const head = await createRogue(scene, 'tokenhead', ['realm-admin'])
  const redirectUri = new URL('/platform/appAuthHelperRedirect.html', url).href
  const client = {
    coreOAuth2ClientConfig: {
      clientType: 'Public',
      scopes: scope.split(' '),
      redirectionUris: [redirectUri],
    },
    advancedOAuth2ClientConfig: { isConsentImplied: true },
  }
  const path = `${realm}/realm-config/agents/OAuth2Client/idmAdminClient`
  await head.ask(path, { method: 'PUT', body: client })
  const foreign = await adminToken(url, head.session, { realm, scope })
  const { code } = await askForCode(url, head.session, { scope })
  mustHold(code === undefined, 'a session of another realm got a code of the root realm')
  const asAdmin = asking(url, administrator)
  await asAdmin('/realms/root/realm-config/agents/OAuth2Client/shop', { method: 'PUT', body: client })
  const shop = await adminToken(url, administrator, { client: 'shop', scope })
  for (const token of [foreign, shop]) {
    mustHold((await status(scene, token, everyone)) === 401, 'a token of another application read people')
    mustHold((await status(scene, token, '/rights')) === 401, 'a token of another application had rights')
    const headers = { ...bearer(token), cookie: `iPlanetDirectoryPro=${administrator}` }
    const beside = await asking(url, '')(everyone, { headers })
    mustHold(beside.status === 401, 'a refused token fell back to the cookie')
  }
}

async function playStolenToken(scene: Scene): Promise<void> {
  const { url, administrator } = scene
  const narrow = await adminToken(url, administrator, { scope: 'fr:idm:*' })
  mustHold((await status(scene, narrow, '/rights')) === 403, 'a token reached beyond its scopes')
  await playMakingAnAuthor(scene, narrow)
  const wide = await adminToken(url, administrator, { scope })
  for (const path of [`${realmPath('alpha')}/help-desk`, `${realmPath('alpha')}/audit`])
    mustHold((await status(scene, wide, path)) === 403, `a token reached ${path}`)
  const shorter = await status(scene, wide, '/global-config/audit', 'PUT', { retentionDays: 30 })
  mustHold(shorter === 403, 'a token shortened the audit trail')
  mustHold(
    (await status(scene, wide, `${staff}?_action=unlock`, 'POST', {})) === 403,
    'a token ended the lockout of an administrator',
  )
  const password = [{ operation: 'replace', field: '/password', value: 'Rogue-Pass-2026!' }]
  mustHold(
    (await status(scene, wide, staff, 'PATCH', password)) === 403,
    'a token took over an administrator',
  )
  await createRogue(scene, 'tokenless', [])
  const path = '/openidm/managed/alpha_user/tokenless?_action=setRoles'
  const roles = { roles: ['agent'] }
  mustHold((await status(scene, wide, path, 'POST', roles)) === 403, 'a token made a person an agent')
}

/** An author can sign in as any person of the realm. */
async function playMakingAnAuthor(scene: Scene, narrow: string): Promise<void> {
  await createRogue(scene, 'tokenauthor', ['journey-author'])
  await createRogue(scene, 'tokenplain', [])
  const at = (id: string, action: string) => `/openidm/managed/alpha_user/${id}?_action=${action}`
  const roles = { roles: ['journey-author'] }
  const granted = await status(scene, narrow, at('tokenplain', 'setRoles'), 'POST', roles)
  mustHold(granted === 403, 'a token for people made an author')
  const password = { password: 'Rogue-Pass-2026!' }
  const taken = await status(scene, narrow, at('tokenauthor', 'resetPassword'), 'POST', password)
  mustHold(taken === 403, 'a token for people took over an author')
}

async function playServiceAccount(scene: Scene): Promise<void> {
  const { url } = scene
  const ask = asking(url, scene.administrator)
  const keys = await newKeys('ES256')
  const id = String((await createAccount(ask, keys)).body._id)
  const copied = await assertionOf(url, id, keys)
  const { body } = await exchange(url, copied)
  mustHold((await status(scene, body.access_token, everyone)) === 200, 'the service account has no access')
  mustHold((await exchange(url, copied)).status === 400, 'an assertion worked twice')
  const past = Math.floor(Date.now() / 1000) - 1
  for (const claims of [{ exp: past }, { aud: 'https://other.example/am/oauth2/access_token' }])
    mustHold(
      (await exchange(url, await assertionOf(url, id, keys, claims))).status === 400,
      `an assertion with ${Object.keys(claims)} worked`,
    )
  const other = await newKeys('ES256')
  mustHold((await exchange(url, await assertionOf(url, id, other))).status === 400, 'another key worked')
  const jwks = { keys: [other.publicKey] }
  const account = { name: 'backdoor', scopes: ['fr:am:*'], jwks }
  const made = await status(scene, body.access_token, `${svcacct}?_action=create`, 'POST', account)
  mustHold(made === 403, 'a service account made another one')
  const off = [{ operation: 'replace', field: '/accountStatus', value: 'inactive' }]
  await ask(`${svcacct}/${id}`, { method: 'PATCH', body: off })
  mustHold((await status(scene, body.access_token, everyone)) === 401, 'a disabled account had access')
}
