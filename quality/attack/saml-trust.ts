import type { Scene } from './attack.ts'
import { send } from './checks.ts'

/** The administrator makes a service provider of the realm that trusts an identity provider. @param metadata in base64 */
export async function trustIdentityProvider(
  scene: Scene,
  { name, idp, metadata, more = {} }: { name: string; idp: string; metadata: string; more?: object },
): Promise<void> {
  const write = async (path: string, body: object) => {
    const { status } = await send(scene, `realm-config/${path}`, { session: scene.administrator, body })
    if (status >= 300) throw new Error(`${path} was refused: ${status}`)
  }
  const sp = `https://sp.example.com/${name}`
  await write('saml2/remote/?_action=importEntity', { standardMetadata: metadata })
  await write('saml2/hosted/?_action=create', {
    entityId: sp,
    serviceProvider: { services: { metaAlias: `/alpha/${name}` }, ...more },
  })
  await write('federation/circlesoftrust/?_action=create', {
    _id: name,
    status: 'active',
    trustedProviders: [`${sp}|saml2`, `${idp}|saml2`],
  })
}
