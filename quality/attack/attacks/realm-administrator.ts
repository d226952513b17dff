import { defined } from '../../../src/base/defined.ts'
import { saveJourney, saveRealm } from '../../../test/support/prepared-folder.ts'
import { asking } from '../../../test/support/rest.ts'
import { signIn, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { beginCheck, readCheck, victim } from '../checks.ts'
import { createJourney, createRogue, type Rogue, realmPath } from '../staff.ts'

/** Spellings of the path of another realm, from outside it or through the attacker's own. */
const spellings = [
  realmPath('alpha'),
  '/alpha',
  '/realms/alpha',
  '/realms/root/realms/%61lpha',
  '/realms/root/realms/beta/../alpha',
  '/realms/root/realms/beta/realms/alpha',
]

const reads = [
  'users/alex',
  `users/${victim.id}/devices/2fa/oath?_queryFilter=true`,
  'help-desk',
  'help-desk/people?q=alex',
  'help-desk/verifications',
  'backchannel-transactions',
  'journey-sessions',
  `sessions?_queryFilter=${encodeURIComponent('username eq "alex" and realm eq "/alpha"')}`,
  'audit',
  'journeys',
  'scripts?_queryFilter=true',
  'realm-config/settings',
  'realm-config/help-desk',
  'realm-config/authentication/authenticationtrees/trees?_queryFilter=true',
  'realm-config/agents/OAuth2Client?_queryFilter=true',
  'rights',
]

const writes: [method: string, path: string, body: object][] = [
  ['PUT', 'realm-config/settings', { helpDesk: { pauseMinutes: 0 } }],
  ['PUT', 'realm-config/help-desk', { pauseMinutes: 0, requiresCode: false }],
  ['PUT', 'realm-config/agents/OAuth2Client/spy', { coreOAuth2ClientConfig: { userpassword: 'spy-secret' } }],
  ['POST', `help-desk/people/${victim.id}?_action=liftPause`, { reason: 'called back' }],
  ['POST', 'sessions?_action=logoutByUser', { username: 'dana' }],
  ['POST', 'journeys?_action=import', { trees: {} }],
  ['DELETE', 'realm-config/authentication/authenticationtrees/trees/VerifyWithCode', {}],
]

/** The administrator of another realm on the same server tries every way to reach this one. */
export const realmAdministrator: Attack = {
  name: 'realm-administrator',
  defence: 'R1: a role applies in every realm',
  goal: 'to read or change people, checks, journeys, settings and the audit trail of another realm',
  async prepare(stores) {
    await saveRealm(stores, '/beta', { defaultJourney: 'Login' })
    const login = {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
      check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
    }
    await saveJourney(stores, 'Login', login, { noSession: false }, '/beta')
  },
  async play(scene) {
    const boss = await createRogue(scene, 'boss', ['realm-admin'], 'beta')
    mustHold(
      (await boss.ask(`${realmPath('beta')}/rights`)).status === 200,
      'the attacker has no role at all',
    )
    const { reference } = await beginCheck(scene)
    const before = await stateOf(scene)
    const tries = (await throughRest(boss, reference)) + (await throughPeople(boss))
    await throughScripts(scene, boss)
    await throughSession(scene, boss)
    mustHold((await stateOf(scene)) === before, 'the other realm has changed')
    mustHold((await readCheck(scene, reference)).state === 'CREATED', 'the check changed')
    return `${tries} requests, a scripted journey and a foreign session reached nothing in the other realm`
  },
}

async function throughRest({ ask }: Rogue, reference: string): Promise<number> {
  let tries = 0
  for (const at of spellings) {
    for (const path of [...reads, `help-desk/verifications/${reference}`]) {
      const { status, body } = await ask(`${at}/${path}`)
      mustHold(status >= 400, `${at}/${path} was answered: ${status} ${JSON.stringify(body).slice(0, 80)}`)
      tries++
    }
    for (const [method, path, body] of writes) {
      const { status } = await ask(`${at}/${path}`, { method, body })
      mustHold(status >= 400, `${method} ${at}/${path} was answered: ${status}`)
      tries++
    }
    for (const action of ['cancel', 'send']) {
      const path = `${at}/authenticate/backchannel/${action}`
      const { status } = await ask(path, { method: 'POST', body: { reference } })
      mustHold(status >= 400, `${path} was answered: ${status}`)
      tries++
    }
  }
  return tries
}

/** Managed objects have the realm in their path; templates and themes have it in the query or the body. */
async function throughPeople({ ask }: Rogue): Promise<number> {
  const people = '/openidm/managed/alpha_user'
  const patch = [{ operation: 'replace', field: '/password', value: 'Owned-Pass-2026!' }]
  const tries: [string, string, unknown?][] = [
    ['GET', `${people}?_queryFilter=true`],
    ['GET', `${people}/${victim.id}`],
    ['PATCH', `${people}/${victim.id}`, patch],
    ['DELETE', `${people}/${victim.id}`],
    ['POST', `${people}/${victim.id}?_action=resetPassword`, {}],
    ['POST', `${people}/${victim.id}?_action=setRoles`, { roles: ['agent'] }],
    [
      'POST',
      `${people}?_action=create`,
      { userName: 'mole', givenName: 'M', sn: 'Ole', mail: 'm@example.com' },
    ],
    ['GET', '/openidm/config/emailTemplate/welcome?realm=/alpha'],
    ['PUT', '/openidm/config/ui/themerealm', { realm: { alpha: [] } }],
    ['GET', '/openidm/managed/user?_queryFilter=true'],
    ['POST', '/openidm/managed/user?_action=create', { userName: 'mole' }],
  ]
  for (const [method, path, body] of tries) {
    const { status } = await ask(path, { method, ...defined({ body }) })
    mustHold(status >= 400, `${method} ${path} was answered: ${status}`)
  }
  return tries.length
}

async function throughScripts({ url }: Scene, boss: Rogue): Promise<void> {
  const source = `
    var found = [];
    var attempt = function (name, work) { try { if (work()) found.push(name); } catch (refused) {} };
    attempt("a profile", function () { return openidm.read("managed/alpha_user/${victim.id}") !== null; });
    attempt("a search", function () {
      return openidm.query("managed/alpha_user", { _queryFilter: "true" }).result.length > 0;
    });
    attempt("a password", function () {
      return openidm.patch("managed/alpha_user/${victim.id}", null,
        [{ operation: "replace", field: "/password", value: "Owned-Pass-2026!" }]) !== null;
    });
    attempt("a new person", function () {
      return openidm.create("managed/alpha_user", null,
        { userName: "mole", givenName: "M", sn: "Ole", mail: "m@example.com", password: "Owned-Pass-2026!" }) !== null;
    });
    ["${victim.id}", "alex", "id=alex,ou=user,o=alpha,ou=services,ou=am-config"].forEach(function (name) {
      attempt("attributes", function () {
        return idRepository.getIdentity(name).getAttributeValues("mail").length > 0;
      });
    });
    if (found.length > 0) { callbacksBuilder.textOutputCallback(0, "found: " + found.join(", ")); }
    else action.goTo("out");`
  const refused = await createJourney(boss, 'Spy', source, 'beta')
  if (refused !== undefined) throw new Error(`the journey of the attacker was not saved: ${refused}`)
  const { body } = await startJourney(url, 'Spy', { realm: 'beta' })
  const seen = /found: [\w ,]+/.exec(JSON.stringify(body))
  mustHold(seen === null, `a script of another realm read or wrote: ${seen?.[0]}`)
}

/** Uses a session of one realm in a journey of another. */
async function throughSession(scene: Scene, { session }: Rogue): Promise<void> {
  const headers = { iplanetdirectorypro: session }
  const { body } = await startJourney(scene.url, 'Login', { headers })
  mustHold(body.tokenId === undefined, 'a session of another realm signs in')
}

/** People, roles, journeys and settings of the realm, as an administrator reads them. */
async function stateOf({ url, administrator }: Scene): Promise<string> {
  const ask = asking(url, administrator)
  const alpha = realmPath('alpha')
  const people = await ask('/openidm/managed/alpha_user?_queryFilter=true')
  const journeys = await ask(`${alpha}/journeys`)
  const settings = await ask(`${alpha}/realm-config/settings`)
  await signIn(url, victim.userName, victim.password)
  const names = people.body.result.map((one: { _id: string; _access: unknown }) => [one._id, one._access])
  return JSON.stringify([names, journeys.body, settings.body])
}
