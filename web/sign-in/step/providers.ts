import * as z from 'zod/mini'
import { type Callback, outputOf } from '../../api/authenticate.ts'
import { plain } from '../messages/plain.ts'

/** Stands for signing in here, among the providers. */
export const local = 'localAuthentication'

const providerSchema = z.object({
  provider: z.string(),
  uiConfig: z._default(z.record(z.string(), z.unknown()), {}),
})

/** An identity provider as its button shows it. */
export type Provider = {
  provider: string
  name: string
  image: string | undefined
  style: string | undefined
}

export function providersOf(callback: Callback): Provider[] {
  const all = outputOf(callback, 'providers')
  return (Array.isArray(all) ? all : []).flatMap((each) => {
    const read = z.safeParse(providerSchema, each)
    if (!read.success) return []
    const { provider, uiConfig } = read.data
    const text = (name: string) =>
      typeof uiConfig[name] === 'string' && uiConfig[name] !== '' ? uiConfig[name] : undefined
    return [
      {
        provider,
        name: plain(text('buttonDisplayName') ?? provider, 80),
        image: text('buttonImage'),
        style: text('buttonCustomStyle'),
      },
    ]
  })
}
