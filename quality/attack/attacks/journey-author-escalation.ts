import { asking } from '../../../test/support/rest.ts'
import { signIn, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { createJourney, createRogue, type Rogue, realmPath } from '../staff.ts'

const people = '/openidm/managed/alpha_user'

/** Scripts that try to change the author's rights. Errors are caught, so that every statement runs. */
const scripts: Readonly<Record<string, string>> = {
  'a patch of roles':
    'openidm.patch("managed/alpha_user/author", null, [{ operation: "add", field: "/roles", value: ["admin", "realm-admin"] }])',
  'an update of roles':
    'var me = openidm.read("managed/alpha_user/author"); me.roles = ["admin", "realm-admin"]; me._access = { roles: ["realm-admin"] }; openidm.update("managed/alpha_user/author", null, me)',
  'an action': 'openidm.action("managed/alpha_user/author", "setRoles", { roles: ["realm-admin"] })',
  'an attribute':
    'var it = idRepository.getIdentity("author"); it.setAttribute("roles", ["admin", "realm-admin"]); it.store()',
  'an account in the root realm':
    'openidm.create("managed/user", null, { userName: "mole", givenName: "M", sn: "Ole", mail: "m@example.com", password: "Owned-Pass-2026!" })',
  'the name of an administrator':
    'nodeState.putShared("username", "amadmin"); nodeState.putShared("realm", "/"); nodeState.putShared("_id", "amadmin")',
  'an identity of the root realm':
    'action.withIdentifiedUser ? action.withIdentifiedUser("id=amadmin,ou=user,ou=am-config") : 0',
}

/** A journey author of one realm tries to become its administrator, or the server's. */
export const journeyAuthorEscalation: Attack = {
  name: 'journey-author-escalation',
  defence: 'R1: a journey author writes node types that run in every realm',
  goal: 'the role of an administrator, by roles, scripts, custom node types or a journey that signs them in as one',
  async play(scene) {
    const author = await createRogue(scene, 'author', ['journey-author'])
    const before = await rightsOf(scene, author.session)
    mustHold(before === 'journeys,staff', `the author's rights differ from the table: ${before}`)
    await throughRest(author)
    for (const [name, script] of Object.entries(scripts)) await throughScript(scene, author, name, script)
    const again = await signIn(scene.url, 'author', 'Rogue-Pass-2026!')
    const after = await rightsOf(scene, again)
    mustHold(after === before, `the author now has these rights: ${after}`)
    const root = await asking(scene.url, scene.administrator)('/openidm/managed/user?_queryFilter=true')
    mustHold(root.body.result.length === 1, 'the root realm has a new person')
    return `${Object.keys(scripts).length} scripts and all writes of roles or custom node types gave the author no other rights`
  },
}

async function throughRest({ ask, id }: Rogue): Promise<void> {
  const type = {
    displayName: 'Sly',
    script: 'outcome = "done";',
    outcomes: ['done'],
    serviceName: 'f'.repeat(32),
  }
  const settings = { helpDesk: { checks: [] }, freshSignInMinutes: 0 }
  const tries: [method: string, path: string, body: unknown][] = [
    ['POST', `${people}/${id}?_action=setRoles`, { roles: ['admin', 'realm-admin'] }],
    ['PATCH', `${people}/${id}`, [{ operation: 'add', field: '/roles', value: ['realm-admin'] }]],
    ['POST', `${people}?_action=create`, { userName: 'mole', roles: ['realm-admin'] }],
    ['POST', '/node-designer/node-type?_action=create', type],
    ['POST', '/node-designer/node-type?_action=import', { nodeTypes: { x: type } }],
    ['POST', `${realmPath('alpha')}/journeys?_action=import`, { trees: {}, nodeTypes: { x: type } }],
    ['PUT', `${realmPath('alpha')}/realm-config/settings`, settings],
    ['PUT', `${realmPath('alpha')}/realm-config/agents/OAuth2Client/spy`, {}],
    ['PUT', `${realmPath('')}/realm-config/authentication/authenticationtrees/trees/Login`, {}],
  ]
  for (const [method, path, body] of tries) {
    const { status } = await ask(path, { method, body })
    mustHold(status >= 400, `${method} ${path} was answered: ${status}`)
  }
}

/**
 * Runs the script as the author and without a session. The resulting session must have no more rights than the
 * author.
 */
async function throughScript(scene: Scene, author: Rogue, name: string, script: string): Promise<void> {
  const journey = `Escalate ${name}`
  const refused = await createJourney(
    author,
    journey,
    `try { ${script} } catch (refused) {} action.goTo("out")`,
  )
  if (refused !== undefined) throw new Error(`the journey of the attacker was not saved: ${refused}`)
  const own: Record<string, string> = { iplanetdirectorypro: author.session }
  for (const headers of [{}, own]) {
    const { body } = await startJourney(scene.url, journey, { headers, query: '&ForceAuth=true' })
    if (typeof body.tokenId !== 'string') continue
    const rights = await rightsOf(scene, body.tokenId)
    mustHold(!/administrator|realm|people/.test(rights), `${name} gave a session with the rights ${rights}`)
  }
}

/** Rights of a session in its realm and in the root realm. */
async function rightsOf({ url }: Scene, session: string): Promise<string> {
  const ask = asking(url, session)
  const answers = await Promise.all(['alpha', ''].map((realm) => ask(`${realmPath(realm)}/rights`)))
  return answers.flatMap(({ status, body }) => (status === 200 ? body.may : [])).join(',')
}
