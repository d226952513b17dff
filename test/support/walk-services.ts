import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { JsonObject } from '../../src/base/json.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { entityKey } from '../../src/people/providers/saml/entities.ts'
import { startDirectory, suffix } from './directory-server.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startSamlIdentityProvider } from './saml-identity-provider.ts'

// Real services on this machine that journeys call. They are started once for all walks of a test file.

export const directoryPassword = 'Directory-Pass-2026'

const entries = `dn: ${suffix}
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ou=people,${suffix}
objectClass: organizationalUnit
ou: people

dn: ou=policies,${suffix}
objectClass: organizationalUnit
ou: policies

dn: uid=alex,ou=people,${suffix}
objectClass: inetOrgPerson
uid: alex
cn: Alex Caller
sn: Caller
userPassword: ${directoryPassword}
`

type Services = Awaited<ReturnType<typeof start>>

let running: Services | undefined

/** Starts the services. Walk files in TypeScript then find them. */
export async function startServices(): Promise<Services> {
  running = await start()
  return running
}

/** @throws Error before {@link startServices}. */
export function services(): Services {
  if (running === undefined) throw new Error('the services around the walks have not been started')
  return running
}

async function start() {
  const [directory, provider, saml] = await Promise.all([
    startDirectory(entries),
    startIdentityProvider(),
    startSamlIdentityProvider(),
  ])
  return {
    saml,
    /** The key of a tool. Worlds know its public half. */
    toolKey: generateKeyPairSync('ed25519'),
    hosts: [directory.address, provider.host, saml.host],
    /** A bundle with the addresses of these services. */
    near(bundle: Bundle): Bundle {
      const text = JSON.stringify(bundle)
        .replaceAll('"127.0.0.1:1389"', JSON.stringify(directory.address))
        .replaceAll('"https://idp.example.com"', JSON.stringify(saml.entityId))
      return JSON.parse(text)
    },
    /** The realm's identity provider, and its SAML entities in a circle of trust. */
    documents: [
      { kind: 'socialIdentityProvider', id: 'ours', document: provider.document },
      ...trustIn(saml),
    ] satisfies Bundle['documents'],
    async stop() {
      running = undefined
      await Promise.all([directory.stop(), provider.stop(), saml.stop()])
    },
  }
}

function trustIn(saml: Awaited<ReturnType<typeof startSamlIdentityProvider>>): Bundle['documents'] {
  const entityId = 'https://desk.example.com/sp'
  const trustedProviders = [`${entityId}|saml2`, `${saml.entityId}|saml2`]
  const entity = (document: JsonObject & { entityId: string }) =>
    ({ kind: 'saml2Entity', id: entityKey(document.entityId), document }) as const
  return [
    entity({ entityId: saml.entityId, base64EntityXML: saml.metadata(), entityLocation: 'remote' }),
    entity({
      entityId,
      serviceProvider: { services: { metaAlias: '/alpha/desk' } },
      entityLocation: 'hosted',
    }),
    { kind: 'circleOfTrust', id: 'desk', document: { status: 'active', trustedProviders } },
  ]
}

/** A public key as a line of OpenSSH's `authorized_keys`. */
export function authorizedKey(publicKey: KeyObject): string {
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const blob = ['ssh-ed25519', key].map((field) => {
    const content = Buffer.from(field)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, content])
  })
  return `ssh-ed25519 ${Buffer.concat(blob).toString('base64')} tool@desk\n`
}
