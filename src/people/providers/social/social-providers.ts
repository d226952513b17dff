import type { SocialClientPort, SocialPort } from '../../../nodes/ports/outside-ports.ts'
import type { DocumentStore } from '../../../realms/document-store.ts'
import type { FencedSend } from '../fenced-send.ts'
import { type ProviderSettings, providerSchema, socialProviderKind } from './provider-settings.ts'

type Dependencies = { documents: Pick<DocumentStore, 'all' | 'read'>; send: FencedSend }

/** The identity providers of a realm. The library is loaded on the first sign-in. */
export function socialProviders(
  { documents, send }: Dependencies,
  realm: string,
): SocialPort & SocialClientPort {
  const named = async (name: string): Promise<ProviderSettings | undefined> => {
    const found = await documents.read(realm, socialProviderKind, name)
    const settings = found && providerSchema.parse(found.document)
    return settings?.enabled ? settings : undefined
  }
  return {
    described(described) {
      const settings = providerSchema.parse(described)
      return {
        async begin() {
          const { beginSignIn } = await import('./sign-in.ts')
          return beginSignIn(settings, send)
        },
        async finish(pending, parameters) {
          const { finishSignIn } = await import('./sign-in.ts')
          return finishSignIn(settings, send, pending, parameters)
        },
      }
    },
    async offered() {
      const all = await documents.all(realm, socialProviderKind)
      return all.flatMap(({ id, document }) => {
        const settings = providerSchema.safeParse(document).data
        return settings?.enabled ? [{ provider: id, uiConfig: settings.uiConfig }] : []
      })
    },
    async begin(provider) {
      const settings = await named(provider)
      if (settings === undefined) return undefined
      const { beginSignIn } = await import('./sign-in.ts')
      return beginSignIn(settings, send)
    },
    async finish(provider, pending, parameters) {
      const settings = await named(provider)
      if (settings === undefined) throw new Error('the identity provider was deleted or disabled')
      const { finishSignIn } = await import('./sign-in.ts')
      return finishSignIn(settings, send, pending, parameters)
    },
  }
}
